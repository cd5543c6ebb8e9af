"""From a trained network to a version folder that serving accepts."""

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Dict

import numpy as np
import torch
from torch import nn

from .arrays import CLASSES

GOLDEN_IMAGES = 8
TOLERANCE = {"f32": 0.001}


def freeze(network: nn.Module, height: int, width: int) -> torch.jit.ScriptModule:
    """uint8 [N, 1, H, W] to logits float32 [N, K], batch norm folded, weights constant."""
    network.eval()
    example = torch.zeros(2, 1, height, width, dtype=torch.uint8)
    with torch.no_grad():
        traced = torch.jit.trace(network, example, check_trace=False)
        return torch.jit.freeze(traced)


def write_version(
    folder: Path,
    name: str,
    network: nn.Module,
    golden_planes: np.ndarray,
    temperature: float,
    min_confidence: float,
    description: Dict,
    metrics: Dict,
) -> Dict:
    """Writes graph, golden outputs and manifest, and returns the manifest.

    golden_planes: uint8 [n, H, W]; drawn radiographs, because no real one goes into the project.
    The card and the report must be in the folder already: the manifest holds their digests.
    """
    height, width = golden_planes.shape[1:]
    graph = freeze(network, height, width)
    graph.save(str(folder / "model.pt"))
    inputs = torch.from_numpy(golden_planes).unsqueeze(1)
    # Golden outputs come from the file as it will be loaded, not from the network in memory.
    loaded = torch.jit.load(str(folder / "model.pt"))
    with torch.no_grad():
        logits = loaded(inputs).numpy()
    np.savez_compressed(folder / "golden.npz", inputs=inputs.numpy(), logits=logits)
    manifest = {
        "name": name,
        "version": folder.name,
        "classes": CLASSES,
        "input": {"height": height, "width": width, "resize": description["input"]["resize"]},
        "outputs": {"activationMaps": False},
        "variants": {"f32": "model.pt"},
        "calibration": {"temperature": round(temperature, 6)},
        "decision": {"minConfidence": min_confidence},
        "golden": {
            "file": "golden.npz",
            "inputs": "inputs",
            "outputs": "logits",
            "tolerance": TOLERANCE,
        },
        "data": {key: description[key] for key in ("digest", "images", "synthetic")},
        "code": {"revision": revision()},
        "metrics": metrics,
        "files": digests(folder),
    }
    (folder / "model.json").write_text(json.dumps(manifest, indent=2) + "\n")
    return manifest


def digests(folder: Path) -> Dict[str, str]:
    """SHA-256 of every file below the folder but the manifest."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != "model.json"
    }


def revision() -> str:
    """The git revision of the code, or "unknown" outside of a checkout."""
    found = subprocess.run(
        ["git", "-C", str(Path(__file__).parent), "rev-parse", "HEAD"],
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.strip() or "unknown"
