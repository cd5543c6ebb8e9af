"""ResNet v2: the published weights fit, blocks may be taken out, and its maps take part in the answer."""

import pytest
import torch
from torch.nn import functional as F

from osteon_training import networks, outliers
from osteon_training.export import freeze
from osteon_training.networks.mirrored import Mirrored
from osteon_training.networks.resnet_v2 import Body
from osteon_training.networks.weights import began_with, load_weights
from osteon_training.networks.where import WhereHead, margin, smooth_maximum
from osteon_training.quantise import quantised


def as_published(folder):
    """A file with the names and shapes of `resnet50_v2_stage1to3.pth`, counters included."""
    torch.manual_seed(4)
    body = Body((3, 4, 6))
    file = folder / "published.pth"
    torch.save(body.state_dict(), file)
    return body, file


@pytest.mark.parametrize("depths,left", [((3, 4, 6), 0), ((2, 3, 4), 60)])
def test_published_weights_fill_the_whole_body(tmp_path, depths, left):
    body, file = as_published(tmp_path)
    assert len(body.state_dict()) == 253, "as WEIGHTS.md's file has"
    network = networks.build("resnet50-v2", depths=depths).eval()
    report = load_weights(network, file)
    assert all(name.startswith("head.") for name in report.missing)
    assert len(report.left_out) == left
    own = network.body.state_dict()
    assert all(torch.equal(own[name], body.state_dict()[name]) for name in own)


def test_a_plane_becomes_what_imagenet_weights_expect():
    network = networks.build("resnet50-v2", side=32)
    x = network.normalise(torch.full((1, 1, 64, 64), 0.5))
    assert x.shape == (1, 3, 32, 32)
    wanted = [(0.5 - m) / d for m, d in zip((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))]
    assert torch.allclose(x[0, :, 5, 5], torch.tensor(wanted), atol=1e-5)


def test_maps_are_a_sixteenth_of_the_sides_and_part_of_the_answer():
    torch.manual_seed(3)
    head = WhereHead(8, 3, 0.0).eval()
    features = torch.rand(2, 8, 4, 4)
    with torch.no_grad():
        before = head(features)
        head.cells.bias[1] += 2
        assert torch.allclose(head(features) - before, torch.tensor([0.0, 2.0, 0.0]), atol=1e-5)
    graph = freeze(
        networks.build("resnet50-v2", depths=(1, 1, 1)).eval(), "f32", (64, 64), maps=True
    )
    logits, maps = graph(torch.zeros(2, 1, 64, 64, dtype=torch.uint8))
    assert logits.shape == (2, 3) and maps.shape == (2, 3, 4, 4)


def test_fine_maps_begin_as_the_deep_ones_and_bear_eight_bits():
    torch.manual_seed(9)
    coarse = networks.build("resnet50-v2", depths=(1, 1, 1)).eval()
    fine = networks.build("resnet50-v2", depths=(1, 1, 1), fine=True).eval()
    fine.load_state_dict(coarse.state_dict(), strict=False)
    x = torch.randint(0, 255, (2, 1, 64, 64), dtype=torch.uint8)
    with torch.no_grad():
        before = fine(x)
    logits, maps = freeze(fine, "f32", (64, 64), maps=True)(x)
    assert torch.allclose(logits, before, atol=1e-4)
    _, deep = freeze(coarse, "f32", (64, 64), maps=True)(x)
    assert maps.shape == (2, 3, 8, 8)
    larger = F.interpolate(deep, scale_factor=2.0, mode="bilinear")
    odds = F.avg_pool2d((larger[:, 1:] - larger[:, :1]).exp(), 3, stride=1, padding=1)
    assert not maps[:, 0].any()
    assert torch.allclose(maps[:, 1:], odds.log(), atol=1e-3)
    with torch.no_grad():
        fine.head.finer.cells.weight.normal_(std=0.1)
        assert torch.equal(fine(x), before), "the answer has its own maps"
    graph = freeze(quantised(fine, outliers.draw(8, 64, 64, seed=5)), size=(64, 64), maps=True)
    eight, _ = graph(x)
    assert str(graph.inlined_graph).count("quantized::conv2d") >= 9
    with torch.no_grad():
        assert float((eight - fine(x)).abs().max()) < 0.5


def test_one_cell_of_many_lights_the_smooth_maximum():
    maps = torch.zeros(1, 3, 10, 10)
    maps[0, 1, 4, 4] = 12
    assert smooth_maximum(maps)[0, 1] > 7 and smooth_maximum(maps)[0, 0] == pytest.approx(
        0, abs=1e-5
    )
    assert margin(maps).argmax() == 44
    assert margin(maps[:, :2]).shape == (1, 10, 10), "two classes as well"


def test_depths_must_be_three():
    with pytest.raises(ValueError, match="each of 3 stages"):
        networks.build("resnet50-v2", depths=(1, 2))


def test_what_a_network_began_with_is_known_to_the_end_of_the_chain(tmp_path):
    _, file = as_published(tmp_path)
    first = began_with(file, "somebody's, Apache-2.0")
    network = networks.build("resnet50-v2", depths=(1, 1, 1))
    torch.save(
        {"network": "resnet50-v2", "state": network.state_dict(), "began": first}, tmp_path / "w.pt"
    )
    chain = began_with(tmp_path / "w.pt", "the first phase")
    assert [one["file"] for one in chain] == ["w.pt", "published.pth"]
    assert chain[1]["from"] == "somebody's, Apache-2.0" and len(chain[1]["sha256"]) == 64


def test_looking_twice_is_the_mean_of_both_and_costs_no_weights():
    torch.manual_seed(5)
    network = networks.build("resnet50-v2", depths=(1, 1, 1)).eval()
    both = Mirrored(network).eval()
    x = torch.randint(0, 255, (3, 1, 64, 64), dtype=torch.uint8)
    with torch.no_grad():
        wanted = (network(x) + network(x.flip(3))) / 2
        logits, maps = freeze(both, "f32", (64, 64), maps=True)(x)
        one = [freeze(network, "f32", (64, 64), maps=True)(view)[1] for view in (x, x.flip(3))]
    assert torch.allclose(logits, wanted, atol=1e-4)
    assert torch.allclose(maps, (one[0] + one[1].flip(3)) / 2, atol=1e-4)
    assert sum(p.numel() for p in both.parameters()) == sum(p.numel() for p in network.parameters())
    eight = quantised(both, outliers.draw(8, 64, 64, seed=5))
    graph = str(freeze(eight, size=(64, 64)).inlined_graph)
    assert (
        graph.count("quantized::conv2d") >= 9 and "aten::batch_norm" in graph
    ), "the last norm is exact"


def test_it_learns_in_bf16():
    torch.manual_seed(1)
    network = networks.build("resnet50-v2", depths=(1, 1, 1)).train()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = network.classify(torch.rand(2, 1, 32, 32)).float()
    F.cross_entropy(logits, torch.tensor([0, 2])).backward()
    assert all(bool(torch.isfinite(p.grad).all()) for p in network.parameters())
