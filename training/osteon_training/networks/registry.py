"""Architectures by name."""

from dataclasses import dataclass
from functools import partial
from typing import Any, Callable, Dict, List, Optional, Tuple

from .backbone import Backbone
from .base import Classifier
from .osteon_s import OsteonS
from .published import PUBLISHED, body, constructor
from .resnet_v2 import ResNetV2
from .study import V1, V2, ConvDense
from .transfer import TRANSFERS, transfer


@dataclass(frozen=True)
class Architecture:
    """line: what it is.  make: takes classes, channels, height, width and the `options`.

    channels: without the caller's wish.  least: smallest side in pixels.
    needs: the published architecture, where torchvision has to be there.
    kernel_decay: see `Classifier`.
    """

    line: str
    make: Callable[..., Classifier]
    options: Tuple[str, ...] = ("dropout",)
    channels: int = 3
    least: int = 32
    needs: Optional[str] = None
    kernel_decay: float = 0.0


def build(
    name: str,
    classes: int = 3,
    channels: Optional[int] = None,
    height: int = 224,
    width: int = 224,
    **options: Any,
) -> Classifier:
    """A network with random weights, for uint8 [N, 1, height, width].

    channels: what its first convolution takes, 1 or 3; by default what the architecture is known
    with. options: `dropout` (share, all networks) and `device` (the study's own).
    Raises ValueError, in one sentence, for names, options and sizes that are not there, and where
    torchvision is needed and missing.
    """
    found = _find(name)
    unknown = sorted(set(options) - set(found.options))
    if unknown:
        raise ValueError(
            f"{name} has no option {', '.join(unknown)}; there is {', '.join(found.options)}."
        )
    if min(height, width) < found.least:
        raise ValueError(
            f"{name} takes {found.least} pixels a side or more, not {height} × {width}."
        )
    channels = found.channels if channels is None else channels
    if channels not in (1, 3):
        raise ValueError(f"{name} takes 1 or 3 channels, not {channels}.")
    missing = _missing(found)
    if missing:
        raise ValueError(missing)
    made = found.make(classes=classes, channels=channels, height=height, width=width, **options)
    made.architecture = name
    made.kernel_decay = found.kernel_decay
    return made


def names(available: bool = False) -> List[str]:
    """All names, or only those that build with what is installed here."""
    return [name for name, found in ARCHITECTURES.items() if not available or not _missing(found)]


def describe(name: str) -> str:
    """One line; says what to install where the architecture is unavailable."""
    found = _find(name)
    missing = _missing(found)
    return f"{found.line} (unavailable: {missing})" if missing else found.line


def _find(name: str) -> Architecture:
    if name not in ARCHITECTURES:
        raise ValueError(f"There is no network {name}; there is {', '.join(names())}.")
    return ARCHITECTURES[name]


def _missing(found: Architecture) -> str:
    if found.needs:
        try:
            constructor(found.needs)
        except LookupError as error:
            return str(error)
    return ""


def _osteon_s(classes: int, channels: int, height: int, width: int, **options: Any) -> Classifier:
    if channels != 1:
        raise ValueError("osteon-s makes its own two channels from grey; leave channels at 1.")
    return OsteonS(classes, **options)


def _resnet_v2(classes: int, channels: int, height: int, width: int, **options: Any) -> Classifier:
    if channels != 3:
        raise ValueError("resnet50-v2 begins with a norm of three channels; leave channels at 3.")
    return ResNetV2(classes, **options)


def _published(
    name: str, classes: int, channels: int, height: int, width: int, dropout: Optional[float] = None
) -> Classifier:
    return Backbone(body(name, classes), PUBLISHED[name][1], channels=channels, dropout=dropout)


def _v1() -> Architecture:
    make = partial(ConvDense, V1, (128, 64), False)
    line = "the study's v1: five pooled 3×3 convolutions, dense 128 and 64"
    return Architecture(line, make, ("dropout", "device"))


def _v2(line: str, *dense: int, channels: int = 3) -> Architecture:
    line = f"the study's {line}: 7×7 and four 3×3 convolutions, dense {dense[0]} and {dense[1]}"
    make = partial(ConvDense, V2, dense, True)
    return Architecture(line, make, ("dropout", "device"), channels)


def _transfer(
    name: str,
    line: str,
    needs: Optional[str] = None,
    kernel_decay: float = 0.0,
) -> Architecture:
    make, plan, head = TRANSFERS[name]
    return Architecture(
        line,
        partial(transfer, make, plan, head),
        least=plan.least,
        needs=needs,
        kernel_decay=kernel_decay,
    )


def _torchvision(name: str, line: str) -> Architecture:
    return Architecture(line, partial(_published, name), least=PUBLISHED[name][1].least, needs=name)


ARCHITECTURES: Dict[str, Architecture] = {
    "osteon-s": Architecture(
        "our compact residual network, made for CPUs",
        _osteon_s,
        ("widths", "depths", "dropout", "skipped"),
        channels=1,
    ),
    "resnet50-v2": Architecture(
        "ResNet-50 v2 (He et al., ECCV 2016) to stage 3, with maps that take part in the answer",
        _resnet_v2,
        ("depths", "dropout", "side", "fine"),
    ),
    "v1": _v1(),
    "v2": _v2("v2", 1024, 512),
    "v2-m1": _v2("v2-M1, by RMSprop", 512, 128),
    "v2-m2": _v2("v2-M2", 512, 128),
    "v2-m3": _v2("v2-M3", 128, 64),
    "v2-m4": _v2("v2-M4", 64, 32),
    "v2-g": _v2("v2-G on grey", 1024, 512, channels=1),
    "v2-g-m1": _v2("v2-G-M1 on grey, by RMSprop", 512, 128, channels=1),
    "v3": _v2("v3, the first with three classes", 512, 128),
    "transfer-v1": _transfer(
        "transfer-v1", "the study's Inception v3 to mixed7, flattened into the head", "inception-v3"
    ),
    "transfer-v1-m1": _transfer(
        "transfer-v1-m1", "transfer-v1 with L2 1e-6 on each kernel", "inception-v3", 1e-6
    ),
    "transfer-v1-m2": _transfer(
        "transfer-v1-m2",
        "transfer-v1 with dense 1024, batch norm and dropout 0.4",
        "inception-v3",
    ),
    "transfer-v2": _transfer(
        "transfer-v2", "the study's Xception, mean pooling, dense 1024 and 512"
    ),
    "transfer-v3-m1": _transfer(
        "transfer-v3-m1",
        "the study's Xception, dense 1024, batch norm, L2 1e-6 on each kernel",
        kernel_decay=1e-6,
    ),
    "transfer-v4": Architecture(
        "the study's v4 as EfficientNet-B7 (its notebooks do not name the body)",
        partial(_published, "efficientnet-b7"),
        needs="efficientnet-b7",
    ),
    "xception": _transfer("xception", "Xception (Chollet, CVPR 2017), linear head"),
    "resnet18": _torchvision("resnet18", "ResNet-18 (He et al., CVPR 2016)"),
    "resnet50": _torchvision("resnet50", "ResNet-50 (He et al., CVPR 2016), stride in the 3×3"),
    "densenet121": _torchvision("densenet121", "DenseNet-121 (Huang et al., CVPR 2017)"),
    "densenet169": _torchvision("densenet169", "DenseNet-169 (Huang et al., CVPR 2017), MURA's"),
    "mobilenet-v2": _torchvision("mobilenet-v2", "MobileNet v2 (Sandler et al., CVPR 2018)"),
    "squeezenet1-1": _transfer(
        "squeezenet1-1", "SqueezeNet 1.1 (Iandola et al., 2016), mean pooling", "squeezenet1-1"
    ),
    "mobilenet-v3-large": _torchvision(
        "mobilenet-v3-large", "MobileNet v3 large (Howard et al., ICCV 2019)"
    ),
    "mobilenet-v3-small": _torchvision(
        "mobilenet-v3-small", "MobileNet v3 small (Howard et al., ICCV 2019)"
    ),
    "efficientnet-b0": _torchvision("efficientnet-b0", "EfficientNet-B0 (Tan and Le, ICML 2019)"),
    "efficientnet-b7": _torchvision("efficientnet-b7", "EfficientNet-B7 (Tan and Le, ICML 2019)"),
    "convnext-tiny": _torchvision("convnext-tiny", "ConvNeXt tiny (Liu et al., CVPR 2022)"),
    "inception-v3": _torchvision("inception-v3", "Inception v3 (Szegedy et al., CVPR 2016)"),
}
