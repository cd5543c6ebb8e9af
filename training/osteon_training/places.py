"""Where the finding is: boxes that someone drew, as masks that teach the maps and as what they are held to."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Tuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from .arrays import Arrays
from .networks.where import margin

# Rows and columns of a mask: fine enough for the smallest boxes, and a multiple of the maps' 14.
SIDE = 56
# A source has boxes if so many of its images with a finding have; its healthy ones then show nothing.
BOXED = 0.5
# How much the cells beside the finding count: there are fifty times as many, each nearly right.
BESIDE = 2.0

Boxes = Dict[str, np.ndarray]


def read_boxes(file: Path, height: int, width: int) -> Boxes:
    """Boxes float [M, 4] (left, top, right, bottom; 0 to 1 of the letterboxed plane) by image file.

    file: CSV with file, x0, y0, x1, y1 as shares of the picture's own sides; `manifest.csv` beside it
    says how large each picture is, which letterboxing needs.

    Raises ValueError in one sentence where a column or a picture's size is missing.
    """
    with open(file.parent / "manifest.csv", encoding="utf-8", newline="") as lines:
        sizes = {row["file"]: row for row in csv.DictReader(lines)}
    found: Dict[str, list] = {}
    with open(file, encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            try:
                box = [float(row[k]) for k in ("x0", "y0", "x1", "y1")]
                size = (int(sizes[row["file"]]["width"]), int(sizes[row["file"]]["height"]))
            except (KeyError, ValueError) as error:
                raise ValueError(
                    f"{file} needs file, x0, y0, x1, y1, and manifest.csv beside it each file's "
                    f"width and height; {row.get('file')!r} lacks one."
                ) from error
            found.setdefault(row["file"], []).append(letterboxed(box, size, (width, height)))
    return {name: np.array(boxes) for name, boxes in found.items()}


def letterboxed(box, size: Tuple[int, int], plane: Tuple[int, int]) -> Tuple[float, ...]:
    """A box of a picture as a box of the plane: scaled to fit and centred, as serving does it.

    size, plane: width and height in pixels.
    """
    scale = min(plane[0] / size[0], plane[1] / size[1])
    shares = [size[i] * scale / plane[i] for i in (0, 1)]
    return tuple((1 - shares[i % 2]) / 2 + box[i] * shares[i % 2] for i in range(4))


@dataclass(frozen=True)
class Places:
    """cover: uint8 [N, SIDE, SIDE], how much of each cell is in a box, 255 all.
    known: bool [N], whether the mask says anything: an image without a box may still be broken."""

    cover: np.ndarray
    known: np.ndarray

    def where(self, chosen: np.ndarray) -> "Places":
        """Of a boolean mask [N] or of indices [M]."""
        return Places(self.cover[chosen], self.known[chosen])


def places(arrays: Arrays, boxes: Boxes) -> Places:
    """Masks of all images; healthy ones of a source with boxes have an empty mask that is known."""
    boxed = np.array([str(name) in boxes for name in arrays.file])
    healthy = arrays.labels == 0
    cover = np.zeros((len(arrays), SIDE, SIDE), np.uint8)
    for i in np.flatnonzero(boxed):
        cover[i] = mask(boxes[str(arrays.file[i])])
    known = boxed.copy()
    for source in np.unique(arrays.source):
        inside = arrays.source == source
        if (inside & ~healthy).any() and boxed[inside & ~healthy].mean() >= BOXED:
            known |= inside & healthy
    return Places(cover, known)


def mask(boxes: np.ndarray) -> np.ndarray:
    """uint8 [SIDE, SIDE] of boxes [M, 4]: the share of each cell that the widest-lying box covers."""
    edges = np.arange(SIDE + 1) / SIDE
    whole = np.zeros((SIDE, SIDE))
    for left, top, right, bottom in boxes:
        across = np.clip(np.minimum(right, edges[1:]) - np.maximum(left, edges[:-1]), 0, None)
        down = np.clip(np.minimum(bottom, edges[1:]) - np.maximum(top, edges[:-1]), 0, None)
        whole = np.maximum(whole, down[:, None] * across[None, :] * SIDE**2)
    return np.rint(whole * 255).astype(np.uint8)


def place_loss(maps: Tensor, cover: Tensor, known: Tensor) -> Tensor:
    """Scalar: how far the maps' say is from the boxes, finding and surroundings weighed by images.

    maps: float [N, K, h, w], logits.  cover: float [N, 1, SIDE, SIDE], 0 to 1, turned as the
    pictures were.  known: bool [N].
    """
    if not known.any():
        return maps.sum() * 0
    say = margin(maps[known])
    # The largest: a finding narrower than a cell still lights the cell that it lies in.
    target = F.adaptive_max_pool2d(cover[known], say.shape[1:]).squeeze(1)
    lit = F.softplus(-say) * target
    dark = F.softplus(say) * (1 - target)
    found = target.sum((1, 2))
    seen = lit.sum((1, 2)) / found.clamp(min=1e-3) * (found > 0.25)
    quiet = dark.sum((1, 2)) / (1 - target).sum((1, 2)).clamp(min=1)
    return (seen + BESIDE * quiet).mean()


def point_loss(maps: Tensor, cover: Tensor, known: Tensor) -> Tensor:
    """Scalar: how improbable it is that the surest cell lies in a box, of pictures that have one.

    As `place_loss`. That one wants each cell right, most of which are dark; this one the mark.
    """
    boxed = known & (cover.amax((1, 2, 3)) > 0.25)
    if not boxed.any():
        return maps.sum() * 0
    say = margin(maps[boxed]).flatten(1)
    target = F.adaptive_max_pool2d(cover[boxed], maps.shape[2:]).flatten(1)
    inside = (say + target.clamp(min=1e-4).log()).logsumexp(1)
    return (say.logsumexp(1) - inside).mean()


def as_tensors(chosen: Places, device: torch.device) -> Tuple[Tensor, Tensor]:
    """cover float [N, 1, SIDE, SIDE] within 0 to 1, and known bool [N]."""
    cover = torch.from_numpy(chosen.cover).to(device).unsqueeze(1).float() / 255.0
    return cover, torch.from_numpy(chosen.known).to(device)
