"""A network that looks twice: at the plane and at its mirror image."""

from typing import List

import torch
from torch import Tensor, nn

from .base import Classifier


class Mirrored(Classifier):
    """The mean of what one network answers to both, in one graph: twice its time, the same weights.

    Features are those of both batches, one after the other: [2 N, C, h, w].
    """

    def __init__(self, network: Classifier) -> None:
        super().__init__(network.channels)
        self.network, self.has_maps = network, network.has_maps
        self.architecture = network.architecture
        self.exact = tuple(f"network.{name}" for name in network.exact)

    def normalise(self, x: Tensor) -> Tensor:
        return self.network.normalise(x)

    def features(self, x: Tensor) -> Tensor:
        return self.network.features(torch.cat([x, x.flip(3)]))

    def classify_features(self, features: Tensor) -> Tensor:
        plain, mirrored = self.network.classify_features(features).chunk(2)
        return (plain + mirrored) / 2

    def activation_maps(self, features: Tensor) -> Tensor:
        """[2 N, C, h, w] to [N, K, h, w], neither mirrored."""
        plain, mirrored = self.network.activation_maps(features).chunk(2)
        return (plain + mirrored.flip(3)) / 2

    def stages(self) -> List[nn.Module]:
        return self.network.stages()
