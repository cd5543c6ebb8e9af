"""Pictures that are no radiograph, drawn at random, for training and for measuring.

A classifier of bones answers "fractured, 0.98" to a photograph of a cat unless it was shown that there
is something else. So each batch gets a few of these, and the network learns to say so in the one degree
of freedom that the softmax ignores: the mean of the logits (high: a radiograph, low: none). Hendrycks et
al. 2019 (outlier exposure) is the source of the idea; the mean keeps the classes' probabilities untouched.
"""

from typing import Callable, List, Tuple

import numpy as np

Draw = Callable[[np.random.Generator, int, int], np.ndarray]


def blank(random: np.random.Generator, height: int, width: int) -> np.ndarray:
    """One grey, perhaps with a gradient."""
    base = np.full((height, width), random.uniform(0, 255))
    ramp = np.linspace(-1, 1, width)[None, :] * np.cos(random.uniform(0, 7))
    ramp = ramp + np.linspace(-1, 1, height)[:, None] * np.sin(random.uniform(0, 7))
    return base + ramp * random.choice([0, 0, 20, 60, 120])


def noise(random: np.random.Generator, height: int, width: int) -> np.ndarray:
    """Normal noise, coarse or fine."""
    grain = int(random.integers(1, 9))
    small = random.normal(128, random.uniform(10, 90), (height // grain + 1, width // grain + 1))
    return np.kron(small, np.ones((grain, grain)))[:height, :width]


def clouds(random: np.random.Generator, height: int, width: int) -> np.ndarray:
    """Noise whose power falls with the frequency as in photographs of nature."""
    rows, columns = np.fft.fftfreq(height)[:, None], np.fft.fftfreq(width)[None, :]
    frequency = np.sqrt(rows**2 + columns**2)
    frequency[0, 0] = 1
    spectrum = np.fft.fft2(random.normal(size=(height, width)))
    field = np.fft.ifft2(spectrum / frequency ** random.uniform(0.6, 2.2)).real
    return 128 + field / field.std() * random.uniform(20, 70)


def page(random: np.random.Generator, height: int, width: int) -> np.ndarray:
    """Lines of something like letters, dark on light or light on dark."""
    plane = np.full((height, width), 255.0)
    line = int(random.integers(5, 16))
    for top in range(
        int(random.integers(2, 12)), height - line, int(line * random.uniform(1.3, 2))
    ):
        left = 4
        while left < width - 4:
            wide = int(random.integers(1, max(2, line // 2)))
            if random.random() < 0.8:
                tall = int(line * random.uniform(0.4, 0.9))
                plane[top + line - tall : top + line, left : left + max(1, wide // 2)] = 0
                if random.random() < 0.6:
                    plane[top + line - tall, left : left + wide + 1] = 0
            left += wide + int(random.integers(1, 5))
    return plane if random.random() < 0.6 else 255 - plane


def shapes(random: np.random.Generator, height: int, width: int) -> np.ndarray:
    """Overlapping rectangles and ellipses on a background: rooms, objects, screens."""
    plane = clouds(random, height, width) if random.random() < 0.5 else blank(random, height, width)
    y, x = np.mgrid[0:height, 0:width]
    for _ in range(int(random.integers(3, 25))):
        cy, cx = random.uniform(0, height), random.uniform(0, width)
        ry, rx = random.uniform(3, height / 3), random.uniform(3, width / 3)
        if random.random() < 0.5:
            inside = (abs(y - cy) < ry) & (abs(x - cx) < rx)
        else:
            inside = ((y - cy) / ry) ** 2 + ((x - cx) / rx) ** 2 < 1
        plane = np.where(inside, random.uniform(0, 255) + random.uniform(0, 0.4) * plane, plane)
    return plane


def grating(random: np.random.Generator, height: int, width: int) -> np.ndarray:
    """Stripes and checks: test patterns, woven things."""
    y, x = np.mgrid[0:height, 0:width]
    angle, period = random.uniform(0, np.pi), random.uniform(3, 50)
    wave = np.sin((x * np.cos(angle) + y * np.sin(angle)) * 2 * np.pi / period)
    if random.random() < 0.5:
        wave = wave * np.sin((y * np.cos(angle) - x * np.sin(angle)) * 2 * np.pi / period)
    if random.random() < 0.5:
        wave = np.sign(wave)
    return 128 + wave * random.uniform(20, 127)


def slices(random: np.random.Generator, height: int, width: int) -> np.ndarray:
    """An ellipse of soft tissue with organs inside and air around it: CT, MR, a chest."""
    y, x = np.mgrid[0:height, 0:width]
    field = clouds(random, height, width) - 128
    ry, rx = random.uniform(0.3, 0.49) * height, random.uniform(0.3, 0.49) * width
    inside = ((y - height / 2) / ry) ** 2 + ((x - width / 2) / rx) ** 2 < 1
    plane = np.where(inside, random.uniform(60, 160) + field * 0.3, random.uniform(0, 15))
    for _ in range(int(random.integers(3, 12))):
        cy, cx = height * random.uniform(0.25, 0.75), width * random.uniform(0.25, 0.75)
        oy, ox = height * random.uniform(0.03, 0.2), width * random.uniform(0.03, 0.2)
        organ = ((y - cy) / oy) ** 2 + ((x - cx) / ox) ** 2 < 1
        plane = np.where(organ & inside, random.uniform(10, 245) + field * 0.2, plane)
    return plane


KINDS: List[Tuple[str, Draw]] = [
    ("blank", blank),
    ("noise", noise),
    ("clouds", clouds),
    ("page", page),
    ("shapes", shapes),
    ("grating", grating),
    ("slices", slices),
]


def draw(n: int, height: int, width: int, seed: int) -> np.ndarray:
    """uint8 [n, height, width], the kinds in turn; the same for the same seed."""
    random = np.random.default_rng(seed)
    planes = [KINDS[i % len(KINDS)][1](random, height, width) for i in range(n)]
    return np.clip(np.stack(planes), 0, 255).astype(np.uint8)


def names(n: int) -> np.ndarray:
    """str [n], the kind of each picture of `draw`."""
    return np.array([KINDS[i % len(KINDS)][0] for i in range(n)])
