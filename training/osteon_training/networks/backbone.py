"""A known body with a head for our classes."""

from dataclasses import dataclass
from typing import List, Optional, Tuple

import torch
from torch import Tensor, nn

from .base import Classifier
from .channels import set_channels

IMAGENET_MEAN, IMAGENET_DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


@dataclass(frozen=True)
class Plan:
    """How a body's modules, by dotted name, make a network.

    stages: run one after the other; all but the head.
    head: names in the body; empty where the network brings its own head.
    pool: "mean" gives the head [N, C], "keep" [N, C, 1, 1], "flatten" [N, C h w].
    mean, deviation: per channel of an image within 0 to 1, as the published weights expect them.
    least: smallest side of the input in pixels.
    """

    stages: Tuple[Tuple[str, ...], ...]
    head: Tuple[str, ...] = ()
    pool: str = "mean"
    mean: Tuple[float, float, float] = IMAGENET_MEAN
    deviation: Tuple[float, float, float] = IMAGENET_DEVIATION
    least: int = 32


class Backbone(Classifier):
    """`body` keeps its published field names, so that published weights load by `weights`.

    A grey network (channels 1) has the body's first convolution summed over colours, and is
    normalised by the average of the colours' means and deviations.
    """

    def __init__(
        self,
        body: nn.Module,
        plan: Plan,
        head: Optional[nn.Module] = None,
        channels: int = 3,
        dropout: Optional[float] = None,
    ) -> None:
        mean, deviation = sum(plan.mean) / 3, sum(plan.deviation) / 3
        super().__init__(channels, mean, deviation)
        self.plan = plan
        self.body = body
        if head is not None:
            self.head = head
        set_channels(self.body, channels)
        for name, values, grey in (
            ("shift", plan.mean, mean),
            ("scale", plan.deviation, deviation),
        ):
            values = torch.tensor(values if channels == 3 else (grey,)).view(1, channels, 1, 1)
            self.register_buffer(name, values, persistent=False)
        self.dropout = nn.Dropout(0.0)
        if dropout is not None:
            self._set_dropout(dropout)
        self.has_maps = self._linear() is not None

    def normalise(self, x: Tensor) -> Tensor:
        x = (x.expand(-1, self.channels, -1, -1) - self.shift) / self.scale
        return x.contiguous(memory_format=torch.channels_last)

    def features(self, x: Tensor) -> Tensor:
        for stage in self.plan.stages:
            for name in stage:
                x = self.body.get_submodule(name)(x)
        return x

    def classify_features(self, features: Tensor) -> Tensor:
        if self.plan.pool == "flatten":
            x = features.flatten(1)
        else:
            x = features.mean((2, 3), keepdim=self.plan.pool == "keep")
        x = self.dropout(x)
        for module in self._head():
            x = module(x)
        return x

    def activation_maps(self, features: Tensor) -> Tensor:
        """[N, C, h, w] to [N, K, h, w]; exact: their mean over the picture is the logit."""
        linear = self._linear()
        if linear is None:
            raise NotImplementedError(f"{self.architecture or 'This network'} has no linear head.")
        return nn.functional.conv2d(features, linear.weight[:, :, None, None], linear.bias)

    def stages(self) -> List[nn.Module]:
        parts = [[self.body.get_submodule(name) for name in stage] for stage in self.plan.stages]
        return [nn.Sequential(*part) for part in (*parts, self._head())]

    def _head(self) -> List[nn.Module]:
        if self.plan.head:
            return [self.body.get_submodule(name) for name in self.plan.head]
        return [self.head]

    def _linear(self) -> Optional[nn.Linear]:
        """The head's only layer, if that is all there is after mean pooling."""
        leaves = [
            leaf for part in self._head() for leaf in part.modules() if not [*leaf.children()]
        ]
        layers = [leaf for leaf in leaves if not isinstance(leaf, (nn.Dropout, nn.Flatten))]
        alone = len(layers) == 1 and isinstance(layers[0], nn.Linear)
        return layers[0] if alone and self.plan.pool == "mean" else None

    def _set_dropout(self, share: float) -> None:
        """In the head's own dropout layers, or before the head where it has none."""
        found = [m for part in self._head() for m in part.modules() if isinstance(m, nn.Dropout)]
        for layer in found or [self.dropout]:
            layer.p = share
