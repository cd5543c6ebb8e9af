"""Writes JPEG 2000 codestreams of one picture, coded in as many ways as OpenJPEG has for Pillow: jpeg2000_variants.py FOLDER."""

import itertools
import pathlib
import random
import sys

from PIL import Image, ImageDraw, ImageFilter


def picture(width, height):
    image = Image.new("L", (width, height), 20)
    draw = ImageDraw.Draw(image)
    draw.ellipse((width // 6, height // 8, width // 2, height - 9), fill=150)
    draw.line((3, 5, width - 4, height - 7), fill=240, width=5)
    noise = random.Random(7)
    image.putdata([min(255, max(0, p + noise.randint(-12, 12))) for p in image.getdata()])
    return image.filter(ImageFilter.SMOOTH)


def main():
    folder = pathlib.Path(sys.argv[1])
    image = picture(213, 157)
    ways = itertools.product(
        ["LRCP", "RLCP", "RPCL", "PCRL", "CPRL"],
        [{}, {"tile_size": (96, 64)}],
        [{}, {"precinct_size": (32, 64), "codeblock_size": (16, 16)}],
        [{}, {"quality_layers": [30, 10, 1], "irreversible": True}],
    )
    for number, (order, tiles, pieces, layers) in enumerate(ways):
        options = {**tiles, **pieces, **layers, "num_resolutions": 3 + number % 3}
        image.save(folder / f"{number:02}-{order}.j2k", "JPEG2000", no_jp2=True, progression=order, **options)


if __name__ == "__main__":
    main()
