"""The report's pictures."""

from pathlib import Path
from typing import Dict, List, Tuple

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402
from sklearn.metrics import precision_recall_curve, roc_curve  # noqa: E402

from .arrays import CLASSES, Arrays  # noqa: E402
from .calibrate import OperatingPoints, referral_curve  # noqa: E402

NAMES = [name.replace("_", " ").lower() for name in CLASSES]
WRONG = "anything wrong"


def curves(curve: List[Dict[str, float]], file: Path) -> None:
    """Loss of training and validation, accuracy and rate, by epoch."""
    figure, (above, below) = plt.subplots(2, 1, figsize=(6.5, 5.5), sharex=True)
    epochs = [row["epoch"] for row in curve]
    for key in ("loss", "val_loss"):
        above.plot(epochs, [row[key] for row in curve], label=key)
    below.plot(epochs, [row["val_accuracy"] for row in curve], "C2", label="val_accuracy")
    rate = below.twinx()
    rate.plot(epochs, [row["rate"] for row in curve], "k:", linewidth=1)
    rate.set_ylabel("rate (dotted)")
    above.legend()
    below.legend(loc="lower right")
    below.set_xlabel("epoch")
    save(figure, file)


def confusion(matrix: List[List[int]], title: str, file: Path) -> None:
    """Rows are what it is, columns what the model says."""
    figure, axes = plt.subplots(figsize=(5, 4.5))
    shares = np.array(matrix) / np.maximum(1, np.sum(matrix, 1, keepdims=True))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for i, row in enumerate(matrix):
        for j, count in enumerate(row):
            colour = "white" if shares[i, j] > 0.6 else "black"
            text = f"{count}\n{shares[i, j]:.0%}"
            axes.text(j, i, text, ha="center", va="center", color=colour)
    axes.set_xticks(range(len(NAMES)), NAMES)
    axes.set_yticks(range(len(NAMES)), NAMES, rotation=90, va="center")
    axes.set_xlabel("the model says")
    axes.set_ylabel("it is")
    axes.set_title(title)
    save(figure, file)


def operating(
    probability: np.ndarray, label: np.ndarray, points: OperatingPoints
) -> List[Tuple[str, str, float, float, float]]:
    """Where serving decides: name, whose curve it lies on, 1 − specificity, sensitivity, precision.

    Those that nothing is on one side of are left out.
    """
    wrong, last = 1 - probability[:, 0], NAMES[-1]
    decided = [
        ("doubt", WRONG, wrong >= points.doubt, label > 0),
        ("definite", WRONG, wrong >= points.definite, label > 0),
    ]
    if points.critical is not None:
        severe = len(NAMES) - 1
        decided.append(
            ("critical", last, probability[:, severe] >= points.critical, label == severe)
        )
    return [
        (name, curve, said[~truth].mean(), said[truth].mean(), truth[said].mean())
        for name, curve, said, truth in decided
        if said.any() and truth.any() and not truth.all()
    ]


def roc_and_pr(
    probability: np.ndarray, label: np.ndarray, file: Path, points: OperatingPoints
) -> None:
    """One against rest for each class, and anything but healthy, with the operating points on them.

    probability: float [N, K].
    """
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4.6))
    scores = [(name, label == k, probability[:, k]) for k, name in enumerate(NAMES)]
    scores.append((WRONG, label > 0, 1 - probability[:, 0]))
    colours = {}
    for (name, truth, score), line in zip(scores, ("-", "--", ":", "-.")):
        if truth.all() or not truth.any():
            continue
        false_alarms, found, _ = roc_curve(truth, score)
        colours[name] = left.plot(false_alarms, found, line, label=name)[0].get_color()
        precision, recall, _ = precision_recall_curve(truth, score)
        right.plot(recall, precision, line, color=colours[name], label=name)
    marks = zip(operating(probability, label, points), ("o", "s", "D"))
    for (name, curve, false_alarm, found, precise), mark in marks:
        how = {"color": colours[curve], "marker": mark, "markeredgecolor": "k", "linestyle": ""}
        left.plot(false_alarm, found, label=f"{name} ({curve})", **how)
        right.plot(found, precise, **how)
    left.plot([0, 1], [0, 1], "k:", linewidth=1)
    left.set_xlabel("1 − specificity")
    left.set_ylabel("sensitivity")
    right.set_xlabel("recall")
    right.set_ylabel("precision")
    left.legend(loc="lower right", fontsize="small")
    for each in (left, right):
        each.grid(alpha=0.3)
    save(figure, file)


def calibration(before: np.ndarray, after: np.ndarray, label: np.ndarray, file: Path) -> None:
    """Accuracy by confidence, before and after temperature scaling; probabilities [N, K]."""
    figure, axes = plt.subplots(figsize=(5, 4.5))
    for name, probability in (("before", before), ("after", after)):
        confidence = probability.max(1)
        right = probability.argmax(1) == label
        parts = np.array_split(np.argsort(confidence), 10)
        points = [(confidence[part].mean(), right[part].mean()) for part in parts if len(part)]
        axes.plot(*zip(*points), marker="o", label=name)
    axes.plot([0, 1], [0, 1], "k:", linewidth=1)
    axes.set_xlabel("confidence (mean of a tenth of the images)")
    axes.set_ylabel("accuracy")
    axes.legend()
    save(figure, file)


def referral(probability: np.ndarray, label: np.ndarray, file: Path) -> None:
    """Accuracy of what is left against the share that is referred."""
    figure, axes = plt.subplots(figsize=(5.5, 4))
    axes.plot(*referral_curve(probability, label).T)
    axes.set_xlabel("share referred to a person, least certain first")
    axes.set_ylabel("accuracy of the rest")
    axes.set_ylim(0.5, 1.01)
    axes.grid(alpha=0.3)
    save(figure, file)


def worst(
    probability: np.ndarray, arrays: Arrays, heat: np.ndarray, chosen: np.ndarray, file: Path
) -> None:
    """The chosen [M] images with the heat maps float [M, h, w] of what the model said, in a sheet."""
    columns = 6
    rows = max(1, -(-len(chosen) // columns))
    figure, axes = plt.subplots(rows, columns, figsize=(2 * columns, 2.35 * rows), squeeze=False)
    for axis in axes.flat:
        axis.axis("off")
    height, width = arrays.planes.shape[1:]
    for axis, i, warm in zip(axes.flat, chosen, heat):
        said = int(probability[i].argmax())
        axis.imshow(arrays.planes[i], cmap="gray", vmin=0, vmax=255)
        axis.imshow(
            warm, cmap="jet", alpha=0.35, extent=(0, width, height, 0), interpolation="bilinear"
        )
        axis.set_title(
            f"is {NAMES[arrays.labels[i]]}\nsaid {NAMES[said]} {probability[i, said]:.2f}",
            fontsize=7,
        )
    save(figure, file)


def save(figure, file: Path) -> None:
    """As PNG, the same for the same figure."""
    figure.tight_layout()
    figure.savefig(file, dpi=90, metadata={"Software": None})
    plt.close(figure)
