"""A head that says where as well as whether."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

NEAR_CELLS = 32


class WhereHead(nn.Module):
    """[N, C, h, w] to logits [N, K]: a linear layer on the mean and the maximum of each channel, and
    on top of it the smooth maximum of a map for each class.

    The maps take part in the answer, so they learn from each label that a picture has something
    somewhere, and from boxes, where there are some, where it is (`places.py`). A break covers a few
    cells of some two hundred: a map whose mean were the answer could not say so.

    near: channels of a layer of twice the sides that [N, C, h, w] carries behind its own, four of them
    as one (`pixel_unshuffle`); with them maps are [N, K, 2 h, 2 w]. The deep cells say whether, these
    where in a cell. 0: none.
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
        self.near = (
            nn.Sequential(
                nn.BatchNorm2d(near),
                nn.ReLU(),
                nn.Conv2d(near, NEAR_CELLS, 1),
                nn.ReLU(),
                nn.Conv2d(NEAR_CELLS, classes, 1),
            )
            if near
            else None
        )
        if self.near is not None:
            # Nothing at first: the deep cells go on as they were.
            nn.init.zeros_(self.near[-1].weight)
            nn.init.zeros_(self.near[-1].bias)

    def forward(self, features: Tensor) -> Tensor:
        deep = features[:, : self.inputs]
        pooled = torch.cat([deep.mean((2, 3)), deep.amax((2, 3))], 1)
        return self.whole(self.dropout(pooled)) + smooth_maximum(self.maps(features))

    def maps(self, features: Tensor) -> Tensor:
        """[N, C, h, w] to [N, K, h, w], or twice as fine where something near is carried; in logits."""
        cells = self.cells(features[:, : self.inputs])
        if self.near is None:
            return cells
        near = self.near(F.pixel_shuffle(features[:, self.inputs :], 2))
        return F.interpolate(cells, scale_factor=2.0, mode="bilinear") + near


def smooth_maximum(maps: Tensor) -> Tensor:
    """[N, K, h, w] to [N, K]: the log of the mean of the exponentials, between mean and maximum."""
    cells = maps.shape[2] * maps.shape[3]
    return maps.flatten(2).logsumexp(2) - math.log(cells)


def margin(maps: Tensor) -> Tensor:
    """Logits [N, K, h, w] to [N, h, w]: of anything wrong against nothing, for each place."""
    return maps[:, 1:].logsumexp(1) - maps[:, 0]
