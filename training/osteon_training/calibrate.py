"""Temperature scaling (Guo et al. 2017): one number that makes probabilities mean what they say."""

import torch
from torch import Tensor
from torch.nn import functional as F


def temperature(logits: Tensor, labels: Tensor) -> float:
    """The temperature, above 0, of the least negative log-likelihood of logits [N, K]."""
    log_t = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.LBFGS([log_t], lr=0.1, max_iter=100)

    def closure() -> Tensor:
        optimiser.zero_grad()
        loss = F.cross_entropy(logits / log_t.exp(), labels)
        loss.backward()
        return loss

    optimiser.step(closure)
    return float(log_t.exp().clamp(0.05, 20))


def expected_calibration_error(probabilities: Tensor, labels: Tensor, bins: int = 15) -> float:
    """Mean gap between confidence and accuracy, of probabilities [N, K], over equal-width bins."""
    confidence, predicted = probabilities.max(1)
    right = (predicted == labels).float()
    bucket = (confidence * bins).long().clamp(max=bins - 1)
    error = 0.0
    for i in range(bins):
        inside = bucket == i
        if inside.any():
            gap = (confidence[inside].mean() - right[inside].mean()).abs()
            error += float(gap * inside.float().mean())
    return error
