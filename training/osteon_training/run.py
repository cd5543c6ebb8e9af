"""A run's folder: configuration, environment, checkpoint, and logs as CSV, JSON and for TensorBoard."""

import csv
import json
import os
import platform
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Dict, Optional

import numpy as np
import torch

from .config import Config, Decision
from .tensorboard import EventFile


class Run:
    """One folder for one training; a second start goes on where the first was killed.

    Raises ValueError where the folder holds a run of another configuration or other arrays.
    """

    def __init__(self, folder: Path, config: Config, data_digest: str, quiet: bool = False) -> None:
        self.folder, self.quiet = folder, quiet
        folder.mkdir(parents=True, exist_ok=True)
        # Operating points are found after training and may be changed between two starts.
        self._claim("config.json", replace(config, decision=Decision()).json())
        self._claim("data.json", json.dumps({"digest": data_digest}) + "\n")
        (folder / "environment.json").write_text(json.dumps(environment(), indent=2) + "\n")
        self.events = EventFile(folder)
        self.started = time.monotonic()
        self.done_before: Optional[int] = None
        self.shown = 0.0

    def _claim(self, name: str, text: str) -> None:
        file = self.folder / name
        if file.exists() and file.read_text() != text:
            raise ValueError(
                f"{self.folder} holds a run with another {name}; choose another folder or remove it."
            )
        file.write_text(text)

    def checkpoint(self) -> Optional[Dict]:
        """What the last finished epoch saved."""
        file = self.folder / "checkpoint.pt"
        return load_trusted(file) if file.exists() else None

    def save(self, state: Dict) -> None:
        """Replaces the checkpoint in one step: a kill leaves the old or the new, never half."""
        partial = self.folder / "checkpoint.pt.partial"
        torch.save(state, partial)
        os.replace(partial, self.folder / "checkpoint.pt")

    def log(self, row: Dict[str, float]) -> None:
        """One epoch."""
        with open(self.folder / "log.jsonl", "a", encoding="utf-8") as lines:
            lines.write(json.dumps(row) + "\n")
        file = self.folder / "log.csv"
        new = not file.exists()
        with open(file, "a", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, list(row))
            if new:
                writer.writeheader()
            writer.writerow(row)
        self.events.scalars(int(row["epoch"]), {k: v for k, v in row.items() if k != "epoch"})
        if not self.quiet:
            text = "  ".join(f"{k} {v:.4g}" for k, v in row.items())
            print(f"\r\033[K{text}" if sys.stdout.isatty() else text, flush=True)

    def progress(self, epoch: int, epochs: int, step: int, steps: int) -> None:
        """A bar with the time that is left, on a terminal only."""
        done = epoch * steps + step
        if self.done_before is None:
            self.done_before = done - 1
        now = time.monotonic()
        if self.quiet or not sys.stdout.isatty() or now - self.shown < 0.2:
            return
        self.shown = now
        pace = (now - self.started) / max(1, done - self.done_before)
        left = int(pace * (epochs * steps - done))
        filled = 24 * step // steps
        bar = "█" * filled + "░" * (24 - filled)
        print(
            f"\r\033[Kepoch {epoch + 1}/{epochs} {bar} {left // 60}:{left % 60:02d} left",
            end="",
            flush=True,
        )


def load_trusted(file: Path) -> Dict:
    """A checkpoint of our own, which holds more than tensors; newer PyTorch must be told so."""
    try:
        return torch.load(file, map_location="cpu", weights_only=False)
    except TypeError:
        return torch.load(file, map_location="cpu")


def environment() -> Dict[str, str]:
    """What a run's result may depend on beside configuration, data and seed."""
    return {
        "revision": revision(),
        "python": platform.python_version(),
        "torch": torch.__version__,
        "numpy": np.__version__,
        "machine": platform.machine(),
        "threads": str(torch.get_num_threads()),
        "device": torch.cuda.get_device_name(0) if torch.cuda.is_available() else "cpu",
        "command": " ".join(sys.argv),
    }


def revision() -> str:
    """The git revision of the code, "-dirty" behind it where files were changed, or "unknown"."""
    found = subprocess.run(
        ["git", "-C", str(Path(__file__).parent), "describe", "--always", "--abbrev=40", "--dirty"],
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.strip() or "unknown"
