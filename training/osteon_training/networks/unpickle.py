"""Reads files that `torch.save` wrote without running what they may hold."""

import pickle
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import torch

# Before PyTorch 2, `weights_only` does not know Python's floats, and our checkpoints hold a curve of
# them; and torch.load ignores `pickle_module`. So there its reader is called with this list.
ALLOWED = {
    ("collections", "OrderedDict"),
    ("torch._utils", "_rebuild_tensor_v2"),
    ("torch._utils", "_rebuild_parameter"),
}


def load(file: Path) -> Any:
    """Tensors (on the CPU), numbers, strings, lists and dicts of them.

    Raises ValueError in one sentence for anything else, and OSError where there is no file.
    """
    with open(file, "rb") as stream:
        try:
            try:
                return torch.load(stream, map_location="cpu", weights_only=True)
            except pickle.UnpicklingError:
                if int(torch.__version__.split(".")[0]) >= 2:
                    raise
                stream.seek(0)
                return _load_before_2(stream)
        except Exception as error:  # what torch.load raises of a strange file is not documented
            raise ValueError(f"{file} holds no weights that can be read safely.") from error


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} is not allowed in a file of weights.")
        return super().find_class(module, name)


def _load_before_2(stream: Any) -> Any:
    reader = torch._C.PyTorchFileReader(stream)
    restricted = SimpleNamespace(Unpickler=_Unpickler)
    return torch.serialization._load(reader, "cpu", restricted, encoding="utf-8")
