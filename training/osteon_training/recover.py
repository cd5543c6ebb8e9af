"""Weights out of a published version, so that work goes on from it where its run is gone.

A version's f32 graph is frozen: its weights are constants, in the order in which the network calls
its layers, and a batch norm behind a convolution is folded into that. So they are given back to a
network of the version's own configuration one after the other.
"""

from pathlib import Path
from typing import Dict, Iterator, List, Optional, Tuple

import numpy as np
import torch
from torch import Tensor, nn

from .arrays import Arrays
from .config import Config, from_dict
from .evaluate import read_version
from .networks.base import Classifier
from .networks.mirrored import Mirrored
from .networks.registry import build
from .portable import parts_of
from .training import save_weights

KINDS = {
    "aten::_convolution": nn.Conv2d,
    "aten::batch_norm": nn.BatchNorm2d,
    "aten::linear": nn.Linear,
}
# Of a logit; the graph's own order of additions is another.
CLOSE = 1e-3
# Radiographs that give folded norms their statistics back.
SHOWN = 128


def of_version(folder: Path, train: Arrays) -> Tuple[Classifier, Config, Dict]:
    """The network of a published version, its configuration, and its manifest.

    train: arrays like those that it learnt from, of its size.

    Raises ValueError as `recover`, and for an ensemble, whose members stand in one graph.
    """
    _, manifest = read_version(folder)
    told = manifest["training"]
    config = from_dict({k: dict(v) for k, v in told.items() if k != "beganWith"})
    if config.network.members > 1:
        raise ValueError(f"{folder} is an ensemble: its members cannot be told apart in its graph.")
    height, width = train.planes.shape[1:]
    if [height, width] != [manifest["input"]["height"], manifest["input"]["width"]]:
        raise ValueError(f"{folder} does not take arrays of {height} x {width}.")
    network = build(
        config.network.name,
        classes=len(manifest["classes"]),
        height=height,
        width=width,
        **config.network.options,
    )
    picked = np.random.default_rng(1).permutation(len(train))[:SHOWN]
    recover(network, folder / manifest["variants"]["f32"], train.planes[np.sort(picked)])
    return (Mirrored(network) if config.network.mirrored else network).eval(), config, manifest


def weights_of(folder: Path, train: Arrays, out: Path) -> None:
    """Writes a version's weights as a run leaves them (`weights.pt`); raises as `of_version`."""
    network, config, manifest = of_version(folder, train)
    plain = network.network if isinstance(network, Mirrored) else network
    from_files = manifest["training"].get("beganWith", [])
    save_weights(out, plain, config, len(manifest["classes"]), from_files)


def recover(network: Classifier, graph: Path, planes: np.ndarray) -> Classifier:
    """Gives the network the weights of a frozen graph; it is changed in place and returned.

    A folded norm gets back the mean and the variance that the planes have there, and what makes it
    the same function: so it can be trained on, too.

    graph: `model.pt` of a version that was made from such a network, by itself or mirrored.
    planes: uint8 [n, H, W] of the version's size, some dozens that are like what it learnt from.

    Raises ValueError where graph and network are not of the same layers or do not answer alike.
    """
    frozen = torch.jit.load(str(graph), map_location="cpu").eval()
    network = network.cpu().float().eval()
    batch = torch.from_numpy(planes).unsqueeze(1)
    called = _called(network, batch[:1])
    folded: Dict[str, Tensor] = {}
    names = iter(called)
    for kind, constants in _constants(frozen):
        name = next(names, None)
        if name is None or not isinstance(called[name], KINDS[kind]):
            raise ValueError(f"{graph} has other layers than the network.")
        bias = _give(called[name], constants, graph)
        if bias is not None:
            norm = next(names, None)
            if norm is None or not isinstance(called[norm], nn.BatchNorm2d):
                raise ValueError(f"{graph} adds a bias where the network has none.")
            folded[norm] = bias
    if next(names, None) is not None:
        raise ValueError(f"{graph} has fewer layers than the network.")
    _unfold(network, called, folded, batch)
    _compare(network, frozen, batch[:4])
    return network


def _answer(network: Classifier, batch: Tensor) -> List[Tensor]:
    """Logits, and maps where the network has some: what a version's graph gives, in its order."""
    features = network.features(network.normalise(batch.float() / 255.0))
    logits = network.classify_features(features)
    return [logits, network.activation_maps(features)] if network.has_maps else [logits]


def _called(network: Classifier, batch: Tensor) -> Dict[str, nn.Module]:
    """Layers with weights by their names, in the order of their first call."""
    order: Dict[str, nn.Module] = {}
    hooks = [
        module.register_forward_hook(lambda m, _, __, name=name: order.setdefault(name, m) and None)
        for name, module in network.named_modules()
        if isinstance(module, tuple(KINDS.values()))
    ]
    with torch.no_grad():
        _answer(network, batch)
    for hook in hooks:
        hook.remove()
    return order


def _constants(frozen) -> Iterator[Tuple[str, List[Optional[Tensor]]]]:
    """Kind and constants of each layer, in the order of their calls; of one that `portable` split, put
    together again."""
    nodes = [node for node in frozen.graph.nodes() if node.kind() in KINDS]
    parts: List[List[Optional[Tensor]]] = []
    for node in nodes:
        parts.append([value.toIValue() for value in list(node.inputs())[1:5]])
        if len(parts) == parts_of(node):
            whole = [
                constant if constant is None or len(parts) == 1 else torch.cat(same)
                for constant, same in zip(parts[0], zip(*(part[:2] for part in parts)))
            ]
            yield node.kind(), whole + parts[0][2:]
            parts = []


def _give(module: nn.Module, given: List[Optional[Tensor]], graph: Path) -> Optional[Tensor]:
    """Copies a layer's constants; returns the bias that the module has no place for."""
    targets = [module.weight, module.bias]
    if isinstance(module, nn.BatchNorm2d):
        targets += [module.running_mean, module.running_var]
    left = None
    with torch.no_grad():
        for target, tensor in zip(targets, given):
            if target is None:
                left = tensor
            elif tensor is None or target.shape != tensor.shape:
                raise ValueError(f"{graph} has other shapes than the network.")
            else:
                target.copy_(tensor)
    return left


def _unfold(
    network: Classifier, called: Dict[str, nn.Module], folded: Dict[str, Tensor], batch: Tensor
) -> None:
    """Norms that add a bias and nothing else, first; then with what the planes have there."""
    seen: Dict[str, List[Tensor]] = {}

    def note(name: str):
        def hook(_, inputs, __):
            x = inputs[0].double()
            seen.setdefault(name, []).append(torch.stack([x.mean((0, 2, 3)), x.var((0, 2, 3))]))

        return hook

    hooks = []
    with torch.no_grad():
        for name, bias in folded.items():
            norm = called[name]
            norm.running_mean.zero_()
            norm.running_var.fill_(1 - norm.eps)
            norm.weight.fill_(1.0)
            norm.bias.copy_(bias)
            hooks.append(norm.register_forward_hook(note(name)))
        for part in batch.split(32):
            _answer(network, part)
        for hook in hooks:
            hook.remove()
        for name, bias in folded.items():
            norm = called[name]
            mean, var = torch.stack(seen[name]).mean(0).float()
            norm.running_mean.copy_(mean)
            norm.running_var.copy_(var)
            norm.weight.copy_((var + norm.eps).sqrt())
            norm.bias.copy_(bias + mean)


def _compare(network: Classifier, frozen, batch: Tensor) -> None:
    with torch.no_grad():
        answer = frozen(batch)
        theirs = answer if isinstance(answer, tuple) else (answer,)
        off = min(
            max(float((own - their).abs().max()) for own, their in zip(_answer(one, batch), theirs))
            for one in (network, Mirrored(network))
        )
    if off > CLOSE:
        raise ValueError(f"The recovered network is {off:.4f} of a logit off its version.")
