"""training/train ARRAYS OUT: trains osteon-s and writes a version folder."""

import argparse
import sys
from pathlib import Path

import numpy as np
import torch

from .arrays import load
from .calibrate import temperature
from .card import card
from .export import GOLDEN_IMAGES, digests, write_version
from .figures import all_figures, draw_calibration, draw_confusion, draw_curves
from .fit import Recipe, fit, labels, predict
from .networks import OsteonS


def main() -> int:
    """Exit status 0 done, 1 failed."""
    parser = argparse.ArgumentParser(prog="training/train", description=__doc__)
    parser.add_argument("arrays", type=Path, help="what `osteon dataset prepare` wrote")
    parser.add_argument("out", type=Path, help="version folder, e.g. models/osteon-s/2")
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    parser.add_argument("--seed", type=int, default=Recipe.seed)
    parser.add_argument("--min-confidence", type=float, default=0.6)
    parser.add_argument(
        "--checkpoint", type=Path, help="weights and curve; written, or read if there"
    )
    arguments = parser.parse_args()
    if arguments.out.exists():
        print(f"{arguments.out} exists; a version never changes, choose another.", file=sys.stderr)
        return 1
    dataset = load(arguments.arrays)
    torch.manual_seed(arguments.seed)
    network = OsteonS().to(memory_format=torch.channels_last)
    if arguments.checkpoint and arguments.checkpoint.exists():
        saved = torch.load(arguments.checkpoint)
        network.load_state_dict(saved["state"])
        curve = saved["curve"]
    else:
        recipe = Recipe(epochs=arguments.epochs, seed=arguments.seed)
        curve = fit(network, dataset.train, dataset.val, recipe)
        if arguments.checkpoint:
            torch.save({"state": network.state_dict(), "curve": curve}, arguments.checkpoint)
    publish(network, curve, dataset, arguments.out, arguments.min_confidence)
    return 0


def publish(network, curve, dataset, out: Path, min_confidence: float) -> None:
    """Calibrates on the validation split's real images, measures on the test split and writes."""
    real = dataset.val.where(dataset.val.source != "synthetic")
    calibrated_on = real if len(real) else dataset.val
    logits = predict(network, calibrated_on)
    t = temperature(logits, labels(calibrated_on))
    report = out / "report"
    report.mkdir(parents=True)
    before = predict(network, dataset.test).softmax(1).numpy()
    after = (predict(network, dataset.test) / t).softmax(1).numpy()
    metrics = all_figures(after, dataset.test)
    draw_curves(curve, report / "curves.png")
    for part in ("real", "synthetic"):
        if part in metrics:
            draw_confusion(metrics[part]["confusion"], part, report / f"confusion-{part}.png")
    kept = dataset.test.source != "synthetic"
    kept = kept if kept.any() else ~kept
    draw_calibration(
        before[kept], after[kept], dataset.test.labels[kept], report / "calibration.png"
    )
    drawn = dataset.test.where(dataset.test.source == "synthetic")
    chosen = np.linspace(0, len(drawn) - 1, GOLDEN_IMAGES).astype(int)
    golden = drawn.planes[chosen]
    name = out.parent.name
    arguments = (out, name, network, golden, t, min_confidence, dataset.description, metrics)
    manifest = write_version(*arguments)
    parameters = sum(p.numel() for p in network.parameters())
    if "real" in metrics and "synthetic" in metrics:
        (out / "MODEL_CARD.md").write_text(card(manifest, parameters))
        write_version(*arguments)
    print(f"{out}: {len(digests(out))} files")
    for part in ("real", "synthetic"):
        if part in metrics:
            print(part, {k: metrics[part][k] for k in ("accuracy", "abnormalAuroc", "recall")})


if __name__ == "__main__":
    sys.exit(main())
