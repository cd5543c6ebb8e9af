"""A head alone, trained on features that are computed once for each flip and kept on disk."""

import hashlib
import os
from dataclasses import replace
from pathlib import Path
from typing import List, Optional, Tuple

import numpy as np
import torch
from numpy.lib.format import open_memmap
from torch import Tensor

from .arrays import Arrays
from .augment import PRESETS, Augmentation
from .config import Config
from .fit import Fit
from .networks.base import Classifier
from .networks.finetune import kernel_penalty
from .optimise import soft_cross_entropy

BATCH = 32
Flip = Tuple[int, ...]


def flips_of(augmentation: Augmentation) -> List[Flip]:
    """The axes of [N, 1, H, W] that each picture is turned over by; raises ValueError where the
    augmentation does more than that, since no file holds a feature for each angle."""
    plain = replace(
        PRESETS["flips"], horizontal=augmentation.horizontal, vertical=augmentation.vertical
    )
    if augmentation != plain:
        raise ValueError('recipe.kept goes with flips alone: set augmentation = "flips".')
    across: List[Flip] = [(), (3,)] if augmentation.horizontal else [()]
    return across + [(2, *flip) for flip in across] if augmentation.vertical else across


class Features:
    """What a body makes of pictures: a file of float16 [N, C, h, w] for each flip.

    Named by what they come of, so that runs with other heads find them. A file that a killed run had
    begun is made again.
    """

    def __init__(
        self, network: Classifier, arrays: Arrays, flips: List[Flip], folder: Path
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.device = next(network.parameters()).device
        self.files = []
        key = _key(network, arrays)
        for flip in flips:
            turned = "".join("-by-" + {2: "rows", 3: "columns"}[axis] for axis in flip)
            file = folder / f"{key}{turned}.npy"
            if not file.exists():
                self._write(network, arrays.planes, flip, file)
            self.files.append(np.load(file, mmap_mode="r"))

    def _write(self, network: Classifier, planes: np.ndarray, flip: Flip, file: Path) -> None:
        network.eval()
        partial, kept = file.with_suffix(".partial"), None
        for start in range(0, len(planes), BATCH):
            x = torch.from_numpy(planes[start : start + BATCH]).unsqueeze(1).to(self.device)
            x = torch.flip(x, flip) if flip else x
            with torch.no_grad():
                features = network.features(network.normalise(x.float() / 255.0))
            if kept is None:
                shape = (len(planes), *features.shape[1:])
                kept = open_memmap(partial, "w+", np.float16, shape)
            kept[start : start + BATCH] = features.half().cpu().contiguous().numpy()
        kept.flush()
        os.replace(partial, file)

    def of(self, index: np.ndarray, flip: Optional[np.ndarray] = None) -> Tensor:
        """float32 [M, C, h, w] of pictures as they are, or each under the flip with that number."""
        flip = np.zeros(len(index), int) if flip is None else flip
        shape = (len(index), *self.files[0].shape[1:])
        found = np.empty(shape, np.float32)
        for i, file in enumerate(self.files):
            found[flip == i] = file[index[flip == i]]
        return torch.from_numpy(found).to(self.device)


def _key(network: Classifier, arrays: Arrays) -> str:
    """Of all weights but the head's, of the pictures, and of how the first one reaches the body."""
    sha = hashlib.sha256(np.ascontiguousarray(arrays.planes))
    first = torch.from_numpy(arrays.planes[:1]).unsqueeze(1).float() / 255.0
    shown = network.normalise(first.to(next(network.parameters()).device))
    sha.update(str(tuple(shown.shape)).encode() + shown.cpu().contiguous().numpy().tobytes())
    head = {id(tensor) for tensor in network.stages()[-1].state_dict(keep_vars=True).values()}
    for name, tensor in network.state_dict(keep_vars=True).items():
        if id(tensor) not in head:
            sha.update(name.encode() + tensor.detach().cpu().contiguous().numpy().tobytes())
    return sha.hexdigest()[:16]


class HeadFit(Fit):
    """A training whose every step and validation takes the body's features from disk.

    Raises ValueError where the recipe changes the body, or what the body sees.
    """

    def __init__(self, network: Classifier, train: Arrays, val: Arrays, config: Config) -> None:
        recipe = config.recipe
        other = recipe.places or recipe.mixup or recipe.outliers or config.teaching.teacher
        if recipe.stages != "head" or other:
            raise ValueError(
                'recipe.kept is for recipe.stages = "head" without places, mixup, outliers or a teacher.'
            )
        flips = flips_of(config.augmentation)
        super().__init__(network, train, val, config)
        self.seen = Features(network, train, flips, Path(recipe.kept))
        self.asked = Features(network, val, [()], Path(recipe.kept))

    def _step(self, index: np.ndarray) -> float:
        flip = torch.randint(0, len(self.seen.files), (len(index),)).numpy()
        logits = self.network.classify_features(self.seen.of(index, flip)).float()
        loss = soft_cross_entropy(logits, self._target(index), self.weights, self.recipe.smoothing)
        self._descend(loss + kernel_penalty(self.network))
        return float(loss.detach())

    def _validated(self, network: Classifier) -> Tensor:
        network.eval()
        with torch.no_grad():
            pieces = [
                network.classify_features(self.asked.of(index)).float().cpu()
                for index in np.array_split(
                    np.arange(len(self.val)), max(1, len(self.val) // BATCH)
                )
            ]
        return torch.cat(pieces)
