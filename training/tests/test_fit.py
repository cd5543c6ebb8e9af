"""Training learns, is the same from the same seed, and goes on exactly after a kill."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from killed import Killed, KilledAfterTwo
from pictures import stripes

from osteon_training.answers import predict
from osteon_training.config import Config, Recipe
from osteon_training.fit import Fit
from osteon_training.networks.osteon_s import OsteonS
from osteon_training.optimise import class_weights, soft_cross_entropy
from osteon_training.run import Run

pytestmark = pytest.mark.slow

MILD = dict(
    rotation=0.0, shift=0.0, brightness=0.05, contrast=0.05, horizontal=False, vertical=False
)


def small() -> OsteonS:
    torch.manual_seed(3)
    return OsteonS(widths=(8, 8, 16, 16, 16), depths=(1, 1, 1, 1, 1))


def config(**recipe) -> Config:
    plain = Config(recipe=Recipe(**{**dict(epochs=3, batch=16, rate=4e-3), **recipe}))
    return replace(plain, augmentation=replace(plain.augmentation, **MILD))


def trained(wanted: Config, run=None):
    network = small()
    curve = Fit(network, stripes(96), stripes(24, seed=1), wanted).run(run)
    return network, curve


def test_training_learns_and_is_the_same_from_the_same_seed():
    runs = [predict(trained(config(epochs=8))[0], stripes(60, seed=2)) for _ in range(2)]
    assert torch.equal(runs[0], runs[1])
    right = (runs[0].argmax(1) == torch.from_numpy(stripes(60, seed=2).labels)).float().mean()
    assert right > 0.9


EVERYTHING = dict(ema=0.9, mixup=0.2, outliers=0.1, sampling="balanced", schedule="cosine")


def test_a_killed_training_goes_on_exactly(tmp_path):
    wanted = config(epochs=4, **EVERYTHING)
    whole, curve = trained(wanted)

    with pytest.raises(Killed):
        trained(wanted, KilledAfterTwo(tmp_path, wanted, "d", quiet=True))
    resumed, again = trained(wanted, Run(tmp_path, wanted, "d", quiet=True))
    assert [row["loss"] for row in again] == [row["loss"] for row in curve]
    for a, b in zip(whole.state_dict().values(), resumed.state_dict().values()):
        assert torch.equal(a, b)


def test_a_run_of_another_configuration_is_not_gone_on_with(tmp_path):
    Run(tmp_path, config(), "d", quiet=True)
    with pytest.raises(ValueError, match="another config.json"):
        Run(tmp_path, config(epochs=9), "d", quiet=True)
    with pytest.raises(ValueError, match="another data.json"):
        Run(tmp_path, config(), "e", quiet=True)


def test_training_stops_when_it_gets_no_better_and_keeps_the_best():
    network = small()
    fit = Fit(network, stripes(32), stripes(24, seed=1), config(epochs=30, rate=0.0, patience=2))
    curve = fit.run()
    assert len(curve) < 30
    assert fit.best == min(row["val_loss"] for row in curve)


def test_plateau_lowers_the_rate():
    stuck = config(epochs=6, rate=0.0, schedule="plateau", plateau_patience=1)
    network = small()
    fit = Fit(network, stripes(16), stripes(9, seed=1), stuck)
    fit.optimiser.param_groups[0]["lr"] = 1e-30
    fit.schedule.eps, fit.schedule.min_lrs = 0, [0, 0]
    fit.run()
    assert fit.optimiser.param_groups[0]["lr"] < 1e-30


def test_the_network_learns_what_is_no_radiograph():
    """Stripes are radiographs here; drawn outliers must get a lower mean logit."""
    from osteon_training import outliers
    from osteon_training.answers import predict_planes

    network, _ = trained(config(epochs=10, outliers=0.5))
    inside = predict(network, stripes(30, seed=4)).mean(1)
    outside = predict_planes(network, outliers.draw(35, 64, 64, seed=99)).mean(1)
    assert np.median(inside) > np.quantile(outside, 0.9)


def test_a_rare_class_weighs_more():
    labels = np.array([0] * 90 + [1] * 90 + [2] * 4)
    weights = class_weights(labels, "root")
    assert weights[2] > 3 * weights[0]
    assert torch.isclose(weights[0], weights[1])
    assert torch.allclose(class_weights(labels, "none"), torch.ones(3))
    assert class_weights(labels, "1,1,5").tolist() == [1, 1, 5]
    with pytest.raises(ValueError, match="needs 3 numbers"):
        class_weights(labels, "1,5")


def test_the_loss_is_torchs_own_for_one_hot_targets():
    torch.manual_seed(0)
    logits, labels = torch.randn(20, 3), torch.randint(0, 3, (20,))
    weights = torch.tensor([1.0, 1.0, 5.0])
    target = torch.nn.functional.one_hot(labels, 3).float()
    wanted = torch.nn.functional.cross_entropy(logits, labels, weights)
    assert torch.isclose(soft_cross_entropy(logits, target, weights, 0.0), wanted)
