"""training/train: from arrays to a model version, and what it is worth."""

import argparse
import dataclasses
import sys
from pathlib import Path
from typing import Optional

from . import networks, nsfwjs
from .arrays import Dataset, load
from .config import Config, read
from .evaluate import evaluate_version, of_split, without, write_reference
from .export import VariantError
from .left_out import left_out
from .places import Boxes, read_boxes
from .pretrain import pretrain
from .publish import publish
from .recover import of_version, weights_of
from .rewrite import rewrite
from .shortcut import shortcut
from .sweep import sweep
from .training import train, train_member
from .untrained import untrained


def main() -> int:
    """Exit status 0 done, 1 failed, 2 wrong usage."""
    arguments = parser().parse_args()
    try:
        return arguments.run(arguments)
    except (ValueError, VariantError, OSError) as error:
        print(f"osteon: {error}", file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(prog="training/train", description=__doc__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    fit = commands.add_parser("fit", help="train, calibrate, measure and publish a version")
    _arrays(fit)
    fit.add_argument("models", type=Path, help="folder of the model's versions: models/osteon-s")
    _config(fit)
    fit.add_argument(
        "--run", dest="folder", type=Path, help="keeps checkpoints and logs here; resumes"
    )
    _boxes(fit)
    _about(fit)
    fit.add_argument(
        "--member", type=int, help="train this member only, from 1; then run again without"
    )
    fit.set_defaults(run=_fit)

    again = commands.add_parser(
        "republish",
        help="a version again from its own weights: measured, quantised and explained as of now",
    )
    _arrays(again)
    again.add_argument("version", type=Path, help="a version's folder")
    again.add_argument("models", type=Path, help="folder of the model's versions")
    _boxes(again)
    _about(again)
    again.set_defaults(run=_republish)

    other = commands.add_parser(
        "rewrite", help="a version again, of the same weights, in graphs that every CPU can run"
    )
    other.add_argument("version", type=Path, help="a version's folder")
    other.add_argument("models", type=Path, help="folder of the model's versions")
    other.set_defaults(run=_rewrite)

    taken = commands.add_parser("weights", help="a version's weights, for network.weights of a run")
    _arrays(taken)
    taken.add_argument("version", type=Path, help="a version's folder")
    taken.add_argument("out", type=Path, help="file for the weights")
    taken.set_defaults(run=_weights)

    measure = commands.add_parser("evaluate", help="measure a published version on any arrays")
    measure.add_argument("version", type=Path, help="a version's folder")
    _arrays(measure)
    measure.add_argument("out", type=Path, help="folder for figures, pictures and predictions")
    measure.add_argument("--split", default="test", help="train, val, test or all (default test)")
    measure.add_argument("--manifest", type=Path, help="manifest.csv of the images, for --without")
    measure.add_argument(
        "--without",
        metavar="COLUMN=WORD",
        help="leave out images that the manifest says this of: fracture_type=hardware",
    )
    _boxes(measure)
    measure.set_defaults(run=_evaluate)

    beside = commands.add_parser(
        "reference", help="write the reference for input drift beside a version published without"
    )
    _arrays(beside)
    beside.add_argument("version", type=Path, help="a version's folder")
    beside.add_argument(
        "--other-arrays", action="store_true", help="take arrays whose digest is not the version's"
    )
    beside.set_defaults(run=_reference)

    many = commands.add_parser("sweep", help="several configurations by grouped k-fold, one table")
    _arrays(many)
    many.add_argument("out", type=Path, help="folder for the runs and table.md; resumes")
    many.add_argument("configs", type=Path, nargs="+", help="configuration files")
    many.add_argument("--folds", type=int, default=3, help="0: the validation split (default 3)")
    many.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    many.set_defaults(run=_sweep)

    away = commands.add_parser("left-out", help="train without a hospital, measure on it")
    _arrays(away)
    away.add_argument("out", type=Path, help="folder for the run and its figures; resumes")
    away.add_argument(
        "--source",
        action="append",
        required=True,
        help="to leave out and measure on; again for others of the same hospital, not measured",
    )
    _config(away)
    _boxes(away)
    away.set_defaults(run=_left_out)

    cheat = commands.add_parser("shortcut", help="how well the source predicts the class")
    _arrays(cheat)
    cheat.add_argument("--version", type=Path, help="compare a version's figures within sources")
    cheat.set_defaults(run=_shortcut)

    self_taught = commands.add_parser("pretrain", help="first weights from unlabelled radiographs")
    _arrays(self_taught)
    self_taught.add_argument("out", type=Path, help="file for the weights")
    _config(self_taught)
    self_taught.set_defaults(run=_pretrain)

    there = commands.add_parser(
        "inception", help="first weights for the study's Inception v3, from the npm package nsfwjs"
    )
    there.add_argument("out", type=Path, help="file for the weights")
    there.add_argument(
        "--package",
        type=Path,
        help=f"the file of: npm pack {nsfwjs.PACKAGE}; without, npm is asked",
    )
    there.set_defaults(run=_inception)

    blank = commands.add_parser("untrained", help="a version with random weights, to measure time")
    blank.add_argument("network", help="one of `training/train networks`")
    blank.add_argument("folder", type=Path, help="the version's folder: .../NAME/1")
    blank.add_argument("--side", type=int, default=224, help="rows and columns (default 224)")
    blank.set_defaults(run=_untrained)

    listing = commands.add_parser("networks", help="the architectures by name")
    listing.set_defaults(run=_networks)
    return top


def _arrays(command: argparse.ArgumentParser) -> None:
    command.add_argument("arrays", type=Path, help="what `osteon dataset prepare` wrote")


def _boxes(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--boxes",
        type=Path,
        help="CSV of boxes around findings (file, x0, y0, x1, y1), manifest.csv beside it",
    )


def _about(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--about", type=Path, help="Markdown on the data and its weaknesses, quoted in the card"
    )


def _read_about(arguments: argparse.Namespace) -> str:
    return arguments.about.read_text(encoding="utf-8") if arguments.about else ""


def _read_boxes(arguments: argparse.Namespace, dataset: Dataset) -> Optional[Boxes]:
    if not arguments.boxes:
        return None
    return read_boxes(arguments.boxes, *dataset.train.planes.shape[1:])


def _config(command: argparse.ArgumentParser) -> None:
    command.add_argument("--config", type=Path, help="TOML file; see training/configs")
    command.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="recipe.epochs=3 and so on"
    )


def _fit(arguments: argparse.Namespace) -> int:
    config = read(arguments.config, arguments.set)
    if arguments.member and not arguments.folder:
        raise ValueError("--member needs --run, the folder that the members share.")
    dataset = load(arguments.arrays)
    train_on, val = dataset.train, dataset.val.real()
    boxes = _read_boxes(arguments, dataset)
    if arguments.member:
        number = arguments.member - 1
        train_member(number, config, train_on, val, arguments.folder, False, boxes)
        return 0
    network, curve = train(config, train_on, val, arguments.folder, boxes=boxes)
    about = _read_about(arguments)
    return _complete(publish(network, curve, dataset, config, arguments.models, about, boxes))


def _complete(folder: Path) -> int:
    print(f"{folder} is complete. Check it with: ./osteon model verify {folder}")
    return 0


def _republish(arguments: argparse.Namespace) -> int:
    dataset = load(arguments.arrays)
    network, config, manifest = of_version(arguments.version, dataset.train)
    boxes, about, told = (
        _read_boxes(arguments, dataset),
        _read_about(arguments),
        manifest["training"],
    )
    return _complete(publish(network, [], dataset, config, arguments.models, about, boxes, told))


def _rewrite(arguments) -> int:
    print(rewrite(arguments.version, arguments.models))
    return 0


def _weights(arguments: argparse.Namespace) -> int:
    weights_of(arguments.version, load(arguments.arrays).train, arguments.out)
    print(f"{arguments.out} holds the weights: --set network.weights={arguments.out}")
    return 0


def _evaluate(arguments: argparse.Namespace) -> int:
    dataset = load(arguments.arrays)
    arrays = of_split(dataset, arguments.split)
    if arguments.without:
        if not arguments.manifest:
            raise ValueError("--without needs --manifest, the images' manifest.csv.")
        arrays = without(arrays, arguments.manifest, arguments.without)
    evaluate_version(arguments.version, arrays, arguments.out, _read_boxes(arguments, dataset))
    return 0


def _reference(arguments: argparse.Namespace) -> int:
    print(write_reference(arguments.version, load(arguments.arrays), arguments.other_arrays))
    return 0


def _sweep(arguments: argparse.Namespace) -> int:
    configs = {file.stem: read(file, arguments.set) for file in arguments.configs}
    print(sweep(configs, load(arguments.arrays), arguments.folds, arguments.out))
    return 0


def _left_out(arguments: argparse.Namespace) -> int:
    dataset, config = load(arguments.arrays), read(arguments.config, arguments.set)
    print(
        left_out(config, dataset, arguments.source, arguments.out, _read_boxes(arguments, dataset))
    )
    return 0


def _shortcut(arguments: argparse.Namespace) -> int:
    print(shortcut(load(arguments.arrays), arguments.version))
    return 0


def _pretrain(arguments: argparse.Namespace) -> int:
    pretrain(read(arguments.config, arguments.set), load(arguments.arrays), arguments.out)
    return 0


def _inception(arguments: argparse.Namespace) -> int:
    print("\n".join(nsfwjs.inception(arguments.out, arguments.package)))
    return 0


def _untrained(arguments: argparse.Namespace) -> int:
    print(untrained(arguments.network, arguments.folder, arguments.side, arguments.side))
    return 0


def _networks(_: argparse.Namespace) -> int:
    for name in networks.names():
        print(f"{name:20} {networks.describe(name)}")
    print("\nDefaults of a configuration:")
    for section, values in dataclasses.asdict(Config()).items():
        print(f"[{section}] " + ", ".join(f"{k}={v!r}" for k, v in values.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
