"""What a version was made from in four histograms, so that serving can tell when its input is another.

Serving keeps the same histograms of its last images and compares them by the population stability index
(`org.osteon.service.meters.InputDrift`). Bins are fixed and travel with the shares, so both sides
have the same.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Dict, List

import numpy as np

from .arrays import Arrays

FILE = "reference.json"
GREY_EDGES = list(range(16, 256, 16))
SIZE_EDGES = [256, 384, 512, 768, 1024, 1536, 2048, 3072]
CONFIDENCE_EDGES = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99]
MOST_PARTS = 30


def summary(train: Arrays, confidence: np.ndarray) -> Dict:
    """The reference as JSON has it: of each feature its bins and the share of each.

    train: what the version learnt from; the drawn radiographs in it count only where there are no
    others. confidence: float [M], calibrated, of images that it did not learn from.

    A feature of which nothing is known is left out.
    """
    real = train.real()
    features = {
        "grey": {"edges": GREY_EDGES, "shares": rounded(grey(real.planes))},
        "confidence": binned(confidence, CONFIDENCE_EDGES),
    }
    sizes = real.long_side[real.long_side > 0]
    if len(sizes):
        features["size"] = binned(sizes, SIZE_EDGES)
    parts = Counter(part.upper() for part in real.body_part.tolist() if part)
    if parts:
        names = [name for name, _ in parts.most_common(MOST_PARTS)]
        counts = [parts[name] for name in names] + [sum(parts.values())]
        counts[-1] -= sum(counts[:-1])
        features["bodyPart"] = {"names": names, "shares": rounded(np.array(counts))}
    return {"images": len(real), "features": features}


def grey(planes: np.ndarray) -> np.ndarray:
    """Float [16]: mean over images of the share of pixels in each bin. planes: uint8 [N, H, W]."""
    shares = np.zeros(len(GREY_EDGES) + 1)
    for plane in planes:
        shares += np.bincount(plane.ravel() >> 4, minlength=len(shares)) / plane.size
    return shares


def binned(values: np.ndarray, edges: List[float]) -> Dict:
    """A value's bin is the number of edges that are not above it."""
    counts = np.bincount(np.searchsorted(edges, values, side="right"), minlength=len(edges) + 1)
    return {"edges": edges, "shares": rounded(counts)}


def rounded(counts: np.ndarray) -> List[float]:
    """Shares of the whole."""
    return [round(float(share), 6) for share in counts / counts.sum()]


def write(folder: Path, train: Arrays, confidence: np.ndarray) -> None:
    """Writes `reference.json`; where the manifest comes after it, it lists the digest."""
    (folder / FILE).write_text(json.dumps(summary(train, confidence), indent=1) + "\n")
