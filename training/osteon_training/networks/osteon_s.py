"""osteon-s: a compact residual network for grey radiographs, made for CPUs."""

from functools import lru_cache
from typing import List, Sequence, Tuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .base import Classifier

WIDTHS = (32, 48, 96, 160, 256)
DEPTHS = (1, 1, 2, 2, 1)


# Darker than this is the frame around a radiograph, or none of it.
FRAME = 0.02
# Pixels that one cell of the local mean covers.
CELL = 8


class Contrast(nn.Module):
    """[N, 1, H, W] within 0 to 1 to [N, 2, H, W]: the picture by its own mean and deviation, and
    each place by those of its surroundings.

    Exposure differs more between sources than between a bone and a broken bone; a hairline in a dark
    picture is as faint as noise in a bright one. So neither the network nor its user has to care.
    """

    def forward(self, x: Tensor) -> Tensor:
        seen = F.threshold(x, FRAME, 0.0)
        count = (seen > 0).sum((1, 2, 3), keepdim=True).clamp(min=1)
        mean = seen.sum((1, 2, 3), keepdim=True) / count
        square = (seen * seen).sum((1, 2, 3), keepdim=True) / count
        deviation = (square - mean * mean).clamp(min=0).sqrt()
        whole = (x - mean).div_(deviation + 0.05)
        # In place: each of these is as large as the batch, and fresh memory costs more than the sum.
        local = x - _around(x)
        around = _around(local * local).sqrt_().add_(0.02)
        return torch.cat([whole, local.div_(around)], 1)


def _around(x: Tensor) -> Tensor:
    """[N, 1, H, W] to the mean of what is about 24 pixels around each place, same shape.

    Means of cells, means of up to nine cells, enlarged bilinearly: by way of a small picture, which
    is cheap. Each step is linear and takes rows and columns apart, so a few small products of
    matrices do it; PyTorch's own pooling and enlarging take several times as long.
    """
    (rows, rows_back), (columns, columns_back) = (_surroundings(int(n)) for n in x.shape[2:])
    with torch.autocast(x.device.type, enabled=False):  # Products of eight bits would be no means.
        small = rows.to(x) @ x @ columns.to(x).t()
        return rows_back.to(x) @ small @ columns_back.to(x).t()


@lru_cache(maxsize=None)
def _surroundings(n: int) -> Tuple[Tensor, Tensor]:
    """Along a side of n pixels: [cells, n] from pixels to means, [n, cells] back to pixels.

    As `avg_pool2d` (in ceil mode), `avg_pool2d` of 3 without its padding, and `interpolate` do it.
    """
    cells = np.arange(-(-n // CELL))
    own = (np.arange(n) // CELL == cells[:, None]).astype(float)
    near = (abs(cells - cells[:, None]) <= 1).astype(float)
    means = _averaging(near) @ _averaging(own)
    place = ((np.arange(n) + 0.5) * len(cells) / n - 0.5).clip(0, len(cells) - 1)
    back = (1 - abs(place[:, None] - cells)).clip(0)
    return torch.from_numpy(means).float(), torch.from_numpy(back).float()


def _averaging(rows: np.ndarray) -> np.ndarray:
    return rows / rows.sum(1, keepdims=True)


class Attention(nn.Module):
    """Channels weighed by what the whole picture holds: squeeze and excitation, Hu et al. 2018."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        inner = max(8, channels // 8)
        self.squeeze = nn.Conv2d(channels, inner, 1)
        self.excite = nn.Conv2d(inner, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        weight = self.excite(torch.relu(self.squeeze(x.mean((2, 3), keepdim=True))))
        return x * torch.sigmoid(weight)


class Block(nn.Module):
    """Two 3×3 convolutions and attention beside a shortcut; the first of a stage halves the sides.

    skipped: chance that a picture of a training batch takes the shortcut only (stochastic depth).
    """

    def __init__(self, inputs: int, outputs: int, stride: int, skipped: float = 0.0) -> None:
        super().__init__()
        self.skipped = skipped
        self.body = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
            nn.Conv2d(outputs, outputs, 3, padding=1, bias=False),
            nn.BatchNorm2d(outputs),
            Attention(outputs),
        )
        self.shortcut: nn.Module = nn.Identity()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(
                nn.AvgPool2d(2, ceil_mode=True) if stride == 2 else nn.Identity(),
                nn.Conv2d(inputs, outputs, 1, bias=False),
                nn.BatchNorm2d(outputs),
            )

    def forward(self, x: Tensor) -> Tensor:
        body = self.body(x)
        if self.training and self.skipped:
            kept = torch.rand(len(x), 1, 1, 1, device=x.device) >= self.skipped
            body = body * kept.to(body.dtype) / (1 - self.skipped)
        # As a function of the module, which quantisation knows to join with the sum.
        return F.relu(body + self.shortcut(x), inplace=True)


class OsteonS(Classifier):
    """A residual network of five stages from grey, 1/64 of the sides at the end.

    widths: channels of each stage.
    depths: blocks of each stage.
    dropout: before the last layer.
    skipped: chance of a skipped block, rising from 0 at the first to this at the last.
    """

    has_maps = True

    def __init__(
        self,
        classes: int = 3,
        widths: Sequence[int] = WIDTHS,
        depths: Sequence[int] = DEPTHS,
        dropout: float = 0.3,
        skipped: float = 0.0,
    ) -> None:
        super().__init__()
        self.contrast = Contrast()
        self.stem = nn.Sequential(
            nn.Conv2d(2, widths[0], 5, stride=2, padding=2, bias=False),
            nn.BatchNorm2d(widths[0]),
            nn.ReLU(inplace=True),
        )
        blocks: List[nn.Module] = []
        inputs, total = widths[0], sum(depths)
        for width, depth in zip(widths, depths):
            for i in range(depth):
                rising = skipped * len(blocks) / max(1, total - 1)
                blocks.append(Block(inputs, width, 2 if i == 0 else 1, rising))
                inputs = width
        self.blocks = nn.Sequential(*blocks)
        self.head = nn.Sequential(nn.Dropout(dropout), nn.Linear(2 * inputs, classes))

    def normalise(self, x: Tensor) -> Tensor:
        return self.contrast(x).contiguous(memory_format=torch.channels_last)

    def features(self, x: Tensor) -> Tensor:
        return self.blocks(self.stem(x))

    def classify_features(self, features: Tensor) -> Tensor:
        # The mean says what the picture is like, the maximum whether there is a break somewhere.
        return self.head(torch.cat([features.mean((2, 3)), features.amax((2, 3))], 1))

    def activation_maps(self, features: Tensor) -> Tensor:
        """[N, C, h, w] to float [N, K, h, w]: what each place would add to each logit if the whole
        picture looked like it, so bright where a break is seen."""
        linear = self.head[1]
        mean, highest = linear.weight.chunk(2, 1)
        kernel = (mean + highest).unsqueeze(2).unsqueeze(3)
        return F.conv2d(features, kernel, linear.bias)

    def stages(self) -> List[nn.Module]:
        return [self.stem, *self.blocks, self.head]
