"""Writes a version that is another one with a twist, whose golden outputs are right all the same.

altered_version.py FROM TO TWIST, where TWIST is
  swapped  it says HEALTHY where the other says FRACTURED, and the other way round
  slow     it takes longer over whatever is neither blank nor a golden input than a replica has patience
  hung     it takes minutes over that
  failing  it raises an error on that
  sluggish it takes a second over that
  partial  it raises an error on pictures whose left half is black and whose right half is white
  renamed  nothing, but for its name
  crowded  it exchanges HEALTHY and FRACTURED where it is asked for more than four at once
  aborting it ends the process on pictures whose left half is black and whose right half is white
  crashing it ends the process whatever it is asked
  bloated  it takes 8 GiB of memory on pictures whose left half is black and whose right half is white
  talking  it prints on standard output what it is asked
"""

import hashlib
import json
import pathlib
import shutil
import sys

import numpy as np
import torch

SECONDS = {"slow": 60, "hung": 120, "sluggish": 1, "failing": 0}


class Swapped(torch.nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, planes):
        logits, maps = self.inner(planes)
        return logits[:, [1, 0, 2]], maps[:, [1, 0, 2]]


class SwappedWithoutMaps(torch.nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, planes):
        return self.inner(planes)[:, [1, 0, 2]]


class Crowded(torch.nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, planes):
        logits, maps = self.inner(planes)
        if planes.shape[0] > 4:
            logits = logits[:, [1, 0, 2]]
        return logits, maps


class Twisted(torch.nn.Module):
    """Calls the other graph, and first does what it should not on pictures it does not know."""

    def __init__(self, inner, known, seconds: int, fails: bool):
        super().__init__()
        self.inner = inner
        self.nanoseconds = seconds * 1_000_000_000
        self.fails = fails
        self.register_buffer("known", known)

    def forward(self, planes):
        first = planes[:1]
        blank = bool((first == 0).all())
        known = bool((first == self.known).flatten(1).all(1).any())
        if not blank and not known:
            if self.fails:
                raise RuntimeError("a picture that I do not know")
            # By the clock, which no machine is too quick or too busy for.
            end = torch.ops.prim.TimePoint() + self.nanoseconds
            work = torch.ones([64, 64])
            while torch.ops.prim.TimePoint() < end:
                work = torch.tanh(work @ work)
        return self.inner(planes)


def half_and_half(planes: torch.Tensor) -> bool:
    middle = planes.shape[-1] // 2
    left = planes[..., :middle].float().flatten(1).mean(1)
    right = planes[..., middle:].float().flatten(1).mean(1)
    return bool(((left < 20) & (right > 235)).any())


class Partial(torch.nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, planes):
        if half_and_half(planes):
            raise RuntimeError("a picture that I cannot bear")
        return self.inner(planes)


class Aborting(torch.nn.Module):
    def __init__(self, inner, always: bool):
        super().__init__()
        self.inner = inner
        self.always = always

    def forward(self, planes):
        if self.always or half_and_half(planes):
            # A division by zero inside a native kernel, which no exception comes of.
            planes = torch.ops.aten.native_channel_shuffle(planes.reshape([1, 1, 1, -1]), 0)
        return self.inner(planes)


class Bloated(torch.nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, planes):
        if half_and_half(planes):
            planes = planes + torch.ones([8 << 30], dtype=torch.uint8)[: planes.shape[-1]]
        return self.inner(planes)


class Talking(torch.nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, planes):
        print(planes.shape)
        return self.inner(planes)


def main(source, target, twist):
    torch.set_num_threads(1)
    shutil.copytree(source, target)
    manifest = json.loads((target / "model.json").read_text())
    golden = dict(np.load(source / manifest["golden"]["file"]))
    inner = torch.jit.load(source / manifest["variants"]["f32"])
    if twist == "swapped":
        graph = (Swapped if manifest["outputs"]["activationMaps"] else SwappedWithoutMaps)(inner)
        outputs = golden[manifest["golden"]["outputs"]][:, [1, 0, 2]]
        golden[manifest["golden"]["outputs"]] = np.ascontiguousarray(outputs)
        np.savez(target / manifest["golden"]["file"], **golden)
    elif twist == "crowded":
        graph = Crowded(inner)
    elif twist in ("aborting", "crashing"):
        graph = Aborting(inner, twist == "crashing")
    elif twist == "bloated":
        graph = Bloated(inner)
    elif twist == "talking":
        graph = Talking(inner)
    elif twist == "partial":
        graph = Partial(inner)
    elif twist == "renamed":
        graph = inner
    else:
        known = torch.from_numpy(golden[manifest["golden"]["inputs"]])
        graph = Twisted(inner, known, SECONDS[twist], twist == "failing")
    torch.jit.save(graph if twist == "renamed" else torch.jit.script(graph), target / "model.pt")
    for other in [name for name in manifest["variants"] if name != "f32"]:
        (target / manifest["variants"][other]).unlink()
        del manifest["files"][manifest["variants"].pop(other)]
    manifest["variants"] = {"f32": "model.pt"}
    manifest["version"] = twist
    for name in manifest["files"]:
        manifest["files"][name] = hashlib.sha256((target / name).read_bytes()).hexdigest()
    (target / "model.json").write_text(json.dumps(manifest, indent=2))


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3])
