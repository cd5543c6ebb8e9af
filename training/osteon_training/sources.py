"""How well a network's features tell where a picture is from: what it could cheat by."""

from typing import Optional

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from .arrays import Arrays
from .export import has_bf16
from .networks.base import Classifier
from .networks.mirrored import Mirrored

BATCH = 64
# Enough to tell a dozen sources apart, and a minute of a slow network.
MOST_IMAGES = 1200


def source_from_features(network: Classifier, train: Arrays, test: Arrays) -> Optional[float]:
    """How often a linear classifier tells a test image's source from what the network makes of it,
    the mean and maximum of each feature that its answer is made of; None where there is one source
    only. In bf16 where the CPU has it: a look, not a promise."""
    names = np.unique(train.source)
    if len(names) < 2 or not len(test):
        return None
    chosen = np.random.default_rng(3).permutation(len(train))[:MOST_IMAGES]
    seen = train.where(np.sort(chosen))
    known = _pooled(network, seen.planes)
    scale = StandardScaler().fit(known)
    guess = LogisticRegression(max_iter=600, tol=1e-3, C=0.01).fit(
        scale.transform(known), seen.source
    )
    said = guess.predict(scale.transform(_pooled(network, test.planes)))
    return round(float((said == test.source).mean()), 4)


def _pooled(network: Classifier, planes: np.ndarray) -> np.ndarray:
    if isinstance(network, Mirrored):
        network = network.network  # One look at each picture.
    pieces = []
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_bf16()):
        for i in range(0, len(planes), BATCH):
            x = torch.from_numpy(planes[i : i + BATCH]).unsqueeze(1).float() / 255.0
            features = network.answering(network.features(network.normalise(x))).float()
            pieces.append(torch.cat([features.mean((2, 3)), features.amax((2, 3))], 1))
    return torch.cat(pieces).numpy()
