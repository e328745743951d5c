#!/usr/bin/env python3
"""Writes label_scores.json: fixed answers of models that give each label a probability of its own, and what scikit-learn makes of them.

Needs numpy and scikit-learn. Means are over the labels that have images; labels without any are in the cases, too.
"""
import json
import pathlib
import warnings

import numpy as np
from sklearn import metrics

warnings.simplefilter("ignore")


def answers(seed, images, labels, skill=1.5, rate=0.35):
    rng = np.random.default_rng(seed)
    truth = (rng.random((images, labels)) < rate).astype(int)
    p = 1 / (1 + np.exp(-(rng.normal(size=truth.shape) + skill * (2 * truth - 1))))
    return np.round(p, 6), truth


def cases():
    p, y = answers(1, 60, 5)
    yield "ordinary", p, y, 0.5
    p, y = answers(2, 60, 5, skill=0.7)
    yield "ties, also at the threshold", np.round(p, 1), y, 0.5
    p, y = answers(3, 40, 6)
    y[:, [1, 4]] = 0
    yield "labels that never occur", p, y, 0.5
    p, y = answers(4, 40, 4, rate=0.2)
    y[::3] = 0
    yield "images without a label", p, y, 0.5
    p, y = answers(5, 40, 3)
    y[:, 2] = 1
    yield "a label of all images", p, y, 0.5
    p, y = answers(6, 40, 4)
    yield "another threshold", p, y, 0.3
    p, y = answers(7, 30, 3)
    yield "nothing is given", p * 0.4, y, 0.5
    p, y = answers(8, 30, 1)
    yield "one label", p, y, 0.5


def scores(p, y, threshold):
    given, present = (p >= threshold).astype(int), np.flatnonzero(y.any(0))
    both = [c for c in present if not y[:, c].all()]
    macro = dict(average="macro", zero_division=0)
    ap = metrics.average_precision_score(y[:, present], p[:, present], average="macro")
    auc = metrics.roc_auc_score(y[:, both], p[:, both], average="macro") if both else None
    pick = (lambda m: m[:, present] if len(present) > 1 else m[:, present[0]])
    if len(present) == 1:
        macro = dict(average="binary", zero_division=0)
    return {"average_precision_macro": ap, "auc_macro": auc,
            "precision_macro": metrics.precision_score(pick(y), pick(given), **macro),
            "recall_macro": metrics.recall_score(pick(y), pick(given), **macro),
            "f1_macro": metrics.f1_score(pick(y), pick(given), **macro),
            "f1_micro": metrics.f1_score(y, given, average="micro", zero_division=0) if y.shape[1] > 1 else metrics.f1_score(y[:, 0], given[:, 0]),
            "subset_accuracy": metrics.accuracy_score(y, given), "hamming_loss": metrics.hamming_loss(y, given)}


def per_label(p, y, threshold):
    tables = metrics.multilabel_confusion_matrix(y, (p >= threshold).astype(int)) if y.shape[1] > 1 else [metrics.confusion_matrix(y, p >= threshold)]
    rows = []
    for c, table in enumerate(tables):
        of = y[:, c]
        rows.append({"tn": int(table[0][0]), "fp": int(table[0][1]), "fn": int(table[1][0]), "tp": int(table[1][1]),
                     "auc": metrics.roc_auc_score(of, p[:, c]) if 0 < of.sum() < len(of) else None,
                     "average_precision": metrics.average_precision_score(of, p[:, c]) if of.any() else None})
    return rows


def main():
    out = []
    for name, p, y, threshold in cases():
        weights = np.random.default_rng(10).multinomial(len(y), [1 / len(y)] * len(y))
        out.append({"name": name, "probabilities": p.tolist(), "labels": y.tolist(), "threshold": threshold, "scores": scores(p, y, threshold),
                    "per_label": per_label(p, y, threshold), "counts": weights.tolist(),
                    "drawn": scores(np.repeat(p, weights, 0), np.repeat(y, weights, 0), threshold)})
    json.dump({"cases": out}, open(pathlib.Path(__file__).with_name("label_scores.json"), "w"), separators=(",", ":"))


if __name__ == "__main__":
    main()
