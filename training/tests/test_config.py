"""A configuration says what it means or is refused in one sentence."""

from pathlib import Path

import pytest

from osteon_training.augment import PRESETS
from osteon_training.config import Config, read

CONFIGS = sorted((Path(__file__).parents[1] / "configs").glob("**/*.toml"))


@pytest.mark.parametrize("file", CONFIGS, ids=lambda file: file.stem)
def test_every_shipped_configuration_is_read(file):
    assert isinstance(read(file), Config)


def test_assignments_beat_the_file(tmp_path):
    file = tmp_path / "c.toml"
    file.write_text('[recipe]\nepochs = 3\n[network]\nname = "v1"\n')
    config = read(file, ["recipe.epochs=5", "network.options.dropout=0.1", "recipe.weights=1,1,5"])
    assert config.recipe.epochs == 5 and config.network.name == "v1"
    assert config.network.options == {"dropout": 0.1} and config.recipe.weights == "1,1,5"


@pytest.mark.parametrize(
    "assignment,said",
    [
        ("recipe.epoch=5", "Unknown key 'recipe.epoch'"),
        ("recipes.epochs=5", "Unknown section 'recipes'"),
        ("recipe.epochs=many", "must be of type int"),
        ("recipe.optimiser=sgdx", "must be one of adamw, adam, rmsprop"),
        ("epochs", "section.key=value"),
        ("augmentation.shear=0.1", "Unknown key 'augmentation.shear'"),
    ],
)
def test_what_is_not_known_is_refused(assignment, said):
    with pytest.raises(ValueError, match=said):
        read(None, [assignment])


STUDY = [file for file in CONFIGS if file.parent.name == "study"]
RATES = {"transfer-v2": 1e-6}


@pytest.mark.parametrize("file", STUDY, ids=lambda file: file.stem)
def test_the_study_s_configurations_keep_its_recipe(file):
    config = read(file)
    recipe, name = config.recipe, file.stem
    assert config.network.name == name and config.augmentation == PRESETS["seed"]
    assert recipe.optimiser == ("rmsprop" if name in ("v2-m1", "v2-g-m1") else "adam")
    assert recipe.rate == RATES.get(name, 1e-4 if name.startswith("transfer") else 1e-3)
    assert recipe.patience == (10 if name == "v1" else 8)
    assert (recipe.weights, recipe.smoothing, recipe.clip) == ("none", 0.0, 0.0)
