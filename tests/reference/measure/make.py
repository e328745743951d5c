#!/usr/bin/env python3
"""Writes small maps and what scipy, scikit-image and numpy say of their agreement. Seeded."""
import json
import pathlib

import numpy as np
from scipy.ndimage import gaussian_filter
from scipy.stats import spearmanr
from skimage.metrics import structural_similarity

here = pathlib.Path(__file__).parent
random = np.random.default_rng(7)


def smooth(sigma):
    return gaussian_filter(random.standard_normal((26, 31)), sigma)


first = smooth(2.0)
signed_a = first / first.std()
signed_b = 0.4 * signed_a + smooth(1.0) * 2.0
blocks = np.kron(np.round(3 * random.standard_normal((2, 4))), np.ones((13, 8)))[:, :31]
maps = {"signed_a": signed_a, "signed_b": signed_b, "positive_a": signed_a**2, "positive_b": np.exp(signed_b),
        "blocks": blocks}
maps = {name: values.astype(np.float32) for name, values in maps.items()}
for name, values in maps.items():
    np.save(here / f"{name}.npy", values)


def ssim(a, b):
    a, b = (m.astype(np.float64) / np.abs(m).max() for m in (a, b))
    return structural_similarity(a, b, data_range=2.0 if min(a.min(), b.min()) < 0 else 1.0)


def top(a, b):
    k = round(0.1 * a.size)
    best = [set(np.argsort(-m.ravel(), kind="stable")[:k]) for m in (a, b)]
    return len(best[0] & best[1]) / k


expected = []
for a, b in [("signed_a", "signed_b"), ("positive_a", "positive_b"), ("signed_a", "positive_b"), ("blocks", "signed_a")]:
    values = {"spearman": spearmanr(maps[a].ravel(), maps[b].ravel())[0], "ssim": ssim(maps[a], maps[b])}
    if "blocks" not in (a, b):  # whose ties numpy would cut by position
        values["top_10_percent"] = top(maps[a], maps[b])
    expected.append({"a": a, "b": b, **{name: float(value) for name, value in values.items()}})
(here / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
