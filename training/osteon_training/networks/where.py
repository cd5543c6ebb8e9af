"""A head that says where as well as whether."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

BESIDE_CHANNELS = 64


class WhereHead(nn.Module):
    """[N, C, h, w] to logits [N, K]: a linear layer on the mean and the maximum of each channel, and
    on top of it the smooth maximum of a map for each class.

    The maps take part in the answer, so they learn from each label that a picture has something
    somewhere, and from boxes, where there are some, where it is (`places.py`). A break covers a few
    cells of some two hundred: a map whose mean were the answer could not say so.

    near: channels of a layer of twice the sides that [N, C, h, w] carries behind its own, four of them
    as one (`pixel_unshuffle`). With them the maps that are shown are `FinerMaps`, beside the answer,
    which stays with its own. 0: none.
    """

    def __init__(self, inputs: int, classes: int, dropout: float, near: int = 0) -> None:
        super().__init__()
        self.inputs = inputs
        self.dropout = nn.Dropout(dropout)
        self.whole = nn.Linear(2 * inputs, classes)
        self.cells = nn.Conv2d(inputs, classes, 1)
        with torch.no_grad():
            nn.init.normal_(self.whole.weight, std=0.01)
            nn.init.normal_(self.cells.weight, std=0.01)
            # Most cells show nothing: begin near there, as detectors do.
            self.cells.bias.fill_(-1.5)
            self.cells.bias[0] = 1.5
            self.whole.bias.zero_()
        self.finer = FinerMaps(inputs, near, classes) if near else None

    def forward(self, features: Tensor) -> Tensor:
        deep = features[:, : self.inputs]
        pooled = torch.cat([deep.mean((2, 3)), deep.amax((2, 3))], 1)
        return self.whole(self.dropout(pooled)) + smooth_maximum(self.cells(deep))

    def maps(self, features: Tensor) -> Tensor:
        """[N, C, h, w] to [N, K, h, w], or twice as fine where something near is carried; in logits."""
        deep = features[:, : self.inputs]
        cells = self.cells(deep)
        if self.finer is None:
            return cells
        return self.finer(cells, deep, F.pixel_shuffle(features[:, self.inputs :], 2))


class FinerMaps(nn.Module):
    """Maps of twice the sides beside an answer, which they leave as it is.

    They took part in it once: they pointed better and the answer got worse (docs/training.md). So the
    deep cells say whether, and this adds where in a cell; it can be taught beside a body that stays
    as it is (`recipe.stages="maps"`).
    """

    def __init__(self, inputs: int, near: int, classes: int) -> None:
        super().__init__()
        self.norm = nn.BatchNorm2d(near)
        self.near = nn.Conv2d(near, BESIDE_CHANNELS, 1)
        self.deep = nn.Conv2d(inputs, BESIDE_CHANNELS, 1)
        self.around = nn.Conv2d(2 * BESIDE_CHANNELS, BESIDE_CHANNELS, 3, padding=1)
        self.cells = nn.Conv2d(BESIDE_CHANNELS, classes, 1)
        # Nothing at first: the deep cells' own maps, larger.
        nn.init.zeros_(self.cells.weight)
        nn.init.zeros_(self.cells.bias)

    def forward(self, cells: Tensor, deep: Tensor, near: Tensor) -> Tensor:
        """cells [N, K, h, w], deep [N, C, h, w] and near [N, D, 2 h, 2 w] to [N, K, 2 h, 2 w]."""
        both = [_twice(self.deep(deep)), self.near(F.relu(self.norm(near)))]
        beside = F.relu(self.around(F.relu(torch.cat(both, 1))))
        maps = _twice(cells) + self.cells(beside)
        return maps if self.training else _surrounded(maps)


def _twice(x: Tensor) -> Tensor:
    return F.interpolate(x, scale_factor=2.0, mode="bilinear")


def _surrounded(maps: Tensor) -> Tensor:
    """Logits [N, K, h, w] against the first class, each the log of the mean odds of a cell and its
    neighbours: a finding lights several cells, and one that is lit alone is seldom right.

    Each cell is taught by itself, so this comes after: on validation it moved the surest mark into a
    box in 0.63 of the pictures instead of 0.57. In f32, because odds of fp16 overflow.
    """
    odds = (maps[:, 1:] - maps[:, :1]).float().exp()
    mean = F.avg_pool2d(odds, 3, stride=1, padding=1)
    return torch.cat([torch.zeros_like(mean[:, :1]), mean.clamp(min=1e-12).log()], 1)


def smooth_maximum(maps: Tensor) -> Tensor:
    """[N, K, h, w] to [N, K]: the log of the mean of the exponentials, between mean and maximum."""
    cells = maps.shape[2] * maps.shape[3]
    return maps.flatten(2).logsumexp(2) - math.log(cells)


def margin(maps: Tensor) -> Tensor:
    """Logits [N, K, h, w] to [N, h, w]: of anything wrong against nothing, for each place."""
    return maps[:, 1:].logsumexp(1) - maps[:, 0]
