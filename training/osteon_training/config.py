"""A run's configuration: a TOML file, `--set key=value` on top, every key known."""

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, Iterable, Optional, get_args, get_type_hints

import tomllib

from .augment import PRESETS, Augmentation


@dataclass(frozen=True)
class Network:
    """Which network, by the name in `osteon_training.networks`.

    name: architecture.
    options: what its constructor takes beyond classes and size, e.g. dropout.
    weights: file with ImageNet weights or an earlier Osteon checkpoint; "" trains from scratch.
    weights_from: what these weights are, whose and under which licence: for the card.
    members: networks of this kind, from different seeds, whose logits are averaged in one graph.
    mirrored: whether what is published looks at the mirrored plane as well: twice the time.
    """

    name: str = "osteon-s"
    options: Dict[str, Any] = field(default_factory=dict)
    weights: str = ""
    weights_from: str = ""
    members: int = 1
    mirrored: bool = False


@dataclass(frozen=True)
class Recipe:
    """How to train.

    epochs: passes over the training images.
    batch: images a step.
    optimiser: adamw, adam or rmsprop.
    rate: peak of the learning rate.
    decay: weight decay of kernels (never of biases and batch norms).
    schedule: one-cycle, cosine, plateau (× 0.1 after `plateau_patience`) or constant.
    floor: lowest rate that plateau goes down to.
    plateau_patience: epochs without a better validation loss before the rate falls.
    patience: epochs without a better validation loss before training stops; 0 never stops.
    smoothing: label smoothing; many labels here are inferred.
    weights: of the classes in the loss: none, balanced, root (of balanced), or numbers as "1,1,5".
    sampling: natural (each image once an epoch), balanced (each class as often), or sources (no source
        speaks for a class by itself; see `sampling.py`).
    places: weight of the loss that holds the maps to boxes, where `fit --boxes` brings some; 0 none.
    points: weight of the loss that wants the surest cell in a box; goes with `places`.
    mixup: parameter of the beta distribution by which pictures are blended; 0 never.
    clip: largest norm of the gradient; 0 does not clip.
    ema: share of the weights' running average that stays each step; 0 keeps no average.
    precision: of the forward pass: f32, bf16 (CPU and GPU) or fp16 (GPU).
    outliers: share of pictures that are no radiograph added to each batch, so that the network
        learns to say so; see `outliers.py`.
    stages: what learns, for how many epochs: "all", or for fine-tuning "head:2,last:3,all", the last
        for the epochs that are left, or "maps", what draws them beside the answer. The schedule starts
        again with each.
    factor: each stage of the network learns at this times the rate of the one after it; below 1 for
        fine-tuning, because what edges look like needs less change than what a fracture looks like.
    kept: folder where the body's features are kept, computed once for each flip and shared by runs: for
        stages = "head" and an augmentation of flips alone; "" computes them anew each epoch.
    keep: best (validation loss) or last; with a rate that ends at 0 the last are as good and less lucky.
    seed: of everything that is random.
    """

    epochs: int = 30
    batch: int = 32
    optimiser: str = "adamw"
    rate: float = 2e-3
    decay: float = 0.05
    schedule: str = "one-cycle"
    floor: float = 1e-6
    plateau_patience: int = 3
    patience: int = 0
    smoothing: float = 0.05
    weights: str = "root"
    sampling: str = "natural"
    places: float = 0.0
    points: float = 0.0
    mixup: float = 0.0
    clip: float = 2.0
    ema: float = 0.0
    precision: str = "f32"
    outliers: float = 0.0
    stages: str = "all"
    factor: float = 1.0
    kept: str = ""
    keep: str = "best"
    seed: int = 42


@dataclass(frozen=True)
class Teaching:
    """A trained network that a smaller one learns from, looking at each changed picture itself (Beyer
    et al. 2022: a patient and consistent teacher).

    teacher: `weights.pt` of its run; "" none.
    share: of the loss that is the teacher's answer; the rest is the labels'.
    temperature: by which both sides' logits are divided.
    maps: weight of the loss that holds the maps to the teacher's.
    """

    teacher: str = ""
    share: float = 0.7
    temperature: float = 1.5
    maps: float = 0.3


@dataclass(frozen=True)
class Decision:
    """What the operating points must hold; the thresholds are found on the validation split.

    outlier_kept: share of radiographs that must pass the test of being one.
    doubt_sensitivity: of DOUBT or worse, for anything but healthy.
    definite_specificity: of DEFINITE or worse, for anything but healthy.
    critical_specificity: of CRITICAL, for beyond repair against the rest.
    """

    outlier_kept: float = 0.99
    doubt_sensitivity: float = 0.95
    definite_specificity: float = 0.95
    critical_specificity: float = 0.95


@dataclass(frozen=True)
class Config:
    """Everything that a run depends on beside the arrays and the code."""

    network: Network = field(default_factory=Network)
    recipe: Recipe = field(default_factory=Recipe)
    augmentation: Augmentation = field(default_factory=Augmentation)
    teaching: Teaching = field(default_factory=Teaching)
    decision: Decision = field(default_factory=Decision)

    def json(self) -> str:
        """As kept beside each run."""
        return json.dumps(dataclasses.asdict(self), indent=2) + "\n"


CHOICES = {
    "recipe.optimiser": ("adamw", "adam", "rmsprop"),
    "recipe.schedule": ("one-cycle", "cosine", "plateau", "constant"),
    "recipe.sampling": ("natural", "balanced", "sources"),
    "recipe.precision": ("f32", "bf16", "fp16"),
    "recipe.keep": ("best", "last"),
}


def read(file: Optional[Path], assignments: Iterable[str] = ()) -> Config:
    """The configuration of a TOML file, with `section.key=value` assignments on top.

    Raises ValueError with one sentence for an unknown key or a value of the wrong type.
    """
    values: Dict[str, Any] = tomllib.loads(file.read_text()) if file else {}
    for assignment in assignments:
        key, equals, value = assignment.partition("=")
        section, dot, name = key.partition(".")
        if not equals or not dot:
            raise ValueError(f"--set takes section.key=value, not {assignment!r}.")
        target = values.setdefault(section, {})
        if section == "network" and name.startswith("options."):
            target, name = target.setdefault("options", {}), name[len("options.") :]
        target[name] = _parse(value)
    return from_dict(values)


def from_dict(values: Dict[str, Any]) -> Config:
    """The configuration of nested dictionaries; raises ValueError as `read` does."""
    sections = get_type_hints(Config)
    unknown = set(values) - set(sections)
    if unknown:
        raise ValueError(
            f"Unknown section {sorted(unknown)[0]!r}; there are {', '.join(sections)}."
        )
    made = {name: _section(name, sections[name], part) for name, part in values.items()}
    return Config(**made)


def _section(section: str, kind: type, values: Any) -> Any:
    if isinstance(values, str):
        if section != "augmentation" or values not in PRESETS:
            raise ValueError(f"{section} = {values!r}: augmentation may be {', '.join(PRESETS)}.")
        return PRESETS[values]
    types = get_type_hints(kind)
    for name, value in values.items():
        key = f"{section}.{name}"
        if name not in types:
            raise ValueError(f"Unknown key {key!r}; {section} has {', '.join(types)}.")
        values[name] = _typed(key, types[name], value)
        if values[name] not in CHOICES.get(key, (values[name],)):
            raise ValueError(f"{key} is {value!r}; it must be one of {', '.join(CHOICES[key])}.")
    return kind(**values)


def _typed(key: str, wanted: Any, value: Any) -> Any:
    if get_args(wanted):
        return dict(value)
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if wanted is str and isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        raise ValueError(f"{key} must be of type {wanted.__name__}, not {value!r}.")
    return value


def _parse(text: str) -> Any:
    """A TOML value, or the text itself where it is none: --set network.name=v1 needs no quotes."""
    try:
        return tomllib.loads(f"v = {text}")["v"]
    except tomllib.TOMLDecodeError:
        return text
