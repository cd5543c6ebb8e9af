"""First weights from radiographs without labels: SimSiam (Chen and He 2021).

Two augmentations of one picture must lead to the same features; no label, no negative pair. What it is
worth on these data is in docs/training.md.
"""

import copy
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .arrays import Dataset
from .config import Config
from .optimise import decay_groups, optimiser, schedule
from .training import build

WIDTH = 256


class Siamese(nn.Module):
    """A network's features with a projector and a predictor on top."""

    def __init__(self, network: nn.Module, features: int) -> None:
        super().__init__()
        self.network = network
        self.projector = nn.Sequential(
            nn.Linear(features, WIDTH, bias=False),
            nn.BatchNorm1d(WIDTH),
            nn.ReLU(),
            nn.Linear(WIDTH, WIDTH, bias=False),
            nn.BatchNorm1d(WIDTH, affine=False),
        )
        self.predictor = nn.Sequential(
            nn.Linear(WIDTH, WIDTH // 4, bias=False),
            nn.BatchNorm1d(WIDTH // 4),
            nn.ReLU(),
            nn.Linear(WIDTH // 4, WIDTH),
        )

    def forward(self, x: Tensor) -> Tensor:
        """Projections [N, WIDTH] of float [N, 1, H, W] within 0 to 1."""
        features = self.network.features(self.network.normalise(x)).float()
        return self.projector(features.mean((2, 3)))


def pretrain(config: Config, dataset: Dataset, out: Path) -> float:
    """Trains on the training split's pictures, writes weights that `network.weights` takes, and
    returns the last epoch's mean similarity (1: the views agree)."""
    recipe = config.recipe
    planes = dataset.train.planes
    network = build(config, *planes.shape[1:], recipe.seed)
    device = next(network.parameters()).device
    with torch.no_grad():
        probe = torch.zeros(2, 1, *planes.shape[1:], device=device)
        features = network.features(network.normalise(probe)).shape[1]
    siamese = Siamese(network, features).to(device)
    order = np.random.default_rng(recipe.seed)
    steps = -(-len(planes) // recipe.batch)
    made = optimiser(decay_groups(siamese, recipe), recipe)
    rates = schedule(made, replace(recipe, schedule="cosine"), steps * recipe.epochs)
    similarity = 0.0
    for epoch in range(recipe.epochs):
        siamese.train()
        total = 0.0
        for index in np.array_split(order.permutation(len(planes)), steps):
            x = torch.from_numpy(planes[index]).unsqueeze(1).to(device)
            a, b = (siamese(config.augmentation(x)) for _ in range(2))
            loss = (_distance(siamese.predictor(a), b) + _distance(siamese.predictor(b), a)) / 2
            made.zero_grad(set_to_none=True)
            loss.backward()
            made.step()
            rates.step()
            total -= float(loss.detach()) * len(index)
        similarity = total / len(planes)
        print(f"epoch {epoch + 1}/{recipe.epochs}  similarity {similarity:.4f}", flush=True)
    saved = {"network": config.network.name, "state": copy.deepcopy(network).cpu().state_dict()}
    torch.save(saved, out)
    return similarity


def _distance(predicted: Tensor, projected: Tensor) -> Tensor:
    return -F.cosine_similarity(predicted, projected.detach(), dim=1).mean()
