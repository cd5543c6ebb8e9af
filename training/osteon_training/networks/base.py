"""What every network here promises, so that training, figures and export treat them alike."""

from typing import List, Optional, Tuple

import torch
from torch import Tensor, nn


class Classifier(nn.Module):
    """uint8 [N, 1, H, W] in, logits float32 [N, K] out; normalisation is part of the graph.

    A network says how a grey plane becomes its input (`channels`, `mean`, `deviation`), gives
    `features` float [N, C, h, w], and turns them into logits in `classify_features`.

    architecture: the name it was built by, for checkpoints and cards.
    kernel_decay: L2 on each kernel that training adds to its loss; see `finetune.kernel_penalty`.
    has_maps: whether `activation_maps` answers.
    exact: modules of the features, by dotted name, that int8 leaves in f32.
    """

    architecture: str = ""
    kernel_decay: float = 0.0
    has_maps: bool = False
    exact: Tuple[str, ...] = ()

    def __init__(self, channels: int = 1, mean: float = 0.3, deviation: float = 0.25) -> None:
        super().__init__()
        if channels not in (1, 3):
            raise ValueError(f"A network takes 1 or 3 channels, not {channels}.")
        self.channels, self.mean, self.deviation = channels, mean, deviation

    def forward(self, x: Tensor) -> Tensor:
        return self.classify(x.to(torch.float32) / 255.0)

    def classify(self, x: Tensor) -> Tensor:
        """Logits of float [N, 1, H, W] within 0 to 1, as augmentation makes it."""
        return self.classify_features(self.features(self.normalise(x)))

    def normalise(self, x: Tensor) -> Tensor:
        """[N, 1, H, W] within 0 to 1 to what the first layer takes, channels last."""
        x = (x - self.mean) / self.deviation
        x = x.expand(-1, self.channels, -1, -1)
        # On a CPU, channels last runs 1.4 times as fast; see docs/performance.md.
        return x.contiguous(memory_format=torch.channels_last)

    def features(self, x: Tensor) -> Tensor:
        """[N, channels, H, W] to [N, C, h, w]."""
        raise NotImplementedError

    def classify_features(self, features: Tensor) -> Tensor:
        """[N, C, h, w] to logits [N, K]."""
        raise NotImplementedError

    def answering(self, features: Tensor) -> Tensor:
        """Those of the features that the answer is made of: all, where nothing is beside it."""
        return features

    def activation_maps(self, features: Tensor) -> Tensor:
        """[N, C, h, w] to what each place says for each class [N, K, h, w], in logits.

        Traceable, no gradient needed. Only where `has_maps`; for the others see `maps.heat_maps`.
        """
        raise NotImplementedError

    def stages(self) -> List[nn.Module]:
        """Parts from the input to the head (last), for fine-tuning by stages."""
        raise NotImplementedError

    def beside(self) -> Optional[nn.Module]:
        """What draws maps without a part in the answer, for a stage of its own; None where all has."""
        return None
