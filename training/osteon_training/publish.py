"""From a trained network to a published version: calibrated, measured, explained, immutable."""

import dataclasses
import json
import os
import shutil
from pathlib import Path
from typing import Dict, List

import numpy as np
import torch
from torch import Tensor

from . import outliers, reference
from .arrays import Arrays, Dataset
from .calibrate import OperatingPoints, operating_points, temperature
from .card import card
from .config import Config
from .export import GOLDEN_IMAGES, Version, next_version, write_version
from .figures import HEADLINES, all_figures, resamples, with_interval
from .fit import labels, predict, predict_planes
from .networks.base import Classifier
from .quantise import quantised_if_it_holds
from .report import write_report

OUTLIERS_MEASURED = 210
BESIDE = ("accuracy", "macroF1", "abnormalAuroc", "expectedCalibrationError")


def publish(
    network: Classifier, curve: List[Dict], dataset: Dataset, config: Config, models: Path
) -> Path:
    """Writes the next version below `models` and returns its folder.

    It appears in one step, when it is complete: a kill leaves no version that is half one. The
    thresholds are chosen on the validation split's radiographs, the figures are of the test split.
    """
    network = network.cpu().eval()
    val, test = dataset.val.real(), dataset.test
    val_logits, test_logits = predict(network, val), predict(network, test)
    t = temperature(val_logits, labels(val))
    points = operating_points(val_logits, labels(val), t, config.decision)
    report = measure(network, test_logits, test, t, points)
    eight = quantised_if_it_holds(network, dataset, t)
    if eight is not None:
        report["int8"] = beside(predict(eight, test), test_logits, test, t, points)
        strange = referred_outliers(eight, test.planes.shape[1:], t, points)
        report["int8"]["notARadiograph"] = strange["referred"]
    number = next_version(models)
    partial = models / f"{number}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    (partial / "report").mkdir(parents=True)
    write_report(network, curve, test_logits, test, t, report, partial / "report")
    confidence = (val_logits / t).softmax(1).max(1).values.numpy()
    reference.write(partial, dataset.train, confidence)
    version = Version(
        name=models.name,
        golden_planes=golden_planes(test),
        temperature=t,
        points=points,
        description=dataset.description,
        report=report,
        configuration=dataclasses.asdict(config),
        quantised=eight,
    )
    # The card needs the manifest and the manifest the card's digest: written, then written again.
    manifest = write_version(partial, network, version)
    if "int8" not in manifest["variants"]:
        report.pop("int8", None)  # No figures of a graph that is not there.
    parameters = sum(p.numel() for p in network.parameters())
    (partial / "MODEL_CARD.md").write_text(card(manifest, parameters))
    write_version(partial, network, version)
    os.rename(partial, models / number)
    return models / number


def measure(
    network: Classifier, logits: Tensor, test: Arrays, t: float, points: OperatingPoints
) -> Dict:
    """All figures, what the operating points give on the test split, and the outliers referred."""
    probability = (logits / t).softmax(1).numpy()
    report = all_figures(probability, test)
    real = _radiographs(test)
    report["operatingPoints"] = at_points(
        probability[real], logits[torch.from_numpy(real)], test.labels[real], points
    )
    report["notARadiograph"] = referred_outliers(network, test.planes.shape[1:], t, points)
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
    probability, label = (logits / t).softmax(1).numpy()[real], test.labels[real]
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
    """What the thresholds, chosen elsewhere, give on these images: shares of them, None where none."""
    referred = refers(probability, logits, points)
    urgent = 1 - probability[:, 0] >= points.urgent
    critical = probability[:, 2] >= points.critical

    def share(of: np.ndarray, where: np.ndarray):
        return round(float(of[where].mean()), 4) if where.any() else None

    right = probability.argmax(1) == label
    return {
        "referred": round(float(referred.mean()), 4),
        "accuracyOfTheRest": share(right, ~referred),
        "urgentSensitivity": share(urgent, label > 0),
        "urgentSpecificity": share(~urgent, label == 0),
        "criticalSensitivity": share(critical, label == 2),
        "criticalSpecificity": share(~critical, label != 2),
    }


def refers(probability: np.ndarray, logits: Tensor, points: OperatingPoints) -> np.ndarray:
    """bool [N]: what serving refers to a person; the Java class is `topology.Results`."""
    strange = logits.mean(1).numpy() < points.min_radiograph_logit
    return strange | (probability.max(1) < points.min_confidence)


def referred_outliers(network: Classifier, size, t: float, points: OperatingPoints) -> Dict:
    """Share referred of drawn pictures that are no radiograph, by kind; none was trained on."""
    planes = outliers.draw(OUTLIERS_MEASURED, *size, seed=987654321)
    kinds = outliers.names(OUTLIERS_MEASURED)
    logits = predict_planes(network, planes)
    referred = refers((logits / t).softmax(1).numpy(), logits, points)
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
