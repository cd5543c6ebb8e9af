"""Changes to a training batch that leave its label true, vectorised, on the device of the batch.

Left out on purpose: shear, which turns a fracture into something between two classes (the study's
argument). So the geometry is a rotation, flips, a shift and a zoom, never a general affine map.
"""

import math
from dataclasses import dataclass
from typing import List

import torch
from torch import Tensor
from torch.nn import functional as F


@dataclass(frozen=True)
class Augmentation:
    """Switches; 0 or false turns one off. The study used rotation 30 and both flips only.

    rotation: largest angle, degrees.
    shift: largest shift, share of the side.
    zoom: largest change of scale, share (0.2: from 1/1.2 to 1.2).
    horizontal, vertical: flips, each half of the time.
    brightness: largest change, share of the range.
    contrast: largest change, share of the contrast.
    gamma: largest change of the exponent, share (0.4: from 1/1.4 to 1.4).
    noise: largest standard deviation of normal noise, share of the range.
    erase: share of pictures in which one rectangle is painted over, so that burnt-in letters, arrows
        and one conspicuous spot cannot decide.
    letters: share of pictures whose burnt-in letters are painted over.
    sharpness: largest share of the fine detail that is taken away or added: sources differ in how
        often their pictures were shrunk and compressed.
    """

    rotation: float = 30.0
    shift: float = 0.08
    zoom: float = 0.0
    horizontal: bool = True
    vertical: bool = True
    brightness: float = 0.12
    contrast: float = 0.2
    gamma: float = 0.0
    noise: float = 0.0
    erase: float = 0.0
    letters: float = 0.0
    sharpness: float = 0.0

    def __call__(self, x: Tensor) -> Tensor:
        """uint8 [N, 1, H, W] to float32 [N, 1, H, W] within 0 to 1."""
        return self.with_masks(x)[0]

    def with_masks(self, x: Tensor, *masks: Tensor) -> List[Tensor]:
        """The pictures as `__call__` gives them, and what belongs to places in them, moved alike.

        masks: float [M, C, h, w] of the first M pictures, of any h and w; 0 comes in at the sides.
        """
        x = x.to(torch.float32) / 255.0
        if self.letters:
            x = self._without_letters(x)
        theta = self.theta(x)
        moved = [_moved(mask, theta[: len(mask)]) for mask in masks]
        return [self._erased(self._greys(_moved(x, theta))).clamp(0, 1), *moved]

    def theta(self, x: Tensor) -> Tensor:
        """Where each place of each picture is taken from: float32 [N, 2, 3], within -1 to 1."""
        n = len(x)
        angle = _uniform(x, math.radians(self.rotation))
        scale = torch.exp(_uniform(x, math.log1p(self.zoom)))
        cos, sin = torch.cos(angle) * scale, torch.sin(angle) * scale
        across, down = _flip(x, self.horizontal), _flip(x, self.vertical)
        theta = torch.zeros(n, 2, 3, device=x.device)
        theta[:, 0, 0], theta[:, 0, 1] = cos * across, -sin * down
        theta[:, 1, 0], theta[:, 1, 1] = sin * across, cos * down
        theta[:, 0, 2], theta[:, 1, 2] = _uniform(x, 2 * self.shift), _uniform(x, 2 * self.shift)
        return theta

    def _greys(self, x: Tensor) -> Tensor:
        if self.sharpness:
            fine = x - F.avg_pool2d(x, 3, stride=1, padding=1)
            x = x + fine * _uniform(x, self.sharpness).view(-1, 1, 1, 1)
        if self.gamma:
            power = torch.exp(_uniform(x, math.log1p(self.gamma)))
            x = x.clamp(1e-3, 1) ** power.view(-1, 1, 1, 1)
        gain = 1 + _uniform(x, self.contrast).view(-1, 1, 1, 1)
        x = x * gain + _uniform(x, self.brightness).view(-1, 1, 1, 1)
        if self.noise:
            strength = torch.rand(len(x), 1, 1, 1, device=x.device) * self.noise
            x = x + torch.randn_like(x) * strength
        return x

    def _erased(self, x: Tensor) -> Tensor:
        if not self.erase:
            return x
        n, _, height, width = x.shape
        rows = torch.arange(height, device=x.device).view(1, -1, 1) / height
        columns = torch.arange(width, device=x.device).view(1, 1, -1) / width
        top, left, tall, wide, grey = torch.rand(5, n, 1, 1, device=x.device)
        tall, wide = 0.08 + 0.25 * tall, 0.08 + 0.25 * wide
        top, left = top * (1 - tall), left * (1 - wide)
        inside = (rows >= top) & (rows < top + tall) & (columns >= left) & (columns < left + wide)
        inside &= torch.rand(n, 1, 1, device=x.device) < self.erase
        return torch.where(inside.unsqueeze(1), grey.unsqueeze(1), x)

    def _without_letters(self, x: Tensor) -> Tensor:
        """Letters are thin, saturated and stand where the rest is dark; bones stand among tissue."""
        chosen = torch.rand(len(x), device=x.device) < self.letters
        if not chosen.any():
            return x
        part = x[chosen]
        bright = (part > 0.9).to(x.dtype)
        opened = _widest(-_widest(-bright, 9), 9)
        around = F.avg_pool2d(part, 32, stride=8, padding=16)
        around = F.interpolate(around, size=x.shape[2:], mode="bilinear", align_corners=False)
        thin = (bright > 0) & (opened == 0) & (around < 0.35)
        thin = _widest(thin.to(x.dtype), 5) > 0
        x = x.clone()
        x[chosen] = torch.where(thin, around, part)
        return x


# `augmentation = "seed"` is what the study did: rotation and flips, nothing else; "flips" is what features
# can be kept for.
PRESETS = {
    "default": Augmentation(),
    "seed": Augmentation(shift=0, brightness=0, contrast=0),
    "flips": Augmentation(rotation=0, shift=0, brightness=0, contrast=0),
}


def _moved(x: Tensor, theta: Tensor) -> Tensor:
    grid = F.affine_grid(theta, list(x.shape), align_corners=False)
    return F.grid_sample(x, grid, padding_mode="zeros", align_corners=False)


def _uniform(x: Tensor, limit: float) -> Tensor:
    return (torch.rand(len(x), device=x.device) * 2 - 1) * limit


def _flip(x: Tensor, wanted: bool) -> Tensor:
    n = len(x)
    sign = torch.randint(0, 2, (n,), device=x.device) * 2.0 - 1
    return sign if wanted else torch.ones(n, device=x.device)


def _widest(x: Tensor, side: int) -> Tensor:
    """The maximum of a square around each pixel, by rows and then by columns: much cheaper."""
    x = F.max_pool2d(x, (1, side), stride=1, padding=(0, side // 2))
    return F.max_pool2d(x, (side, 1), stride=1, padding=(side // 2, 0))
