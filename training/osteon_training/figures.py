"""What the model is worth: figures with intervals, overall and per source, and the report's pictures."""

from pathlib import Path
from typing import Callable, Dict, List

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402
import torch  # noqa: E402
from sklearn.metrics import confusion_matrix, f1_score, roc_auc_score  # noqa: E402

from .arrays import CLASSES, Arrays  # noqa: E402
from .calibrate import expected_calibration_error  # noqa: E402

BOOTSTRAPS = 500


def accuracy(probability: np.ndarray, label: np.ndarray) -> float:
    """Share of labels [N] that are the most probable of probability [N, K]."""
    return float((probability.argmax(1) == label).mean())


def abnormal_auroc(probability: np.ndarray, label: np.ndarray) -> float:
    """AUROC of anything but healthy; NaN where only one side is there."""
    wrong = label > 0
    if wrong.all() or not wrong.any():
        return float("nan")
    return float(roc_auc_score(wrong, 1 - probability[:, 0]))


def interval(
    figure: Callable[[np.ndarray, np.ndarray], float],
    probability: np.ndarray,
    label: np.ndarray,
    group: np.ndarray,
) -> List[float]:
    """95 % interval by bootstrap over groups: pictures of one patient are not independent."""
    random = np.random.default_rng(7)
    names, index = np.unique(group, return_inverse=True)
    members = [np.flatnonzero(index == i) for i in range(len(names))]
    values = []
    for _ in range(BOOTSTRAPS):
        drawn = np.concatenate(
            [members[i] for i in random.integers(0, len(names), size=len(names))]
        )
        values.append(figure(probability[drawn], label[drawn]))
    return [round(float(v), 4) for v in np.nanpercentile(values, [2.5, 97.5])]


def figures(probability: np.ndarray, arrays: Arrays) -> Dict:
    """The figures of one part of the test split."""
    label = arrays.labels
    predicted = probability.argmax(1)
    matrix = confusion_matrix(label, predicted, labels=range(len(CLASSES)))
    recall = {
        name: round(float(matrix[i, i] / matrix[i].sum()), 4)
        for i, name in enumerate(CLASSES)
        if matrix[i].sum()
    }
    auroc = abnormal_auroc(probability, label)
    return {
        "images": len(arrays),
        "accuracy": round(accuracy(probability, label), 4),
        "accuracy95": interval(accuracy, probability, label, arrays.group),
        "macroF1": round(float(f1_score(label, predicted, average="macro", zero_division=0)), 4),
        "abnormalAuroc": None if np.isnan(auroc) else round(auroc, 4),
        "abnormalAuroc95": None
        if np.isnan(auroc)
        else interval(abnormal_auroc, probability, label, arrays.group),
        "recall": recall,
        "expectedCalibrationError": round(
            expected_calibration_error(torch.from_numpy(probability), torch.from_numpy(label)), 4
        ),
        "confusion": matrix.tolist(),
    }


def all_figures(probability: np.ndarray, test: Arrays) -> Dict:
    """Real and drawn images apart, and each real source by itself: a model can cheat by source."""
    drawn = test.source == "synthetic"
    found = {"synthetic": figures(probability[drawn], test.where(drawn))} if drawn.any() else {}
    if (~drawn).any():
        found["real"] = figures(probability[~drawn], test.where(~drawn))
    found["bySource"] = {
        name: figures(probability[test.source == name], test.where(test.source == name))
        for name in sorted(set(test.source[~drawn]))
    }
    return found


def draw_curves(curve: List[Dict[str, float]], file: Path) -> None:
    """Loss of training and validation by epoch."""
    figure, axes = plt.subplots(figsize=(6, 4))
    for key in ("loss", "val_loss", "val_accuracy"):
        axes.plot([epoch[key] for epoch in curve], label=key)
    axes.set_xlabel("epoch")
    axes.legend()
    _save(figure, file)


def draw_confusion(matrix: List[List[int]], title: str, file: Path) -> None:
    """Rows are what it is, columns what the model says."""
    figure, axes = plt.subplots(figsize=(5, 4.5))
    axes.imshow(matrix, cmap="Blues")
    for i, row in enumerate(matrix):
        for j, count in enumerate(row):
            axes.text(j, i, str(count), ha="center", va="center")
    names = [name.replace("_", "\n").lower() for name in CLASSES]
    axes.set_xticks(range(len(CLASSES)), names)
    axes.set_yticks(range(len(CLASSES)), names)
    axes.set_xlabel("the model says")
    axes.set_ylabel("it is")
    axes.set_title(title)
    _save(figure, file)


def draw_calibration(before: np.ndarray, after: np.ndarray, label: np.ndarray, file: Path) -> None:
    """Accuracy by confidence, before and after temperature scaling; probabilities [N, K]."""
    figure, axes = plt.subplots(figsize=(5, 4.5))
    for name, probability in (("before", before), ("after", after)):
        confidence = probability.max(1)
        right = probability.argmax(1) == label
        edges = np.linspace(confidence.min(), 1, 9)
        bucket = np.digitize(confidence, edges[1:-1])
        points = [
            (confidence[bucket == i].mean(), right[bucket == i].mean())
            for i in range(8)
            if (bucket == i).any()
        ]
        axes.plot(*zip(*points), marker="o", label=name)
    axes.plot([0, 1], [0, 1], "k:", linewidth=1)
    axes.set_xlabel("confidence")
    axes.set_ylabel("accuracy")
    axes.legend()
    _save(figure, file)


def _save(figure, file: Path) -> None:
    figure.tight_layout()
    figure.savefig(file, dpi=90, metadata={"Software": None})
    plt.close(figure)
