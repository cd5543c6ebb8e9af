"""Xception's convolutions: F. Chollet, Xception, CVPR 2017, figure 5."""

from typing import List

from torch import Tensor, nn

# Fields are named as in the weights that circulate for PyTorch (Cadene's and timm's `xception`).


class SeparableConv2d(nn.Module):
    """A 3 × 3 convolution of each channel by itself, then a 1 × 1 one across them."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, inputs, 3, padding=1, groups=inputs, bias=False)
        self.pointwise = nn.Conv2d(inputs, outputs, 1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.pointwise(self.conv1(x))


class Block(nn.Module):
    """Separable convolutions beside a shortcut.

    widths: channels of the input and after each convolution.
    stride: 2 halves rows and columns.
    starts_with_relu: not so in the first block, whose input is rectified already.
    """

    def __init__(self, *widths: int, stride: int = 1, starts_with_relu: bool = True) -> None:
        super().__init__()
        layers: List[nn.Module] = []
        for inputs, outputs in zip(widths, widths[1:]):
            layers += [nn.ReLU(), SeparableConv2d(inputs, outputs), nn.BatchNorm2d(outputs)]
        if stride != 1:
            layers.append(nn.MaxPool2d(3, stride, padding=1))
        self.rep = nn.Sequential(*layers[0 if starts_with_relu else 1 :])
        self.shortened = stride != 1 or widths[0] != widths[-1]
        if self.shortened:
            self.skip = nn.Conv2d(widths[0], widths[-1], 1, stride=stride, bias=False)
            self.skipbn = nn.BatchNorm2d(widths[-1])

    def forward(self, x: Tensor) -> Tensor:
        return self.rep(x) + (self.skipbn(self.skip(x)) if self.shortened else x)


class Xception(nn.Module):
    """float [N, 3, H, W] to features [N, 2048, h, w], rectified; h is about H / 32."""

    STAGES = (
        ("conv1", "bn1", "relu", "conv2", "bn2", "relu"),
        ("block1", "block2"),
        ("block3", "block4", "block5", "block6", "block7"),
        ("block8", "block9", "block10", "block11"),
        ("block12", "conv3", "bn3", "relu", "conv4", "bn4", "relu"),
    )

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, stride=2, bias=False)
        self.bn1 = nn.BatchNorm2d(32)
        self.relu = nn.ReLU()
        self.conv2 = nn.Conv2d(32, 64, 3, bias=False)
        self.bn2 = nn.BatchNorm2d(64)
        self.block1 = Block(64, 128, 128, stride=2, starts_with_relu=False)
        self.block2 = Block(128, 256, 256, stride=2)
        self.block3 = Block(256, 728, 728, stride=2)
        for number in range(4, 12):
            self.add_module(f"block{number}", Block(728, 728, 728, 728))
        self.block12 = Block(728, 728, 1024, stride=2)
        self.conv3 = SeparableConv2d(1024, 1536)
        self.bn3 = nn.BatchNorm2d(1536)
        self.conv4 = SeparableConv2d(1536, 2048)
        self.bn4 = nn.BatchNorm2d(2048)

    def forward(self, x: Tensor) -> Tensor:
        for stage in self.STAGES:
            for name in stage:
                x = getattr(self, name)(x)
        return x
