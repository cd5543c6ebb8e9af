"""Weights out of a published version: the same answers, and a network that can be trained on."""

import json

import pytest
import torch
from pictures import stripes

from osteon_training import networks
from osteon_training.answers import predict
from osteon_training.export import freeze
from osteon_training.found import maps_of
from osteon_training.recover import of_version, recover


@pytest.fixture(scope="module", params=[False, True], ids=["coarse", "fine"])
def published(request, tmp_path_factory):
    """A small pre-activation network with norms that do something, frozen as a version is."""
    torch.manual_seed(3)
    options = {"depths": [1, 1, 1], "fine": request.param}
    network = networks.build("resnet50-v2", classes=3, height=64, width=64, **options)
    if request.param:
        torch.nn.init.normal_(network.head.finer.cells.weight, std=0.1)
    train = stripes(48)
    for norm in network.modules():
        if isinstance(norm, torch.nn.BatchNorm2d):
            norm.momentum = 1.0
    planes = torch.from_numpy(train.planes).unsqueeze(1)
    with torch.no_grad():
        network.train().features(network.normalise(planes.float() / 255.0))
    folder = tmp_path_factory.mktemp("version")
    freeze(network.eval(), size=(64, 64), maps=True).save(str(folder / "model.pt"))
    manifest = {
        "classes": ["HEALTHY", "FRACTURED", "BEYOND_REPAIR"],
        "input": {"height": 64, "width": 64},
        "variants": {"f32": "model.pt"},
        "training": {"network": {"name": "resnet50-v2", "options": options}, "beganWith": []},
    }
    (folder / "model.json").write_text(json.dumps(manifest))
    return network, train, folder


def test_the_network_answers_as_before(published):
    network, train, folder = published
    found, config, _ = of_version(folder, train)
    assert found.head.finer is None or config.network.options["fine"]
    assert (predict(found, train) - predict(network, train)).abs().max() < 1e-3
    assert (maps_of(found, train.planes) - maps_of(network, train.planes)).abs().max() < 1e-3


def test_folded_norms_normalise_again(published):
    network, train, folder = published
    found, _, _ = of_version(folder, train)
    planes = torch.from_numpy(train.planes).unsqueeze(1)
    with torch.no_grad():
        exact = found.features(found.normalise(planes.float() / 255.0))
        found.train()
        trained = found.features(found.normalise(planes.float() / 255.0))
    # With the batch's own statistics it is nearly the function that it was.
    assert (trained - exact).abs().mean() < 0.1 * exact.abs().mean()


def test_another_network_is_refused(published):
    _, train, folder = published
    deeper = networks.build("resnet50-v2", classes=3, height=64, width=64, depths=[2, 1, 1])
    with pytest.raises(ValueError, match="layers|shapes|answers|bias|off its version"):
        recover(deeper, folder / "model.pt", train.planes)
