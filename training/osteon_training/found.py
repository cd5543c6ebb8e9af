"""Whether a version looks where the finding is: the pointing game, and findings against false marks."""

from typing import Dict, List, Optional, Tuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from .arrays import Arrays
from .figures import resamples
from .networks.where import margin
from .places import Boxes, places

BATCH = 64
# Marks of one picture that count, the surest first.
MARKS = 5
FALSE_MARKS = (0.5, 1.0)


def maps_of(graph, planes: np.ndarray) -> Tensor:
    """float32 [N, h, w] of uint8 [N, H, W]: what a graph or network says of each place."""
    pieces = []
    with torch.no_grad():
        for i in range(0, len(planes), BATCH):
            x = torch.from_numpy(planes[i : i + BATCH]).unsqueeze(1)
            if hasattr(graph, "activation_maps"):
                maps = graph.activation_maps(graph.features(graph.normalise(x.float() / 255.0)))
            else:
                maps = graph(x)[1]
            pieces.append(margin(maps.float()))
    return torch.cat(pieces)


def marks(say: Tensor) -> List[List[Tuple[float, float, float]]]:
    """Of each picture its marks (score, x, y; 0 to 1), the surest first: cells that none of their
    eight neighbours exceeds. say: float [N, h, w]."""
    height, width = say.shape[1:]
    highest = F.max_pool2d(say.unsqueeze(1), 3, stride=1, padding=1).squeeze(1)
    found = []
    for values, peaks in zip(say.numpy(), (say == highest).numpy()):
        rows, columns = np.nonzero(peaks)
        order = np.argsort(-values[rows, columns], kind="stable")[:MARKS]
        found.append(
            [
                (float(values[r, c]), (c + 0.5) / width, (r + 0.5) / height)
                for r, c in zip(rows[order], columns[order])
            ]
        )
    return found


def place_figures(graph, test: Arrays, boxes: Boxes) -> Optional[Dict]:
    """Figures of the images whose boxes, or lack of any finding, are known; None where there are none.

    A mark is right in a box that was widened by half a cell, all that a map can resolve.
    pointingGame: share of images with boxes whose surest mark is right.
    recallAt…: share of boxes with a right mark where an image has so many false ones on average,
    healthy images among them. Each [value, low, high], 95 % by bootstrap over groups.
    """
    known = places(test, boxes).known & ~test.drawn
    if not known.any():
        return None
    test = test.where(known)
    say = maps_of(graph, test.planes)
    half = (0.5 / say.shape[2], 0.5 / say.shape[1])
    judged = [
        _judged(of_image, boxes.get(str(name), np.zeros((0, 4))), half)
        for of_image, name in zip(marks(say), test.file)
    ]
    boxed = np.array([bool(one.boxes) for one in judged])
    if not boxed.any():
        return None
    draws = resamples(test.group)
    everything = np.arange(len(judged))
    figure = {
        "pointingGame": lambda index: float(np.mean([judged[i].pointed for i in index if boxed[i]]))
    }
    for limit in FALSE_MARKS:
        name = f"recallAt{limit:g}FalseMarks"
        figure[name] = lambda index, limit=limit: _recall([judged[i] for i in index], limit)
    found: Dict = {"images": int(boxed.sum()), "healthyImages": int((~boxed).sum())}
    for name, value in figure.items():
        low, high = np.nanpercentile([value(drawn) for drawn in draws], [2.5, 97.5])
        found[name] = [round(float(v), 4) for v in (value(everything), low, high)]
    return found


class _Judged:
    """boxes: how many.  pointed: the surest mark is right.  false: scores of wrong marks.
    found: of each box the score of the surest mark in it, minus infinity where there is none."""

    def __init__(self, boxes: int, pointed: bool, false: List[float], found: List[float]) -> None:
        self.boxes, self.pointed, self.false, self.found = boxes, pointed, false, found


def _judged(of_image, boxes: np.ndarray, half: Tuple[float, float]) -> _Judged:
    false, found, pointed = [], [float("-inf")] * len(boxes), False
    for number, (score, x, y) in enumerate(of_image):
        inside = [
            i
            for i, (left, top, right, bottom) in enumerate(boxes)
            if left - half[0] <= x <= right + half[0] and top - half[1] <= y <= bottom + half[1]
        ]
        pointed |= number == 0 and bool(inside)
        for i in inside:
            found[i] = max(found[i], score)
        if not inside:
            false.append(score)
    return _Judged(len(boxes), pointed, false, found)


def _recall(judged: List[_Judged], limit: float) -> float:
    false = np.sort([score for one in judged for score in one.false])[::-1]
    found = np.array([score for one in judged for score in one.found])
    allowed = int(limit * len(judged))
    least = false[allowed] if allowed < len(false) else -np.inf
    return float((found > least).mean()) if len(found) else float("nan")
