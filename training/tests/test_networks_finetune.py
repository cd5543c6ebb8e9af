"""Weights from files, fine-tuning by stages and class activation maps."""

import copy
import hashlib
from pathlib import Path

import pytest
import torch
from torch.nn import functional as F

from osteon_training import networks
from osteon_training.export import Served
from osteon_training.networks.channels import adapt_kernel
from osteon_training.networks.finetune import freeze_norms, kernel_penalty, parameter_groups
from osteon_training.networks.maps import heat_maps
from osteon_training.networks.weights import load_weights
from osteon_training.networks.xception import Xception

pytestmark = pytest.mark.slow

SHARED = Path(__file__).resolve().parents[3] / "shared" / "weights"
NAMES = networks.names(available=True)
needs_torchvision = pytest.mark.skipif("resnet18" not in NAMES, reason="needs torchvision")


def made(name, **options):
    torch.manual_seed(6)
    return networks.build(name, height=80, width=80, **options)


def pictures(n=2):
    random = torch.Generator().manual_seed(8)
    return torch.randint(0, 256, (n, 1, 80, 80), generator=random, dtype=torch.uint8)


def same(a, b):
    return a.keys() == b.keys() and all(torch.equal(a[k], b[k]) for k in a)


@needs_torchvision
def test_imagenet_weights_for_colour_go_into_a_grey_network(tmp_path):
    from torchvision.models import resnet18

    torch.manual_seed(1)
    source = resnet18(weights=None)
    torch.save(source.state_dict(), tmp_path / "resnet18.pth")
    network = made("resnet18", channels=1)
    head = network.body.fc.weight.clone()
    report = load_weights(network, tmp_path / "resnet18.pth")
    digest = hashlib.sha256((tmp_path / "resnet18.pth").read_bytes()).hexdigest()
    assert report.sha256 == digest and digest in str(report)
    assert report.left_out == ["fc.weight", "fc.bias"]
    assert report.missing == ["body.fc.weight", "body.fc.bias"]
    assert report.matched == report.total - 2 == 100
    assert torch.equal(network.body.fc.weight, head)
    x = torch.rand(2, 1, 80, 80)
    colour = F.conv2d(x.expand(-1, 3, -1, -1), source.conv1.weight)
    assert torch.allclose(F.conv2d(x, network.body.conv1.weight), colour, atol=1e-4)
    assert torch.equal(network.body.layer4[1].conv2.weight, source.layer4[1].conv2.weight)
    with pytest.raises(ValueError, match="head"):
        load_weights(network, tmp_path / "resnet18.pth", allow_head_mismatch=False)


def test_a_kernel_answers_the_same_in_grey_and_in_colour():
    x, kernel = torch.rand(1, 1, 9, 9), torch.rand(4, 1, 3, 3)
    colour = F.conv2d(x.expand(-1, 3, -1, -1), adapt_kernel(kernel, 3))
    assert torch.allclose(colour, F.conv2d(x, kernel), atol=1e-5)
    assert torch.allclose(adapt_kernel(adapt_kernel(kernel, 3), 1), kernel)


def test_an_earlier_checkpoint_comes_back_whole(tmp_path):
    source, network = made("osteon-s"), made("osteon-s", dropout=0.1)
    for parameter in source.parameters():
        parameter.data.add_(0.01)
    saved = {"state": source.state_dict(), "network": "osteon-s", "curve": [{"loss": 0.5}]}
    torch.save(saved, tmp_path / "checkpoint.pt")
    report = load_weights(network, tmp_path / "checkpoint.pt", allow_head_mismatch=False)
    assert report.architecture == "osteon-s" and not report.missing and not report.left_out
    assert torch.equal(network.eval()(pictures()), source.eval()(pictures()))


def test_a_file_of_another_architecture_is_refused_and_changes_nothing(tmp_path):
    torch.save(made("v1").state_dict(), tmp_path / "v1.pt")
    (tmp_path / "text.pt").write_text("no weights")
    network = made("osteon-s")
    before = copy.deepcopy(network.state_dict())
    for file, says in (("v1.pt", "another architecture"), ("text.pt", "no weights")):
        with pytest.raises(ValueError, match=says):
            load_weights(network, tmp_path / file)
    assert same(network.state_dict(), before)


def test_a_file_that_would_run_something_is_refused(tmp_path):
    class Runs:
        def __reduce__(self):
            return (Path.touch, (tmp_path / "ran",))

    torch.save({"weight": torch.zeros(1), "more": Runs()}, tmp_path / "bad.pt")
    with pytest.raises(ValueError, match="safely"):
        load_weights(made("osteon-s"), tmp_path / "bad.pt")
    assert not (tmp_path / "ran").exists()


def test_xception_files_of_either_layout_load(tmp_path):
    torch.manual_seed(7)
    state = Xception().state_dict()
    for name in (
        "block1.rep.0.conv1.weight",
        "block12.skipbn.bias",
        "block5.rep.7.pointwise.weight",
    ):
        assert name in state
    old = {k: v[:, :, 0, 0] if k.endswith("pointwise.weight") else v for k, v in state.items()}
    torch.save({**old, "fc.weight": torch.zeros(1000, 2048)}, tmp_path / "cadene.pth")
    network = made("transfer-v3-m1")
    report = load_weights(network, tmp_path / "cadene.pth")
    assert report.left_out == ["fc.weight"]
    assert all(name.startswith("head.") for name in report.missing)
    assert torch.equal(network.body.conv4.pointwise.weight, state["conv4.pointwise.weight"])


@needs_torchvision
@pytest.mark.parametrize("name,file", [("mobilenet-v2", "mobilenet_v2"), ("squeezenet1-1",) * 2])
def test_the_files_that_come_with_the_data_fill_all_but_the_head(name, file):
    weights = SHARED / f"{file.replace('-', '_')}.pth"
    if not weights.exists():
        pytest.skip(f"{weights} is not there")
    network = made(name)
    report = load_weights(network, weights)
    head = {id(p) for p in network.stages()[-1].parameters()}
    assert {id(network.get_parameter(name)) for name in report.missing} == head
    assert all(name.startswith("classifier.") for name in report.left_out)


@needs_torchvision
def test_densenet_files_with_old_names_load(tmp_path):
    source = made("densenet121").body.state_dict()
    old = {}
    for name, tensor in source.items():
        for kind in ("norm", "conv"):
            for i in "12":
                if "denselayer" in name:
                    name = name.replace(f".{kind}{i}.", f".{kind}.{i}.")
        old[name] = tensor
    assert "features.denseblock1.denselayer1.norm.1.weight" in old
    torch.save(old, tmp_path / "densenet.pth")
    report = load_weights(made("densenet121"), tmp_path / "densenet.pth", False)
    assert not report.missing and not report.left_out


@pytest.mark.parametrize("name", NAMES)
def test_the_stages_hold_every_parameter_once(name):
    device = {"device": "meta"} if name.startswith("v") else {}
    network = made(name, **device)
    held = [id(p) for part in network.stages() for p in part.parameters()]
    assert len(held) == len(set(held))
    assert set(held) == {id(p) for p in network.parameters()}


@needs_torchvision
@pytest.mark.parametrize("stage", ["head", "last", "all"])
def test_a_stage_of_fine_tuning_changes_only_what_it_should(stage):
    network = made("resnet18")
    groups = parameter_groups(network, stage, rate=0.1, decay=0.01)
    optimiser = torch.optim.AdamW(groups)
    network.train()
    freeze_norms(network)
    before = copy.deepcopy(network.state_dict())
    loss = F.cross_entropy(network(pictures(4)), torch.tensor([0, 1, 2, 0]))
    loss.backward()
    optimiser.step()
    after = network.state_dict()
    changed = {name.split(".")[1] for name in after if not torch.equal(before[name], after[name])}
    bodies = {"conv1", "bn1", "layer1", "layer2", "layer3"}
    assert (
        changed
        == {"head": {"fc"}, "last": {"fc", "layer4"}, "all": {"fc", "layer4"} | bodies}[stage]
    )


def test_rates_fall_towards_the_input_and_norms_do_not_decay():
    network = made("osteon-s")
    groups = parameter_groups(network, "all", rate=1.0, decay=0.05, factor=0.5)
    rates = {id(p): g["lr"] for g in groups for p in g["params"]}
    assert sum(len(g["params"]) for g in groups) == len(list(network.parameters()))
    parts = network.stages()
    for depth, part in enumerate(reversed(parts)):
        assert {rates[id(p)] for p in part.parameters()} == {0.5**depth}
    assert all((g["weight_decay"] > 0) == (p.ndim > 1) for g in groups for p in g["params"])
    parameter_groups(network, "head", 1.0, 0.0)
    parameter_groups(network, "all", 1.0, 0.0)
    assert all(p.requires_grad for p in network.parameters())
    with pytest.raises(ValueError, match="head, last, all"):
        parameter_groups(network, "body", 1.0, 0.0)


def test_the_kernel_penalty_is_the_sum_of_squares_of_kernels_alone():
    network = made("transfer-v3-m1")
    kernels = [p for p in network.parameters() if p.ndim > 1]
    expected = 1e-6 * sum(float((p.detach().double() ** 2).sum()) for p in kernels)
    assert float(kernel_penalty(network).detach()) == pytest.approx(expected, rel=1e-4)
    assert float(kernel_penalty(made("osteon-s"))) == 0


@pytest.mark.parametrize("name", [n for n in NAMES if n not in ("transfer-v4", "efficientnet-b7")])
def test_heat_maps_of_any_network_lie_within_0_and_1(name):
    network = made(name).train()
    with torch.no_grad():
        features = network.eval().features(network.normalise(pictures() / 255.0))
    network.train()
    maps = heat_maps(network, pictures())
    assert network.training and all(p.grad is None for p in network.parameters())
    assert maps.shape == (2, 3, *features.shape[2:]) and maps.dtype == torch.float32
    assert float(maps.min()) >= 0
    assert torch.allclose(maps.amax((1, 2, 3)), torch.ones(2))
    one = heat_maps(network, pictures(), klass=1)
    assert one.shape == (2, 1, *features.shape[2:]) and float(one.max()) in (0.0, 1.0)


@pytest.mark.parametrize("name", [n for n in ("xception", "resnet18", "densenet121") if n in NAMES])
def test_exact_maps_average_to_the_logits(name):
    network = made(name).eval()
    with torch.no_grad():
        logits, maps = Served(network, torch.float32, maps=True)(pictures())
    assert network.has_maps and maps.shape[:2] == (2, 3) and maps.shape[2] > 1
    assert torch.allclose(maps.mean((2, 3)), logits, atol=1e-4, rtol=1e-4)


def test_osteon_s_maps_agree_with_grad_cam():
    network = made("osteon-s").eval()
    with torch.no_grad():
        _, maps = Served(network, torch.float32, maps=True)(pictures())
    bias = network.head[-1].bias.detach().view(1, 3, 1, 1)
    expected = torch.relu(maps - bias)
    expected = expected / expected.amax((1, 2, 3), keepdim=True)
    assert torch.allclose(heat_maps(network, pictures()), expected, atol=1e-4)


def test_maps_are_a_second_output_of_the_frozen_graph():
    network = Served(made("osteon-s"), torch.float32, maps=True).eval()
    with torch.no_grad():
        frozen = torch.jit.freeze(torch.jit.trace(network, pictures(), check_trace=False))
        expected, found = network(pictures(3)), frozen(pictures(3))
    assert found[1].shape == (3, 3, 2, 2)
    assert all(torch.allclose(a, b, atol=1e-4) for a, b in zip(expected, found))
    with pytest.raises(ValueError, match="v1 has no activation maps"):
        Served(made("v1"), torch.float32, maps=True)
