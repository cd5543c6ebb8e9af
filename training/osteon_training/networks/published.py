"""Published architectures as torchvision builds them, always without weights."""

from typing import Callable, Dict, Tuple

import torch
from torch import nn

from .backbone import Plan

# torchvision is imported when a network is built: the study's own networks need none.


def _numbered(*groups: range) -> Tuple[Tuple[str, ...], ...]:
    return tuple(tuple(f"features.{i}" for i in group) for group in groups)


RESNET = Plan(
    stages=(
        ("conv1", "bn1", "relu", "maxpool"),
        ("layer1",),
        ("layer2",),
        ("layer3",),
        ("layer4",),
    ),
    head=("fc",),
)
DENSENET = Plan(
    stages=(
        ("features.conv0", "features.norm0", "features.relu0", "features.pool0"),
        ("features.denseblock1", "features.transition1"),
        ("features.denseblock2", "features.transition2"),
        ("features.denseblock3", "features.transition3"),
        ("features.denseblock4", "features.norm5", "relu"),
    ),
    head=("classifier",),
)
MOBILENET_V2 = Plan(
    stages=_numbered(range(2), range(2, 4), range(4, 7), range(7, 14), range(14, 19)),
    head=("classifier",),
)
# Its own classifier rectifies what it says of each class, which no logit may be.
SQUEEZENET = Plan(stages=_numbered(range(3), range(3, 6), range(6, 9), range(9, 13)))
MOBILENET_LARGE = Plan(
    stages=_numbered(range(2), range(2, 4), range(4, 7), range(7, 13), range(13, 17)),
    head=("classifier",),
)
MOBILENET_SMALL = Plan(
    stages=_numbered(range(1), range(1, 2), range(2, 4), range(4, 9), range(9, 13)),
    head=("classifier",),
)
EFFICIENTNET = Plan(
    stages=_numbered(range(2), range(2, 3), range(3, 4), range(4, 6), range(6, 9)),
    head=("classifier",),
)
CONVNEXT = Plan(
    stages=_numbered(range(2), range(2, 4), range(4, 6), range(6, 8)),
    head=("classifier",),
    pool="keep",
)
# torchvision's ImageNet weights of Inception v3 are Google's, which want -1 to 1.
INCEPTION_HALF = {"mean": (0.5, 0.5, 0.5), "deviation": (0.5, 0.5, 0.5), "least": 75}
INCEPTION_TO_MIXED7 = (
    ("Conv2d_1a_3x3", "Conv2d_2a_3x3", "Conv2d_2b_3x3", "maxpool1"),
    ("Conv2d_3b_1x1", "Conv2d_4a_3x3", "maxpool2"),
    ("Mixed_5b", "Mixed_5c", "Mixed_5d"),
    ("Mixed_6a", "Mixed_6b", "Mixed_6c", "Mixed_6d", "Mixed_6e"),
)
INCEPTION = Plan(
    stages=(*INCEPTION_TO_MIXED7, ("Mixed_7a", "Mixed_7b", "Mixed_7c")),
    head=("dropout", "fc"),
    **INCEPTION_HALF,
)

PUBLISHED: Dict[str, Tuple[str, Plan]] = {
    "resnet18": ("resnet18", RESNET),
    "resnet50": ("resnet50", RESNET),
    "densenet121": ("densenet121", DENSENET),
    "densenet169": ("densenet169", DENSENET),
    "mobilenet-v2": ("mobilenet_v2", MOBILENET_V2),
    "squeezenet1-1": ("squeezenet1_1", SQUEEZENET),
    "mobilenet-v3-large": ("mobilenet_v3_large", MOBILENET_LARGE),
    "mobilenet-v3-small": ("mobilenet_v3_small", MOBILENET_SMALL),
    "efficientnet-b0": ("efficientnet_b0", EFFICIENTNET),
    "efficientnet-b7": ("efficientnet_b7", EFFICIENTNET),
    "convnext-tiny": ("convnext_tiny", CONVNEXT),
    "inception-v3": ("inception_v3", INCEPTION),
}


def constructor(name: str) -> Callable[..., nn.Module]:
    """torchvision's function for an architecture; LookupError where it is not installed or too old."""
    try:
        import torchvision
    except (ImportError, RuntimeError) as missing:  # the latter where it was made for another torch
        raise LookupError(
            f"{name} needs a torchvision that fits PyTorch {torch.__version__}:"
            " install python3-torchvision, or pip install torchvision."
        ) from missing
    found = getattr(torchvision.models, PUBLISHED[name][0], None)
    if found is None:
        raise LookupError(
            f"torchvision {torchvision.__version__} has no {name}: install 0.14 or newer."
        )
    return found


def body(name: str, classes: int) -> nn.Module:
    """The whole torchvision model with a head for `classes`, weights random."""
    make = constructor(name)
    if name == "inception-v3":
        # Its own initialisation draws from SciPy's truncated normal, which takes half a minute.
        return make(weights=None, num_classes=classes, aux_logits=False, init_weights=False)
    made = make(weights=None, num_classes=classes)
    for module in made.modules():
        # MobileNet's and B7's 0.01 needs 300 steps to forget its start: more than an epoch here has,
        # and validation answers chance until then.
        if isinstance(module, nn.BatchNorm2d):
            module.momentum = 0.1
    if PUBLISHED[name][1] is DENSENET:
        made.relu = nn.ReLU()  # torchvision rectifies outside of `features`
    return made
