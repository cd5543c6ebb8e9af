"""A version with random weights: what a network costs to serve, before anyone trains it."""

from pathlib import Path

import torch

from . import networks, outliers
from .calibrate import OperatingPoints
from .export import GOLDEN_IMAGES, Version, write_version
from .quantise import quantised_or_none

NOTICE = "Random weights, written to measure how long the network takes. It knows nothing.\n"
CALIBRATION_IMAGES = 32
# A mean logit that no radiograph reaches: everything is referred to a person.
REFER_ALL = OperatingPoints(1e6, 1.0, 1.0, 1.0)


def untrained(architecture: str, folder: Path, height: int, width: int, seed: int = 1) -> Path:
    """Writes `folder`, named as a version is: `.../resnet18/1`.

    Raises ValueError for networks and sizes that are not there, OSError where the folder is.
    """
    torch.manual_seed(seed)
    network = networks.build(architecture, height=height, width=width).eval()
    folder.mkdir(parents=True)
    (folder / "MODEL_CARD.md").write_text(f"# {architecture}, untrained\n\n{NOTICE}")
    version = Version(
        name=folder.parent.name,
        golden_planes=outliers.draw(GOLDEN_IMAGES, height, width, seed=5),
        temperature=1.0,
        points=REFER_ALL,
        description={
            "input": {"resize": "letterbox"},
            "digest": "",
            "images": 0,
            "synthetic": True,
        },
        report={},
        configuration={"architecture": architecture, "seed": seed},
        quantised=quantised_or_none(
            network, outliers.draw(CALIBRATION_IMAGES, height, width, seed=5)
        ),
    )
    write_version(folder, network, version)
    return folder
