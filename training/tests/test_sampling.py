"""No source speaks for a class by itself."""

import numpy as np

from osteon_training.sampling import by_source, systematic


def test_large_sources_and_those_of_one_side_are_shown_less():
    labels = np.array([0] * 400 + [1] * 400 + [0] * 25 + [1] * 25 + [1] * 100 + [2] * 20)
    source = np.array(["big"] * 800 + ["small"] * 50 + ["web"] * 120)
    times = by_source(labels, source)
    assert times[source == "small"].mean() > 1.5 * times[source == "big"].mean()
    only_broken = (source == "web") & (labels == 1)
    assert times[only_broken].mean() < times[source == "big"].mean()
    assert np.allclose(times[labels == 2], 1), "the rare class is kept whole"


def test_each_image_is_shown_as_often_as_it_should():
    times = np.array([0.5] * 100 + [1.0] * 100 + [1.5] * 100)
    random = np.random.default_rng(0)
    counts = np.zeros(300)
    for _ in range(40):
        drawn = systematic(times, random)
        assert len(drawn) == 300
        once = np.bincount(drawn, minlength=300)
        assert (once[100:200] == 1).all() and once[200:].min() >= 1 and once.max() <= 2
        counts += once
    assert np.allclose(counts.reshape(3, 100).mean(1) / 40, [0.5, 1.0, 1.5], atol=0.02)
