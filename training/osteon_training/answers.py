"""What a network answers to arrays, and what is true of them."""

import numpy as np
import torch
from torch import Tensor, nn

from .arrays import Arrays


def predict(network: nn.Module, arrays: Arrays, batch: int = 64) -> Tensor:
    """Logits float32 [N, K], on the CPU."""
    return predict_planes(network, arrays.planes, batch)


def predict_planes(network: nn.Module, planes: np.ndarray, batch: int = 64) -> Tensor:
    """Logits float32 [N, K] of uint8 [N, H, W], on the CPU."""
    if isinstance(network, nn.Module):
        network.eval()
    found = next(iter(network.parameters()), None)
    device = found.device if found is not None else torch.device("cpu")
    with torch.no_grad():
        pieces = [
            network(torch.from_numpy(planes[i : i + batch]).unsqueeze(1).to(device)).float().cpu()
            for i in range(0, len(planes), batch)
        ]
    return torch.cat(pieces) if pieces else torch.zeros(0, 3)


def labels(arrays: Arrays) -> Tensor:
    """int64 [N]."""
    return torch.from_numpy(arrays.labels)
