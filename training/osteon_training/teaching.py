"""A teacher that looks at what its pupil looks at, and what the pupil's loss makes of it."""

from pathlib import Path
from typing import Optional, Tuple

import torch
from torch import Tensor
from torch.nn import functional as F

from . import networks
from .config import Teaching
from .export import freeze, has_bf16
from .networks.unpickle import load
from .networks.where import margin


class Teacher:
    """What a run left as `weights.pt`, frozen for planes of one size, in bf16 where the CPU has it.

    Raises ValueError where the file is of no such run.
    """

    def __init__(self, settings: Teaching, size: Tuple[int, int]) -> None:
        content = load(Path(settings.teacher))
        if not isinstance(content, dict) or "options" not in content:
            raise ValueError(f"{settings.teacher} is not the weights.pt of a run.")
        height, width = size
        network = networks.build(
            content["network"],
            classes=content["classes"],
            height=height,
            width=width,
            **content["options"],
        )
        network.load_state_dict(content["state"])
        self.maps = network.has_maps
        self.graph = freeze(network, "bf16" if has_bf16() else "f32", size, self.maps)

    def __call__(self, x: Tensor) -> Tuple[Tensor, Optional[Tensor]]:
        """Logits [N, K] and maps [N, K, h, w] of float [N, 1, H, W] within 0 to 1."""
        with torch.no_grad():
            found = self.graph((x.cpu() * 255).round().to(torch.uint8))
        logits, maps = found if self.maps else (found, None)
        return logits.to(x.device), None if maps is None else maps.to(x.device)


def answer_loss(logits: Tensor, taught: Tensor, temperature: float) -> Tensor:
    """Scalar: Kullback-Leibler divergence from the teacher's answers, logits [N, K] both (Hinton et
    al. 2015: times the temperature's square, so that gradients stay as large)."""
    own = (logits / temperature).log_softmax(1)
    other = (taught / temperature).softmax(1)
    return F.kl_div(own, other, reduction="batchmean") * temperature**2


def map_loss(maps: Tensor, taught: Tensor) -> Tensor:
    """Scalar: cross entropy of what each place says, maps [N, K, h, w] of any h and w each."""
    say, wanted = margin(maps), margin(taught).sigmoid()
    wanted = F.interpolate(wanted.unsqueeze(1), say.shape[1:], mode="bilinear", antialias=True)
    return F.binary_cross_entropy_with_logits(say, wanted.squeeze(1).clamp(0, 1))
