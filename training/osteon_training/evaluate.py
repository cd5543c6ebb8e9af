"""A published version measured on arrays: the graph as it is served, not the network in memory."""

import csv
import json
from pathlib import Path
from typing import Dict, Optional, Tuple

import numpy as np
import torch
from torch import Tensor

from . import plots, reference
from .arrays import CLASSES, Arrays, Dataset
from .calibrate import OperatingPoints, probabilities
from .figures import all_figures
from .found import place_figures
from .places import Boxes
from .publish import at_points, save_json
from .report import classification

BATCH = 64


def read_version(folder: Path) -> Tuple[torch.jit.ScriptModule, Dict]:
    """The f32 graph and the manifest of a version."""
    manifest = json.loads((folder / "model.json").read_text())
    graph = torch.jit.load(str(folder / manifest["variants"]["f32"]), map_location="cpu")
    return graph, manifest


def logits_of_graph(graph: torch.jit.ScriptModule, planes: np.ndarray) -> Tensor:
    """Logits float32 [N, K] of uint8 [N, H, W]."""
    pieces = []
    with torch.no_grad():
        for i in range(0, len(planes), BATCH):
            found = graph(torch.from_numpy(planes[i : i + BATCH]).unsqueeze(1))
            pieces.append(found[0] if isinstance(found, tuple) else found)
    return torch.cat(pieces) if pieces else torch.zeros(0, len(CLASSES))


def points_of(manifest: Dict) -> OperatingPoints:
    """The operating points of a manifest; what an older version lacks refers and raises nothing, and
    its one threshold of urgency stands for doubt and the definite."""
    decision = manifest["decision"]
    urgent = decision.get("urgentProbability", 1.0)
    critical = decision.get("criticalProbability", 1.0) if len(manifest["classes"]) > 2 else None
    return OperatingPoints(
        decision.get("minRadiographLogit", float("-inf")),
        decision.get("doubtProbability", urgent),
        decision.get("definiteProbability", urgent),
        critical,
    )


def evaluate_version(
    folder: Path, arrays: Arrays, out: Path, boxes: Optional[Boxes] = None
) -> Dict:
    """Writes `predictions.csv`, `figures.json` and pictures to `out`, and returns the figures.

    Raises ValueError where the arrays are not of the version's input size.
    """
    graph, manifest = read_version(folder)
    wanted = (manifest["input"]["height"], manifest["input"]["width"])
    if arrays.planes.shape[1:] != wanted:
        raise ValueError(
            f"The arrays are {arrays.planes.shape[1:]} and {folder} takes {wanted}; prepare them with "
            f"--height {wanted[0]} --width {wanted[1]}."
        )
    logits = logits_of_graph(graph, arrays.planes)
    probability = probabilities(logits, manifest["calibration"]["temperature"])
    out.mkdir(parents=True, exist_ok=True)
    write_predictions(out / "predictions.csv", arrays, probability, logits)
    found = all_figures(probability, arrays)
    found["operatingPoints"] = at_points(probability, logits, arrays.labels, points_of(manifest))
    if boxes and manifest["outputs"]["activationMaps"]:
        found["places"] = place_figures(graph, arrays, boxes)
    save_json(out / "figures.json", found)
    plots.roc_and_pr(probability, arrays.labels, out / "roc-pr.png", points_of(manifest))
    plots.referral(probability, arrays.labels, out / "referral.png")
    for part in ("real", "synthetic"):
        if part in found:
            plots.confusion(found[part]["confusion"], part, out / f"confusion-{part}.png")
    print(classification(found))
    print(f"operating points: {found['operatingPoints']}")
    return found


def of_split(dataset: Dataset, split: str) -> Arrays:
    """One split, or all images."""
    if split == "all":
        parts = (dataset.train, dataset.val, dataset.test)
        names = Arrays.__dataclass_fields__
        return Arrays(*(np.concatenate([getattr(p, n) for p in parts]) for n in names))
    arrays = getattr(dataset, split, None)
    if not isinstance(arrays, Arrays) or not len(arrays):
        raise ValueError(f"There is no image in the split {split!r}; use train, val, test or all.")
    return arrays


def without(arrays: Arrays, manifest: Path, condition: str) -> Arrays:
    """The images whose line in a manifest.csv does not hold a word in a column: "fracture_type=hardware".

    Raises ValueError where the condition names no column of the file.
    """
    column, _, word = condition.partition("=")
    with open(manifest, encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    if not word or not rows or column not in rows[0]:
        raise ValueError(f"--without takes COLUMN=WORD with a column of {manifest}: {condition!r}.")
    named = {row["file"] for row in rows if word in row[column]}
    return arrays.where(~np.isin(arrays.file, sorted(named)))


def write_predictions(file: Path, arrays: Arrays, probability: np.ndarray, logits: Tensor) -> None:
    """One line an image: file, label, calibrated probabilities, mean logit."""
    with open(file, "w", encoding="utf-8") as out:
        out.write("file,label," + ",".join(CLASSES[: probability.shape[1]]) + ",mean_logit\n")
        for i in range(len(arrays)):
            name = str(arrays.file[i]).replace('"', '""')
            values = ",".join(f"{p:.6f}" for p in probability[i])
            mean = float(logits[i].mean())
            out.write(f'"{name}",{CLASSES[arrays.labels[i]]},{values},{mean:.5f}\n')


def write_reference(version: Path, dataset: Dataset, other: bool = False) -> Path:
    """The reference for input drift beside a version that was published without, and returns the file.

    The manifest stays what it is. other: take the arrays although they are not byte for byte what the
    version was made from, as after a change of the decoder.

    Raises ValueError where the version has a reference of its own, or the arrays are others.
    """
    graph, manifest = read_version(version)
    if reference.FILE in manifest["files"]:
        raise ValueError(f"{version} was published with its {reference.FILE}.")
    found, wanted = dataset.description["digest"], manifest["data"]["digest"]
    if found != wanted and not other:
        raise ValueError(
            f"{version} was made from other arrays ({wanted[:12]}, these are {found[:12]}); prepare "
            "them as its card says, or give --other-arrays if they differ only in how they were decoded."
        )
    logits = logits_of_graph(graph, dataset.val.real().planes)
    probability = probabilities(logits, manifest["calibration"]["temperature"])
    reference.write(version, dataset.train, probability.max(1))
    return version / reference.FILE
