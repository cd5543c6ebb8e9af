"""How far a model could get by telling where a picture came from instead of looking at the bone."""

from pathlib import Path
from typing import Optional

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from .arrays import Arrays, Dataset
from .evaluate import logits_of_graph, read_version
from .figures import FEWEST, within_sources


def shortcut(dataset: Dataset, version: Optional[Path] = None) -> str:
    """A Markdown report on the test split's radiographs.

    The source's name alone, as its training images' share of anything wrong; the source as a linear
    classifier guesses it from the picture's look (grey histogram, border, coarse layout); and, where a
    version is given, its AUROC pooled against within the sources that have both sides.
    """
    train, test = dataset.train.real(), dataset.test.real()
    wrong = test.labels > 0
    shares = {s: float((train.labels[train.source == s] > 0).mean()) for s in set(train.source)}
    by_name = np.array([shares.get(s, 0.5) for s in test.source])
    looks = StandardScaler().fit(look(train))
    guess = LogisticRegression(max_iter=2000, C=0.1).fit(looks.transform(look(train)), train.source)
    chance = guess.predict_proba(looks.transform(look(test)))
    by_look = chance @ np.array([shares[s] for s in guess.classes_])
    right = float((guess.predict(looks.transform(look(test))) == test.source).mean())
    lines = [
        "| what is known of the picture | AUROC of anything wrong |",
        "| --- | --- |",
        f"| the name of its source, nothing else | {roc_auc_score(wrong, by_name):.3f} |",
        f"| its source as guessed from its look (right for {right:.0%}) "
        f"| {roc_auc_score(wrong, by_look):.3f} |",
    ]
    if version:
        lines += _within(version, test)
    return "\n".join(lines)


def _within(version: Path, test: Arrays):
    graph, manifest = read_version(version)
    logits = logits_of_graph(graph, test.planes) / manifest["calibration"]["temperature"]
    probability = logits.softmax(1).numpy()
    score = 1 - probability[:, 0]
    wrong = test.labels > 0
    lines = [f"| {version}, all sources pooled | {roc_auc_score(wrong, score):.3f} |"]
    for source in np.unique(test.source):
        inside = test.source == source
        if min(int(wrong[inside].sum()), int((~wrong[inside]).sum())) < FEWEST:
            continue
        auroc = roc_auc_score(wrong[inside], score[inside])
        lines.append(f"| {version}, within {source} ({inside.sum()} images) | {auroc:.3f} |")
    within = within_sources(probability, test)
    if within:
        lines.append(
            f"| {version}, within sources, mean by pairs: believe this | "
            f"{within[0]:.3f} ({within[1]:.3f}–{within[2]:.3f}) |"
        )
    return lines


def look(arrays: Arrays) -> np.ndarray:
    """float [N, F]: what tells a source without a bone: histogram, border, and an 8 × 8 thumbnail."""
    planes = arrays.planes.astype(np.float32)
    n, height, width = planes.shape
    histogram = np.stack([np.histogram(p, 16, (0, 256))[0] for p in planes]) / (height * width)
    edge = np.stack(
        [
            planes[:, 0].mean(1),
            planes[:, -1].mean(1),
            planes[:, :, 0].mean(1),
            planes[:, :, -1].mean(1),
        ],
        1,
    )
    rows, columns = height // 8 * 8, width // 8 * 8
    small = planes[:, :rows, :columns].reshape(n, 8, rows // 8, 8, columns // 8).mean((2, 4))
    return np.concatenate([histogram, edge / 255, small.reshape(n, -1) / 255], 1)
