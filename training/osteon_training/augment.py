"""Changes to a training batch that leave its label true, vectorised.

Left out on purpose: shear, which turns a fracture into something between two classes. So the transform
is a rotation, a flip and a shift, never a general affine map.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F


@dataclass(frozen=True)
class Augmentation:
    """Switches; 0 turns one off.

    rotation: largest angle, degrees.
    shift: largest shift, share of the side.
    brightness: largest change, share of the range.
    contrast: largest change, share of the contrast.
    flip: flips across both axes.
    """

    rotation: float = 30.0
    shift: float = 0.08
    brightness: float = 0.12
    contrast: float = 0.2
    flip: bool = True

    def __call__(self, x: Tensor) -> Tensor:
        """uint8 [N, 1, H, W] to float32 [N, 1, H, W] within 0 to 1."""
        x = x.to(torch.float32) / 255.0
        x = F.grid_sample(x, self._grid(x), padding_mode="zeros", align_corners=False)
        n = len(x)
        gain = 1 + _uniform(n, self.contrast).view(n, 1, 1, 1)
        offset = _uniform(n, self.brightness).view(n, 1, 1, 1)
        return (x * gain + offset).clamp(0, 1)

    def _grid(self, x: Tensor) -> Tensor:
        n = len(x)
        angle = _uniform(n, math.radians(self.rotation))
        flips = torch.randint(0, 2, (2, n)) * 2.0 - 1 if self.flip else torch.ones(2, n)
        theta = torch.zeros(n, 2, 3)
        theta[:, 0, 0] = torch.cos(angle) * flips[0]
        theta[:, 0, 1] = -torch.sin(angle) * flips[1]
        theta[:, 1, 0] = torch.sin(angle) * flips[0]
        theta[:, 1, 1] = torch.cos(angle) * flips[1]
        theta[:, :, 2] = torch.stack([_uniform(n, 2 * self.shift), _uniform(n, 2 * self.shift)], 1)
        return F.affine_grid(theta, list(x.shape), align_corners=False)


def _uniform(n: int, limit: float) -> Tensor:
    return (torch.rand(n) * 2 - 1) * limit
