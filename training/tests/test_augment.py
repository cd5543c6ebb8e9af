"""Augmentation leaves the label true."""

import numpy as np
import pytest
import torch
from pictures import stripes
from torch.nn import functional as F

from osteon_training.augment import Augmentation

NOTHING = dict(rotation=0, shift=0, horizontal=False, vertical=False, brightness=0, contrast=0)


def pictures(n=9):
    return torch.from_numpy(stripes(n).planes).unsqueeze(1)


def test_range_and_shape_are_kept():
    torch.manual_seed(1)
    everything = Augmentation(zoom=0.2, gamma=0.4, noise=0.05, erase=0.5, letters=0.5)
    changed = everything(pictures())
    assert changed.shape == (9, 1, 64, 64) and changed.dtype == torch.float32
    assert changed.min() >= 0 and changed.max() <= 1
    assert not torch.allclose(changed, pictures().float() / 255, atol=0.05)


def test_without_switches_nothing_changes():
    assert torch.allclose(Augmentation(**NOTHING)(pictures()), pictures().float() / 255, atol=1e-4)


@pytest.mark.parametrize(
    "switch",
    ["rotation", "shift", "zoom", "brightness", "contrast", "gamma", "noise", "erase"],
)
def test_every_switch_does_something(switch):
    torch.manual_seed(1)
    strength = {"rotation": 30.0, "erase": 1.0}.get(switch, 0.3)
    changed = Augmentation(**{**NOTHING, switch: strength})(pictures())
    assert not torch.allclose(changed, pictures().float() / 255, atol=0.02)


@pytest.mark.parametrize("switch,axis", [("horizontal", 3), ("vertical", 2)])
def test_half_of_the_pictures_are_flipped(switch, axis):
    torch.manual_seed(2)
    x = torch.rand(200, 1, 16, 16).mul(255).to(torch.uint8)
    plain = x.float() / 255
    changed = Augmentation(**{**NOTHING, switch: True})(x)
    same = torch.isclose(changed, plain, atol=1e-3).flatten(1).all(1)
    flipped = torch.isclose(changed, plain.flip(axis), atol=1e-3).flatten(1).all(1)
    assert (same | flipped).all() and 60 < int(flipped.sum()) < 140


def test_there_is_no_shear():
    """A rotated, zoomed or flipped square grid keeps its right angles."""
    torch.manual_seed(5)
    theta = Augmentation(zoom=0.3).theta(torch.zeros(50, 1, 8, 8))
    grid = F.affine_grid(theta, [50, 1, 8, 8], align_corners=False)
    across = grid[:, 0, 1] - grid[:, 0, 0]
    down = grid[:, 1, 0] - grid[:, 0, 0]
    assert torch.allclose((across * down).sum(1), torch.zeros(50), atol=1e-5)
    assert torch.allclose(across.norm(dim=1), down.norm(dim=1), atol=1e-5)


def test_burnt_in_letters_go_and_bones_stay():
    plane = np.full((128, 128), 8, dtype=np.uint8)
    plane[20:100, 30:60] = 235
    plane[105:112, 100:104] = 255
    changed = Augmentation(**NOTHING, letters=1.0)(torch.from_numpy(plane)[None, None])[0, 0]
    assert changed[106:111, 101:103].max() < 0.3
    assert changed[25:95, 35:55].min() > 0.9
