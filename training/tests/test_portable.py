"""Graphs that every CPU can plan: split where they must be, with the same answers."""

import json
from pathlib import Path

import pytest
import torch
from torch import nn

from osteon_training import networks
from osteon_training.export import freeze
from osteon_training.portable import UNPLANNED, split_wide
from osteon_training.quantise import quantised
from osteon_training.recover import recover

OPTIONS = {"depths": [1, 1, 1]}
MODELS = sorted((Path(__file__).parents[2] / "models").glob("*/*/model.json"))


def widths(graph):
    """(in, out) of the 1 x 1 convolutions of a frozen graph."""
    found = set()
    for node in graph.graph.nodes():
        constants = [value.toIValue() for value in list(node.inputs())[1:2]]
        if node.kind() == "quantized::conv2d":
            constants = [torch.ops.quantized.conv2d_unpack(constants[0])[0]]
        elif node.kind() != "aten::_convolution":
            continue
        out, into, height, width = constants[0].shape
        if (height, width) == (1, 1):
            found.add((into, out))
    return found


@pytest.mark.parametrize("into, out", sorted(UNPLANNED))
@pytest.mark.parametrize("stride, bias", [(1, True), (2, False)])
def test_a_split_convolution_answers_as_the_whole(into, out, stride, bias):
    torch.manual_seed(1)
    whole = nn.Conv2d(into, out, 1, stride=stride, bias=bias).to(memory_format=torch.channels_last)
    example = torch.randn(2, into, 12, 12).to(memory_format=torch.channels_last)
    with torch.no_grad():
        frozen = torch.jit.freeze(torch.jit.trace(whole.eval(), example))
        assert split_wide(frozen) == 1
        assert (frozen(example) - whole(example)).abs().max() < 1e-5
    assert not widths(frozen) & UNPLANNED


def test_others_are_left_alone():
    small = nn.Sequential(nn.Conv2d(256, 512, 1), nn.Conv2d(512, 1024, 3)).eval()
    frozen = torch.jit.freeze(torch.jit.trace(small, torch.zeros(1, 256, 12, 12)))
    assert split_wide(frozen) == 0


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(3)
    return networks.build("resnet50-v2", classes=3, height=64, width=64, **OPTIONS).eval()


def test_what_is_published_is_split(network):
    inputs = torch.randint(0, 255, (3, 1, 64, 64), dtype=torch.uint8)
    with torch.no_grad():
        frozen = freeze(network, size=(64, 64))
        assert (frozen(inputs) - network(inputs)).abs().max() < 1e-3
    assert not widths(frozen) & UNPLANNED
    assert (512, 512) in widths(frozen)


def test_eight_bits_are_split_too(network):
    planes = torch.randint(0, 255, (8, 64, 64), dtype=torch.uint8).numpy()
    eight = quantised(network, planes)
    inputs = torch.from_numpy(planes).unsqueeze(1)
    with torch.no_grad():
        frozen = freeze(eight, "int8", size=(64, 64))
        assert torch.equal(frozen(inputs), eight(inputs))
    assert not widths(frozen) & UNPLANNED


def test_weights_come_back_out_of_a_split_graph(network, tmp_path):
    freeze(network, size=(64, 64)).save(str(tmp_path / "model.pt"))
    other = networks.build("resnet50-v2", classes=3, height=64, width=64, **OPTIONS).eval()
    planes = torch.randint(0, 255, (40, 64, 64), dtype=torch.uint8)
    recover(other, tmp_path / "model.pt", planes.numpy())
    with torch.no_grad():
        inputs = planes.unsqueeze(1)
        assert (other(inputs) - network(inputs)).abs().max() < 1e-3


@pytest.mark.parametrize("manifest", MODELS, ids=lambda m: "/".join(m.parts[-3:-1]))
def test_every_shipped_graph_can_be_planned(manifest):
    for name in json.loads(manifest.read_text())["variants"].values():
        graph = torch.jit.load(str(manifest.parent / name), map_location="cpu")
        assert not widths(graph) & UNPLANNED, name
