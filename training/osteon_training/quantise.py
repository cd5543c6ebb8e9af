"""Networks whose features are computed in eight-bit integers, by static quantisation."""

import copy
from typing import Callable, Optional

import numpy as np
import torch
from torch import Tensor, nn

from . import outliers
from .answers import predict
from .arrays import Dataset
from .calibrate import probabilities
from .figures import abnormal_auroc, macro_f1, resamples, with_interval
from .networks.base import Classifier
from .networks.ensemble import Ensemble

BATCH = 32
CALIBRATION_IMAGES = 128
CALIBRATION_OUTLIERS = 32
# What PyTorch serves with on CPUs of today: channels last, one scale for each channel of weights.
ENGINE = "onednn"
# Weights have seven bits: a CPU without VNNI adds two products in sixteen, and 2 x 255 x 127 is too much
# for these. It saturates and says nothing; 2 x 255 x 64 fits.
LEAST, LARGEST = -64, 63


class Trunk(nn.Module):
    """A network's features alone, as a module that can be traced."""

    def __init__(self, network: Classifier) -> None:
        super().__init__()
        self.network = network

    def forward(self, x: Tensor) -> Tensor:
        return self.network.features(x)


class Quantised(Classifier):
    """A network with its features by another module; what leads there and on from there is its own."""

    def __init__(self, network: Classifier, trunk: nn.Module) -> None:
        super().__init__(network.channels)
        self.network, self.trunk, self.has_maps = network, trunk, network.has_maps

    def normalise(self, x: Tensor) -> Tensor:
        return self.network.normalise(x)

    def features(self, x: Tensor) -> Tensor:
        return self.trunk(x)

    def classify_features(self, features: Tensor) -> Tensor:
        return self.network.classify_features(features)

    def activation_maps(self, features: Tensor) -> Tensor:
        return self.network.activation_maps(features)


def quantised_if_it_holds(
    network: Classifier, dataset: Dataset, t: float, known: Optional[Tensor] = None
) -> Optional[Classifier]:
    """The network in int8 where its figures stay within the intervals of those in f32, else None.

    known: the network's logits [N, K] of the validation split's radiographs, where they are known.

    Looked at on the validation split: no test image takes part in a choice. Says why where None.
    """
    seen = np.random.default_rng(1).permutation(len(dataset.train))[:CALIBRATION_IMAGES]
    planes = dataset.train.planes[np.sort(seen)]
    # Scales that only radiographs set would cut off what else comes, and so what refers it.
    outside = outliers.draw(CALIBRATION_OUTLIERS, *planes.shape[1:], seed=11)
    eight = quantised_or_none(network, np.concatenate([planes, outside]))
    if eight is None:
        return None
    val = dataset.val.real()
    exact = probabilities(predict(network, val) if known is None else known, t)
    rounded = probabilities(predict(eight, val), t)
    draws = resamples(val.group)
    for name, figure in (("AUROC of anything wrong", abnormal_auroc), ("macro F1", macro_f1)):
        interval = with_interval(figure, exact, val.labels, draws)
        found = figure(rounded, val.labels)
        if interval and found < interval[1]:
            print(f"int8: {name} {found:.3f}, and below {interval[1]:.3f} it is not written.")
            return None
    return eight


def quantised_or_none(network: Classifier, planes: np.ndarray) -> Optional[Classifier]:
    """As `quantised`; says why not where None."""
    try:
        return quantised(network, planes)
    except ValueError as error:
        print(f"int8: {error}")
        return None


def quantised(network: Classifier, planes: np.ndarray) -> Classifier:
    """The network with int8 weights and activations between its first and its last layer.

    planes: uint8 [n, H, W] that show how large activations become; no figure may be made of them.
    The network is left alone.

    Raises ValueError where this PyTorch has no such engine or converter, or cannot convert the
    network.
    """
    if ENGINE not in torch.backends.quantized.supported_engines:
        raise ValueError(f"this PyTorch has no {ENGINE} to compute in int8.")
    torch.backends.quantized.engine = ENGINE
    copied = copy.deepcopy(network).cpu().float().eval().to(memory_format=torch.channels_last)
    if not isinstance(copied, Ensemble):
        return _one(copied, planes, lambda x: x)
    members = [
        _one(member, planes, lambda x, i=i: copied.views(x)[i % 2])
        for i, member in enumerate(copied.members)
    ]
    return Ensemble(members).eval()


def _one(network: Classifier, planes: np.ndarray, view: Callable[[Tensor], Tensor]) -> Classifier:
    try:
        from torch.ao.quantization import QConfig, get_default_qconfig_mapping
        from torch.ao.quantization.observer import MinMaxObserver
        from torch.ao.quantization.quantize_fx import convert_fx, prepare_fx
    except ImportError as error:
        # Deprecated in 2.x: a version is published without int8 where it has gone.
        raise ValueError(f"this PyTorch does not convert networks ({error}).") from error

    def inputs(first: int) -> Tensor:
        batch = torch.from_numpy(planes[first : first + BATCH]).unsqueeze(1)
        return view(network.normalise(batch.float() / 255.0))

    with torch.no_grad():
        try:
            # Sums from the least to the largest that was seen: PyTorch's own default cuts off what is
            # rare, which spoils a residual sum that nothing normalises. Convolutions keep that default:
            # it gives them the finer steps.
            activation = MinMaxObserver.with_args(dtype=torch.quint8)
            mapping = get_default_qconfig_mapping(ENGINE)
            default = mapping.global_qconfig.weight
            weight = default.with_args(quant_min=LEAST, quant_max=LARGEST)
            mapping.set_global(QConfig(activation, weight))
            # What PyTorch names by its kind, convolutions among it, does not follow the global one.
            for kind, named in list(mapping.object_type_qconfigs.items()):
                if named.weight is default:
                    mapping.set_object_type(kind, QConfig(named.activation, weight))
            for name in network.exact:
                mapping.set_module_name(f"network.{name}", None)
            observed = prepare_fx(Trunk(network), mapping, (inputs(0)[:2],))
            for first in range(0, len(planes), BATCH):
                observed(inputs(first))
            trunk = convert_fx(observed)
            trunk(inputs(0)[:2])
        except (RuntimeError, NotImplementedError, torch.fx.proxy.TraceError) as error:
            raise ValueError(f"{network.architecture} cannot be converted ({error}).") from error
    return Quantised(network, trunk)
