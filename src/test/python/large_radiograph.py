"""Writes a JPEG 2000 codestream: one grey component of 16 bits, 4,280 rows of 3,520 columns, reversible.

large_radiograph.py FILE SEED
"""

import sys

import numpy as np
from PIL import Image


def main(file, seed):
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[0:4280, 0:3520]
    shade = 2000 + 1500 * np.sin(columns / (150.0 + 10 * seed)) * np.cos(rows / 300.0)
    picture = (shade + rng.normal(0, 3, shade.shape)).clip(0, 4095).astype(np.uint16)
    Image.fromarray(picture).save(file, "JPEG2000", no_jp2=True, irreversible=False)


main(sys.argv[1], int(sys.argv[2]))
