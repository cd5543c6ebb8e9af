"""Grey planes into networks made for colour, and back."""

from typing import Tuple

import torch
from torch import Tensor, nn


def first_convolution(network: nn.Module) -> Tuple[str, nn.Conv2d]:
    """Dotted name and module of the convolution that sees the image; ValueError if there is none."""
    for name, module in network.named_modules():
        if isinstance(module, nn.Conv2d):
            return name, module
    raise ValueError(f"{type(network).__name__} has no convolution.")


def adapt_kernel(kernel: Tensor, channels: int) -> Tensor:
    """[O, 3, h, w] to [O, 1, h, w] or back, with the same answer for three equal channels.

    Three to one sums; one to three gives each channel a third. Exact as long as every channel is
    normalised alike: ImageNet's three deviations differ by 2 %, which fine-tuning takes up.
    """
    if kernel.shape[1] == channels:
        return kernel
    if (kernel.shape[1], channels) == (3, 1):
        return kernel.sum(1, keepdim=True)
    if (kernel.shape[1], channels) == (1, 3):
        return kernel.expand(-1, 3, -1, -1) / 3
    raise ValueError(f"A kernel of {kernel.shape[1]} channels cannot become one of {channels}.")


def set_channels(network: nn.Module, channels: int) -> None:
    """Replaces the first convolution by one that takes `channels`, keeping what it answers."""
    name, old = first_convolution(network)
    if old.in_channels == channels:
        return
    kernel = adapt_kernel(old.weight.detach(), channels)
    new = nn.Conv2d(
        channels,
        old.out_channels,
        old.kernel_size,
        stride=old.stride,
        padding=old.padding,
        dilation=old.dilation,
        bias=old.bias is not None,
    )
    with torch.no_grad():
        new.weight.copy_(kernel)
        if old.bias is not None:
            new.bias.copy_(old.bias)
    parent, _, leaf = name.rpartition(".")
    setattr(network.get_submodule(parent), leaf, new)
