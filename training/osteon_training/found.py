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
# Share of the side by which a box is widened for a mark to be right: half a cell of the coarsest maps
# that were published, so that versions whose cells differ are held to the same.
TOLERANCE = 1 / 24


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

    A mark is right in a box that was widened by `TOLERANCE`.
    pointingGame: share of images with boxes whose surest mark is right.
    recallAt…: share of boxes with a right mark where an image has so many false ones on average,
    healthy images among them. Each [value, low, high], 95 % by bootstrap over groups.
    """
    test = of_known_places(test, boxes)
    judged = judged_marks(graph, test, boxes)
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


def of_known_places(arrays: Arrays, boxes: Boxes) -> Arrays:
    """Those of the images of which is known where something is, or that nothing is."""
    return arrays.where(places(arrays, boxes).known & ~arrays.drawn)


def judged_marks(graph, arrays: Arrays, boxes: Boxes) -> List["Judged"]:
    """Each image's marks held to its boxes; arrays of `of_known_places`."""
    if not len(arrays):
        return []
    return [
        _judged(of_image, boxes.get(str(name), np.zeros((0, 4))))
        for of_image, name in zip(marks(maps_of(graph, arrays.planes)), arrays.file)
    ]


class Judged:
    """boxes: how many.  marks: score of each, the surest first, and whether it is right.
    found: of each box the score of the surest mark in it, minus infinity where there is none."""

    def __init__(self, boxes: int, marked: List[Tuple[float, bool]], found: List[float]) -> None:
        self.boxes, self.marks, self.found = boxes, marked, found

    @property
    def pointed(self) -> bool:
        """Whether the surest is right."""
        return bool(self.marks) and self.marks[0][1]

    @property
    def false(self) -> List[float]:
        """Scores of wrong marks."""
        return [score for score, right in self.marks if not right]


def _judged(of_image, boxes: np.ndarray) -> Judged:
    marked, found = [], [float("-inf")] * len(boxes)
    for score, x, y in of_image:
        inside = [
            i
            for i, (left, top, right, bottom) in enumerate(boxes)
            if left - TOLERANCE <= x <= right + TOLERANCE
            and top - TOLERANCE <= y <= bottom + TOLERANCE
        ]
        for i in inside:
            found[i] = max(found[i], score)
        marked.append((score, bool(inside)))
    return Judged(len(boxes), marked, found)


def recall_threshold(judged: List[Judged], limit: float) -> float:
    """Score above which an image has so many false marks on average; minus infinity where all may."""
    false = np.sort([score for one in judged for score in one.false])[::-1]
    allowed = int(limit * len(judged))
    return float(false[allowed]) if allowed < len(false) else float("-inf")


def _recall(judged: List[Judged], limit: float) -> float:
    found = np.array([score for one in judged for score in one.found])
    least = recall_threshold(judged, limit)
    return float((found > least).mean()) if len(found) else float("nan")
