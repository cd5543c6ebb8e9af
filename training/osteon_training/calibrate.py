"""From logits to probabilities that mean what they say, and to operating points."""

from dataclasses import dataclass
from typing import Dict, Optional

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from .arrays import CLASSES
from .config import Decision


def temperature(logits: Tensor, labels: Tensor) -> float:
    """The temperature, above 0, of the least negative log-likelihood of logits [N, K].

    Temperature scaling, Guo et al. 2017.
    """
    log_t = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.LBFGS([log_t], lr=0.1, max_iter=100)

    def closure() -> Tensor:
        optimiser.zero_grad()
        loss = F.cross_entropy(logits / log_t.exp(), labels)
        loss.backward()
        return loss

    optimiser.step(closure)
    return float(log_t.exp().clamp(0.05, 20))


def expected_calibration_error(probabilities: Tensor, labels: Tensor, bins: int = 15) -> float:
    """Mean gap between confidence and accuracy, of probabilities [N, K], over equal-width bins."""
    confidence, predicted = probabilities.max(1)
    right = (predicted == labels).float()
    bucket = (confidence * bins).long().clamp(max=bins - 1)
    error = 0.0
    for i in range(bins):
        inside = bucket == i
        if inside.any():
            gap = (confidence[inside].mean() - right[inside].mean()).abs()
            error += float(gap * inside.float().mean())
    return error


def probabilities(logits: Tensor, t: float) -> np.ndarray:
    """float [N, 3] of logits [N, K] at temperature t; a class that the model lacks has 0."""
    found = (logits / t).softmax(1).numpy()
    return np.pad(found, ((0, 0), (0, len(CLASSES) - found.shape[1])))


@dataclass(frozen=True)
class OperatingPoints:
    """Thresholds that serving applies, in the order in which it asks.

    min_radiograph_logit: a mean logit below it is no radiograph.
    critical: a probability of beyond repair from it on is CRITICAL; None where the classes lack it.
    definite: a probability of anything but healthy from it on is DEFINITE.
    doubt: one from it on is DOUBT; never above `definite`. Below it there is no finding.
    """

    min_radiograph_logit: float
    doubt: float
    definite: float
    critical: Optional[float]

    def manifest(self) -> Dict[str, float]:
        """As `decision` in model.json, rounded so that each promise still holds."""
        definite = _up(self.definite)
        keys = {
            "minRadiographLogit": _down(self.min_radiograph_logit),
            "doubtProbability": min(_down(self.doubt), definite),
            "definiteProbability": definite,
        }
        if self.critical is not None:
            keys["criticalProbability"] = _up(self.critical)
        return keys


def operating_points(logits: Tensor, labels: Tensor, t: float, wanted: Decision) -> OperatingPoints:
    """Chosen on the validation split: logits [N, K], labels [N], temperature t.

    Where the model is so good that doubt's threshold would lie above that of the definite, any
    threshold between them keeps both promises: then both are the lower one, and nothing is in doubt.
    """
    probability, truth = probabilities(logits, t), labels.numpy()
    abnormal = 1 - probability[:, 0]
    doubt = threshold(abnormal[truth > 0], wanted.doubt_sensitivity)
    definite = threshold_above(abnormal[truth == 0], wanted.definite_specificity)
    critical = None
    if logits.shape[1] > 2:
        severe = probability[:, 2]
        critical = 1.0
        if (truth == 2).any():
            critical = threshold_above(severe[truth != 2], wanted.critical_specificity)
    least = float(np.quantile(logits.mean(1).numpy(), 1 - wanted.outlier_kept))
    return OperatingPoints(least, min(doubt, definite), definite, critical)


def threshold(positives: np.ndarray, sensitivity: float) -> float:
    """The highest threshold that at least the share `sensitivity` of the scores [N] reaches.

    1 where there is none to choose by: then nothing is raised by a guess.
    """
    if not len(positives):
        return 1.0
    falling = np.sort(positives)[::-1]
    return float(falling[int(np.ceil(sensitivity * len(falling))) - 1])


def threshold_above(negatives: np.ndarray, specificity: float) -> float:
    """A threshold that at most the share 1 − `specificity` of the scores [N] reaches: just above the
    highest of those that must stay below it. 1 where there is none to choose by.
    """
    if not len(negatives):
        return 1.0
    falling = np.sort(negatives)[::-1]
    allowed = int(np.floor((1 - specificity) * len(falling) + 1e-9))
    if allowed >= len(falling):
        return 0.0
    return min(1.0, float(falling[allowed]) + 1e-6)


def referral_curve(probabilities: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """[N, 2]: share referred, least certain first, and the accuracy of what is left."""
    order = np.argsort(-probabilities.max(1), kind="stable")
    right = (probabilities.argmax(1) == labels)[order]
    kept = np.arange(1, len(labels) + 1)
    curve = np.stack([1 - kept / len(labels), np.cumsum(right) / kept], 1)
    return curve[::-1]


def accuracy_when_referring(probabilities: np.ndarray, labels: np.ndarray, share: float) -> float:
    """Accuracy of what is left when the least certain share is referred."""
    keep = max(1, round(len(labels) * (1 - share)))
    order = np.argsort(-probabilities.max(1), kind="stable")[:keep]
    return float((probabilities.argmax(1) == labels)[order].mean())


def _up(value: float) -> float:
    return min(1.0, float(np.ceil(value * 1e4) / 1e4))


def _down(value: float) -> float:
    return float(np.floor(value * 1e4) / 1e4)
