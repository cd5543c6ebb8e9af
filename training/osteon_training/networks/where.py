"""A head that says where as well as whether."""

import math

import torch
from torch import Tensor, nn


class WhereHead(nn.Module):
    """[N, C, h, w] to logits [N, K]: a linear layer on the mean and the maximum of each channel, and
    on top of it the smooth maximum of a map for each class.

    The maps take part in the answer, so they learn from each label that a picture has something
    somewhere, and from boxes, where there are some, where it is (`places.py`). A break covers a few
    cells of some two hundred: a map whose mean were the answer could not say so.
    """

    def __init__(self, inputs: int, classes: int, dropout: float) -> None:
        super().__init__()
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

    def forward(self, features: Tensor) -> Tensor:
        pooled = torch.cat([features.mean((2, 3)), features.amax((2, 3))], 1)
        return self.whole(self.dropout(pooled)) + smooth_maximum(self.maps(features))

    def maps(self, features: Tensor) -> Tensor:
        """[N, C, h, w] to [N, K, h, w], in logits."""
        return self.cells(features)


def smooth_maximum(maps: Tensor) -> Tensor:
    """[N, K, h, w] to [N, K]: the log of the mean of the exponentials, between mean and maximum."""
    cells = maps.shape[2] * maps.shape[3]
    return maps.flatten(2).logsumexp(2) - math.log(cells)


def margin(maps: Tensor) -> Tensor:
    """Logits [N, K, h, w] to [N, h, w]: of anything wrong against nothing, for each place."""
    return maps[:, 1:].logsumexp(1) - maps[:, 0]
