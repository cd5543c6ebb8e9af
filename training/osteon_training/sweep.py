"""Several configurations compared by grouped k-fold, as one table. The test split is never touched."""

import json
from pathlib import Path
from typing import Dict

import numpy as np

from .answers import predict
from .arrays import Arrays, Dataset, folds
from .config import Config
from .evaluate import of_split
from .figures import HEADLINES, recall_of
from .training import train

SHOWN = ("accuracy", "macroF1", "abnormalAuroc", "sensitivityAtSpecificity85")


def sweep(configs: Dict[str, Config], dataset: Dataset, k: int, out: Path) -> str:
    """A Markdown table of validation figures, mean and deviation over the folds.

    k: folds of the training and validation images together; 0 trains on the one and measures on the
    other. A finished fold is read from its folder, so a killed sweep goes on.
    """
    pool = dataset.train if k == 0 else _both(dataset)
    rows = ["| configuration | " + " | ".join(SHOWN) + " | recall of severe |"]
    rows.append("| --- " * (len(SHOWN) + 2) + "|")
    for name, config in configs.items():
        held = folds(pool, k, config.recipe.seed) if k else [None]
        results = []
        for i, index in enumerate(held):
            train_on, val = (pool, dataset.val) if index is None else _fold(pool, index)
            folder = out / name / f"fold-{i + 1}"
            results.append(_measured(config, train_on, val.real(), folder))
        columns = [np.array([r[key] for r in results]) for key in (*SHOWN, "severe")]
        cells = " | ".join(f"{np.nanmean(c):.3f} ± {np.nanstd(c):.3f}" for c in columns)
        rows.append(f"| {name} | {cells} |")
        (out / "table.md").write_text("\n".join(rows) + "\n")
    return "\n".join(rows)


def _measured(config: Config, train_on: Arrays, val: Arrays, folder: Path) -> Dict:
    file = folder / "figures.json"
    if file.exists():
        return json.loads(file.read_text())
    network, _ = train(config, train_on, val, folder, quiet=True)
    probability = predict(network, val).softmax(1).numpy()
    found = {key: HEADLINES[key](probability, val.labels) for key in SHOWN}
    found["severe"] = float(recall_of(2)(probability, val.labels))
    file.write_text(json.dumps(found) + "\n")
    return found


def _fold(pool: Arrays, held: np.ndarray):
    rest = np.setdiff1d(np.arange(len(pool)), held)
    return pool.where(rest), pool.where(held)


def _both(dataset: Dataset) -> Arrays:
    parts = of_split(dataset, "all")
    return parts.where(np.arange(len(dataset.train) + len(dataset.val)))
