"""How often a training image is shown: so that no source speaks for a class by itself."""

import numpy as np

from .arrays import SYNTHETIC

# A source with fewer of one side than this share holds one side only.
ONE_SIDED = 0.1
# How often images of such a source are shown, beside others. What they teach of their class is as
# well taught by their look; but most pictures of many fragments are in one, and these are all kept.
SHOWN = 0.5
# A handful of pictures is not shown so often that it is learnt by heart.
MOST = 2.0
SEVERE = 2


def by_source(labels: np.ndarray, source: np.ndarray) -> np.ndarray:
    """Times an epoch that each image [N] is shown, on average.

    Within a class a source counts by less than its size: sixteen times the images, eight times the
    weight. Sources with one side only, and the drawn ones, count half of that.
    """
    times = np.ones(len(labels))
    for klass in np.unique(labels):
        of_class = labels == klass
        names, index, counts = np.unique(source[of_class], return_inverse=True, return_counts=True)
        share = counts[index] ** -0.25
        times[of_class] = np.minimum(share / share.mean(), MOST)
    for name in np.unique(source):
        inside = source == name
        wrong = (labels[inside] > 0).mean()
        if name == SYNTHETIC or min(wrong, 1 - wrong) < ONE_SIDED:
            times[inside & ((labels != SEVERE) | (name == SYNTHETIC))] *= SHOWN
    return times


def systematic(times: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Indices in random order, each as often as `times` says, up to one more or less by chance.

    Unlike independent draws it leaves out none that is to be shown once.
    """
    order = random.permutation(len(times))
    total = np.cumsum(times[order])
    total[-1] = round(total[-1])  # So that each epoch has as many steps.
    # The same start for all: every image's chance is its own, and their sum is fixed.
    marks = np.floor(total + random.random()).astype(int)
    counts = np.diff(np.concatenate([[0], marks]))
    return random.permutation(np.repeat(order, counts))
