#!/usr/bin/env python3
"""Converts models of Keras and holds what Discern makes of them against TensorFlow.

    compare_tensorflow.py build/release/app/discern-cli [mobilenetv2 binary ...]     those whose names begin so, or all

Runs in the environment that models/export.py makes for TensorFlow:

    PYTHONPATH=~/.local/share/discern/tensorflow-2.21.0-python3.11 python3 -S tests/formats/compare_tensorflow.py ...

Weights are random and seeded, batch normalisation measured on random blotches. Prints a line a file: how far its logits and its
Grad-CAM are from TensorFlow's, as a share of their largest, and its layer `last`.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0", CUDA_VISIBLE_DEVICES="-1")

import keras
import numpy as np
import onnx
import tensorflow as tf

from keras_networks import as_onnx, blotches, entering, logits_and_grad_cam, measure_norms, small, write_as

TARGET = 0


def run(program, *arguments):
    told = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)
    if told.returncode != 0:
        raise RuntimeError(told.stderr.strip().splitlines()[-1])
    return told.stdout


def apart(one, other):
    return np.abs(one - other).max() / np.abs(other).max()


def compare(program, model, layer, kind, folder):
    keras.utils.set_random_seed(0)
    side = model.input_shape[1]
    file = write_as(model, kind, folder)
    out = folder / f"{model.name}-{kind}.onnx"
    as_onnx(file, out)
    card = json.loads({entry.key: entry.value for entry in onnx.load(out).metadata_props}["card.json"])
    shown = folder / f"{side}.png"
    pixels = blotches(side, 1, 3).astype(np.uint8)
    tf.io.write_file(str(shown), tf.io.encode_png(pixels[0]))
    logits, cam = logits_and_grad_cam(model, layer, entering(card, pixels.astype(np.float32)), TARGET)
    binary = card.get("output") == "binary-logit"
    logits = np.concatenate([-logits, logits], 1) if binary else logits
    own = np.array(json.loads(run(program, "predict", "--model", out, "--image", shown, "--json"))[0]["logits"])
    told = json.loads(run(program, "model", out, "--no-speed", "--json"))
    made = folder / f"{model.name}-{kind}-maps"
    run(program, "explain", "--model", out, "--image", shown, "--method", "grad_cam", "--target", 1 if binary else TARGET, "--score", "logit", "--out", made)
    raw = np.load(next(made.glob("*/*/*/raw.npy")))
    print(f"| {model.name} | {kind} | {card.get('output')} | {apart(own, logits[0]):.0e} | {told['last']} | {apart(raw.reshape(cam.shape), cam):.0e} |", flush=True)


def networks():
    keras.utils.set_random_seed(0)
    yield keras.applications.MobileNetV2(weights=None), "out_relu", ("keras", "h5", "saved", "frozen")
    yield keras.applications.ResNet50(weights=None), "conv5_block3_out", ("keras", "saved")
    yield keras.applications.DenseNet121(weights=None), "relu", ("keras",)
    yield keras.applications.EfficientNetB0(weights=None), "top_activation", ("keras",)
    yield small("binary", 1, "sigmoid"), "last_relu", ("keras", "h5", "saved", "frozen")
    yield small("labels", 6, "sigmoid", flatten=True), "last_relu", ("keras", "saved", "frozen")


def main():
    program, wanted = sys.argv[1], sys.argv[2:]
    print("| network | file | output | logits | last | Grad-CAM |\n|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for model, layer, kinds in networks():
            if wanted and not any(model.name.startswith(name) for name in wanted):
                continue
            pictures = blotches(model.input_shape[1], 8, 5)
            measure_norms(model, pictures / 127.5 - 1)
            for kind in kinds:
                try:
                    compare(program, model, layer, kind, pathlib.Path(folder))
                except Exception as failure:  # the others are to be shown all the same
                    print(f"| {model.name} | {kind} | {type(failure).__name__}: {str(failure).splitlines()[0][:300]} |", flush=True)


if __name__ == "__main__":
    main()
