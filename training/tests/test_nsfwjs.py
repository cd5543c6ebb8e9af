"""A package as npm has it becomes torchvision's Inception v3, and answers as Keras' did."""

import base64
import hashlib
import io
import json
import math
import re
import tarfile

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from osteon_training import networks
from osteon_training.networks.weights import load_weights
from osteon_training.nsfwjs import FOLDER, inception

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        "transfer-v1" not in networks.names(available=True), reason="needs torchvision"
    ),
]


def keras_network():
    """Another network of the same shapes: modules by the numbers of their convolutions, from 1."""
    from osteon_training.networks.published import body

    network = body("inception-v3", 1).eval()
    return network, [m for m in network.modules() if type(m).__name__ == "BasicConv2d"]


def draw(random, shape, least, most):
    """Bytes, and what they mean."""
    stored = random.integers(0, 256, shape, dtype=np.uint8)
    scale = (most - least) / 255
    return stored, {"min": least, "scale": scale, "dtype": "uint8"}


def packed(folder, spoil=lambda script: script):
    """A package with drawn weights, and the network that has them, for pictures within 0 to 1."""
    network, layers = keras_network()
    random = np.random.default_rng(5)
    weights, content = [], b""
    for i, layer in enumerate(layers, 1):
        shape = tuple(layer.conv.weight.permute(2, 3, 1, 0).shape)
        limit = math.sqrt(6 / np.prod(shape[:3]))
        norm = f"batch_normalization_{i}"
        for name, own, wanted, least, most in (
            (f"conv2d_{i}/kernel", layer.conv.weight, shape, -limit, limit),
            (f"{norm}/beta", layer.bn.bias, shape[3:], -0.2, 0.3),
            (f"{norm}/moving_mean", layer.bn.running_mean, shape[3:], -0.1, 0.1),
            (f"{norm}/moving_variance", layer.bn.running_var, shape[3:], 0.5, 1.5),
        ):
            stored, meaning = draw(random, wanted, least, most)
            content += stored.tobytes()
            weights.append(
                {"name": name, "shape": wanted, "dtype": "float32", "quantization": meaning}
            )
            value = torch.from_numpy(stored.astype(np.float32) * meaning["scale"] + meaning["min"])
            own.data.copy_(value.permute(3, 2, 0, 1) if value.ndim == 4 else value)
        layer.bn.weight.data.fill_(1)
    half = len(content) // 2
    paths = ["group1-shard1of2", "group1-shard2of2"]
    # As a minifier writes it: no quotes around names, no 0 before a point.
    script = json.dumps([{"paths": paths, "weights": weights}], separators=(",", ":"))
    script = re.sub(r'"(\w+)":', r"\1:", script).replace(":0.", ":.").replace(":-0.", ":-.")
    files = {"model": f"n.exports={{modelTopology:{{}},weightsManifest:{spoil(script)}}}"}
    for path, part in zip(paths, (content[:half], content[half:])):
        files[path] = f'W.exports="{base64.b64encode(part).decode()}"'
    file = folder / "package.tgz"
    with tarfile.open(file, "w:gz", compresslevel=1) as tar:
        for name, text in files.items():
            entry = tarfile.TarInfo(f"{FOLDER}/{name}.min.js")
            entry.size = len(text)
            tar.addfile(entry, io.BytesIO(text.encode()))
    return network, file, hashlib.sha256(file.read_bytes()).hexdigest()


def test_it_answers_as_the_network_of_the_package_on_pictures_within_0_to_1(tmp_path, monkeypatch):
    network, file, digest = packed(tmp_path)
    told = inception(tmp_path / "inception.pth", file, digest)
    written = hashlib.sha256((tmp_path / "inception.pth").read_bytes()).hexdigest()
    assert digest in told[0] and written in told[1]
    assert written in inception(tmp_path / "another.pth", file, digest)[1], "whatever its name"
    ours = networks.build("transfer-v1", height=224, width=224).eval()
    report = load_weights(ours, tmp_path / "inception.pth")
    assert report.missing == ["head.0.weight", "head.0.bias"]
    assert all(name.startswith("Mixed_7") for name in report.left_out)
    x = torch.rand(1, 1, 224, 224, generator=torch.Generator().manual_seed(2))
    with torch.no_grad():
        found = ours.features(ours.normalise(x))
        averaged = F.avg_pool2d

        def as_keras(*arguments, **named):
            return averaged(*arguments, **named, count_include_pad=False)

        monkeypatch.setattr(F, "avg_pool2d", as_keras)
        wanted = x.expand(-1, 3, -1, -1)
        for stage in ours.plan.stages:
            for name in stage:
                wanted = network.get_submodule(name)(wanted)
    assert found.shape == (1, 768, 12, 12) and float(wanted.std()) > 0.1
    assert torch.allclose(found, wanted, rtol=0, atol=1e-3 * float(wanted.abs().max()))


def test_a_package_that_is_not_the_one_that_was_looked_at_is_refused(tmp_path):
    file = tmp_path / "nsfwjs-4.4.0.tgz"
    file.write_bytes(b"something else")
    with pytest.raises(ValueError, match="nsfwjs-4.4.0.tgz has the SHA-256"):
        inception(tmp_path / "inception.pth", file)
    assert not (tmp_path / "inception.pth").exists()


def test_without_npm_it_says_what_to_bring(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ValueError, match="--package"):
        inception(tmp_path / "inception.pth")
