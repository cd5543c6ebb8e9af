"""From a trained network to a published version: calibrated, measured, explained, immutable."""

import dataclasses
import json
import os
import shutil
from pathlib import Path
from typing import Dict, List, Optional

import numpy as np
import torch
from torch import Tensor

from . import outliers, reference
from .answers import labels, predict, predict_planes
from .arrays import CLASSES, Arrays, Dataset
from .calibrate import OperatingPoints, operating_points, probabilities, temperature
from .card import card
from .config import Config
from .export import GOLDEN_IMAGES, Version, next_version, write_version
from .figures import HEADLINES, all_figures, resamples, with_interval
from .found import place_figures
from .networks.base import Classifier
from .places import Boxes
from .quantise import quantised_if_it_holds
from .regions import region_terms
from .report import write_report
from .sources import source_from_features
from .training import began

OUTLIERS_MEASURED = 210
BESIDE = ("accuracy", "macroF1", "abnormalAuroc", "expectedCalibrationError")


def publish(
    network: Classifier,
    curve: List[Dict],
    dataset: Dataset,
    config: Config,
    models: Path,
    about: str = "",
    boxes: Optional[Boxes] = None,
    told: Optional[Dict] = None,
) -> Path:
    """Writes the next version below `models` and returns its folder.

    It appears in one step, when it is complete: a kill leaves no version that is half one. The
    thresholds are chosen on the validation split's radiographs, the figures are of the test split.

    about: Markdown that the data's owner wrote about it, quoted in the card.
    boxes: of the test images, where somebody drew some.
    told: what the manifest says of the training, where that is not `config` of now.
    """
    network = network.cpu().eval()
    val, test = dataset.val.real(), dataset.test
    val_logits, test_logits = predict(network, val), predict(network, test)
    t = temperature(val_logits, labels(val))
    points = operating_points(val_logits, labels(val), t, config.decision)
    report = measure(network, test_logits, test, t, points)
    report["places"] = place_figures(network, test, boxes) if boxes and network.has_maps else None
    report["sourceFromFeatures"] = source_from_features(network, dataset.train.real(), test.real())
    eight = quantised_if_it_holds(network, dataset, t, val_logits)
    if eight is not None:
        report["int8"] = beside(predict(eight, test), test_logits, test, t, points)
        outside = referred_outliers(eight, test.planes.shape[1:], points)
        report["int8"]["notARadiograph"] = outside["referred"]
    number = next_version(models)
    partial = models / f"{number}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    (partial / "report").mkdir(parents=True)
    write_report(network, curve, test_logits, test, t, report, points, partial / "report")
    confidence = probabilities(val_logits, t).max(1)
    reference.write(partial, dataset.train, confidence)
    version = Version(
        name=models.name,
        golden_planes=golden_planes(test),
        temperature=t,
        points=points,
        description={**dataset.description, "grouped": dataset.train.real().grouped},
        report=report,
        configuration=told or configuration(config),
        quantised=eight,
        regions=region_terms(network, val, boxes) if boxes and network.has_maps else None,
    )
    # The card needs the manifest and the manifest the card's digest: written, then written again.
    manifest = write_version(partial, network, version)
    if "int8" not in manifest["variants"]:
        report.pop("int8", None)  # No figures of a graph that is not there.
    parameters = sum(p.numel() for p in network.parameters())
    (partial / "MODEL_CARD.md").write_text(card(manifest, parameters, about))
    write_version(partial, network, version)
    os.rename(partial, models / number)
    return models / number


def configuration(config: Config) -> Dict:
    """As `training` in model.json: files by their names: their paths stay private."""
    told = dataclasses.asdict(config)
    for section, key in (("network", "weights"), ("teaching", "teacher")):
        told[section][key] = Path(told[section][key]).name
    return {**told, "beganWith": began(config)}


def measure(
    network: Classifier, logits: Tensor, test: Arrays, t: float, points: OperatingPoints
) -> Dict:
    """All figures, what the operating points give on the test split, and the outliers referred."""
    probability = probabilities(logits, t)
    report = all_figures(probability, test)
    real = _radiographs(test)
    report["operatingPoints"] = at_points(
        probability[real], logits[torch.from_numpy(real)], test.labels[real], points
    )
    report["notARadiograph"] = referred_outliers(network, test.planes.shape[1:], points)
    return report


def _radiographs(test: Arrays) -> np.ndarray:
    """bool [N]: which are real; all where none is."""
    return test.drawn if test.drawn.all() else ~test.drawn


def beside(logits: Tensor, exact: Tensor, test: Arrays, t: float, points: OperatingPoints) -> Dict:
    """What a coarser variant gives on the test split's radiographs, and how it differs from f32.

    Temperature and operating points are those of f32: they are the version's, whatever runs.

    logits, exact: float32 [N, K] of the variant and of f32, for all images of the split.
    """
    real = _radiographs(test)
    probability, label = probabilities(logits, t)[real], test.labels[real]
    draws = resamples(test.group[real])
    same = (logits.argmax(1) == exact.argmax(1)).numpy()[real]
    return {
        **{name: with_interval(HEADLINES[name], probability, label, draws) for name in BESIDE},
        "operatingPoints": at_points(probability, logits[torch.from_numpy(real)], label, points),
        "sameClass": round(float(same.mean()), 4),
        "largestDifference": round(float((logits - exact).abs().max()), 4),
    }


def at_points(
    probability: np.ndarray, logits: Tensor, label: np.ndarray, points: OperatingPoints
) -> Dict:
    """What the thresholds, chosen elsewhere, give on these images: shares of them, None where none.

    doubt…, definite…: of that finding or a worse one, for anything but healthy; critical…: for
    beyond repair.  findings: images of each class by what serving says, in one word each.
    """
    said = findings(probability, logits, points)
    found: Dict = {"referred": round(float((said == REFERRED).mean()), 4)}

    def share(of: np.ndarray, where: np.ndarray):
        return round(float(of[where].mean()), 4) if where.any() else None

    for name, least, positive in (
        ("doubt", 1, label > 0),
        ("definite", 2, label > 0),
        ("critical", 3, label == 2),
    ):
        raised = said >= least
        found[f"{name}Sensitivity"] = share(raised, positive)
        found[f"{name}Specificity"] = share(~raised, ~positive)
    found["findings"] = {
        name: {word: int(((said == k) & (label == i)).sum()) for k, word in FINDINGS.items()}
        for i, name in enumerate(CLASSES)
        if (label == i).any()
    }
    return found


REFERRED = -1
FINDINGS = {
    REFERRED: "NOT_A_RADIOGRAPH",
    0: "NONE",
    1: "DOUBT",
    2: "DEFINITE",
    3: "CRITICAL",
}


def findings(probability: np.ndarray, logits: Tensor, points: OperatingPoints) -> np.ndarray:
    """int [N], a key of FINDINGS: what serving makes of each image."""
    abnormal = 1 - probability[:, 0]
    said = (abnormal >= points.doubt).astype(int) + (abnormal >= points.definite)
    if points.critical is not None:
        said[probability[:, 2] >= points.critical] = 3
    said[strange(logits, points)] = REFERRED
    return said


def strange(logits: Tensor, points: OperatingPoints) -> np.ndarray:
    """bool [N]: what serving takes for no radiograph and refers to a person."""
    return logits.mean(1).numpy() < points.min_radiograph_logit


def referred_outliers(network: Classifier, size, points: OperatingPoints) -> Dict:
    """Share referred of drawn pictures that are no radiograph, by kind; none was trained on."""
    planes = outliers.draw(OUTLIERS_MEASURED, *size, seed=987654321)
    kinds = outliers.names(OUTLIERS_MEASURED)
    referred = strange(predict_planes(network, planes), points)
    return {
        "pictures": OUTLIERS_MEASURED,
        "referred": round(float(referred.mean()), 4),
        "byKind": {k: round(float(referred[kinds == k].mean()), 4) for k in np.unique(kinds)},
    }


def golden_planes(test: Arrays) -> np.ndarray:
    """uint8 [n, H, W]: drawn radiographs of the test split, else drawn outliers; never a real one."""
    drawn = test.where(test.drawn)
    if len(drawn):
        return drawn.planes[np.linspace(0, len(drawn) - 1, GOLDEN_IMAGES).astype(int)]
    return outliers.draw(GOLDEN_IMAGES, *test.planes.shape[1:], seed=5)


def save_json(file: Path, value: Dict) -> None:
    """Indented."""
    file.write_text(json.dumps(value, indent=2) + "\n")
