"""Networks in eight bits: they answer as before, or are not written."""

import copy
import dataclasses
import sys

import pytest
import torch
from pictures import stripes

from osteon_training import networks, outliers
from osteon_training.answers import predict
from osteon_training.arrays import Dataset
from osteon_training.config import Config
from osteon_training.export import TOLERANCE, freeze, write_graphs
from osteon_training.fit import Fit
from osteon_training.networks.ensemble import Ensemble
from osteon_training.networks.osteon_s import OsteonS
from osteon_training.quantise import quantised, quantised_if_it_holds

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def learnt():
    """A small network that tells stripes apart, and the stripes."""
    torch.manual_seed(1)
    network = OsteonS(widths=(8, 8, 16, 16, 16), depths=(1, 1, 1, 1, 1))
    train, val, test = stripes(96), stripes(48, seed=1), stripes(48, seed=2)
    config = Config()
    recipe = dataclasses.replace(config.recipe, epochs=6, batch=16, rate=4e-3)
    Fit(network, train, val, dataclasses.replace(config, recipe=recipe)).run()
    return network.eval(), Dataset(train, val, test, {})


def eight_bit_convolutions(graph) -> int:
    return str(graph.inlined_graph).count("quantized::conv2d")


def test_it_is_in_eight_bits_and_answers_as_before(learnt, tmp_path):
    network, dataset = learnt
    eight = quantised(network, dataset.train.planes)
    planes = dataset.test.planes[:8]
    written = write_graphs(tmp_path, network, planes, maps=True, quantised=eight)
    assert written["int8"] == "model.int8.pt"
    graph = torch.jit.load(str(tmp_path / "model.int8.pt"))
    assert eight_bit_convolutions(graph) >= 15
    assert eight_bit_convolutions(torch.jit.load(str(tmp_path / "model.pt"))) == 0
    with torch.no_grad():
        logits, maps = graph(torch.from_numpy(dataset.test.planes).unsqueeze(1))
    exact = predict(network, dataset.test)
    assert (logits - exact).abs().max() <= TOLERANCE["int8"]
    assert (logits.argmax(1) == exact.argmax(1)).float().mean() >= 0.95
    assert maps.dtype == torch.float32 and maps.shape[:2] == (48, 3)


def test_a_residual_sum_and_its_relu_stay_in_eight_bits(learnt):
    network, dataset = learnt
    graph = str(freeze(quantised(network, dataset.train.planes), size=(64, 64)).inlined_graph)
    assert graph.count("quantized::add_relu") == 5, "one for each block"


def test_an_ensemble_shows_each_member_what_it_was_trained_to_see(learnt):
    network, dataset = learnt
    both = Ensemble([network, network]).eval()
    eight = quantised(both, dataset.train.planes)
    exact, rounded = predict(both, dataset.test), predict(eight, dataset.test)
    assert (exact - rounded).abs().max() <= TOLERANCE["int8"]
    assert [type(member).__name__ for member in eight.members] == ["Quantised"] * 2


def test_it_is_kept_where_its_figures_hold_and_only_there(learnt, capsys):
    network, dataset = learnt
    assert quantised_if_it_holds(network, dataset, 1.0) is not None
    assert capsys.readouterr().out == ""
    uneven = uneven_twin(network)
    exact, same = predict(network, dataset.val), predict(uneven, dataset.val)
    assert (exact - same).abs().max() < 0.01
    assert quantised_if_it_holds(uneven, dataset, 1.0) is None
    assert "it is not written" in capsys.readouterr().out


def uneven_twin(network: OsteonS) -> OsteonS:
    """The same function, with a channel so large that its steps swallow the others."""
    twin = copy.deepcopy(network)
    block = twin.blocks[0]
    with torch.no_grad():
        for part in (twin.stem[1].weight, twin.stem[1].bias):
            part[0] *= 5000
        for kernel in (block.body[0].weight, block.shortcut[1].weight):
            kernel[:, 0] /= 5000
    return twin


def test_one_that_answers_otherwise_is_left_out_and_the_others_are_written(
    learnt, tmp_path, monkeypatch, capsys
):
    network, dataset = learnt
    monkeypatch.setitem(TOLERANCE, "int8", 0.0)
    eight = quantised(network, dataset.train.planes)
    written = write_graphs(tmp_path, network, dataset.test.planes[:8], False, eight)
    assert "int8" not in written and {"f32", "bf16"} <= set(written)
    assert "model.int8.pt differs from the training graph" in capsys.readouterr().out
    assert not (tmp_path / "model.int8.pt").exists()


@pytest.mark.parametrize("name", ["v1", "resnet18", "mobilenet-v3-small"])
def test_other_networks_can_be_converted(name):
    if name not in networks.names(available=True):
        pytest.skip(f"this torchvision has no {name}")
    torch.manual_seed(1)
    network = networks.build(name, height=64, width=64).eval()
    eight = quantised(network, outliers.draw(8, 64, 64, seed=5))
    assert eight_bit_convolutions(freeze(eight, size=(64, 64))) > 0


def test_a_pytorch_without_the_converter_publishes_without_int8(learnt, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "torch.ao.quantization.quantize_fx", None)
    assert quantised_if_it_holds(*learnt, 1.0) is None
    assert "this PyTorch does not convert networks" in capsys.readouterr().out


def test_what_cannot_be_converted_is_said(learnt):
    class Branching(OsteonS):
        architecture = "branching"

        def features(self, x):
            return super().features(x) if x.sum() > 0 else x

    with pytest.raises(ValueError, match="branching cannot be converted"):
        quantised(Branching(widths=(8, 8, 8, 8, 8), depths=(1, 1, 1, 1, 1)), learnt[1].train.planes)
