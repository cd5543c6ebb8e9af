"""ResNet v2 (pre-activation): He et al., ECCV 2016, as Gluon published it, its first three stages."""

from typing import List, Optional, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .backbone import IMAGENET_DEVIATION, IMAGENET_MEAN
from .base import Classifier
from .where import WhereHead

WIDTHS = (256, 512, 1024)
# ResNet-50's.
DEPTHS = (3, 4, 6)


class Block(nn.Module):
    """Three convolutions, each after its norm, beside a shortcut that nothing normalises.

    outputs: channels; a quarter of them in between.  stride: of the middle convolution.
    first: whether the shortcut is a convolution, as in each stage's first block.
    """

    def __init__(self, inputs: int, outputs: int, stride: int, first: bool) -> None:
        super().__init__()
        inner = outputs // 4
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, inner, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(inner)
        self.conv2 = nn.Conv2d(inner, inner, 3, stride=stride, padding=1, bias=False)
        self.bn3 = nn.BatchNorm2d(inner)
        self.conv3 = nn.Conv2d(inner, outputs, 1, bias=False)
        self.first = first
        if first:
            self.down = nn.Conv2d(inputs, outputs, 1, stride=stride, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        y = F.relu(self.bn1(x))
        shortcut = self.down(y) if self.first else x
        y = F.relu(self.bn2(self.conv1(y)))
        y = F.relu(self.bn3(self.conv2(y)))
        return self.conv3(y) + shortcut


class Body(nn.Module):
    """float [N, 3, H, W] to rectified [N, 1024, H / 16, W / 16]; fields as in the published weights.

    near: whether the second stage's sums follow, four cells as one: [N, 1024 + 2048, H / 16, W / 16].
    """

    def __init__(self, depths: Sequence[int], near: bool = False) -> None:
        super().__init__()
        self.near = near
        self.bn0 = nn.BatchNorm2d(3)
        self.conv0 = nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.stages = nn.ModuleList()
        inputs = 64
        for number, (width, depth) in enumerate(zip(WIDTHS, depths)):
            blocks: List[nn.Module] = []
            for i in range(depth):
                stride = 2 if number > 0 and i == 0 else 1
                blocks.append(Block(inputs, width, stride, i == 0))
                inputs = width
            self.stages.append(nn.Sequential(*blocks))
        self.norm = nn.BatchNorm2d(inputs)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.bn1(self.conv0(self.bn0(x))))
        x = F.max_pool2d(x, 3, stride=2, padding=1)
        first, second, third = self.stages
        middle = second(first(x))
        deep = F.relu(self.norm(third(middle)))
        return torch.cat([deep, F.pixel_unshuffle(middle, 2)], 1) if self.near else deep


class ResNetV2(Classifier):
    """The body under a `WhereHead`.

    depths: blocks of each stage. A residual network bears that some are taken out, but for each
    stage's first: so the weights of a deeper one are first weights of a shallower one.
    dropout: before the head.
    side: pixels to which the graph shrinks what it is given; 0 leaves it. So that two networks of
    different cost take the same planes.
    fine: maps of an eighth of the sides instead of a sixteenth, with the second stage's help and beside
    the answer; sides are then multiples of 16.
    """

    has_maps = True
    # It weighs a sum that thirteen blocks added to: there eight bits cost most, and f32 next to nothing.
    exact = ("body.norm",)

    def __init__(
        self,
        classes: int = 3,
        depths: Sequence[int] = DEPTHS,
        dropout: float = 0.2,
        side: int = 0,
        fine: bool = False,
    ) -> None:
        super().__init__(3)
        if len(depths) != len(WIDTHS) or min(depths) < 1:
            raise ValueError(f"depths has a block or more for each of {len(WIDTHS)} stages.")
        self.side = side
        self.body = Body(depths, fine)
        near = WIDTHS[1] if fine else 0
        self.head = WhereHead(self.body.norm.num_features, classes, dropout, near)
        for name, values in (("shift", IMAGENET_MEAN), ("scale", IMAGENET_DEVIATION)):
            self.register_buffer(name, torch.tensor(values).view(1, 3, 1, 1), persistent=False)

    def normalise(self, x: Tensor) -> Tensor:
        if self.side and x.shape[2] != self.side:
            x = F.interpolate(x, (self.side, self.side), mode="bilinear", antialias=True)
        x = (x.expand(-1, 3, -1, -1) - self.shift) / self.scale
        return x.contiguous(memory_format=torch.channels_last)

    def features(self, x: Tensor) -> Tensor:
        return self.body(x)

    def classify_features(self, features: Tensor) -> Tensor:
        return self.head(features)

    def answering(self, features: Tensor) -> Tensor:
        return features[:, : self.head.inputs]

    def activation_maps(self, features: Tensor) -> Tensor:
        """[N, C, h, w] to [N, K, h, w], what the head's smooth maximum is taken of, or twice as fine."""
        return self.head.maps(features)

    def stages(self) -> List[nn.Module]:
        """Two parts only: the whole body learns at one rate, the head at its own."""
        return [self.body, self.head]

    def beside(self) -> Optional[nn.Module]:
        return self.head.finer
