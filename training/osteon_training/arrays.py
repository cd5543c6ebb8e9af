"""The arrays that `osteon dataset prepare` writes."""

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Dict, List, Optional, Sequence

import numpy as np

CLASSES = ["HEALTHY", "FRACTURED", "BEYOND_REPAIR"]
SYNTHETIC = "synthetic"
SPLITS = ("train", "val", "test")


@dataclass(frozen=True)
class Arrays:
    """Images and what is known of them; every array has one entry an image.

    planes: uint8 [N, H, W], 0 black.
    labels: int64 [N], an index into CLASSES.
    group: str [N], pictures that must not be split.
    source: str [N], where the picture came from; "synthetic" for drawn ones.
    body_part: str [N], "" where it is not known.
    file: str [N], path below the folder that was prepared.
    long_side: int64 [N], pixels of the file's longer side; 0 where it was not noted.
    """

    planes: np.ndarray
    labels: np.ndarray
    group: np.ndarray
    source: np.ndarray
    body_part: np.ndarray
    file: np.ndarray
    long_side: Optional[np.ndarray] = None

    def __post_init__(self) -> None:
        if self.long_side is None:
            object.__setattr__(self, "long_side", np.zeros(len(self.labels), np.int64))

    def __len__(self) -> int:
        return len(self.labels)

    def where(self, chosen: np.ndarray) -> "Arrays":
        """The images of a boolean mask [N] or of indices [M]."""
        return Arrays(*(getattr(self, f.name)[chosen] for f in fields(self)))

    @property
    def drawn(self) -> np.ndarray:
        """bool [N], true for the project's own synthetic radiographs."""
        return self.source == SYNTHETIC

    def without(self, sources: Sequence[str]) -> "Arrays":
        """Those of other sources."""
        return self.where(~np.isin(self.source, sources))

    @property
    def grouped(self) -> bool:
        """Whether anybody said which pictures belong together: else each is a group of its own."""
        return len(np.unique(self.group)) < len(self)

    def real(self) -> "Arrays":
        """The radiographs; all images where none is real, as in a run on drawn ones only."""
        return self if self.drawn.all() else self.where(~self.drawn)


def classes_of(*parts: Arrays) -> int:
    """How many of CLASSES a network of these images tells apart: two where none is beyond repair."""
    return 3 if any((part.labels == 2).any() for part in parts) else 2


@dataclass(frozen=True)
class Dataset:
    """The three splits and the description that `dataset.json` gives of them."""

    train: Arrays
    val: Arrays
    test: Arrays
    description: Dict


def load(folder: Path) -> Dataset:
    """Reads `dataset.json` and the shards that it names.

    Raises ValueError where a shard is not what was written or a group is in more than one split:
    its figures would mean nothing.
    """
    file = folder / "dataset.json"
    if not file.is_file():
        raise ValueError(f"{folder} has no dataset.json; write it with `osteon dataset prepare`.")
    description = json.loads(file.read_text())
    parts = [_shard(folder / shard["file"], shard["images"]) for shard in description["shards"]]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    split = columns.pop("split")
    arrays = Arrays(**columns)
    check_groups(arrays.group, split)
    train, val, test = (arrays.where(split == name) for name in SPLITS)
    return Dataset(train, val, test, description)


def _shard(file: Path, images: int) -> Dict[str, np.ndarray]:
    names = [f.name for f in fields(Arrays)] + ["split"]
    with np.load(file) as npz:
        # Arrays that were prepared before sizes were noted are as good as ever.
        there = [name for name in names if name != "long_side" or name in npz]
        columns = {name: npz[name] for name in there}
    columns.setdefault("long_side", np.zeros(images, np.int64))
    if any(len(column) != images for column in columns.values()):
        raise ValueError(f"{file} does not hold the {images} images that dataset.json says.")
    return {
        name: np.char.decode(column, "utf-8") if column.dtype.kind == "S" else column
        for name, column in columns.items()
    }


def check_groups(group: np.ndarray, split: np.ndarray) -> None:
    """Raises ValueError where a group crosses splits."""
    pairs = set(zip(group.tolist(), split.tolist()))
    if len(pairs) != len(set(group.tolist())):
        raise ValueError("A group is in more than one split; prepare the data set again.")


def folds(arrays: Arrays, k: int, seed: int) -> List[np.ndarray]:
    """k disjoint index arrays that cover all images; no group is in two, classes are spread evenly."""
    from sklearn.model_selection import StratifiedGroupKFold

    splitter = StratifiedGroupKFold(n_splits=k, shuffle=True, random_state=seed)
    return [held for _, held in splitter.split(arrays.labels, arrays.labels, arrays.group)]
