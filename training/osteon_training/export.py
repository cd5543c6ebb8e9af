"""From a trained network to a version folder that serving accepts."""

import copy
import hashlib
import json
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Optional

import numpy as np
import torch
from torch import Tensor, nn

from .arrays import CLASSES
from .calibrate import OperatingPoints
from .networks.base import Classifier
from .portable import split_wide
from .run import revision

GOLDEN_IMAGES = 8
# Largest difference of a logit from the training graph, in units of a logit. Half precisions keep 8
# (bf16) or 11 (fp16) bits of each activation, so they are held to what does not turn a clear answer.
# int8 keeps 8 bits from the smallest to the largest, so it may be off by more where logits are large; it
# is held to its figures as well: `quantise`.
TOLERANCE = {"f32": 0.002, "bf16": 0.35, "fp16": 0.08, "int8": 0.8}
INT8_SHARE = 1 / 6
FILES = {
    "f32": "model.pt",
    "bf16": "model.bf16.pt",
    "fp16": "model.fp16.pt",
    "int8": "model.int8.pt",
}
# int8 is quantised before it is frozen; around what is, it computes in f32.
DTYPES = {
    "f32": torch.float32,
    "bf16": torch.bfloat16,
    "fp16": torch.float16,
    "int8": torch.float32,
}


class VariantError(ValueError):
    """A variant that does not answer as the training graph does."""


@dataclass(frozen=True)
class Version:
    """What a version folder says beside its graphs.

    golden_planes: uint8 [n, H, W]; drawn pictures, because no real one goes into the project.
    description: what `osteon dataset prepare` wrote in dataset.json.
    report: figures, as `all_figures` gives them, and whatever else was measured.
    quantised: the network in int8, where that is to be written as well.
    regions: `outputs.regions`, where the maps' marks are to be told of.
    """

    name: str
    golden_planes: np.ndarray
    temperature: float
    points: OperatingPoints
    description: Dict
    report: Dict
    configuration: Dict
    quantised: Optional[Classifier] = None
    regions: Optional[Dict] = None


class Served(nn.Module):
    """uint8 [N, 1, H, W] to logits float32 [N, K], in a precision of its own in between."""

    def __init__(self, network: Classifier, dtype: torch.dtype, maps: bool = False) -> None:
        super().__init__()
        if maps and not network.has_maps:
            raise ValueError(f"{network.architecture} has no activation maps.")
        self.network, self.dtype, self.maps = network.to(dtype), dtype, maps

    def forward(self, x: Tensor):
        x = self.network.normalise(x.to(torch.float32) / 255.0)
        features = self.network.features(x.to(self.dtype))
        logits = self.network.classify_features(features).float()
        return (logits, self.network.activation_maps(features).float()) if self.maps else logits


def freeze(network: Classifier, precision: str = "f32", size=(64, 64), maps: bool = False):
    """A frozen graph: batch norm folded, weights constant, channels last, of widths that every CPU can
    plan (`portable`); the network is left alone.

    size: rows and columns of the example, the input's.
    maps: class-activation maps float32 [N, K, h, w] as a second output, where the network has them.
    """
    copied = copy.deepcopy(network).cpu().float().eval().to(memory_format=torch.channels_last)
    served = Served(copied, DTYPES[precision], maps).eval()
    example = torch.zeros(2, 1, *size, dtype=torch.uint8)
    with torch.no_grad(), warnings.catch_warnings():
        # A version takes planes of one size: that a graph holds to it is meant.
        warnings.simplefilter("ignore", torch.jit.TracerWarning)
        frozen = torch.jit.freeze(torch.jit.trace(served, example, check_trace=False))
    split_wide(frozen)
    return frozen


def runs(precision: str) -> bool:
    """Whether this machine's PyTorch convolves in the precision on the CPU; 1.13 has no fp16 there."""
    try:
        x = torch.zeros(1, 1, 8, 8, dtype=DTYPES[precision])
        nn.functional.conv2d(x, torch.zeros(1, 1, 3, 3, dtype=DTYPES[precision]))
        return True
    except RuntimeError:
        return False


def has_bf16() -> bool:
    """Whether this CPU has what bf16 needs to be worth it: without AVX-512 PyTorch rounds each product by
    itself, seconds for an image. Only Linux says so; elsewhere it is f32."""
    try:
        return "avx512bw" in Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return False


def tolerance(precision: str, logits: np.ndarray) -> float:
    """By how much a variant's logits may differ from the golden ones, float [n, K]."""
    least = TOLERANCE[precision]
    if precision != "int8" or not least:
        return least
    return round(max(least, INT8_SHARE * float(np.abs(logits).max())), 2)


def write_graphs(
    folder: Path,
    network: Classifier,
    planes: np.ndarray,
    maps: bool,
    quantised: Optional[Classifier] = None,
) -> Dict[str, str]:
    """Writes each variant that can be checked here, and returns the file of each.

    planes: uint8 [n, H, W], on which each variant, as loaded from its file, must agree with the
    network in f32.
    quantised: what int8 is frozen from; None where there is to be none.

    Raises VariantError where one does not, but for int8: it is left out. A precision that this
    machine cannot run is not written: it was never seen to work.
    """
    inputs = torch.from_numpy(planes).unsqueeze(1)
    with torch.no_grad():
        wanted = copy.deepcopy(network).cpu().float().eval()(inputs)
    written = {}
    for precision, name in FILES.items():
        source = quantised if precision == "int8" else network
        if source is None:
            continue
        if not runs(precision):
            print(f"{precision}: this PyTorch cannot run it on the CPU, so it is not written.")
            continue
        freeze(source, precision, planes.shape[1:], maps).save(str(folder / name))
        found = logits_of(torch.jit.load(str(folder / name)), inputs)
        difference, allowed = float((found - wanted).abs().max()), tolerance(
            precision, wanted.numpy()
        )
        if difference > allowed:
            differs = (
                f"{name} differs from the training graph by {difference:.3f}, more than the "
                f"{allowed} that {precision} may."
            )
            if precision != "int8":
                raise VariantError(differs)
            # Some networks do not bear eight bits, which is no fault of this version.
            print(f"int8: {differs} It is not written.")
            (folder / name).unlink()
            continue
        written[precision] = name
    return written


def logits_of(graph, inputs: Tensor) -> Tensor:
    """The logits float32 [N, K] of a graph that may give maps as well."""
    with torch.no_grad():
        found = graph(inputs)
    return found[0] if isinstance(found, tuple) else found


def write_version(folder: Path, network: Classifier, version: Version) -> Dict:
    """Writes graphs, golden outputs and manifest, and returns the manifest.

    The card and the report must be in the folder already: the manifest holds their digests.
    """
    variants = write_graphs(
        folder, network, version.golden_planes, network.has_maps, version.quantised
    )
    inputs = torch.from_numpy(version.golden_planes).unsqueeze(1)
    # Golden outputs come from the file as it will be loaded, not from the network in memory.
    logits = logits_of(torch.jit.load(str(folder / FILES["f32"])), inputs).numpy()
    np.savez_compressed(folder / "golden.npz", inputs=inputs.numpy(), logits=logits)
    manifest = describe(folder, version, variants, network.has_maps, logits)
    (folder / "model.json").write_text(json.dumps(manifest, indent=2) + "\n")
    return manifest


def describe(
    folder: Path, version: Version, variants: Dict[str, str], maps: bool, logits: np.ndarray
) -> Dict:
    """`model.json`; the contract names its fields."""
    height, width = version.golden_planes.shape[1:]
    description = version.description
    return {
        "name": version.name,
        "version": folder.name.split(".partial")[0],
        "classes": CLASSES[: logits.shape[1]],
        "input": {"height": height, "width": width, "resize": description["input"]["resize"]},
        "outputs": {
            "activationMaps": maps,
            **({"regions": version.regions} if version.regions else {}),
        },
        "variants": variants,
        "calibration": {"temperature": round(version.temperature, 6)},
        "decision": version.points.manifest(),
        "golden": {
            "file": "golden.npz",
            "inputs": "inputs",
            "outputs": "logits",
            "tolerance": {precision: tolerance(precision, logits) for precision in variants},
        },
        "data": {
            key: description[key]
            for key in ("digest", "images", "synthetic", "grouped")
            if key in description
        },
        "code": {"revision": revision()},
        "training": version.configuration,
        "metrics": version.report,
        "files": digests(folder),
    }


def digests(folder: Path) -> Dict[str, str]:
    """SHA-256 of every file below the folder but the manifest and its signature."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name not in ("model.json", "model.json.sig")
    }


def next_version(models: Path) -> str:
    """One above the highest number below `models/<name>`; numbers are never used again."""
    taken: List[int] = [int(p.name) for p in models.glob("*") if p.name.isdigit()]
    return str(max(taken, default=0) + 1)
