#!/usr/bin/env python3
"""Package shap's Partition explainer on pictures of odd, oblong and tiny sizes: partition/HxW_*.npy.

The network is a formula of random weights, which test_partition_shap.cpp writes down again in TorchScript: with v the pixels
over 255, z = sum(first * v) + sum(second * v) ** 2, answer 1 / (1 + exp(-z)). Needs shap 0.51.0 and opencv-python.
"""
import pathlib

import numpy as np
import shap

HERE = pathlib.Path(__file__).parent
#        height, width, evaluations: all that there are, or too few to reach single pixels
CASES = [(1, 1, 50), (1, 6, 400), (5, 3, 1000), (5, 5, 60), (7, 4, 200), (9, 13, 300), (13, 9, 300), (33, 20, 500), (20, 33, 90)]


def main():
    for height, width, evaluations in CASES:
        random = np.random.default_rng(1000 * height + width)
        picture = random.integers(0, 256, (height, width, 3)).astype(np.uint8)
        scale = 4.0 / np.sqrt(picture.size)
        first, second = (random.normal(0.0, scale, picture.shape).astype(np.float32) for _ in range(2))

        def answer(pictures):
            v = np.asarray(pictures, dtype=np.float64) / 255.0
            z = (first * v).sum((1, 2, 3)) + (second * v).sum((1, 2, 3)) ** 2
            return (1.0 / (1.0 + np.exp(-z)))[:, None]

        masker = shap.maskers.Image("blur(32,32)", picture.shape)
        explainer = shap.Explainer(answer, masker, algorithm="partition")
        found = explainer(picture[None].astype(np.float32), max_evals=evaluations, batch_size=50, silent=True)
        values = found.values[0, ..., 0].sum(-1)
        name = HERE / f"{height}x{width}_{evaluations}"
        np.save(f"{name}_picture.npy", picture)
        np.save(f"{name}_first.npy", first)
        np.save(f"{name}_second.npy", second)
        np.save(f"{name}_expected.npy", values.astype(np.float32))
        print(name.name, values.sum(), answer(picture[None])[0, 0], found.base_values)


if __name__ == "__main__":
    main()
