"""How marks of the maps become regions of a result: from which on, and how sure each is."""

from typing import Dict, Optional

import numpy as np

from .arrays import Arrays
from .found import judged_marks, of_known_places, recall_threshold
from .networks.base import Classifier
from .places import Boxes

# False marks an image, on average, that results may carry beside the surest of each.
FALSE_MARKS = 1.0
STEPS = 50


def region_terms(network: Classifier, val: Arrays, boxes: Boxes) -> Optional[Dict[str, float]]:
    """`outputs.regions` of model.json, chosen on the validation split; None without boxes there.

    leastMargin: in logits, of a mark that is told of though it is not the surest of its image.
    slope, offset: of the logistic function that makes of a mark's margin the share of such marks that
    lie in a box.
    """
    judged = judged_marks(network, of_known_places(val, boxes), boxes)
    scores = np.array([score for one in judged for score, _ in one.marks])
    right = np.array([right for one in judged for _, right in one.marks], float)
    if len(np.unique(right)) < 2:
        return None
    slope, offset = _logistic(scores, right)
    return {
        # JSON knows no infinity; no margin is as low.
        "leastMargin": round(max(-99.0, recall_threshold(judged, FALSE_MARKS)), 4),
        "slope": round(slope, 6),
        "offset": round(offset, 6),
    }


def _logistic(x: np.ndarray, y: np.ndarray):
    """Slope and offset of the most likely logistic function, by Newton's method."""
    design = np.stack([x, np.ones_like(x)], 1)
    weights = np.zeros(2)
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-design @ weights))
        # A trace of a prior: marks that a margin parts completely have no finite slope.
        curve = (design * (p * (1 - p))[:, None]).T @ design + 1e-3 * np.eye(2)
        weights = weights + np.linalg.solve(curve, design.T @ (y - p) - 1e-3 * weights)
    return float(weights[0]), float(weights[1])
