"""osteon-s: a compact residual network for grey radiographs, made for CPUs."""

from typing import List

import torch
from torch import Tensor, nn

from .base import Classifier

CHANNELS = (24, 32, 64, 128, 256)


class Block(nn.Module):
    """Two 3×3 convolutions beside a shortcut; halves rows and columns."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(),
            nn.Conv2d(outputs, outputs, 3, padding=1, bias=False),
            nn.BatchNorm2d(outputs),
        )
        self.shortcut = nn.Sequential(
            nn.AvgPool2d(2, ceil_mode=True),
            nn.Conv2d(inputs, outputs, 1, bias=False),
            nn.BatchNorm2d(outputs),
        )

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(self.body(x) + self.shortcut(x))


class OsteonS(Classifier):
    """A five-stage residual network from grey."""

    has_maps = True

    def __init__(self, classes: int = 3, dropout: float = 0.3) -> None:
        super().__init__()
        first = CHANNELS[0]
        self.stem = nn.Sequential(
            nn.Conv2d(1, first, 5, stride=2, padding=2, bias=False),
            nn.BatchNorm2d(first),
            nn.ReLU(),
        )
        inputs = (first,) + CHANNELS[:-1]
        self.blocks = nn.Sequential(*(Block(i, o) for i, o in zip(inputs, CHANNELS)))
        self.head = nn.Sequential(nn.Dropout(dropout), nn.Linear(2 * CHANNELS[-1], classes))

    def features(self, x: Tensor) -> Tensor:
        return self.blocks(self.stem(x))

    def classify_features(self, features: Tensor) -> Tensor:
        # The mean says what the picture is like, the maximum whether there is a break somewhere.
        return self.head(torch.cat([features.mean((2, 3)), features.amax((2, 3))], 1))

    def activation_maps(self, features: Tensor) -> Tensor:
        """[N, 256, h, w] to [N, K, h, w]: the head with this place's features as mean and maximum.

        The mean's share is exact: averaged over the picture it is what the mean adds to the logit.
        The maximum's share is what this place would add if it held every channel's maximum.
        """
        linear = self.head[-1]
        mean, most = linear.weight.chunk(2, 1)
        return nn.functional.conv2d(features, (mean + most)[:, :, None, None], linear.bias)

    def stages(self) -> List[nn.Module]:
        return [self.stem, *self.blocks, self.head]
