"""From arrays to a published version, by the command line; and the versions that are shipped."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from pictures import stripes, write

from osteon_training.__main__ import main
from osteon_training.evaluate import logits_of_graph, read_version
from osteon_training.export import (
    TOLERANCE,
    VariantError,
    digests,
    freeze,
    next_version,
    runs,
    write_graphs,
)
from osteon_training.networks.ensemble import Ensemble
from osteon_training.networks.osteon_s import OsteonS

pytestmark = pytest.mark.slow

MODELS = sorted((Path(__file__).parents[2] / "models").glob("*/*/model.json"))
SMALL = ["network.options.widths=[8,8,16,16,16]", "network.options.depths=[1,1,1,1,1]"]


def small(seed: int = 1) -> OsteonS:
    torch.manual_seed(seed)
    return OsteonS(widths=(8, 8, 16, 16, 16), depths=(1, 1, 1, 1, 1)).eval()


def command(monkeypatch, *words) -> int:
    monkeypatch.setattr("sys.argv", ["training/train", *map(str, words)])
    return main()


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A version of two members trained on stripes of two sources, by the documented command."""
    folder = tmp_path_factory.mktemp("version")
    both = [stripes(60, source="hospital"), stripes(48)]
    names = type(both[0]).__dataclass_fields__
    train = type(both[0])(*(np.concatenate([getattr(a, n) for a in both]) for n in names))
    parts = {
        "train": train,
        "val": stripes(24, seed=1, source="hospital"),
        "test": stripes(30, seed=2, source="hospital"),
    }
    arrays = write(folder / "arrays", parts)
    settings = [
        "recipe.epochs=6",
        "recipe.batch=16",
        "recipe.rate=4e-3",
        "network.members=2",
        *SMALL,
    ]
    words = ["fit", arrays, folder / "osteon-s", "--run", folder / "run"]
    with pytest.MonkeyPatch.context() as patch:
        status = command(patch, *words, *(w for s in settings for w in ("--set", s)))
    assert status == 0
    return folder


def test_a_version_is_complete_and_is_what_its_manifest_says(published):
    version = published / "osteon-s" / "1"
    manifest = json.loads((version / "model.json").read_text())
    assert digests(version) == manifest["files"]
    assert {"MODEL_CARD.md", "golden.npz", "model.pt", "report/curves.png"} <= set(
        manifest["files"]
    )
    assert manifest["version"] == "1" and manifest["training"]["network"]["members"] == 2
    assert manifest["metrics"]["real"]["accuracy"][0] > 0.8
    assert "hospital" in (version / "MODEL_CARD.md").read_text()
    golden = np.load(version / "golden.npz")
    assert golden["inputs"].shape[1:] == (1, 64, 64)


def test_every_variant_answers_as_its_golden_outputs_say(published):
    version = published / "osteon-s" / "1"
    manifest = json.loads((version / "model.json").read_text())
    golden = np.load(version / "golden.npz")
    assert ["f32", "bf16", "int8"] == list(manifest["variants"]), "the more precise first"
    assert manifest["metrics"]["int8"]["sameClass"] >= 0.9
    assert "In int8: accuracy" in (version / "MODEL_CARD.md").read_text()
    for precision, file in manifest["variants"].items():
        logits, maps = torch.jit.load(str(version / file))(torch.from_numpy(golden["inputs"]))
        difference = np.abs(logits.numpy() - golden["logits"]).max()
        assert difference <= manifest["golden"]["tolerance"][precision]
        assert manifest["outputs"]["activationMaps"] and maps.shape[1] == 3


def test_the_next_version_gets_the_next_number(published, monkeypatch):
    arrays, models = published / "arrays", published / "osteon-s"
    words = ["fit", arrays, models, "--run", published / "run"]
    settings = [
        "recipe.epochs=6",
        "recipe.batch=16",
        "recipe.rate=4e-3",
        "network.members=2",
        *SMALL,
    ]
    before = (models / "1" / "model.json").read_bytes()
    # The run is finished, so its members are read and only the version is made again.
    status = command(monkeypatch, *words, *(w for s in settings for w in ("--set", s)))
    assert status == 0 and next_version(models) == "3"
    assert (models / "1" / "model.json").read_bytes() == before
    one, two = (np.load(models / n / "golden.npz")["logits"] for n in "12")
    assert np.array_equal(one, two)


def test_a_version_is_measured_again_by_evaluate(published, monkeypatch, tmp_path):
    version, arrays = published / "osteon-s" / "1", published / "arrays"
    assert command(monkeypatch, "evaluate", version, arrays, tmp_path / "out") == 0
    found = json.loads((tmp_path / "out" / "figures.json").read_text())
    said = json.loads((version / "model.json").read_text())["metrics"]
    assert found["real"]["accuracy"] == said["real"]["accuracy"]
    assert len((tmp_path / "out" / "predictions.csv").read_text().splitlines()) == 31


def test_images_that_the_manifest_says_something_of_can_be_left_out(
    published, monkeypatch, tmp_path, capsys
):
    manifest = tmp_path / "manifest.csv"
    manifest.write_text("file,fracture_type\nhospital-2-4,spiral; hardware\nhospital-2-7,spiral\n")
    words = ["evaluate", published / "osteon-s" / "1", published / "arrays", tmp_path / "out"]
    words += ["--manifest", manifest, "--without"]
    assert command(monkeypatch, *words, "fracture_type=hardware") == 0
    lines = (tmp_path / "out" / "predictions.csv").read_text()
    assert len(lines.splitlines()) == 30 and "hospital-2-4" not in lines
    assert command(monkeypatch, *words, "metal=yes") == 1
    assert "COLUMN=WORD" in capsys.readouterr().err


def test_evaluate_says_which_size_is_needed(published, monkeypatch, tmp_path, capsys):
    other = write(tmp_path / "other", {"test": stripes(6, size=48)})
    version = published / "osteon-s" / "1"
    assert command(monkeypatch, "evaluate", version, other, tmp_path / "out") == 1
    assert "--height 64 --width 64" in capsys.readouterr().err


def test_the_shortcut_report_finds_a_source_that_gives_the_class_away(
    tmp_path, monkeypatch, capsys
):
    def of(seed):
        arrays = stripes(90, seed=seed)
        sources = np.where(arrays.labels == 0, "clinic", "web")
        return type(arrays)(
            *(sources if n == "source" else getattr(arrays, n) for n in arrays.__dataclass_fields__)
        )

    arrays = write(tmp_path, {"train": of(1), "test": of(2)})
    assert command(monkeypatch, "shortcut", arrays) == 0
    assert "| the name of its source, nothing else | 1.000 |" in capsys.readouterr().out


def test_a_sweep_gives_one_table_and_goes_on_where_it_was_killed(tmp_path, monkeypatch, capsys):
    arrays = write(tmp_path / "arrays", {"train": stripes(48), "val": stripes(24, seed=1)})
    for name, rate in (("slow", "1e-6"), ("fast", "4e-3")):
        text = f"[recipe]\nepochs = 5\nbatch = 16\nrate = {rate}\n"
        (tmp_path / f"{name}.toml").write_text(text)
    words = ["sweep", arrays, tmp_path / "out", tmp_path / "slow.toml", tmp_path / "fast.toml"]
    words += ["--folds", "2", *(w for s in SMALL for w in ("--set", s))]
    assert command(monkeypatch, *words) == 0
    table = capsys.readouterr().out
    slow, fast = (line.split("|")[4] for line in table.strip().splitlines()[-2:])
    assert float(fast.split("±")[0]) > float(slow.split("±")[0])
    logs = sorted((tmp_path / "out").rglob("log.csv"))
    before = [log.read_text() for log in logs]
    assert command(monkeypatch, *words) == 0
    assert capsys.readouterr().out == table and [log.read_text() for log in logs] == before


def test_pretraining_writes_weights_that_the_network_takes(tmp_path, monkeypatch):
    arrays = write(tmp_path / "arrays", {"train": stripes(32)})
    words = ["pretrain", arrays, tmp_path / "first.pt", "--set", "recipe.epochs=1"]
    assert command(monkeypatch, *words, *(w for s in SMALL for w in ("--set", s))) == 0
    saved = torch.load(tmp_path / "first.pt")
    assert saved["network"] == "osteon-s"
    small().load_state_dict(saved["state"])


def test_a_variant_that_answers_otherwise_is_refused(tmp_path, monkeypatch):
    monkeypatch.setitem(TOLERANCE, "bf16", 0.0)
    planes = stripes(6).planes
    with pytest.raises(VariantError, match="model.bf16.pt differs from the training graph"):
        write_graphs(tmp_path, small(), planes, maps=False)


def test_the_frozen_graph_answers_as_the_network_does():
    x = torch.randint(0, 255, (5, 1, 96, 80), dtype=torch.uint8)
    network = small()
    with torch.no_grad():
        eager, frozen = network(x), freeze(network, "f32", (96, 80))(x)
    assert frozen.shape == (5, 3) and frozen.dtype == torch.float32
    assert torch.allclose(eager, frozen, atol=1e-4)


def test_an_ensemble_is_the_mean_of_its_members_and_every_second_sees_the_mirrored_plane():
    members = [small(1), small(2)]
    x = torch.randint(0, 255, (4, 1, 64, 64), dtype=torch.uint8)
    with torch.no_grad():
        wanted = torch.stack([members[0](x), members[1](x.flip(3))]).mean(0)
        whole = Ensemble(members).eval()
        assert torch.allclose(whole(x), wanted, atol=1e-5)
        logits, maps = freeze(whole, "f32", (64, 64), maps=True)(x)
    assert torch.allclose(logits, wanted, atol=1e-4) and maps.shape[:2] == (4, 3)


def test_maps_of_a_mirrored_member_are_mirrored_back():
    member = small(1)
    x = torch.randint(0, 255, (1, 1, 64, 64), dtype=torch.uint8)
    both, one = freeze(Ensemble([member, member]), maps=True), freeze(member, maps=True)
    with torch.no_grad():
        wanted = (one(x)[1] + one(x.flip(3))[1].flip(3)) / 2
        assert torch.allclose(both(x)[1], wanted, atol=1e-4)


def test_a_precision_that_cannot_run_here_is_known():
    assert runs("f32") and runs("bf16")


@pytest.mark.parametrize("manifest_file", MODELS, ids=lambda file: "-".join(file.parts[-3:-1]))
def test_a_shipped_version_is_what_its_manifest_says(manifest_file):
    folder = manifest_file.parent
    graph, manifest = read_version(folder)
    found = digests(folder)
    if "reference.json" not in manifest["files"]:
        found.pop("reference.json", None)  # written beside a version that was published without
    assert found == manifest["files"]
    golden = np.load(folder / manifest["golden"]["file"])
    logits = logits_of_graph(graph, golden["inputs"][:, 0]).numpy()
    assert np.abs(logits - golden["logits"]).max() <= manifest["golden"]["tolerance"]["f32"]


def test_a_version_is_shipped():
    assert MODELS


def test_an_untrained_version_answers_and_refers_everything(tmp_path, monkeypatch):
    folder = tmp_path / "resnet18" / "1"
    assert command(monkeypatch, "untrained", "v1", folder, "--side", 64) == 0
    manifest = json.loads((folder / "model.json").read_text())
    golden = np.load(folder / "golden.npz")
    assert manifest["name"] == "resnet18" and manifest["decision"]["minRadiographLogit"] > 1e5
    logits = torch.jit.load(str(folder / "model.pt"))(torch.from_numpy(golden["inputs"]))
    logits = logits[0] if isinstance(logits, tuple) else logits
    assert np.allclose(logits.detach().numpy(), golden["logits"], atol=1e-4)
    assert command(monkeypatch, "untrained", "v1", folder, "--side", 64) == 1


def test_a_version_has_its_reference_and_one_without_gets_it_beside(
    published, tmp_path, monkeypatch
):
    version = published / "osteon-s" / "1"
    written = json.loads((version / "reference.json").read_text())
    assert written["images"] == 60
    assert sum(written["features"]["confidence"]["shares"]) == pytest.approx(1, abs=1e-4)
    assert command(monkeypatch, "reference", published / "arrays", version) == 1

    old = tmp_path / "1"
    shutil.copytree(version, old)
    (old / "reference.json").unlink()
    manifest = json.loads((old / "model.json").read_text())
    del manifest["files"]["reference.json"]
    (old / "model.json").write_text(json.dumps(manifest))
    before = (old / "model.json").read_bytes()
    assert command(monkeypatch, "reference", published / "arrays", old) == 0
    assert json.loads((old / "reference.json").read_text()) == written
    assert (old / "model.json").read_bytes() == before

    manifest["data"]["digest"] = "1" * 64
    (old / "model.json").write_text(json.dumps(manifest))
    assert command(monkeypatch, "reference", published / "arrays", old) == 1
    assert command(monkeypatch, "reference", published / "arrays", old, "--other-arrays") == 0
