#!/usr/bin/env python3
"""Makes the reference pictures beside it with Pillow: python3 make.py PHOTOGRAPH.

Each is `photograph.png` as torchvision's Resize and CenterCrop leave it; a name says interpolation, scaled size and cut.
"""
import sys
from pathlib import Path

from PIL import Image

here = Path(__file__).parent
filters = {"nearest": Image.NEAREST, "bilinear": Image.BILINEAR, "bicubic": Image.BICUBIC}


def shorter_side(image, scaled, cut, interpolation):
    width, height = image.size
    if width <= height:
        size = (scaled, int(scaled * height / width))
    else:
        size = (int(scaled * width / height), scaled)
    image = image.resize(size, filters[interpolation])
    left, top = int(round((size[0] - cut) / 2.0)), int(round((size[1] - cut) / 2.0))
    return image.crop((left, top, left + cut, top + cut))


def main():
    photograph = Image.open(sys.argv[1]).convert("RGB")
    photograph = photograph.crop((110, 60, 110 + 151, 60 + 107)).convert("RGB")
    photograph.save(here / "photograph.png")
    tall = photograph.transpose(Image.Transpose.ROTATE_90)
    for interpolation in filters:
        shorter_side(photograph, 73, 64, interpolation).save(here / f"shorter-{interpolation}-73-64.png")
        shorter_side(tall, 150, 128, interpolation).save(here / f"tall-{interpolation}-150-128.png")
        photograph.resize((56, 48), filters[interpolation]).save(here / f"stretch-{interpolation}-56x48.png")
    photograph.convert("L").resize((48, 48), Image.BILINEAR).save(here / "grey-bilinear-48x48.png")


main()
