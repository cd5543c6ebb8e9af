"""Several networks as one: the mean of their logits, in one graph."""

from typing import List, Sequence, Tuple

import torch
from torch import Tensor, nn

from .base import Classifier


class Ensemble(Classifier):
    """Members of one architecture from different seeds; each must give features of the same shape.

    Every second member sees the plane mirrored: what they agree on then holds for both, which costs
    nothing, where averaging both views of each member would cost twice the time.

    Logits are averaged rather than probabilities, so that the mean logit keeps its meaning (see
    `outliers.py`) and one temperature calibrates all.
    """

    def __init__(self, members: Sequence[Classifier]) -> None:
        super().__init__(members[0].channels)
        self.members = nn.ModuleList(members)
        self.has_maps = all(getattr(member, "has_maps", False) for member in members)

    def normalise(self, x: Tensor) -> Tensor:
        return self.members[0].normalise(x)

    def views(self, x: Tensor) -> Tuple[Tensor, Tensor]:
        """What the first and what the second of each two members sees."""
        # As rows, columns, channels: so the mirrored one is channels last as well, without a copy.
        return x, x.permute(0, 2, 3, 1).flip(2).permute(0, 3, 1, 2)

    def features(self, x: Tensor) -> Tensor:
        views = self.views(x)
        return torch.cat([m.features(views[i % 2]) for i, m in enumerate(self.members)], 1)

    def classify_features(self, features: Tensor) -> Tensor:
        parts = features.chunk(len(self.members), 1)
        logits = [m.classify_features(part) for m, part in zip(self.members, parts)]
        return torch.stack(logits).mean(0)

    def activation_maps(self, features: Tensor) -> Tensor:
        """[N, C, h, w] to float [N, K, h, w], the mean of the members' maps, none mirrored."""
        parts = features.chunk(len(self.members), 1)
        maps = [m.activation_maps(part) for m, part in zip(self.members, parts)]
        maps = [each.flip(3) if i % 2 else each for i, each in enumerate(maps)]
        return torch.stack(maps).mean(0)

    def stages(self) -> List[nn.Module]:
        return [nn.ModuleList(parts) for parts in zip(*(m.stages() for m in self.members))]
