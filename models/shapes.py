"""Draws the synthetic pictures that the small models are trained on: one shape on a coloured, noisy ground.

A picture is 64x64 for training; `scale` draws the same scene larger, for people. A marker is a small coloured patch in the
upper left corner, one colour a class: harmless when absent, a giveaway when it always agrees with the shape.
"""
import math

import numpy as np
from PIL import Image, ImageDraw

LABELS = ["disc", "square", "triangle", "star"]
MARKERS = [(230, 60, 50), (60, 200, 80), (60, 90, 230), (240, 210, 60)]
SIDE = 64
FINE = 4  # drawn this much finer and then reduced, which smooths edges


def outline(label, x, y, radius, angle):
    """The corners of a shape's outline around (x, y)."""
    if label == "disc":
        radii, count = [radius], 40
    elif label == "star":
        radii, count = [radius * 1.15, radius * 0.5], 10
    else:
        radii, count = [radius * 1.1], {"square": 4, "triangle": 3}[label]
    corners = []
    for i in range(count):
        r, a = radii[i % len(radii)], angle + 2 * math.pi * i / count
        corners.append((x + r * math.cos(a), y + r * math.sin(a)))
    return corners


def ground(rng, size):
    """Soft blotches of colour."""
    coarse = rng.uniform(40, 215, (5, 5, 3)).astype(np.uint8)
    return Image.fromarray(coarse).resize((size, size), Image.BICUBIC)


def draw(rng, label, marker=None, scale=1):
    """An RGB array, side 64 * scale. `label` and `marker` are class indices; marker None leaves the corner alone."""
    size = SIDE * scale
    picture = ground(rng, size * FINE)
    local = np.asarray(picture.resize((1, 1), Image.BOX), float)[0, 0]
    colour = rng.uniform(0, 255, 3)
    while np.abs(colour - local).sum() < 200:  # a shape that nobody could see teaches nothing
        colour = rng.uniform(0, 255, 3)
    x, y = rng.uniform(22, 42, 2)
    radius, angle = rng.uniform(11, 18), rng.uniform(0, 2 * math.pi)
    unit = scale * FINE
    pen = ImageDraw.Draw(picture)
    pen.polygon([(a * unit, b * unit) for a, b in outline(LABELS[label], x, y, radius, angle)], fill=tuple(int(c) for c in colour))
    if marker is not None:
        pen.rectangle([3 * unit, 3 * unit, 9 * unit - 1, 9 * unit - 1], fill=MARKERS[marker])
    pixels = np.asarray(picture.resize((size, size), Image.BOX), float)
    noise = Image.fromarray(rng.normal(128, 14, (SIDE, SIDE, 3)).clip(0, 255).astype(np.uint8)).resize((size, size), Image.BILINEAR)
    return (pixels + np.asarray(noise, float) - 128).clip(0, 255).astype(np.uint8)


def draw_set(seed, count, marked=None):
    """`count` pictures (N,64,64,3 uint8) and labels. `marked`: None without markers, "agree", or "conflict"."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, len(LABELS), count)
    markers = {None: [None] * count, "agree": labels, "conflict": (labels + rng.integers(1, len(LABELS), count)) % len(LABELS)}[marked]
    return np.stack([draw(rng, int(a), None if b is None else int(b)) for a, b in zip(labels, markers)]), labels
