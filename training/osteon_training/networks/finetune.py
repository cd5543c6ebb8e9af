"""Fine-tuning by stages: first the head, then the last stage with it, then everything; or maps alone."""

from typing import Any, Dict, List

import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm

from .base import Classifier

STAGES = ("maps", "head", "last", "all")


def parameter_groups(
    network: Classifier, stage: str, rate: float, decay: float, factor: float = 0.3
) -> List[Dict[str, Any]]:
    """Groups for a torch optimiser; freezes what the stage leaves out and thaws what it takes.

    stage: "head", "last" (the head and the last stage before it), "all", or "maps": what is `beside`
    the answer, which stays as it is.
    rate: the head's learning rate. Each stage before learns at `factor` times the rate of the one
    after it, because what edges look like needs less change than what a fracture looks like.
    decay: weight decay of kernels; biases and norms get none.
    Call `freeze_norms` after each `network.train()`. Raises ValueError for another stage, and for
    "maps" where the network has nothing beside its answer.
    """
    if stage not in STAGES:
        raise ValueError(f"There is no stage {stage}; there is {', '.join(STAGES)}.")
    parts = _parts(network, stage)
    for parameter in network.parameters():
        parameter.requires_grad_(False)
    groups: List[Dict[str, Any]] = []
    for depth, part in enumerate(reversed(parts)):
        parameters = list(part.parameters())
        for parameter in parameters:
            parameter.requires_grad_(True)
        kernels = [p for p in parameters if p.ndim > 1]
        others = [p for p in parameters if p.ndim <= 1]
        for chosen, weight_decay in ((kernels, decay), (others, 0.0)):
            if chosen:
                lr = rate * factor**depth
                groups.append({"params": chosen, "lr": lr, "weight_decay": weight_decay})
    if stage == "all" and not all(p.requires_grad for p in network.parameters()):
        raise ValueError(f"{type(network).__name__}'s stages leave parameters out.")
    return groups


def _parts(network: Classifier, stage: str) -> List[nn.Module]:
    parts = network.stages()
    if stage != "maps":
        return parts[-{"head": 1, "last": 2, "all": len(parts)}[stage] :]
    beside = network.beside()
    if beside is None:
        raise ValueError(
            f"{type(network).__name__} has no maps beside its answer; resnet50-v2 has with options.fine."
        )
    return [beside]


def freeze_norms(network: nn.Module) -> None:
    """Puts batch norms whose parameters are frozen into eval mode.

    Otherwise `network.train()` has them normalise by the batch and drift in their running
    statistics, though the kernels around them stay. Call it after each `network.train()`.
    """
    for module in network.modules():
        if isinstance(module, _BatchNorm):
            parameters = list(module.parameters())
            if parameters and not any(p.requires_grad for p in parameters):
                module.eval()


def kernel_penalty(network: Classifier) -> Tensor:
    """Scalar to add to the loss: `kernel_decay` times the sum of squares of all trained kernels.

    This is Keras' L2 regulariser: its gradient is 2 × kernel_decay × kernel, and unlike AdamW's
    decay it passes through Adam's scaling. Kernels are the convolutions' and dense layers'.
    """
    device = next(network.parameters()).device
    total = torch.zeros((), device=device)
    if network.kernel_decay:
        for module in network.modules():
            if isinstance(module, (nn.Conv2d, nn.Linear)) and module.weight.requires_grad:
                total = total + module.weight.pow(2).sum()
    return network.kernel_decay * total
