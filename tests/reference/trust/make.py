#!/usr/bin/env python3
"""What package quantus says of fixed maps of a small network, with its random draws replaced by stored ones.

Usage: make.py          writes its arrays and expected.json beside itself
Needs: torch, quantus 0.6.0, scikit-learn, scikit-image.

The network takes one grey channel of 12 x 8 pixels; relu(conv2d(x, kernels, padding=1)).flatten(1) @ weights.
"""
import json
import os
import warnings

import numpy as np
import quantus
import torch
from skimage.filters import threshold_otsu
from sklearn.metrics import average_precision_score

warnings.filterwarnings("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))
HEIGHT, WIDTH, CLASSES, TARGET = 12, 8, 4, 2
PIXELS = HEIGHT * WIDTH
draw = np.random.default_rng(19)


def kept(name, array):
    array = np.ascontiguousarray(array, dtype=np.float32)
    np.save(os.path.join(HERE, name + ".npy"), array)
    return array


class Small(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.kernels = torch.from_numpy(kept("kernels", draw.normal(0, 0.5, (3, 1, 3, 3))))
        self.weights = torch.from_numpy(kept("weights", draw.normal(0, 0.15, (3 * PIXELS, CLASSES))))

    def forward(self, x):
        return torch.relu(torch.conv2d(x.float(), self.kernels, padding=1)).flatten(1) @ self.weights


net = Small().eval()
x = kept("input", draw.uniform(-1.5, 1.5, (1, 1, HEIGHT, WIDTH)))
y = np.array([TARGET])
a = kept("map", draw.normal(0.2, 1.0, (HEIGHT, WIDTH)))
region = np.zeros((HEIGHT, WIDTH), np.float32)
region[2:7, 1:5] = 1
kept("region", region)


def saliency(model, inputs, targets, **_):
    inputs = torch.as_tensor(np.asarray(inputs)).float().requires_grad_(True)
    scores = model(inputs)[range(len(inputs)), np.asarray(targets)]
    return torch.autograd.grad(scores.sum(), inputs)[0].abs().numpy()


explained = kept("saliency", saliency(net, x, y)[0, 0])
quiet = dict(disable_warnings=True)
expected = {}


def ask(metric, attribution=a, **more):
    return metric(model=net, x_batch=x.copy(), y_batch=y, a_batch=attribution[None, None].astype(np.float64), device="cpu",
                  channel_first=True, **more)


def replay(name, rows):
    """np.random's function gives these rows, one a call."""
    given = iter(rows)
    setattr(np.random, name, lambda *_, **k: next(given).reshape(k.get("size", (-1,))))


# ---------------------------------------------------------------- faithfulness
curve = np.array(ask(quantus.PixelFlipping(features_in_step=6, abs=False, normalise=False, **quiet))[0])
kept("pixel_flipping_curve", curve)
expected["pixel_flipping_area_in_steps"] = float(((curve[1:] + curve[:-1]) / 2).sum())
expected["infidelity"] = float(ask(quantus.Infidelity(perturb_patch_sizes=[4], n_perturb_samples=1, **quiet))[0])

subsets = np.stack([draw.choice(PIXELS, 17, replace=False) for _ in range(40)])
kept("subsets", subsets)
plain = np.random.choice
for name, softmax, baseline in (("faithfulness_correlation", False, "black"), ("sensitivity_n", True, 0.0)):
    given = iter(subsets)
    np.random.choice = lambda *_, **__: next(given)
    metric = quantus.FaithfulnessCorrelation(nr_runs=40, subset_size=17, normalise=False, perturb_baseline=baseline,
                                             return_aggregate=False, **quiet)
    expected[name] = float(ask(metric, softmax=softmax)[0])
np.random.choice = plain

percentages = list(range(1, 100, 2))
field = kept("road_draws", draw.normal(0, 1, (len(percentages), 1, HEIGHT, WIDTH)))
order = np.argsort(-a.ravel().astype(np.float64), kind="stable")
given = iter([field[i].reshape(1, -1)[:, order[:int(PIXELS * p / 100)]] for i, p in enumerate(percentages)])
np.random.randn = lambda *shape: next(given).reshape(shape)
scores = ask(quantus.ROAD(noise=0.1, normalise=False, **quiet))
kept("road_curve", [scores[p] for p in percentages])

# ---------------------------------------------------------------- robustness
COUNT = 12
uniform = kept("noise_uniform", draw.uniform(-0.2, 0.2, (COUNT, 1, HEIGHT, WIDTH)))
raised = kept("noise_raised", draw.uniform(0.02, 0.2, (COUNT, 1, HEIGHT, WIDTH)))
normal = kept("noise_normal", draw.normal(0, 0.1, (COUNT, 1, HEIGHT, WIDTH)))
again = dict(explain_func=saliency)
for name, kind, source, noise in (("max_sensitivity", quantus.MaxSensitivity, "uniform", uniform),
                                  ("avg_sensitivity", quantus.AvgSensitivity, "uniform", uniform),
                                  ("local_lipschitz", quantus.LocalLipschitzEstimate, "normal", normal),
                                  ("relative_input_stability", quantus.RelativeInputStability, "uniform", raised),
                                  ("relative_output_stability", quantus.RelativeOutputStability, "uniform", raised)):
    replay(source, noise)
    expected[name] = float(ask(kind(nr_samples=COUNT, **quiet), explained, softmax=False, **again)[0])

# ---------------------------------------------------------------- localisation, of positive attribution
positive = np.maximum(a, 0).astype(np.float64)
located = dict(s_batch=region[None, None].astype(bool))
raw = dict(normalise=False, **quiet)
expected["pointing_game"] = float(ask(quantus.PointingGame(**raw), positive, **located)[0])
expected["relevance_mass"] = float(ask(quantus.RelevanceMassAccuracy(**raw), positive, **located)[0])
expected["mass_lift"] = expected["relevance_mass"] * PIXELS / float(region.sum())
expected["relevance_rank_accuracy"] = float(ask(quantus.RelevanceRankAccuracy(**raw), positive, **located)[0])
expected["top_k_intersection"] = float(ask(quantus.TopKIntersection(k=10, **raw), positive, **located)[0])
marked = positive > threshold_otsu(positive)
inside = region.astype(bool)
expected["iou"] = float((marked & inside).sum() / (marked | inside).sum())
expected["auprc"] = float(average_precision_score(inside.ravel(), positive.ravel()))

# ---------------------------------------------------------------- complexity, axioms
expected["sparseness"] = float(ask(quantus.Sparseness(abs=True, **raw))[0])
expected["entropy"] = float(ask(quantus.Complexity(abs=True, **raw))[0])
expected["effective_complexity"] = float(ask(quantus.EffectiveComplexity(**quiet))[0])
with torch.no_grad():
    fall = float(net(torch.from_numpy(x))[0, TARGET] - net(torch.zeros(1, 1, HEIGHT, WIDTH))[0, TARGET])
expected["completeness"] = abs(float(a.sum(dtype=np.float64)) - fall) / abs(fall)

with open(os.path.join(HERE, "expected.json"), "w") as file:
    json.dump(expected, file, indent=1)
    file.write("\n")
print(json.dumps(expected, indent=1), scores)
