"""What serving holds its input against."""

import json
import zipfile

import numpy as np
import pytest
from pictures import stripes, write

from osteon_training import reference
from osteon_training.arrays import load


def test_shares_are_those_of_the_radiographs_in_the_bins_that_are_written():
    arrays = stripes(6, source="hospital")
    arrays.planes[:] = 0
    arrays.planes[:3, :, :] = 16
    arrays.planes[3, 0, 0] = 255
    arrays.long_side[:] = [0, 255, 256, 257, 4000, 300]
    found = reference.summary(arrays, np.array([0.39, 0.4, 0.41, 0.995]))
    assert found["images"] == 6
    features = found["features"]
    assert features["grey"]["shares"][1] == 0.5
    assert features["grey"]["shares"][15] == round(1 / 64 / 64 / 6, 6)
    assert features["confidence"]["shares"] == [0.25, 0.5, 0, 0, 0, 0, 0, 0, 0.25]
    # 256 is not below its edge, and the one that was not noted counts nowhere.
    assert features["size"]["shares"] == [0.2, 0.6, 0, 0, 0, 0, 0, 0, 0.2]
    assert features["bodyPart"] == {"names": ["WRIST"], "shares": [1.0, 0.0]}


def test_what_is_not_known_is_left_out_and_drawn_pictures_do_not_count():
    drawn, real = stripes(4), stripes(4, source="hospital")
    drawn.planes[:] = 255
    real.planes[:] = 0
    real.body_part[:] = ""
    both = type(real)(
        *(np.concatenate([getattr(a, n) for a in (drawn, real)]) for n in real.__dataclass_fields__)
    )
    found = reference.summary(both, np.array([0.5]))
    assert found["images"] == 4
    assert found["features"]["grey"]["shares"][0] == 1
    assert set(found["features"]) == {"grey", "confidence"}


def test_rare_parts_share_the_last_bin():
    arrays = stripes(40, source="hospital")
    parts = [f"part{i}" for i in range(35)] + ["part0"] * 5
    object.__setattr__(arrays, "body_part", np.array(parts))
    part = reference.summary(arrays, np.array([0.5]))["features"]["bodyPart"]
    assert part["names"][0] == "PART0"
    assert len(part["names"]) == reference.MOST_PARTS
    assert part["shares"][-1] == 5 / 40


def test_arrays_that_were_prepared_before_sizes_were_noted_are_read(tmp_path):
    old = stripes(9)
    folder = write(
        tmp_path / "old", {"train": old, "val": stripes(3, seed=1), "test": stripes(3, seed=2)}
    )
    for shard in folder.glob("*.npz"):
        with zipfile.ZipFile(shard) as whole:
            columns = {name: whole.read(name) for name in whole.namelist()}
        with zipfile.ZipFile(shard, "w") as without:
            for name in set(columns) - {"long_side.npy"}:
                without.writestr(name, columns[name])
    train = load(folder).train
    assert train.long_side.tolist() == [0] * 9
    assert "size" not in reference.summary(train, np.array([0.5]))["features"]


def test_sizes_that_were_noted_are_read(tmp_path):
    noted = stripes(9)
    noted.long_side[:] = 700
    parts = {"train": noted, "val": stripes(3, seed=1), "test": stripes(3, seed=2)}
    assert load(write(tmp_path / "new", parts)).train.long_side.tolist() == [700] * 9


@pytest.mark.parametrize("edges", [reference.GREY_EDGES, reference.SIZE_EDGES])
def test_edges_ascend(edges):
    assert edges == sorted(set(edges))


def test_it_is_json(tmp_path):
    reference.write(tmp_path, stripes(6), np.array([0.5]))
    assert json.loads((tmp_path / reference.FILE).read_text())["images"] == 6
