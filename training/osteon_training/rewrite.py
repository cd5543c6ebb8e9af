"""A published version again, its graphs as every CPU can plan them: the same weights and answers."""

import json
import os
import shutil
from pathlib import Path

import numpy as np
import torch

from .export import VariantError, digests, logits_of, next_version
from .portable import split_wide
from .run import revision

SAME = 1e-4


def rewrite(folder: Path, models: Path) -> Path:
    """Writes the next version below `models` with the graphs of another, and returns its folder.

    Golden outputs, thresholds, card and report stay: nothing was learnt. `rewritten` in model.json
    says what it was made from.

    Raises VariantError where a graph has nothing to split or answers the golden inputs otherwise.
    """
    manifest = json.loads((folder / "model.json").read_text())
    golden = manifest["golden"]
    inputs = torch.from_numpy(np.load(folder / golden["file"])[golden["inputs"]])
    number = next_version(models)
    partial = models / f"{number}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    # A signature is of the manifest that it was made for.
    shutil.copytree(folder, partial, ignore=shutil.ignore_patterns("*.sig"))
    for name in manifest["variants"].values():
        _rewrite(folder / name, partial / name, inputs)
    old = f"{manifest['name']}/{manifest['version']}"
    card = (partial / "MODEL_CARD.md").read_text().splitlines()
    card[0] = f"# {manifest['name']} {number}"
    card[1:1] = [
        "",
        f"**The weights and the answers of {old}**, in graphs that CPUs without AMX can run: its own end the",
        f"process there (`docs/training.md`). Every figure below was measured with {old}.",
    ]
    (partial / "MODEL_CARD.md").write_text("\n".join(card) + "\n")
    manifest["version"] = number
    manifest["rewritten"] = {"from": old, "by": "training/train rewrite", "code": revision()}
    manifest["files"] = digests(partial)
    (partial / "model.json").write_text(json.dumps(manifest, indent=2) + "\n")
    os.rename(partial, models / number)
    return models / number


def _rewrite(old: Path, new: Path, inputs: torch.Tensor) -> None:
    graph = torch.jit.load(str(old), map_location="cpu")
    wanted = logits_of(graph, inputs)
    if not split_wide(graph):
        raise VariantError(f"{old} has no convolution that has to be split.")
    graph.save(str(new))
    found = logits_of(torch.jit.load(str(new), map_location="cpu"), inputs)
    off = float((found - wanted).abs().max())
    if off > SAME:
        raise VariantError(f"{new.name} is {off:.4f} of a logit off {old}.")
