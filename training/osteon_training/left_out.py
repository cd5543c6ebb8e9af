"""One hospital left out: what a recipe is worth on pictures of a place that it never saw."""

from pathlib import Path
from typing import Dict, List, Optional

import numpy as np

from .answers import predict
from .arrays import Dataset
from .config import Config
from .figures import HEADLINES, recall_of, resamples, with_interval
from .places import Boxes
from .publish import save_json
from .training import train

FIGURES = ("abnormalAuroc", "sensitivityAtSpecificity85", "accuracy", "macroF1")


def left_out(
    config: Config, dataset: Dataset, sources: List[str], folder: Path, boxes: Optional[Boxes]
) -> Dict:
    """Trains without the sources and measures on the test split of the first of them.

    The others are left out with it because they are of the same hospital under another name.
    Writes `figures.json` to `folder`, where the run is kept and gone on with, and returns it.

    Raises ValueError where the test split has no image of the first source.
    """
    test = dataset.test.where(dataset.test.source == sources[0])
    if not len(test):
        raise ValueError(f"There is no test image of {sources[0]!r}.")
    train_on, val = dataset.train.without(sources), dataset.val.real().without(sources)
    network, _ = train(config, train_on, val, folder, boxes=boxes)
    logits = predict(network.cpu(), test)
    np.save(folder / "logits.npy", logits.numpy())
    probability, draws = logits.softmax(1).numpy(), resamples(test.group)
    found: Dict = {"leftOut": sources, "images": len(test), "trainedOn": len(train_on)}
    for name in FIGURES:
        found[name] = with_interval(HEADLINES[name], probability, test.labels, draws)
    found["recallOfSevere"] = with_interval(recall_of(2), probability, test.labels, draws)
    save_json(folder / "figures.json", found)
    return found
