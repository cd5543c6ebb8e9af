"""The study's own networks, rebuilt from its published layer sizes and parameter counts."""

from typing import List, Optional, Sequence, Tuple

from torch import Tensor, nn

from .base import Classifier

# A stage: the kernel's side, and the filters of its convolutions one after the other.
Stage = Tuple[int, Tuple[int, ...]]

V1: Tuple[Stage, ...] = ((3, (32,)), (3, (32,)), (3, (32,)), (3, (32,)), (3, (64,)))
V2: Tuple[Stage, ...] = ((7, (64,)), (3, (128, 128)), (3, (256, 256)))


class ConvDense(Classifier):
    """Stages of convolutions and 2 × 2 maximum pooling, flattened into dense layers.

    Only zero padding that keeps the size ("same") with floor pooling fits the study's counts at
    224²: v1 flattens 64 × 7 × 7 (457 k parameters; 260 k without padding), V2 256 × 28 × 28
    (207 M with 1024/512). Where batch norm stood inside a stage the counts do not tell: here it
    follows the pooling, and each dense layer's ReLU. Kernels start as Keras' do (Glorot, biases 0).

    stages: see `V1`, `V2`.  dense: widths of the dense layers.  normed: with batch norm (V2).
    height, width: the input's, in pixels; the first dense layer depends on them, so the network
    takes no other size. Raises ValueError where pooling would leave nothing.
    device: "meta" counts parameters without memory.
    """

    def __init__(
        self,
        stages: Sequence[Stage],
        dense: Sequence[int],
        normed: bool,
        classes: int = 3,
        channels: int = 3,
        height: int = 224,
        width: int = 224,
        dropout: float = 0.4,
        device: Optional[str] = None,
    ) -> None:
        super().__init__(channels, mean=0.0, deviation=1.0)
        rows, columns = height >> len(stages), width >> len(stages)
        if not rows or not columns:
            least = 1 << len(stages)
            raise ValueError(f"This network takes {least} × {least} pixels or more.")
        self.blocks = nn.Sequential()
        inputs = channels
        for number, (side, filters) in enumerate(stages):
            self.blocks.add_module(str(number), _block(inputs, side, filters, normed, device))
            inputs = filters[-1]
        layers: List[nn.Module] = [nn.Flatten(), nn.Dropout(dropout)]
        inputs *= rows * columns
        for outputs in dense:
            layers += [nn.Linear(inputs, outputs, device=device), nn.ReLU()]
            if normed:
                layers.append(nn.BatchNorm1d(outputs, device=device))
            inputs = outputs
        self.head = nn.Sequential(*layers, nn.Linear(inputs, classes, device=device))
        if device != "meta":
            self.apply(_glorot)

    def features(self, x: Tensor) -> Tensor:
        return self.blocks(x)

    def classify_features(self, features: Tensor) -> Tensor:
        return self.head(features)

    def stages(self) -> List[nn.Module]:
        return [*self.blocks, self.head]


def _block(
    inputs: int, side: int, filters: Sequence[int], normed: bool, device: Optional[str]
) -> nn.Sequential:
    layers: List[nn.Module] = []
    for outputs in filters:
        layers += [nn.Conv2d(inputs, outputs, side, padding=side // 2, device=device), nn.ReLU()]
        inputs = outputs
    layers.append(nn.MaxPool2d(2))
    if normed:
        layers.append(nn.BatchNorm2d(inputs, device=device))
    return nn.Sequential(*layers)


def _glorot(module: nn.Module) -> None:
    if isinstance(module, (nn.Conv2d, nn.Linear)):
        nn.init.xavier_uniform_(module.weight)
        nn.init.zeros_(module.bias)
