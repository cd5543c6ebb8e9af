"""A published body under a head of our own: the study's transfer models, and SqueezeNet.

The study trained its own with rate 1e-4 (v2: 1e-6) from ImageNet weights; see `weights.load_weights`.
"""

from typing import Callable, Dict, List, NamedTuple, Optional, Tuple

import torch
from torch import nn

from .backbone import Backbone, Plan
from .published import INCEPTION_HALF, INCEPTION_TO_MIXED7, SQUEEZENET, body
from .xception import Xception

XCEPTION = Plan(stages=Xception.STAGES, mean=(0.5, 0.5, 0.5), deviation=(0.5, 0.5, 0.5), least=64)
MIXED7 = Plan(stages=INCEPTION_TO_MIXED7, pool="flatten", **INCEPTION_HALF)


class Head(NamedTuple):
    """dense: widths of the ReLU layers.  normed: batch norm after each.  dropout: None for none."""

    dense: Tuple[int, ...] = ()
    normed: bool = False
    dropout: Optional[float] = None


def inception_to_mixed7() -> nn.Module:
    """Inception v3 (Szegedy et al., CVPR 2016) to Keras' `mixed7`, torchvision's `Mixed_6e`.

    224² gives 768 × 12 × 12. It averages as Keras does, whose weights the study had. What follows
    `Mixed_6e` is taken out, so it neither counts nor loads.
    """
    made = body("inception-v3", 1)
    for name in ("Mixed_7a", "Mixed_7b", "Mixed_7c", "avgpool", "dropout", "fc"):
        delattr(made, name)
    for module in made.modules():
        if hasattr(module, "branch_pool"):
            module.branch_pool.register_forward_pre_hook(_without_padding)
    return made


def squeezenet() -> nn.Module:
    """SqueezeNet 1.1 without its classifier."""
    made = body("squeezenet1-1", 1)
    del made.classifier
    return made


def _without_padding(_: nn.Module, inputs: Tuple[torch.Tensor]) -> torch.Tensor:
    """Means of 3 × 3 as Keras takes them, of what lies in the picture; torchvision's count the padding.

    x: [N, C, h, w], its means with a padding of 1 counted as zeros.
    """
    x = inputs[0]
    inside = torch.ones_like(x[:1, :1])
    return x / nn.functional.avg_pool2d(inside, 3, stride=1, padding=1)


def transfer(
    make: Callable[[], nn.Module],
    plan: Plan,
    head: Head,
    classes: int,
    channels: int,
    height: int,
    width: int,
    dropout: Optional[float] = None,
) -> Backbone:
    """A body under dense layers; dropout given here replaces the head's."""
    made = make()
    with torch.no_grad():
        inputs = _inputs(made.eval(), plan, height, width)
    made.train()
    layers: List[nn.Module] = []
    for outputs in head.dense:
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
        if head.normed:
            layers.append(nn.BatchNorm1d(outputs))
        inputs = outputs
    if head.dropout is not None:
        layers.append(nn.Dropout(head.dropout))
    layers.append(nn.Linear(inputs, classes))
    return Backbone(made, plan, nn.Sequential(*layers), channels, dropout)


def _inputs(made: nn.Module, plan: Plan, height: int, width: int) -> int:
    """How many numbers the head gets: channels, or all features where they are flattened."""
    if plan.pool != "flatten":
        height = width = plan.least
    x = torch.zeros(1, 3, height, width)
    for name in (name for stage in plan.stages for name in stage):
        x = made.get_submodule(name)(x)
    return x.numel() if plan.pool == "flatten" else x.shape[1]


TRANSFERS: Dict[str, Tuple[Callable[[], nn.Module], Plan, Head]] = {
    "transfer-v1": (inception_to_mixed7, MIXED7, Head()),
    "transfer-v1-m1": (inception_to_mixed7, MIXED7, Head()),
    "transfer-v1-m2": (inception_to_mixed7, MIXED7, Head((1024,), normed=True, dropout=0.4)),
    "transfer-v2": (Xception, XCEPTION, Head((1024, 512), dropout=0.4)),
    "transfer-v3-m1": (Xception, XCEPTION, Head((1024,), normed=True)),
    "squeezenet1-1": (squeezenet, SQUEEZENET, Head()),
    "xception": (Xception, XCEPTION, Head()),
}
