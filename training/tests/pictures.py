"""Tiny data that the tests make."""

import json
import zipfile
from pathlib import Path
from typing import Dict

import numpy as np

from osteon_training.arrays import Arrays


def stripes(n: int, size: int = 64, seed: int = 0, source: str = "synthetic") -> Arrays:
    """Three classes that a network can learn in a moment: plain, bright below, bright to the right."""
    random = np.random.default_rng(seed)
    labels = np.arange(n) % 3
    planes = random.integers(30, 90, (n, size, size), dtype=np.uint8)
    planes[labels == 1, size // 2 :] += 150
    planes[labels == 2, :, size // 2 :] += 90
    names = np.array([f"{source}-{seed}-{i}" for i in range(n)])
    parts = np.where(np.arange(n) % 2 == 0, "wrist", "")
    return Arrays(planes, labels.astype(np.int64), names, np.array([source] * n), parts, names)


def write(folder: Path, parts: Dict[str, Arrays], shard: int = 40) -> Path:
    """Arrays by split as `osteon dataset prepare` writes them, in shards."""
    columns = {
        name: np.concatenate([getattr(arrays, name) for arrays in parts.values()])
        for name in Arrays.__dataclass_fields__
    }
    columns["split"] = np.concatenate([[split] * len(a) for split, a in parts.items()])
    folder.mkdir(parents=True, exist_ok=True)
    total, shards = len(columns["split"]), []
    for start in range(0, total, shard):
        file = f"shard-{start // shard:05d}.npz"
        with zipfile.ZipFile(folder / file, "w", zipfile.ZIP_DEFLATED) as out:
            for name, column in columns.items():
                part = column[start : start + shard]
                part = np.char.encode(part, "utf-8") if part.dtype.kind == "U" else part
                with out.open(f"{name}.npy", "w") as entry:
                    np.lib.format.write_array(entry, part)
        shards.append({"file": file, "images": min(shard, total - start)})
    height, width = columns["planes"].shape[1:]
    description = {
        "digest": "0" * 64,
        "images": total,
        "synthetic": int((columns["source"] == "synthetic").sum()),
        "input": {"height": height, "width": width, "resize": "letterbox"},
        "shards": shards,
    }
    (folder / "dataset.json").write_text(json.dumps(description))
    return folder
