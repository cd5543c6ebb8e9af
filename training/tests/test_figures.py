"""Figures are what their names say."""

import numpy as np
import pytest
from pictures import stripes

from osteon_training.figures import (
    abnormal_auroc,
    all_figures,
    balanced_accuracy,
    figures,
    kappa,
    macro_f1,
    resamples,
    sensitivity_at,
)

pytestmark = pytest.mark.slow

# healthy 4 of 5 right, fractured 3 of 4, severe 0 of 1
SURE = 0.8
LABEL = np.array([0, 0, 0, 0, 0, 1, 1, 1, 1, 2])
SAID = np.array([0, 0, 0, 0, 1, 1, 1, 1, 0, 1])
PROBABILITY = np.full((10, 3), (1 - SURE) / 2)
PROBABILITY[np.arange(10), SAID] = SURE


def test_figures_by_hand():
    assert balanced_accuracy(PROBABILITY, LABEL) == pytest.approx((0.8 + 0.75 + 0) / 3)
    assert macro_f1(PROBABILITY, LABEL) == pytest.approx((0.8 + 2 * 3 / 9 + 0) / 3)
    # Observed agreement 0.7; by chance 0.5 × 0.5 + 0.4 × 0.5 + 0.1 × 0.
    assert kappa(PROBABILITY, LABEL) == pytest.approx((0.7 - 0.45) / (1 - 0.45))
    # Of 25 pairs of a wrong and a healthy one, 4 × 4 are in order, 4 × 1 + 1 × 4 equal.
    assert abnormal_auroc(PROBABILITY, LABEL) == pytest.approx((16 + 8 / 2) / 25)


def test_sensitivity_is_read_off_at_the_specificity():
    label = np.array([0] * 10 + [1] * 4)
    abnormal = np.array([0.05 * i for i in range(10)] + [0.9, 0.46, 0.44, 0.1])
    probability = np.stack([1 - abnormal, abnormal, np.zeros(14)], 1)
    assert sensitivity_at(1.0)(probability, label) == 0.5
    assert sensitivity_at(0.9)(probability, label) == 0.75


def test_a_figure_without_meaning_is_none_and_not_a_number():
    arrays = stripes(9, source="hospital")
    healthy = arrays.where(arrays.labels == 0)
    found = figures(np.array([[0.9, 0.1, 0.0]] * len(healthy)), healthy)
    assert found["abnormalAuroc"] is None and found["kappa"] is None
    assert found["accuracy"][0] == 1.0 and list(found["classes"]) == ["HEALTHY"]


def test_bootstrap_draws_whole_groups():
    group = np.array(["a", "a", "b", "c", "c", "c"])
    for drawn in resamples(group, 50):
        for name in "abc":
            members = np.flatnonzero(group == name)
            counts = {int((drawn == i).sum()) for i in members}
            assert len(counts) == 1


def test_figures_come_by_source_and_body_part_and_drawn_ones_apart():
    both = stripes(12, source="hospital"), stripes(9, seed=1)
    names = type(both[0]).__dataclass_fields__
    test = type(both[0])(*(np.concatenate([getattr(a, n) for a in both]) for n in names))
    probability = np.eye(3)[test.labels] * 0.9 + 0.1 / 3
    found = all_figures(probability, test)
    assert found["real"]["images"] == 12 and found["synthetic"]["images"] == 9
    assert list(found["bySource"]) == ["hospital"]
    assert {k: v["images"] for k, v in found["byBodyPart"].items()} == {"unknown": 6, "wrist": 6}
