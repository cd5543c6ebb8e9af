"""One configuration trained: members, checkpoints, and what came of it."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Dict, List, Optional, Tuple

import numpy as np
import torch

from . import networks
from .arrays import Arrays, classes_of
from .config import Config, Decision
from .fit import Fit
from .kept import HeadFit
from .networks.base import Classifier
from .networks.ensemble import Ensemble
from .networks.mirrored import Mirrored
from .networks.weights import began_with, load_weights
from .places import Boxes, Places, places
from .run import Run


def device() -> torch.device:
    """The GPU where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def build(config: Config, height: int, width: int, seed: int, classes: int = 3) -> Classifier:
    """The network of a configuration with its first weights, deterministic from the seed."""
    torch.manual_seed(seed)
    settings = config.network
    network = networks.build(
        settings.name, classes=classes, height=height, width=width, **settings.options
    )
    if settings.weights:
        print(load_weights(network, Path(settings.weights)))
    return network.to(device()).to(memory_format=torch.channels_last)


def train(
    config: Config,
    train_on: Arrays,
    val: Arrays,
    folder: Optional[Path],
    quiet: bool = False,
    boxes: Optional[Boxes] = None,
) -> Tuple[Classifier, List[Dict[str, float]]]:
    """Trains every member, each in its own folder below `folder`, and gives one network and the
    curve of the first member. A member that is finished is not trained again."""
    trained = [
        train_member(i, config, train_on, val, folder, quiet, boxes)
        for i in range(config.network.members)
    ]
    members = [network for network, _ in trained]
    whole = members[0] if len(members) == 1 else Ensemble(members).to(device())
    if config.network.mirrored:
        whole = Mirrored(whole)
    return whole.eval(), trained[0][1]


def train_member(
    i: int,
    config: Config,
    train_on: Arrays,
    val: Arrays,
    folder: Optional[Path],
    quiet: bool,
    boxes: Optional[Boxes] = None,
) -> Tuple[Classifier, List[Dict[str, float]]]:
    """One member, from 0; members differ in their seed only and may be trained side by side.

    Decisions are taken after training: changing them trains nothing again.
    """
    recipe = replace(config.recipe, seed=config.recipe.seed + i)
    alone = replace(config.network, members=1, mirrored=False)
    mine = replace(config, recipe=recipe, network=alone, decision=Decision())
    classes = classes_of(train_on, val)
    network = build(mine, *train_on.planes.shape[1:], recipe.seed, classes)
    where = None
    if recipe.places:
        if not boxes:
            raise ValueError("recipe.places needs boxes: give them with --boxes FILE.")
        where = places(train_on, boxes)
        print(f"boxes: {int(where.known.sum())} of {len(train_on)} training images teach places")
    content = digest(train_on, val, where=where)
    run = Run(folder / f"member-{i + 1}", mine, content, quiet) if folder else None
    fitting = (
        HeadFit(network, train_on, val, mine)
        if recipe.kept
        else Fit(network, train_on, val, mine, where)
    )
    curve = fitting.run(run)
    if folder:
        save_weights(
            folder / f"member-{i + 1}" / "weights.pt", network, config, classes, began(config)
        )
    return network, curve


def save_weights(
    file: Path, network: Classifier, config: Config, classes: int, from_files: List[Dict[str, str]]
) -> None:
    """Writes what another run can begin with or learn from.

    from_files: those that these weights began with.
    """
    state = {
        "network": config.network.name,
        "options": config.network.options,
        "classes": classes,
        "state": network.state_dict(),
        "began": from_files,
    }
    torch.save(state, file)


def began(config: Config) -> List[Dict[str, str]]:
    """The files that the network's first weights are from; empty where it learnt from scratch."""
    settings = config.network
    return began_with(settings.weights, settings.weights_from) if settings.weights else []


def digest(*parts: Arrays, where: Optional[Places] = None) -> str:
    """SHA-256 of pictures, labels and masks: what a run was trained on, to be gone on with."""
    sha = hashlib.sha256()
    for part in parts:
        sha.update(np.ascontiguousarray(part.planes))
        sha.update(np.ascontiguousarray(part.labels))
    if where is not None:
        sha.update(where.cover)
        sha.update(where.known)
    return sha.hexdigest()
