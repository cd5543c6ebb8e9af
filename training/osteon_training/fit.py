"""Training from scratch, deterministic from a seed."""

import copy
import time
from dataclasses import dataclass, field
from typing import Dict, List

import numpy as np
import torch
from torch import Tensor, nn

from .arrays import Arrays
from .augment import Augmentation


@dataclass(frozen=True)
class Recipe:
    """How to train.

    epochs: passes over the training images.
    batch: images a step.
    rate: peak of the one-cycle learning rate (AdamW).
    decay: weight decay.
    smoothing: label smoothing; many labels here are inferred.
    seed: of everything that is random.
    """

    epochs: int = 30
    batch: int = 32
    rate: float = 2e-3
    decay: float = 0.02
    smoothing: float = 0.05
    seed: int = 42
    augmentation: Augmentation = field(default_factory=Augmentation)


def fit(network: nn.Module, train: Arrays, val: Arrays, recipe: Recipe) -> List[Dict[str, float]]:
    """Trains in place, keeps the weights of the best validation loss, and returns the curve."""
    torch.manual_seed(recipe.seed)
    order = np.random.default_rng(recipe.seed)
    weights = class_weights(train.labels)
    loss_of = nn.CrossEntropyLoss(weight=weights, label_smoothing=recipe.smoothing)
    optimiser = torch.optim.AdamW(network.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    steps = -(-len(train) // recipe.batch) * recipe.epochs
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, recipe.rate, total_steps=steps)
    best, best_state = float("inf"), copy.deepcopy(network.state_dict())
    curve: List[Dict[str, float]] = []
    for epoch in range(recipe.epochs):
        start = time.monotonic()
        loss = _epoch(network, train, recipe, order, loss_of, optimiser, schedule)
        logits = predict(network, val)
        val_loss = float(nn.functional.cross_entropy(logits, labels(val), weight=weights))
        accuracy = float((logits.argmax(1) == labels(val)).float().mean())
        curve.append({"loss": loss, "val_loss": val_loss, "val_accuracy": accuracy})
        took = time.monotonic() - start
        print(
            f"epoch {epoch + 1}/{recipe.epochs}  loss {loss:.4f}  val {val_loss:.4f}"
            f"  accuracy {accuracy:.3f}  {took:.0f} s",
            flush=True,
        )
        if val_loss < best:
            best, best_state = val_loss, copy.deepcopy(network.state_dict())
    network.load_state_dict(best_state)
    network.eval()
    return curve


def _epoch(network, train, recipe, order, loss_of, optimiser, schedule) -> float:
    network.train()
    total = 0.0
    for index in np.array_split(order.permutation(len(train)), -(-len(train) // recipe.batch)):
        x = recipe.augmentation(torch.from_numpy(train.planes[index]).unsqueeze(1))
        loss = loss_of(network.classify(x), torch.from_numpy(train.labels[index]))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        schedule.step()
        total += float(loss.detach()) * len(index)
    return total / len(train)


def class_weights(label: np.ndarray, classes: int = 3) -> Tensor:
    """Weights float32 [K] that rise with the rarity of a class, by its root: a rare class counts, but
    a handful of pictures does not rule the loss."""
    counts = np.maximum(np.bincount(label, minlength=classes), 1)
    weights = np.sqrt(counts.sum() / (classes * counts))
    return torch.tensor(weights / weights.mean(), dtype=torch.float32)


def predict(network: nn.Module, arrays: Arrays, batch: int = 64) -> Tensor:
    """Logits float32 [N, K]."""
    network.eval()
    with torch.no_grad():
        pieces = [
            network(torch.from_numpy(arrays.planes[i : i + batch]).unsqueeze(1))
            for i in range(0, len(arrays), batch)
        ]
    return torch.cat(pieces)


def labels(arrays: Arrays) -> Tensor:
    """int64 [N]."""
    return torch.from_numpy(arrays.labels)
