"""A teacher that looks at what its pupil looks at, and what the pupil's loss makes of it."""

import json
from pathlib import Path
from typing import Optional, Tuple

import torch
from torch import Tensor
from torch.nn import functional as F

from .config import Teaching
from .export import runs
from .networks.where import margin


class Teacher:
    """The graph of a published version, in bf16 where the CPU has it: half the time."""

    def __init__(self, settings: Teaching) -> None:
        folder = Path(settings.teacher)
        manifest = json.loads((folder / "model.json").read_text())
        variants = manifest["variants"]
        chosen = "bf16" if "bf16" in variants and runs("bf16") else "f32"
        self.graph = torch.jit.load(str(folder / variants[chosen]), map_location="cpu")
        self.settings, self.size = settings, (
            manifest["input"]["height"],
            manifest["input"]["width"],
        )
        self.maps = manifest["outputs"]["activationMaps"]

    def __call__(self, x: Tensor) -> Tuple[Tensor, Optional[Tensor]]:
        """Logits [N, K] and maps [N, K, h, w] of float [N, 1, H, W] within 0 to 1."""
        if x.shape[2:] != self.size:
            x = F.interpolate(x, self.size, mode="bilinear", antialias=True)
        with torch.no_grad():
            found = self.graph((x.cpu() * 255).round().to(torch.uint8))
        logits, maps = found if self.maps else (found, None)
        return logits.to(x.device), None if maps is None else maps.to(x.device)


def teacher(settings: Teaching) -> Optional[Teacher]:
    """The one that the configuration names."""
    return Teacher(settings) if settings.teacher else None


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
