"""Drawn outliers are many kinds, the same from the same seed."""

import numpy as np

from osteon_training import outliers


def test_outliers_are_drawn_from_a_seed():
    a, b = (outliers.draw(14, 48, 40, seed=3) for _ in range(2))
    assert a.shape == (14, 48, 40) and a.dtype == np.uint8
    assert np.array_equal(a, b)
    assert not np.array_equal(a, outliers.draw(14, 48, 40, seed=4))
    assert len(set(outliers.names(14))) == 7
