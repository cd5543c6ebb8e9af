"""Pictures of the report: what they mark is where serving decides."""

import numpy as np
import pytest

from osteon_training.calibrate import OperatingPoints
from osteon_training.plots import WRONG, operating, roc_and_pr

LABEL = np.array([0, 0, 0, 0, 1, 1, 2, 2])
PROBABILITY = np.array(
    [
        [0.9, 0.1, 0.0],
        [0.8, 0.1, 0.1],
        [0.6, 0.4, 0.0],
        [0.3, 0.7, 0.0],
        [0.7, 0.3, 0.0],
        [0.2, 0.7, 0.1],
        [0.1, 0.2, 0.7],
        [0.4, 0.5, 0.1],
    ]
)
POINTS = OperatingPoints(min_radiograph_logit=-9.0, doubt=0.25, definite=0.65, critical=0.5)


def test_operating_points_are_what_serving_would_say():
    found = {name: rest for name, *rest in operating(PROBABILITY, LABEL, POINTS)}
    # Of four healthy two are doubted, of four others all: four of six doubts are right.
    assert found["doubt"] == [WRONG, 0.5, 1.0, pytest.approx(4 / 6)]
    assert found["definite"] == [WRONG, 0.25, 0.5, pytest.approx(2 / 3)]
    assert found["critical"] == ["beyond repair", 0.0, 0.5, 1.0]


def test_what_never_is_said_has_no_mark(tmp_path):
    never = OperatingPoints(min_radiograph_logit=-9.0, doubt=0.25, definite=1.1, critical=None)
    assert [name for name, *_ in operating(PROBABILITY, LABEL, never)] == ["doubt"]
    roc_and_pr(PROBABILITY, LABEL, tmp_path / "roc-pr.png", never)
    roc_and_pr(PROBABILITY, LABEL, tmp_path / "all.png", POINTS)
    assert (tmp_path / "all.png").read_bytes() != (tmp_path / "roc-pr.png").read_bytes()
