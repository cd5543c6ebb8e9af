"""Boxes follow the picture: through letterboxing, through augmentation, into the loss and the figures."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from pictures import stripes

from osteon_training.augment import Augmentation
from osteon_training.config import Config, Recipe
from osteon_training.fit import Fit
from osteon_training.found import maps_of, marks, place_figures
from osteon_training.networks.resnet_v2 import ResNetV2
from osteon_training.places import (
    SIDE,
    letterboxed,
    mask,
    place_loss,
    places,
    point_loss,
    read_boxes,
)
from osteon_training.regions import region_terms


def test_a_box_goes_where_letterboxing_puts_its_pixels():
    # 200 × 100 on a square: half of the rows are black, a quarter above.
    assert letterboxed((0, 0, 1, 1), (200, 100), (64, 64)) == pytest.approx((0, 0.25, 1, 0.75))
    assert letterboxed((0.5, 0, 1, 0.5), (100, 200), (64, 64)) == pytest.approx((0.5, 0, 0.75, 0.5))


def test_boxes_are_read_with_the_sizes_of_their_pictures(tmp_path):
    (tmp_path / "manifest.csv").write_text("file,width,height\na.jpg,200,100\nb.jpg,,\n")
    boxes = tmp_path / "boxes.csv"
    boxes.write_text("file,x0,y0,x1,y1\na.jpg,0,0,1,1\na.jpg,0.5,0.5,1,1\n")
    assert read_boxes(boxes, 64, 64)["a.jpg"].shape == (2, 4)
    boxes.write_text("file,x0,y0,x1,y1\nb.jpg,0,0,1,1\n")
    with pytest.raises(ValueError, match="manifest.csv beside it.*'b.jpg'"):
        read_boxes(boxes, 64, 64)


def test_a_mask_has_the_area_of_its_box_however_small():
    box = np.array([[0.301, 0.42, 0.307, 0.61]])
    area = mask(box).astype(float).sum() / 255 / SIDE**2
    assert area == pytest.approx(0.006 * 0.19, rel=0.05)


def test_masks_turn_with_their_pictures():
    """A bright square and its mask, under every change of geometry, stay on each other."""
    torch.manual_seed(7)
    planes = torch.zeros(40, 1, 112, 112, dtype=torch.uint8)
    planes[:, :, 20:50, 60:80] = 255
    cover = torch.from_numpy(mask(np.array([[60 / 112, 20 / 112, 80 / 112, 50 / 112]])))
    cover = cover.float().div(255).expand(30, 1, SIDE, SIDE)
    change = Augmentation(rotation=90, shift=0.1, zoom=0.3, brightness=0, contrast=0)
    moved, turned = change.with_masks(planes, cover)
    assert len(moved) == 40 and len(turned) == 30, "what is no radiograph has no mask"
    small = torch.nn.functional.avg_pool2d(moved[:30], 2)
    assert float((small - turned).abs().mean()) < 0.01
    assert float(((small > 0.5) & (turned > 0.5)).sum() / (small > 0.5).sum()) > 0.9


def clinic(n=12, with_boxes=True):
    arrays = stripes(n, source="clinic")
    boxes = {str(f): np.array([[0.0, 0.5, 1, 1]]) for f, k in zip(arrays.file, arrays.labels) if k}
    return arrays, boxes if with_boxes else {}


def test_healthy_pictures_teach_only_where_their_source_has_boxes():
    arrays, boxes = clinic()
    known = places(arrays, boxes)
    assert known.known.all() and not known.cover[arrays.labels == 0].any()
    assert known.cover[arrays.labels == 1][:, SIDE // 2 :].min() == 255
    few = dict(list(boxes.items())[:2])
    assert places(arrays, few).known.sum() == 2, "a source with few boxes has healthy ones unknown"


def test_the_loss_wants_light_in_the_box_and_dark_beside_it():
    cover = torch.zeros(2, 1, SIDE, SIDE)
    cover[0, 0, :8, :8] = 1
    known = torch.tensor([True, True])

    def loss(lit):
        maps = torch.zeros(2, 3, 14, 14)
        maps[:, 0] = 4
        if lit is not None:
            maps[0, 1][lit] = 8
        return float(place_loss(maps, cover, known))

    right, none, wrong = loss((slice(0, 2), slice(0, 2))), loss(None), loss((13, 13))
    assert right < none < wrong
    assert float(place_loss(torch.zeros(2, 3, 14, 14), cover, ~known)) == 0


def test_the_point_wants_the_surest_cell_in_a_box_and_asks_nothing_of_other_pictures():
    cover = torch.zeros(3, 1, SIDE, SIDE)
    cover[0, 0, :8, :8] = 1
    cover[2, 0, :8, :8] = 1
    known = torch.tensor([True, True, False])

    def loss(row, column, lit):
        maps = torch.zeros(3, 3, 28, 28)
        maps[0, 1, row, column] = lit
        return float(point_loss(maps, cover, known))

    assert loss(1, 1, 30) < 0.01 < loss(1, 1, 5) < loss(1, 1, 0) < loss(20, 20, 8)
    assert (
        float(point_loss(torch.zeros(3, 3, 28, 28), cover, known & (cover.amax((1, 2, 3)) < 0)))
        == 0
    )


def test_the_surest_mark_is_judged_by_the_boxes():
    arrays, boxes = clinic()

    class Oracle:
        """Points at the lower half where something is wrong, weakly at a corner where not."""

        def __call__(self, x):
            maps = torch.zeros(len(x), 3, 4, 4)
            wrong = torch.from_numpy(arrays.labels > 0)
            maps[wrong, 1, 3, 1] = 5.0
            maps[~wrong, 1, 0, 0] = 1.0
            return None, maps

    found = place_figures(Oracle(), arrays, boxes)
    assert found["pointingGame"][0] == 1.0 and found["recallAt0.5FalseMarks"][0] == 1.0
    assert (found["images"], found["healthyImages"]) == (8, 4)
    assert place_figures(Oracle(), arrays, {}) is None
    score, x, y = marks(torch.eye(4)[None])[0][0]
    assert (score, x, y) == (1.0, 0.125, 0.125)


def test_how_sure_a_region_is_follows_from_the_marks_that_lie_in_boxes():
    arrays, boxes = clinic(48)

    class Doubtful:
        """Points where something is, and as often beside it but less surely."""

        def __call__(self, x):
            maps = torch.zeros(len(x), 3, 4, 4)
            for i, wrong in enumerate(arrays.labels > 0):
                maps[i, 1, 3, 1] = 6.0 if wrong else 3.0
                maps[i, 1, 0, 3] = 3.0
            return None, maps

    terms = region_terms(Doubtful(), arrays, boxes)
    assert terms["slope"] > 0
    sure, unsure = (
        1 / (1 + np.exp(-terms["slope"] * margin - terms["offset"])) for margin in (6.7, 3.7)
    )
    assert sure > 0.9 and unsure < 0.1
    assert 0 < terms["leastMargin"] < 4, "one false mark an image"
    assert region_terms(Doubtful(), arrays, {}) is None


@pytest.mark.parametrize("fine,points", [(False, 0.0), (True, 1.0)])
def test_boxes_teach_the_maps(fine, points):
    torch.manual_seed(0)
    arrays, boxes = clinic(48)
    still = Augmentation(
        rotation=0, shift=0, brightness=0, contrast=0, horizontal=False, vertical=False
    )
    recipe = Recipe(epochs=3, batch=16, rate=2e-3, places=1.0, points=points)
    config = replace(Config(recipe=recipe), augmentation=still)
    network = ResNetV2(depths=(1, 1, 1), dropout=0.0, fine=fine)
    Fit(network, arrays, arrays, config, places(arrays, boxes)).run()
    found = place_figures(network, arrays, boxes)
    assert found["pointingGame"][0] > 0.8


def test_maps_are_taught_beside_an_answer_that_stays_as_it_is():
    torch.manual_seed(0)
    arrays, boxes = clinic(48)
    recipe = Recipe(epochs=3, batch=16, rate=2e-2, places=1.0, stages="maps", outliers=0.1)
    network = ResNetV2(depths=(1, 1, 1), fine=True)
    with torch.no_grad():
        before = network.eval()(torch.from_numpy(arrays.planes).unsqueeze(1))
    maps = maps_of(network, arrays.planes)
    Fit(network, arrays, arrays, Config(recipe=recipe), places(arrays, boxes)).run()
    with torch.no_grad():
        assert torch.equal(network(torch.from_numpy(arrays.planes).unsqueeze(1)), before)
    assert not torch.allclose(maps_of(network, arrays.planes), maps, atol=0.05)
    with pytest.raises(ValueError, match="no maps beside its answer"):
        Fit(ResNetV2(depths=(1, 1, 1)), arrays, arrays, Config(recipe=recipe))
