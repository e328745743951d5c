#!/usr/bin/env python3
"""Writes scores.json: fixed answers of classifiers to labelled sets, and what scikit-learn and statsmodels make of them.

Needs numpy, scikit-learn and statsmodels. ECE and Brier are written out here by their definitions (Guo et al. 2017; Brier 1950).
"""
import json
import pathlib
import warnings

import numpy as np
from sklearn import metrics
from statsmodels.stats.contingency_tables import mcnemar

warnings.simplefilter("ignore")


def softmax(z):
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def answers(seed, images, classes, skill=1.5, absent=()):
    rng = np.random.default_rng(seed)
    present = [c for c in range(classes) if c not in absent]
    truth = rng.choice(present, images)
    logits = rng.normal(size=(images, classes))
    logits[np.arange(images), truth] += skill
    return np.round(softmax(logits), 6), truth


def cases():
    p, t = answers(1, 60, 8)
    yield "ordinary", p, t, 8
    p, t = answers(2, 80, 8)
    yield "ties", np.round(p, 1), t, 8
    p, t = answers(3, 50, 7, absent=(2, 5))
    yield "absent classes", p, t, 7
    p, t = answers(4, 40, 6)
    p[::4] = np.eye(6)[t[::4]]
    p[1::8] = np.eye(6)[(t[1::8] + 1) % 6]
    yield "certain", p, t, 6
    p, t = answers(5, 30, 3)
    yield "three classes", p, t, 3
    p, t = answers(6, 72, 12)
    yield "twelve folders", p, t, 12
    p, t = answers(7, 40, 6)
    t[::7] = 6
    t[3::11] = 7
    yield "labels that the model lacks", p, t, 6
    p, t = answers(8, 30, 2)
    yield "two classes", p, t, 2
    p, t = answers(9, 20, 4)
    yield "one class only", p, np.full(20, 1), 4


def ece(p, t):
    confidence, right = p.max(1), p.argmax(1) == t
    total = 0.0
    for low, high in zip(np.arange(15) / 15, np.arange(1, 16) / 15):
        inside = (confidence > low) & (confidence <= high) | ((low == 0) & (confidence == 0))
        if inside.any():
            total += inside.sum() * abs(right[inside].mean() - confidence[inside].mean())
    return total / len(t)


def brier(p, t, classes):
    truth = np.eye(max(classes, t.max() + 1))[t]
    given = np.pad(p, ((0, 0), (0, truth.shape[1] - classes)))
    return ((given - truth) ** 2).sum(1).mean()


def auc(p, t, classes):
    each = [metrics.roc_auc_score(t == c, p[:, c]) for c in range(classes) if 0 < (t == c).sum() < len(t)]
    return float(np.mean(each)) if each else None


def scores(p, t, classes):
    predicted, present = p.argmax(1), sorted(set(t))
    macro = dict(labels=present, average="macro", zero_division=0)
    known = t < classes
    top5 = None
    if classes > 5:
        # Labels that the model lacks count as wrong.
        top5 = metrics.top_k_accuracy_score(t[known], p[known], k=5, labels=range(classes), normalize=False) / len(t)
    return {"accuracy": metrics.accuracy_score(t, predicted), "top5": top5,
            "balanced_accuracy": metrics.recall_score(t, predicted, **macro),
            "precision_macro": metrics.precision_score(t, predicted, **macro),
            "recall_macro": metrics.recall_score(t, predicted, **macro), "f1_macro": metrics.f1_score(t, predicted, **macro),
            "auc_macro": auc(p, t, classes), "ece": ece(p, t), "brier": brier(p, t, classes)}


def per_class(p, t, classes):
    predicted = p.argmax(1)
    rows = []
    for c in range(max(classes, t.max() + 1)):
        of, taken = t == c, predicted == c
        others = (~of).sum()
        rows.append({"support": int(of.sum()), "precision": float((of & taken).sum() / taken.sum()) if taken.any() else 0.0,
                     "recall": float((of & taken).sum() / of.sum()) if of.any() else None,
                     "specificity": float((~of & ~taken).sum() / others) if others else None})
    return rows


def curve(x, y):
    return {"x": np.asarray(x).tolist(), "y": np.asarray(y).tolist()}


def main():
    out = []
    for name, p, t, classes in cases():
        case = {"name": name, "classes": classes, "probabilities": p.tolist(), "truth": t.tolist(), "scores": scores(p, t, classes),
                "per_class": per_class(p, t, classes), "confusion": metrics.confusion_matrix(t, p.argmax(1), labels=range(max(classes, t.max() + 1)))[:, :classes].tolist()}
        c = int(np.bincount(t[t < classes]).argmax())
        if (t != c).any():
            false, true, _ = metrics.roc_curve(t == c, p[:, c], drop_intermediate=False)
            precision, recall, _ = metrics.precision_recall_curve(t == c, p[:, c])
            case |= {"class": c, "roc": curve(false, true), "precision_recall": curve(recall[::-1], precision[::-1]),
                     "average_precision": metrics.average_precision_score(t == c, p[:, c])}
        # Bootstrap: the same draws, as how often each image was drawn, and numpy's percentiles of the accuracy.
        draws = np.random.default_rng(10).integers(0, len(t), (40, len(t)))
        right = (p.argmax(1) == t).astype(float)
        values = right[draws].mean(1)
        case["bootstrap"] = {"counts": [np.bincount(d, minlength=len(t)).tolist() for d in draws],
                             "low": float(np.percentile(values, 2.5)), "high": float(np.percentile(values, 97.5))}
        out.append(case)
    pairs = []
    for seed in (20, 21, 22):
        p, t = answers(seed, 120, 5)
        q, _ = answers(seed + 100, 120, 5, skill=0.0)
        q[np.arange(120), t] += 0.4
        q = np.clip(q, 0, 1)
        a, b = p.argmax(1) == t, q.argmax(1) == t
        table = [[int((a & b).sum()), int((a & ~b).sum())], [int((~a & b).sum()), int((~a & ~b).sum())]]
        pairs.append({"first": p.tolist(), "second": q.tolist(), "truth": t.tolist(), "first_only": table[0][1], "second_only": table[1][0],
                      "p": float(mcnemar(table, exact=True).pvalue)})
    json.dump({"cases": out, "pairs": pairs}, open(pathlib.Path(__file__).with_name("scores.json"), "w"), separators=(",", ":"))


if __name__ == "__main__":
    main()
