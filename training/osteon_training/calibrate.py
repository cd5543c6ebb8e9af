"""From logits to probabilities that mean what they say, and to operating points."""

from dataclasses import dataclass
from typing import Dict

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

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


@dataclass(frozen=True)
class OperatingPoints:
    """Thresholds that serving applies, in the order in which it asks.

    min_radiograph_logit: a mean logit below it is no radiograph: REFER.
    min_confidence: a probability of the best label below it: REFER.
    urgent: a probability of anything but healthy from it on is URGENT.
    critical: a probability of beyond repair from it on is CRITICAL.
    """

    min_radiograph_logit: float
    min_confidence: float
    urgent: float
    critical: float

    def manifest(self) -> Dict[str, float]:
        """As `decision` in model.json; rounded down, so that the promise still holds."""
        return {
            "minRadiographLogit": _down(self.min_radiograph_logit),
            "minConfidence": _down(self.min_confidence),
            "urgentProbability": _down(self.urgent),
            "criticalProbability": _down(self.critical),
        }


def operating_points(logits: Tensor, labels: Tensor, t: float, wanted: Decision) -> OperatingPoints:
    """Chosen on the validation split: logits [N, K], labels [N], temperature t."""
    probabilities = (logits / t).softmax(1).numpy()
    truth = labels.numpy()
    abnormal, severe = 1 - probabilities[:, 0], probabilities[:, 2]
    return OperatingPoints(
        float(np.quantile(logits.mean(1).numpy(), 1 - wanted.outlier_kept)),
        float(np.quantile(probabilities.max(1), wanted.referred)),
        threshold(abnormal[truth > 0], wanted.urgent_sensitivity),
        threshold(severe[truth == 2], wanted.critical_sensitivity),
    )


def threshold(positives: np.ndarray, sensitivity: float) -> float:
    """The highest threshold that at least the share `sensitivity` of the scores [N] reaches.

    1 where there is none to choose by: then nothing is raised by a guess.
    """
    if not len(positives):
        return 1.0
    falling = np.sort(positives)[::-1]
    return float(falling[int(np.ceil(sensitivity * len(falling))) - 1])


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


def _down(value: float) -> float:
    return float(np.floor(value * 1e4) / 1e4)
