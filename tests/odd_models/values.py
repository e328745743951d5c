"""Scores that are no numbers, are the same for every picture, or are out of all proportion."""
import torch

from base import Plain, odd, randomised, traced
from outputs import ending

KIND = "values"


@odd(KIND, "every score is NaN", undefined=True, notes=["NaN"])
def nan_scores():
    return traced(randomised(ending(lambda net, y: net.head(y) + (-1.0 - y[:, :1].abs()).sqrt())()))


@odd(KIND, "one score of five is NaN", undefined=True, notes=["NaN"])
def nan_score():
    return traced(randomised(ending(lambda net, y: torch.cat([net.head(y)[:, :4], (y[:, :1] - 1e6).log()], 1))()))


@odd(KIND, "infinite scores", undefined=True, notes=["infinite"])
def infinite_scores():
    return traced(randomised(ending(lambda net, y: net.head(y).exp() * 1e38 * 10.0)()))


@odd(KIND, "the same scores for every picture", notes=["same"])
def constant():
    return traced(randomised(ending(lambda net, y: net.head(y * 0.0))()))


@odd(KIND, "softmax over the batch: one for every class of a single picture", notes=["same"], rows=1)
def softmax_over_batch():
    return traced(randomised(ending(lambda net, y: net.head(y).softmax(0))()))


@odd(KIND, "scores of 1e30")
def huge_scores():
    return traced(randomised(ending(lambda net, y: net.head(y) * 1e30)()))


@odd(KIND, "scores far from zero that hardly differ")
def offset_scores():
    return traced(randomised(ending(lambda net, y: net.head(y) * 0.1 + 3000.0)()), eager=None)


@odd(KIND, "the picture is rounded to bytes inside, and no derivative passes",
     cannot={"integrated_gradients": ["steps"], "grad_cam": ["steps"], "saliency": ["steps"]})
def rounded_bytes():
    class Net(Plain):
        def forward(self, x):
            return super().forward((x * 255.0).round() / 255.0)
    return traced(randomised(Net()))


@odd(KIND, "one score of five is minus infinity for every picture", undefined=True, notes=["infinite"])
def minus_infinity():
    return traced(randomised(ending(lambda net, y: torch.cat([net.head(y)[:, :4], torch.full_like(y[:, :1], -float("inf"))], 1))()))
