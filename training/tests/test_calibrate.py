"""Probabilities mean what they say, and thresholds keep their promise."""

import numpy as np
import torch
from torch.nn import functional as F

from osteon_training.calibrate import (
    accuracy_when_referring,
    expected_calibration_error,
    operating_points,
    probabilities,
    referral_curve,
    temperature,
    threshold,
    threshold_above,
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
    points = operating_points(logits, labels, 1.0, Decision())
    probability, truth = logits.softmax(1).numpy(), labels.numpy()
    abnormal, decision = 1 - probability[:, 0], points.manifest()
    assert (abnormal[truth > 0] >= decision["doubtProbability"]).mean() >= 0.95
    assert (abnormal[truth == 0] < decision["definiteProbability"]).mean() >= 0.95
    assert (probability[truth != 2, 2] < decision["criticalProbability"]).mean() >= 0.95
    assert decision["doubtProbability"] <= decision["definiteProbability"]
    assert abs((logits.mean(1).numpy() < points.min_radiograph_logit).mean() - 0.01) < 0.005


def test_doubt_is_never_above_the_definite_and_both_promises_still_hold():
    """A model that hardly errs would have doubt's threshold above the other one."""
    labels = torch.arange(600) % 3
    logits = F.one_hot(labels, 3) * 8.0 + torch.randn(
        600, 3, generator=torch.Generator().manual_seed(1)
    )
    points = operating_points(logits, labels, 1.0, Decision())
    abnormal, truth = 1 - logits.softmax(1).numpy()[:, 0], labels.numpy()
    assert points.doubt == points.definite
    assert (abnormal[truth > 0] >= points.doubt).mean() >= 0.95
    assert (abnormal[truth == 0] < points.definite).mean() >= 0.95


def test_two_classes_have_no_critical_point_and_probabilities_of_three():
    labels = torch.arange(80) % 2
    logits = F.one_hot(labels, 2) * 2.0 + torch.randn(
        80, 2, generator=torch.Generator().manual_seed(1)
    )
    points = operating_points(logits, labels, 1.0, Decision())
    assert points.critical is None and "criticalProbability" not in points.manifest()
    found = probabilities(logits, 1.0)
    assert found.shape == (80, 3) and not found[:, 2].any()


def test_the_threshold_of_a_specificity_is_just_above_what_must_stay_below():
    scores = np.arange(20) / 20.0
    least = threshold_above(scores, 0.9)
    assert (scores >= least).sum() == 2 and least > scores[-3]
    assert threshold_above(np.array([]), 0.95) == 1.0


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
