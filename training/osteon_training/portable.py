"""Frozen graphs that every CPU's kernels can plan: some widths of 1 x 1 convolutions end the process.

oneDNN 3.7, in PyTorch 2.7, divides by zero while it plans a 1 x 1 convolution, channels last, of one of
five pairs of widths (`brg_blocking_t::est_eff_1x1`): on CPUs without AMX, where it takes more rows at once
than the picture's tile has. Nothing can catch that. Half as many channels, computed twice and put side by
side, are the same numbers, and no such pair.
"""

from typing import List

import torch
from torch import Tensor

# Channels in and out, as oneDNN's source names them.
UNPLANNED = {(1024, 2048), (1024, 512), (256, 1024), (512, 1024), (512, 2048)}
FLOAT, INT8 = "aten::_convolution", "quantized::conv2d"


def split_wide(frozen) -> int:
    """Replaces each such convolution of a frozen graph, and returns how many there were.

    Each is computed in parts of its output channels; the graph is changed in place.
    """
    graph = frozen.graph
    found = [node for node in graph.nodes() if node.kind() in (FLOAT, INT8) and _is_unplanned(node)]
    for node in found:
        _split(graph, node)
    graph.lint()
    return len(found)


def parts_of(node) -> int:
    """Of how many parts a convolution's node is one; 1 where it was not split."""
    uses = [use.user for use in node.output().uses()]
    if len(uses) != 1 or node.kind() != FLOAT or uses[0].kind() != "prim::ListConstruct":
        return 1
    pieces = list(uses[0].inputs())
    of_one = {list(piece.node().inputs())[0].debugName() for piece in pieces}
    same = all(piece.node().kind() == FLOAT for piece in pieces) and len(of_one) == 1
    return len(pieces) if same else 1


def _is_unplanned(node) -> bool:
    weight = _weight(node)
    out, into, height, width = weight.shape
    return (height, width) == (1, 1) and (into, out) in UNPLANNED


def _weight(node) -> Tensor:
    constant = list(node.inputs())[1].toIValue()
    if node.kind() == INT8:
        return torch.ops.quantized.conv2d_unpack(constant)[0]
    return constant


def _split(graph, node) -> None:
    into = _weight(node).shape[1]
    parts, out = 2, _weight(node).shape[0]
    while (into, out // parts) in UNPLANNED:
        parts *= 2
    graph.setInsertPoint(node)
    pieces = [
        _part(graph, node, slice(first, first + out // parts))
        for first in range(0, out, out // parts)
    ]
    together = graph.insertNode(graph.create("prim::ListConstruct", pieces, 1))
    together.output().setType(torch._C.ListType.ofTensors())
    beside = graph.insertConstant(1)
    joined = graph.insertNode(graph.create("aten::cat", [together.output(), beside], 1))
    node.output().replaceAllUsesWith(joined.output())
    node.destroy()


def _part(graph, node, channels: slice):
    """The convolution's output for some of its channels."""
    inputs: List = list(node.inputs())
    if node.kind() == INT8:
        inputs[1] = graph.insertConstant(_repacked(inputs[1].toIValue(), channels))
    else:
        inputs[1] = graph.insertConstant(_rows(inputs[1].toIValue(), channels))
        bias = inputs[2].toIValue()
        inputs[2] = graph.insertConstant(None if bias is None else _rows(bias, channels))
    part = graph.insertNode(graph.create(node.kind(), inputs, 1))
    part.output().setType(torch._C.TensorType.get())
    return part.output()


def _rows(constant: Tensor, channels: slice) -> Tensor:
    return constant[channels].clone(memory_format=torch.preserve_format)


def _repacked(packed, channels: slice):
    weight, bias = torch.ops.quantized.conv2d_unpack(packed)
    rows = torch._make_per_channel_quantized_tensor(
        weight.int_repr()[channels].contiguous(),
        weight.q_per_channel_scales()[channels].contiguous(),
        weight.q_per_channel_zero_points()[channels].contiguous(),
        0,
    )
    return torch.ops.quantized.conv2d_prepack(
        rows,
        None if bias is None else bias[channels].contiguous(),
        list(packed.stride()),
        list(packed.padding()),
        list(packed.dilation()),
        packed.groups(),
    )
