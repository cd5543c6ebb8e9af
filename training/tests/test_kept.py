"""Features that are kept are those of the turned picture, and a head learns from them alone."""

import copy
from dataclasses import replace

import numpy as np
import pytest
import torch
from killed import Killed, KilledAfterTwo
from pictures import stripes

from osteon_training.augment import PRESETS
from osteon_training.config import Config, Recipe, Teaching
from osteon_training.kept import Features, HeadFit, flips_of
from osteon_training.networks.osteon_s import OsteonS
from osteon_training.run import Run

pytestmark = pytest.mark.slow

FLIPS = PRESETS["flips"]


def small() -> OsteonS:
    torch.manual_seed(3)
    return OsteonS(widths=(8, 8, 16, 16, 16), depths=(1, 1, 1, 1, 1)).eval()


def config(folder, **recipe) -> Config:
    recipe = {**dict(epochs=6, batch=16, rate=5e-2, stages="head", kept=str(folder)), **recipe}
    return Config(recipe=Recipe(**recipe), augmentation=FLIPS)


def test_each_file_holds_what_the_body_makes_of_the_turned_pictures(tmp_path):
    network, arrays, flips = small(), stripes(40), flips_of(FLIPS)
    kept = Features(network, arrays, flips, tmp_path)
    index, flip = np.array([33, 2, 7, 39]), np.array([0, 1, 2, 3])
    found = kept.of(index, flip)
    for i, axes in enumerate([(), (2,), (1,), (1, 2)]):
        plane = torch.from_numpy(np.flip(arrays.planes[index[i]][None], axes).copy())
        with torch.no_grad():
            wanted = network.features(network.normalise(plane[None].float() / 255))
        assert torch.allclose(found[i], wanted[0], atol=2e-3 * float(wanted.abs().max()))
    assert torch.equal(kept.of(index[:1]), found[:1])
    assert len(list(tmp_path.iterdir())) == 4
    other = copy.deepcopy(network)
    next(other.parameters()).data.add_(0.1)
    Features(other, arrays, flips[:1], tmp_path)
    assert len(list(tmp_path.iterdir())) == 5, "another body has files of its own"
    seen_otherwise = small()
    seen_otherwise.normalise = lambda x: network.normalise(1 - x)
    Features(seen_otherwise, arrays, flips[:1], tmp_path)
    assert len(list(tmp_path.iterdir())) == 6, "so has one that sees the pictures otherwise"


def test_only_the_allowed_flips_are_kept():
    assert flips_of(replace(FLIPS, vertical=False)) == [(), (3,)]
    assert flips_of(replace(FLIPS, horizontal=False, vertical=False)) == [()]
    with pytest.raises(ValueError, match="flips"):
        flips_of(PRESETS["seed"])


def test_the_head_learns_the_body_stays_and_another_run_finds_the_features(tmp_path, monkeypatch):
    network, train, val = small(), stripes(96), stripes(30, seed=1)
    before = copy.deepcopy(network.state_dict())
    wanted = config(tmp_path, epochs=40, rate=0.3)
    curve = HeadFit(network, train, val, wanted).run()
    assert curve[-1]["val_loss"] < curve[0]["val_loss"] - 0.02 and curve[-1]["val_accuracy"] > 0.6
    head = {name for name, _ in network.named_parameters() if name.startswith("head")}
    assert head
    for name, tensor in network.state_dict().items():
        assert torch.equal(tensor, before[name]) != (name in head), name
    again = small()
    monkeypatch.setattr(again, "features", lambda x: pytest.fail("computed once more"))
    assert HeadFit(again, train, val, wanted).run()[-1]["loss"] == curve[-1]["loss"]


def test_a_killed_training_goes_on_exactly(tmp_path):
    train, val = stripes(64), stripes(20, seed=1)
    whole = HeadFit(small(), train, val, config(tmp_path)).run()

    wanted = config(tmp_path)
    with pytest.raises(Killed):
        HeadFit(small(), train, val, wanted).run(KilledAfterTwo(tmp_path / "run", wanted, "", True))
    rest = HeadFit(small(), train, val, wanted).run(Run(tmp_path / "run", wanted, "", True))
    assert [row["loss"] for row in rest] == [row["loss"] for row in whole]


@pytest.mark.parametrize("other", [dict(stages="all"), dict(mixup=0.2), dict(outliers=0.1)])
def test_what_changes_the_body_or_what_it_sees_is_refused(tmp_path, other):
    with pytest.raises(ValueError, match="recipe.kept"):
        HeadFit(small(), stripes(20), stripes(8), config(tmp_path, **other))
    with pytest.raises(ValueError, match="recipe.kept"):
        taught = replace(config(tmp_path), teaching=Teaching(teacher="teacher.pt"))
        HeadFit(small(), stripes(20), stripes(8), taught)
