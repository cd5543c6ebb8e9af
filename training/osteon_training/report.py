"""`report/` of a version: pictures, and the study's classification report beside ours."""

from pathlib import Path
from typing import Dict, List

import numpy as np
import torch
from torch import Tensor

from . import plots
from .arrays import CLASSES, Arrays
from .calibrate import OperatingPoints, probabilities
from .networks.base import Classifier
from .networks.maps import heat_maps

WORST = 18


def write_report(
    network: Classifier,
    curve: List[Dict],
    logits: Tensor,
    test: Arrays,
    t: float,
    figures: Dict,
    points: OperatingPoints,
    folder: Path,
) -> None:
    """Everything as PNG but `classification.txt`; logits float32 [N, K] of the test split."""
    probability, before = probabilities(logits, t), probabilities(logits, 1.0)
    real = ~test.drawn if not test.drawn.all() else test.drawn
    label = test.labels[real]
    if curve:
        plots.curves(curve, folder / "curves.png")
    for part in ("real", "synthetic"):
        if part in figures:
            plots.confusion(figures[part]["confusion"], part, folder / f"confusion-{part}.png")
    plots.roc_and_pr(probability[real], label, folder / "roc-pr.png", points)
    plots.calibration(before[real], probability[real], label, folder / "calibration.png")
    plots.referral(probability[real], label, folder / "referral.png")
    (folder / "classification.txt").write_text(classification(figures))
    if test.drawn.any():
        worst_sheet(network, probability, test, test.drawn, folder / "worst-synthetic.png")


def worst_sheet(
    network: Classifier, probability: np.ndarray, test: Arrays, among: np.ndarray, file: Path
) -> None:
    """The most confident mistakes among some images, with heat maps of what was said.

    Of a version that is shipped only drawn ones may be shown: no real picture goes into the project.
    """
    wrong = np.flatnonzero(among & (probability.argmax(1) != test.labels))
    chosen = wrong[np.argsort(-probability[wrong].max(1))][:WORST]
    if not len(chosen):
        return
    x = torch.from_numpy(test.planes[chosen]).unsqueeze(1)
    maps = heat_maps(network, x)
    said = torch.from_numpy(probability[chosen].argmax(1))
    heat = maps[torch.arange(len(chosen)), said].numpy()
    plots.worst(probability, test, heat, chosen, file)


def classification(figures: Dict) -> str:
    """Precision, recall and images of each class, as scikit-learn prints it."""
    lines = [f"{'':28}{'precision':>10}{'recall':>10}{'images':>10}"]
    for part in ("real", "synthetic"):
        if part not in figures:
            continue
        lines.append(part)
        for name in CLASSES:
            row = figures[part]["classes"].get(name)
            if row:
                values = f"{row['precision']:10.3f}{row['recall'][0]:10.3f}{row['images']:10d}"
                lines.append(f"  {name:26}{values}")
        lines.append(f"  {'accuracy':26}{figures[part]['accuracy'][0]:10.3f}")
    return "\n".join(lines) + "\n"
