"""Probabilities mean what they say, and thresholds keep their promise."""

import numpy as np
import torch
from torch.nn import functional as F

from osteon_training.calibrate import (
    accuracy_when_referring,
    expected_calibration_error,
    operating_points,
    referral_curve,
    temperature,
    threshold,
)
from osteon_training.config import Decision


def some_logits(n=900):
    torch.manual_seed(0)
    labels = torch.randint(0, 3, (n,))
    return F.one_hot(labels, 3) * 2.0 + torch.randn(n, 3) * 1.5, labels


def test_calibration_lowers_the_loss_of_an_overconfident_model():
    logits, labels = some_logits()
    sharp = logits * 4
    t = temperature(sharp, labels)
    assert t > 1.5
    assert F.cross_entropy(sharp / t, labels) < F.cross_entropy(sharp, labels)
    before = expected_calibration_error(sharp.softmax(1), labels)
    assert expected_calibration_error((sharp / t).softmax(1), labels) < before


def test_operating_points_hold_what_was_asked_for():
    logits, labels = some_logits()
    wanted = Decision(referred=0.2, urgent_sensitivity=0.9, critical_sensitivity=0.5)
    points = operating_points(logits, labels, 1.0, wanted)
    probability, truth = logits.softmax(1).numpy(), labels.numpy()
    assert abs((probability.max(1) < points.min_confidence).mean() - 0.2) < 0.01
    assert (1 - probability[truth > 0, 0] >= points.urgent).mean() >= 0.9
    assert (probability[truth == 2, 2] >= points.critical).mean() >= 0.5
    assert abs((logits.mean(1).numpy() < points.min_radiograph_logit).mean() - 0.01) < 0.005
    rounded = points.manifest()
    assert rounded["urgentProbability"] <= points.urgent, "rounding must not cost sensitivity"


def test_a_threshold_is_the_highest_that_reaches_the_sensitivity():
    assert threshold(np.array([0.9, 0.1, 0.5, 0.7]), 0.5) == 0.7
    assert threshold(np.array([0.9, 0.1, 0.5, 0.7]), 0.6) == 0.5
    assert threshold(np.array([]), 0.9) == 1.0


def test_referring_the_least_certain_raises_accuracy():
    probability = np.array([[0.9, 0.1, 0], [0.8, 0.2, 0], [0.45, 0.55, 0], [0.3, 0.6, 0.1]])
    labels = np.array([0, 0, 0, 1])
    assert accuracy_when_referring(probability, labels, 0) == 0.75
    assert accuracy_when_referring(probability, labels, 0.25) == 1.0
    curve = referral_curve(probability, labels)
    assert curve[0].tolist() == [0, 0.75] and curve[1].tolist() == [0.25, 1.0]
