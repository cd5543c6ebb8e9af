"""From drawn radiographs to a version that Java accepts, by the command that the documentation gives."""

import json
import os
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "src" / "target" / "classpath.txt"


def make(*arguments):
    environment = {**os.environ, "OSTEON_NO_BUILD": "1"}
    command = ["make", "--no-print-directory", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


@pytest.mark.skipif(not BUILT.exists(), reason="the Java side is not built: make test-java first")
def test_one_command_makes_a_version_of_drawn_radiographs_that_java_accepts(tmp_path):
    config = "CONFIG=training/configs/demo.toml"
    said = make("train", "DATA=-", config, "SIZE=64", "SYNTHETIC=120", f"WORK={tmp_path}")
    version = tmp_path / "models" / "osteon-s" / "1"
    assert "osteon-s/1: " in said and "every digest is right" in said
    held = said.count("golden outputs within")
    assert held == 3, "f32, bf16 and int8"
    manifest = json.loads((version / "model.json").read_text())
    assert manifest["data"] == {**manifest["data"], "images": 504, "synthetic": 504}
    accuracy = manifest["metrics"]["synthetic"]["accuracy"][0]
    assert accuracy > 0.6, "a third of it is chance"
    listed = {file.name for file in (version / "report").iterdir()}
    assert {"curves.png", "roc-pr.png", "calibration.png", "referral.png"} <= listed
