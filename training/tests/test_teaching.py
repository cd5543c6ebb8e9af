"""A pupil learns a teacher's answers and maps, and goes on exactly after a kill."""

from dataclasses import replace

import pytest
import torch
from pictures import stripes

from osteon_training.answers import predict
from osteon_training.config import Config, Network, Recipe, Teaching
from osteon_training.fit import Fit
from osteon_training.networks.osteon_s import OsteonS
from osteon_training.run import Run
from osteon_training.teaching import Teacher, answer_loss, map_loss
from osteon_training.training import train


@pytest.fixture(scope="module")
def version(tmp_path_factory):
    """The weights of a run of one epoch: a teacher that knows little, but always says the same."""
    folder = tmp_path_factory.mktemp("teacher")
    options = dict(widths=[8, 8, 16, 16, 16], depths=[1, 1, 1, 1, 1])
    short = Config(network=Network(options=options), recipe=Recipe(epochs=1, batch=16))
    train(short, stripes(48), stripes(24, seed=1), folder, quiet=True)
    return folder / "member-1" / "weights.pt"


def pupil():
    torch.manual_seed(3)
    return OsteonS(widths=(8, 8, 16, 16, 16), depths=(1, 1, 1, 1, 1))


def config(version, epochs):
    recipe = Recipe(epochs=epochs, batch=16, rate=4e-3, mixup=0.2, outliers=0.1)
    return replace(Config(recipe=recipe), teaching=Teaching(str(version), share=1.0))


def test_a_pupil_comes_to_answer_as_its_teacher(version):
    arrays = stripes(96)
    teacher = Teacher(Teaching(str(version)), (64, 64))
    wanted, maps = teacher(torch.from_numpy(arrays.planes).unsqueeze(1) / 255.0)
    assert wanted.shape == (96, 3) and maps.shape[1] == 3
    before, network = predict(pupil(), arrays), pupil()
    recipe = Recipe(epochs=10, batch=16, rate=4e-3)
    only_taught = replace(Config(recipe=recipe), teaching=Teaching(str(version), share=1.0))
    Fit(network, arrays, stripes(24, seed=1), only_taught).run()
    after = predict(network, arrays)
    assert answer_loss(after, wanted, 1.5) < 0.5 * answer_loss(before, wanted, 1.5)


def test_a_killed_pupil_goes_on_exactly(version, tmp_path):
    wanted, arrays, val = config(version, 3), stripes(48), stripes(24, seed=1)
    whole = pupil()
    Fit(whole, arrays, val, wanted).run()
    first = Fit(pupil(), arrays, val, wanted)
    run = Run(tmp_path, wanted, "d", quiet=True)
    first._epoch(run)
    run.save(first.state())
    resumed = pupil()
    Fit(resumed, arrays, val, wanted).run(Run(tmp_path, wanted, "d", quiet=True))
    for a, b in zip(whole.state_dict().values(), resumed.state_dict().values()):
        assert torch.equal(a, b)


def test_losses_are_least_where_both_agree():
    torch.manual_seed(0)
    logits, maps = torch.randn(6, 3), torch.randn(6, 3, 8, 8)
    assert float(answer_loss(logits, logits, 2.0)) == pytest.approx(0, abs=1e-6)
    assert answer_loss(torch.zeros(6, 3), logits, 2.0) > 0.05
    assert map_loss(maps, maps) < map_loss(-maps, maps)
    assert map_loss(maps, torch.randn(6, 3, 14, 14)).ndim == 0, "maps of another size"


def test_other_weights_are_no_teacher(tmp_path):
    torch.save({"state": {"a": torch.zeros(1)}}, tmp_path / "w.pt")
    with pytest.raises(ValueError, match="not the weights.pt of a run"):
        Teacher(Teaching(str(tmp_path / "w.pt")), (64, 64))
