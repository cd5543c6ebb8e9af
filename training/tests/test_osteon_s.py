"""What osteon-s does to a plane before its first convolution."""

import pytest
import torch
from torch.nn import functional as F

from osteon_training.networks.osteon_s import CELL, FRAME, Contrast, _around


@pytest.mark.parametrize("rows, columns", [(192, 192), (64, 64), (100, 37), (8, 9), (3, 250)])
def test_surroundings_are_what_pooling_and_enlarging_give(rows, columns):
    torch.manual_seed(1)
    x = torch.rand(3, 1, rows, columns)
    small = F.avg_pool2d(F.avg_pool2d(x, CELL, ceil_mode=True), 3, 1, 1, count_include_pad=False)
    wanted = F.interpolate(small, size=(rows, columns), mode="bilinear", align_corners=False)
    assert torch.allclose(_around(x), wanted, atol=1e-6)


def test_mean_and_deviation_are_of_what_is_brighter_than_the_frame():
    torch.manual_seed(1)
    x = torch.zeros(1, 1, 40, 40)
    x[:, :, 10:30, 5:35] = 0.2 + 0.6 * torch.rand(20, 30)
    bone = x[x > FRAME]
    whole = Contrast()(x)[:, :1]
    wanted = (x - bone.mean()) / (bone.std(unbiased=False) + 0.05)
    assert torch.allclose(whole, wanted, atol=1e-5)


def test_half_precision_leaves_the_surroundings_exact():
    x = torch.rand(2, 1, 64, 64)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        found = Contrast()(x)
    assert found.dtype == torch.float32
    assert torch.allclose(found, Contrast()(x), atol=1e-6)


def test_a_plane_without_anything_on_it_gives_numbers():
    assert Contrast()(torch.zeros(1, 1, 32, 32)).isfinite().all()
