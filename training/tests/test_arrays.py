"""Arrays are read as they were written, and a leak is refused."""

import json

import numpy as np
import pytest
from pictures import stripes, write

from osteon_training.arrays import check_groups, folds, load


def test_shards_are_read_by_split(tmp_path):
    parts = {"train": stripes(50), "val": stripes(7, seed=1), "test": stripes(9, seed=2)}
    dataset = load(write(tmp_path, parts))
    assert len(dataset.description["shards"]) == 2
    for split, wanted in parts.items():
        found = getattr(dataset, split)
        assert found.group.tolist() == wanted.group.tolist()
        assert found.body_part.tolist() == wanted.body_part.tolist()
        assert np.array_equal(found.planes, wanted.planes)


def test_a_shard_that_is_not_what_was_written_is_refused(tmp_path):
    folder = write(tmp_path, {"train": stripes(50)})
    description = json.loads((folder / "dataset.json").read_text())
    description["shards"][1]["images"] += 1
    (folder / "dataset.json").write_text(json.dumps(description))
    with pytest.raises(ValueError, match="does not hold the 11 images"):
        load(folder)


def test_a_folder_without_arrays_says_what_writes_them(tmp_path):
    with pytest.raises(ValueError, match="osteon dataset prepare"):
        load(tmp_path)


def test_a_group_in_two_splits_is_refused():
    with pytest.raises(ValueError, match="more than one split"):
        check_groups(np.array(["a", "a"]), np.array(["train", "test"]))


def test_folds_cover_everything_once_and_split_no_group():
    arrays = stripes(90)
    grouped = arrays.group.copy()
    grouped[:] = [f"g{i // 3}" for i in range(90)]
    arrays = type(arrays)(
        *(grouped if n == "group" else getattr(arrays, n) for n in arrays.__dataclass_fields__)
    )
    held = folds(arrays, 3, seed=1)
    assert sorted(np.concatenate(held).tolist()) == list(range(90))
    seen = [set(arrays.group[index]) for index in held]
    assert not seen[0] & seen[1] and not seen[1] & seen[2] and not seen[0] & seen[2]


def test_radiographs_are_told_from_drawn_ones():
    assert len(stripes(6, source="hospital").real()) == 6
    assert len(stripes(6).real()) == 6, "a run on drawn ones alone has nothing else"
