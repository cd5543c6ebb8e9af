"""The card speaks of the data that the version was made from, and of no others."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from pictures import stripes, write

from osteon_training.__main__ import main
from osteon_training.arrays import load
from osteon_training.config import Config
from osteon_training.left_out import left_out
from osteon_training.networks.mirrored import Mirrored
from osteon_training.networks.osteon_s import OsteonS
from osteon_training.publish import publish

OURS = (
    "kosratdev",
    "Sanskriti",
    "desafin",
    "MURA",
    "FracAtlas",
    "public repositories",
    "the study",
)
SMALL = dict(widths=(8, 8, 16, 16, 16), depths=(1, 1, 1, 1, 1))


def stranger(folder, classes=3, grouped=False):
    """Arrays of one hospital that is not known here."""
    parts = {}
    for seed, split in enumerate(("train", "val", "test")):
        arrays = stripes(36, seed=seed, source="St. Elsewhere")
        if grouped:
            arrays = replace(arrays, group=np.array([f"{split}-{i // 3}" for i in range(36)]))
        parts[split] = arrays.where(arrays.labels < classes)
    write(folder, parts)
    return load(folder)


def published(folder, dataset, about="", classes=3):
    torch.manual_seed(1)
    network = OsteonS(classes, **SMALL).eval()
    version = publish(network, [], dataset, Config(), folder / "bones", about)
    words = [
        (version / name).read_text() for name in ("MODEL_CARD.md", "report/classification.txt")
    ]
    return words[0], words[1], json.loads((version / "model.json").read_text())


def test_a_stranger_s_card_claims_nothing_of_our_data(tmp_path):
    card, lines, manifest = published(tmp_path, stranger(tmp_path / "arrays"))
    for word in OURS:
        assert word not in card and word not in lines
    assert "St. Elsewhere" in card and "Nobody described these data" in card
    assert "**Groups were not given**" in card and manifest["data"]["grouped"] is False
    assert "| FRACTURED |" in card and "DOUBT or worse" in card


def test_what_is_known_of_the_data_is_quoted(tmp_path):
    card, _, _ = published(
        tmp_path, stranger(tmp_path / "a", grouped=True), "Read by Dr. Who, twice."
    )
    assert "Read by Dr. Who, twice." in card and "Nobody described" not in card
    assert "Splits are by group" in card and "not given" not in card


def test_a_version_of_two_classes_says_what_it_will_never_raise(tmp_path):
    dataset = stranger(tmp_path / "arrays", classes=2)
    card, lines, manifest = published(tmp_path, dataset, classes=2)
    assert "**Two classes only.**" in card and "CRITICAL is never raised" in card
    assert "never: the version does not know the class" in card
    assert "BEYOND_REPAIR" not in lines and manifest["classes"] == ["HEALTHY", "FRACTURED"]
    assert "criticalProbability" not in manifest["decision"]
    golden = np.load(tmp_path / "bones" / "1" / "golden.npz")
    assert golden["logits"].shape[1] == 2


def test_the_command_trains_two_classes_where_there_are_two(tmp_path, monkeypatch):
    stranger(tmp_path / "arrays", classes=2)
    about = tmp_path / "DATASET.md"
    about.write_text("From a clinic with two kinds of pictures.")
    settings = ["recipe.epochs=1", "network.options.widths=[8,8,8,8,8]", "recipe.weights=1,1,3"]
    words = ["fit", tmp_path / "arrays", tmp_path / "bones", "--about", about]
    words += [word for setting in settings for word in ("--set", setting)]
    monkeypatch.setattr("sys.argv", ["training/train", *map(str, words)])
    assert main() == 0
    assert "two kinds of pictures" in (tmp_path / "bones" / "1" / "MODEL_CARD.md").read_text()


def test_our_own_data_are_described_in_a_file_beside_the_code():
    told = (Path(__file__).parents[1] / "datasets" / "xrays.md").read_text()
    assert "many fragments" in told and "FracAtlas" in told


def test_a_network_that_looks_twice_is_published_with_all_its_figures(tmp_path):
    torch.manual_seed(1)
    parts = [stranger(tmp_path / "a"), stranger(tmp_path / "b")]
    both = np.array(["here", "there"])[np.arange(36) % 2]
    dataset = replace(
        parts[0],
        train=replace(parts[0].train, source=both),
        test=replace(parts[0].test, source=both),
    )
    network = Mirrored(OsteonS(3, **SMALL)).eval()
    boxes = {str(f): np.array([[0.0, 0.5, 1, 1]]) for f in dataset.test.file}
    version = publish(network, [], dataset, Config(), tmp_path / "bones", "", boxes)
    metrics = json.loads((version / "model.json").read_text())["metrics"]
    assert 0 <= metrics["sourceFromFeatures"] <= 1 and metrics["places"]["images"] > 0
    assert "names the source of" in (version / "MODEL_CARD.md").read_text()


def test_a_hospital_left_out_is_measured_and_was_not_seen(tmp_path):
    both = [stranger(tmp_path / "a"), stranger(tmp_path / "b")]
    here = [
        replace(part, source=np.array(["here"] * len(part)))
        for part in (both[1].train, both[1].val)
    ]

    def joined(a, b):
        return type(a)(
            *(np.concatenate([getattr(a, n), getattr(b, n)]) for n in a.__dataclass_fields__)
        )

    dataset = replace(
        both[0], train=joined(both[0].train, here[0]), val=joined(both[0].val, here[1])
    )
    config = replace(Config(), recipe=replace(Config().recipe, epochs=1))
    found = left_out(config, dataset, ["St. Elsewhere"], tmp_path / "run", None)
    assert found["images"] == 36 and found["trainedOn"] == 36
    assert json.loads((tmp_path / "run" / "figures.json").read_text()) == found
    with pytest.raises(ValueError, match="no test image of 'nowhere'"):
        left_out(config, dataset, ["nowhere"], tmp_path / "other", None)
