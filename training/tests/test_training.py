"""The promises of the training package, on tiny arrays that the tests make, and on the shipped model."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from osteon_training.arrays import Arrays, check_groups, load
from osteon_training.augment import Augmentation
from osteon_training.calibrate import expected_calibration_error, temperature
from osteon_training.export import digests, freeze
from osteon_training.fit import Recipe, class_weights, fit, predict
from osteon_training.networks import OsteonS

MODELS = sorted((Path(__file__).parents[2] / "models").glob("*/*/model.json"))


def stripes(n: int, size: int = 64, seed: int = 0) -> Arrays:
    """Three classes that a network can learn in a moment: dark, bright below, bright to the right."""
    random = np.random.default_rng(seed)
    labels = np.arange(n) % 3
    planes = random.integers(0, 60, (n, size, size), dtype=np.uint8)
    planes[labels == 1, size // 2 :] += 150
    planes[labels == 2, :, size // 2 :] += 90
    names = np.array([f"g{i}" for i in range(n)])
    return Arrays(planes, labels.astype(np.int64), names, np.array(["synthetic"] * n))


def test_the_frozen_graph_answers_as_the_network_does():
    torch.manual_seed(1)
    network = OsteonS().eval()
    x = torch.randint(0, 255, (5, 1, 96, 80), dtype=torch.uint8)
    with torch.no_grad():
        eager, frozen = network(x), freeze(network, 96, 80)(x)
    assert frozen.shape == (5, 3) and frozen.dtype == torch.float32
    assert torch.allclose(eager, frozen, atol=1e-4)


def test_training_learns_and_is_the_same_from_the_same_seed():
    recipe = Recipe(epochs=12, batch=16, augmentation=Augmentation(0, 0, 0.05, 0.05, flip=False))
    runs = []
    for _ in range(2):
        torch.manual_seed(3)
        network = OsteonS()
        fit(network, stripes(96), stripes(24, seed=1), recipe)
        runs.append(predict(network, stripes(60, seed=2)))
    assert torch.equal(runs[0], runs[1])
    right = (runs[0].argmax(1) == torch.from_numpy(stripes(60, seed=2).labels)).float().mean()
    assert right > 0.9


def test_augmentation_keeps_range_and_shape_and_without_switches_changes_nothing():
    x = torch.from_numpy(stripes(9).planes).unsqueeze(1)
    changed = Augmentation()(x)
    assert changed.shape == x.shape and changed.dtype == torch.float32
    assert changed.min() >= 0 and changed.max() <= 1
    assert not torch.allclose(changed, x.float() / 255, atol=0.05)
    same = Augmentation(0, 0, 0, 0, flip=False)(x)
    assert torch.allclose(same, x.float() / 255, atol=1e-4)


def test_augmentation_does_not_shear():
    """A rotated or flipped square grid keeps its right angles."""
    torch.manual_seed(5)
    grid = Augmentation()._grid(torch.zeros(50, 1, 8, 8))
    across = grid[:, 0, 1] - grid[:, 0, 0]
    down = grid[:, 1, 0] - grid[:, 0, 0]
    assert torch.allclose((across * down).sum(1), torch.zeros(50), atol=1e-5)
    assert torch.allclose(across.norm(dim=1), down.norm(dim=1), atol=1e-5)


def test_calibration_lowers_the_loss_of_an_overconfident_model():
    torch.manual_seed(0)
    labels = torch.randint(0, 3, (900,))
    logits = F.one_hot(labels, 3) * 2.0 + torch.randn(900, 3) * 1.5
    sharp = logits * 4
    t = temperature(sharp, labels)
    assert t > 1.5
    assert F.cross_entropy(sharp / t, labels) < F.cross_entropy(sharp, labels)
    before = expected_calibration_error(sharp.softmax(1), labels)
    assert expected_calibration_error((sharp / t).softmax(1), labels) < before


def test_a_rare_class_weighs_more():
    weights = class_weights(np.array([0] * 90 + [1] * 90 + [2] * 4))
    assert weights[2] > 3 * weights[0]
    assert torch.isclose(weights[0], weights[1])


def test_a_group_in_two_splits_is_refused():
    with pytest.raises(ValueError, match="more than one split"):
        check_groups(np.array(["a", "a"]), np.array(["train", "test"]))


def test_arrays_are_read_by_split(tmp_path):
    arrays = stripes(6)
    split = np.array(["train", "train", "train", "val", "test", "test"])
    np.savez_compressed(
        tmp_path / "arrays.npz",
        planes=arrays.planes,
        labels=arrays.labels,
        group=np.char.encode(arrays.group, "utf-8"),
        source=np.char.encode(arrays.source, "utf-8"),
        split=np.char.encode(split, "utf-8"),
    )
    (tmp_path / "dataset.json").write_text(json.dumps({"images": 6}))
    dataset = load(tmp_path)
    assert (len(dataset.train), len(dataset.val), len(dataset.test)) == (3, 1, 2)
    assert dataset.val.group.tolist() == ["g3"]


@pytest.mark.parametrize("manifest_file", MODELS, ids=lambda file: str(file.parent.name))
def test_a_shipped_version_is_what_its_manifest_says(manifest_file):
    folder = manifest_file.parent
    manifest = json.loads(manifest_file.read_text())
    assert digests(folder) == manifest["files"]
    golden = np.load(folder / manifest["golden"]["file"])
    graph = torch.jit.load(str(folder / manifest["variants"]["f32"]))
    with torch.no_grad():
        logits = graph(torch.from_numpy(golden["inputs"])).numpy()
    assert np.abs(logits - golden["logits"]).max() <= manifest["golden"]["tolerance"]["f32"]


def test_a_version_is_shipped():
    assert MODELS
