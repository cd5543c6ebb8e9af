"""Where a network looked: class activation maps."""

from typing import Optional

import torch
from torch import Tensor

from .base import Classifier


def heat_maps(network: Classifier, x: Tensor, klass: Optional[int] = None) -> Tensor:
    """Grad-CAM (Selvaraju et al., ICCV 2017) of the last features, for any network.

    x: uint8 [N, 1, H, W].  klass: one class, or None for all.
    Returns float32 [N, K, h, w] (K is 1 for one class), 0 to 1: each image's largest value is 1,
    over its classes together, so that one class's map can be weighed against another's; an image
    where nothing speaks for any class is all 0. In eval mode, with the network left as it was.
    Threading: not from two threads on one network, as it switches the network's mode.
    """
    modes = [(module, module.training) for module in network.modules()]
    network.eval()
    try:
        with torch.no_grad():
            features = network.features(network.normalise(x.to(torch.float32) / 255.0))
        with torch.enable_grad():
            features.requires_grad_(True)
            logits = network.classify_features(features)
            classes = range(logits.shape[1]) if klass is None else [klass]
            maps = [_map(features, logits[:, k]) for k in classes]
    finally:
        for module, training in modes:
            module.training = training
    found = torch.stack(maps, 1)
    most = found.amax((1, 2, 3), keepdim=True)
    return found / torch.where(most > 0, most, torch.ones_like(most))


def _map(features: Tensor, logit: Tensor) -> Tensor:
    """[N, C, h, w] and a class's logits [N] to [N, h, w]."""
    (gradient,) = torch.autograd.grad(logit.sum(), features, retain_graph=True)
    weight = gradient.mean((2, 3), keepdim=True)
    return torch.relu((weight * features.detach()).sum(1))
