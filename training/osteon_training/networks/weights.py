"""Weights from a file that the user has; nothing is downloaded."""

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Dict, List, Optional, Tuple, Union

from torch import Tensor

from .base import Classifier
from .channels import adapt_kernel, first_convolution
from .unpickle import load

# DenseNet files from before torchvision 0.3 write norm.1 for norm1; torchvision mends them likewise.
OLD_DENSENET = re.compile(r"(denselayer\d+\.(?:norm|relu|conv))\.([12]\.)")
PREFIXES = ("module.", "body.")


@dataclass(frozen=True)
class WeightsReport:
    """What became of a file's tensors.

    sha256: of the file.  architecture: by which an Osteon checkpoint says it was built, or "".
    matched, total: tensors of the network that the file filled, of all it has; batch counters of
    batch norm do not count.
    left_out: names in the file that went nowhere.
    missing: names in the network that keep what they had.
    """

    sha256: str
    architecture: str
    matched: int
    total: int
    left_out: List[str] = field(default_factory=list)
    missing: List[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"sha256 {self.sha256}: {self.matched} of {self.total} tensors matched;"
            f" kept as they were: {_some(self.missing)}; left out of the file: {_some(self.left_out)}"
        )


def load_weights(
    network: Classifier, file: Union[str, Path], allow_head_mismatch: bool = True
) -> WeightsReport:
    """Copies what fits from a state dict (torchvision's, Cadene's or timm's Xception, our own).

    Also takes an Osteon checkpoint, a dict whose "state" is a state dict. A first convolution for
    colour fits a grey network, and back, as `channels.adapt_kernel` says.
    allow_head_mismatch: a head for other classes keeps its random weights.
    Raises ValueError in one sentence, with the network as it was, where the file is no state dict,
    fills less than half of the network's tensors, or leaves out more than allowed.
    """
    digest = hashlib.sha256(Path(file).read_bytes()).hexdigest()
    state, architecture = _state(Path(file))
    own = {k: v for k, v in network.state_dict().items() if not k.endswith("num_batches_tracked")}
    found, left_out = _match(network, own, state)
    missing = [name for name in own if name not in found]
    if len(found) * 2 < len(own):
        raise ValueError(
            f"{file} fits {network.architecture or type(network).__name__} in"
            f" {len(found)} of {len(own)} tensors only, so it is of another architecture."
        )
    strange = [name for name in missing if name not in _head_names(network)]
    if strange:
        raise ValueError(f"{file} leaves more than the head without weights: {_some(strange)}.")
    if missing and not allow_head_mismatch:
        raise ValueError(f"{file} does not fit the head: {_some(missing)}.")
    network.load_state_dict(found, strict=False)
    return WeightsReport(digest, architecture, len(found), len(own), left_out, missing)


def began_with(file: Union[str, Path], origin: str) -> List[Dict[str, str]]:
    """What a network that begins with this file began with, the file itself first; for the card.

    Each has `file` (its name), `sha256` and `from`; an Osteon checkpoint says what it began with.
    Raises as `load_weights` does.
    """
    path = Path(file)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    content = load(path)
    before = content.get("began", []) if isinstance(content, dict) else []
    return [{"file": path.name, "sha256": digest, "from": origin}, *before]


def _state(file: Path) -> Tuple[Dict[str, Tensor], str]:
    """State dict and, of an Osteon checkpoint, the architecture's name."""
    content = load(file)
    architecture = ""
    if isinstance(content, dict) and isinstance(content.get("state"), dict):
        architecture = str(content.get("network", ""))
        content = content["state"]
    if isinstance(content, dict) and isinstance(content.get("state_dict"), dict):
        content = content["state_dict"]
    if not isinstance(content, dict) or not any(isinstance(v, Tensor) for v in content.values()):
        raise ValueError(f"{file} holds no state dict.")
    return {str(k): v for k, v in content.items() if isinstance(v, Tensor)}, architecture


def _match(
    network: Classifier, own: Dict[str, Tensor], state: Dict[str, Tensor]
) -> Tuple[Dict[str, Tensor], List[str]]:
    """Tensors by the network's names, and the file's names that went nowhere."""
    first = first_convolution(network)[0] + ".weight"
    bare: Dict[str, str] = {}
    for name in own:
        bare[_bare(name)] = name
    found: Dict[str, Tensor] = {}
    left_out = []
    for name, tensor in state.items():
        if name.endswith("num_batches_tracked"):
            continue
        target = name if name in own else bare.get(_bare(name))
        fitted = None if target is None else _fit(tensor, own[target], target == first)
        if target is None or fitted is None:
            left_out.append(name)
        else:
            found[target] = fitted
    return found, left_out


def _bare(name: str) -> str:
    for prefix in PREFIXES:
        name = name[len(prefix) :] if name.startswith(prefix) else name
    return OLD_DENSENET.sub(r"\1\2", name)


def _fit(tensor: Tensor, own: Tensor, first: bool) -> Optional[Tensor]:
    if tensor.shape == own.shape:
        return tensor
    if first and tensor.ndim == 4 and {tensor.shape[1], own.shape[1]} == {1, 3}:
        adapted = adapt_kernel(tensor, own.shape[1])
        return adapted if adapted.shape == own.shape else None
    # Cadene's Xception file has its 1 × 1 kernels as matrices.
    if own.shape[2:] == (1, 1) and tensor.shape == own.shape[:2]:
        return tensor.view(own.shape)
    return None


def _head_names(network: Classifier) -> List[str]:
    """Names of the tensors of the last stage."""
    modules = set(network.stages()[-1].modules())
    return [
        f"{path}.{name}"
        for path, module in network.named_modules()
        if module in modules
        for name, _ in [
            *module.named_parameters(recurse=False),
            *module.named_buffers(recurse=False),
        ]
    ]


def _some(names: List[str], most: int = 4) -> str:
    if not names:
        return "none"
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if names[most:] else "")
