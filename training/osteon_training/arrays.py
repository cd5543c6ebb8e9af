"""The arrays that `osteon dataset prepare` writes."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

CLASSES = ["HEALTHY", "FRACTURED", "BEYOND_REPAIR"]


@dataclass(frozen=True)
class Arrays:
    """Images and what is known of them; every array has one entry an image.

    planes: uint8 [N, H, W], 0 black.
    labels: int64 [N], an index into CLASSES.
    group: str [N], pictures that must not be split.
    source: str [N], where the picture came from; "synthetic" for drawn ones.
    """

    planes: np.ndarray
    labels: np.ndarray
    group: np.ndarray
    source: np.ndarray

    def __len__(self) -> int:
        return len(self.labels)

    def where(self, mask: np.ndarray) -> "Arrays":
        """The images for which the boolean mask [N] is true."""
        return Arrays(self.planes[mask], self.labels[mask], self.group[mask], self.source[mask])


@dataclass(frozen=True)
class Dataset:
    """The three splits and the description that `dataset.json` gives of them."""

    train: Arrays
    val: Arrays
    test: Arrays
    description: dict


def load(folder: Path) -> Dataset:
    """Reads `arrays.npz` and `dataset.json`.

    Raises ValueError where a group is in more than one split: its figures would mean nothing.
    """
    with np.load(folder / "arrays.npz") as npz:
        split = np.char.decode(npz["split"], "utf-8")
        arrays = Arrays(
            npz["planes"],
            npz["labels"],
            np.char.decode(npz["group"], "utf-8"),
            np.char.decode(npz["source"], "utf-8"),
        )
    check_groups(arrays.group, split)
    description = json.loads((folder / "dataset.json").read_text())
    train, val, test = (arrays.where(split == name) for name in ("train", "val", "test"))
    return Dataset(train, val, test, description)


def check_groups(group: np.ndarray, split: np.ndarray) -> None:
    """Raises ValueError where a group crosses splits."""
    pairs = set(zip(group.tolist(), split.tolist()))
    if len(pairs) != len(set(group.tolist())):
        raise ValueError("A group is in more than one split; prepare the data set again.")
