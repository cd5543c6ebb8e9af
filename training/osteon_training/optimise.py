"""The optimiser, its schedule, the loss and the running average of the weights."""

import copy
import math
from typing import List, Optional, Tuple

import numpy as np
import torch
from torch import Tensor, nn

from .config import Recipe
from .networks.base import Classifier
from .networks.finetune import STAGES, parameter_groups

WARM_UP = 0.15


def optimiser(groups: List[dict], recipe: Recipe) -> torch.optim.Optimizer:
    """Over parameter groups that may bring their own rate and decay."""
    if recipe.optimiser == "adamw":
        return torch.optim.AdamW(groups, lr=recipe.rate, weight_decay=recipe.decay)
    kind = torch.optim.Adam if recipe.optimiser == "adam" else torch.optim.RMSprop
    return kind(groups, lr=recipe.rate)


def groups(network: Classifier, stage: str, recipe: Recipe) -> List[dict]:
    """Parameter groups of a stage of fine-tuning; kernels decay, biases and batch norms do not."""
    if stage != "all" or recipe.factor != 1:
        return parameter_groups(network, stage, recipe.rate, recipe.decay, recipe.factor)
    for parameter in network.parameters():
        parameter.requires_grad_(True)
    return decay_groups(network, recipe)


def decay_groups(network: nn.Module, recipe: Recipe) -> List[dict]:
    """All parameters at one rate."""
    parameters = list(network.parameters())
    return [
        {"params": [p for p in parameters if p.ndim > 1], "weight_decay": recipe.decay},
        {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0.0},
    ]


def phases(recipe: Recipe) -> List[Tuple[str, int]]:
    """Stage and epochs of each phase of `recipe.stages`, adding up to the recipe's epochs.

    Raises ValueError where they do not.
    """
    parts, left = [], recipe.epochs
    words = recipe.stages.split(",")
    for i, word in enumerate(words):
        stage, _, count = word.partition(":")
        last = i == len(words) - 1
        if stage not in STAGES or bool(count) == last or (count and not count.isdigit()):
            raise ValueError(
                f'recipe.stages is {recipe.stages!r}; write it as "head:2,last:3,all".'
            )
        epochs = left if last else int(count)
        left -= epochs
        parts.append((stage, epochs))
    if any(epochs < 1 for _, epochs in parts):
        raise ValueError(f"recipe.stages {recipe.stages!r} needs more than {recipe.epochs} epochs.")
    return parts


def schedule(made: torch.optim.Optimizer, recipe: Recipe, steps: int):
    """One of torch's schedulers. `plateau` steps an epoch with the validation loss, others a batch."""
    if recipe.schedule == "plateau":
        return torch.optim.lr_scheduler.ReduceLROnPlateau(
            made, factor=0.1, patience=recipe.plateau_patience, min_lr=recipe.floor
        )
    if recipe.schedule == "one-cycle":
        rates = [group["lr"] for group in made.param_groups]
        return torch.optim.lr_scheduler.OneCycleLR(
            made, rates, total_steps=steps, pct_start=WARM_UP
        )
    shape = {
        "cosine": lambda step: 0.5 * (1 + math.cos(math.pi * min(1, step / steps))),
        "constant": lambda step: 1.0,
    }[recipe.schedule]
    return torch.optim.lr_scheduler.LambdaLR(made, shape)


def class_weights(label: np.ndarray, kind: str, classes: int = 3) -> Tensor:
    """Weights float32 [K] of the classes in the loss.

    balanced makes each class weigh the same in all; root is its root: a rare class counts, but a
    handful of pictures does not rule the loss. Numbers, "1,1,5", are taken as they are.
    """
    if kind not in ("none", "balanced", "root"):
        numbers = [float(part) for part in kind.split(",")]
        if len(numbers) < classes or len(numbers) > 3:
            raise ValueError(f"recipe.weights needs {classes} numbers, not {kind!r}.")
        return torch.tensor(numbers[:classes])
    counts = np.maximum(np.bincount(label, minlength=classes), 1)
    power = {"none": 0.0, "root": 0.5, "balanced": 1.0}[kind]
    weights = (counts.sum() / (classes * counts)) ** power
    return torch.tensor(weights / weights.mean(), dtype=torch.float32)


def soft_cross_entropy(logits: Tensor, target: Tensor, weights: Tensor, smoothing: float) -> Tensor:
    """Weighted mean cross entropy of logits [N, K] against probabilities [N, K], as a scalar.

    For one-hot targets this is torch's own cross_entropy with weight and label_smoothing, but for
    the weight of the smoothed part, which here follows the true class.
    """
    smooth = target * (1 - smoothing) + smoothing / target.shape[1]
    weight = (target * weights).sum(1)
    return -((smooth * logits.log_softmax(1)).sum(1) * weight).sum() / weight.sum()


class Average:
    """A running average of the weights (EMA), which generalises better than the last step's."""

    def __init__(self, network: nn.Module, keep: float) -> None:
        self.network = copy.deepcopy(network).eval()
        self.keep = keep
        self.steps = 0

    @torch.no_grad()
    def update(self, network: nn.Module) -> None:
        """Once a step. The first steps are forgotten sooner."""
        self.steps += 1
        keep = min(self.keep, (1 + self.steps) / (10 + self.steps))
        for mine, new in zip(self.network.state_dict().values(), network.state_dict().values()):
            if mine.dtype.is_floating_point:
                mine.lerp_(new, 1 - keep)
            else:
                mine.copy_(new)


def averaged(network: nn.Module, recipe: Recipe) -> Optional[Average]:
    """The average that the recipe asks for."""
    return Average(network, recipe.ema) if recipe.ema else None
