#!/usr/bin/env python3
"""Writes small networks of Keras as ONNX, with TensorFlow's own logits and Grad-CAM beside them, into tests/reference/keras.

    PYTHONPATH=~/.local/share/discern/tensorflow-2.21.0-python3.11 python3 -S tests/reference/make_keras_fixtures.py

Runs in the environment that models/export.py makes for TensorFlow. Arrays: NAME_input.npy as the network takes it (1,H,W,C),
NAME_logits.npy before the last sigmoid, NAME_grad_cam.npy of the first of them at `last_relu` (8 x 8).
"""
import os
import pathlib
import sys
import tempfile

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0", CUDA_VISIBLE_DEVICES="-1")

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "formats"))

import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras_networks import as_onnx, blotches, logits_and_grad_cam, measure_norms, small, write_as  # noqa: E402


def write(model, kind):
    out = HERE / "keras"
    out.mkdir(exist_ok=True)
    measure_norms(model, blotches(32, 8, 5) / 255)
    x = (blotches(32, 1, 3) / 255).astype(np.float32)
    logits, cam = logits_and_grad_cam(model, "last_relu", x, 0)
    with tempfile.TemporaryDirectory() as folder:
        as_onnx(write_as(model, kind, pathlib.Path(folder)), out / f"{model.name}.onnx")
    for name, array in (("input", x), ("logits", logits[0]), ("grad_cam", cam)):
        np.save(out / f"{model.name}_{name}.npy", array)


keras.utils.set_random_seed(7)
write(small("binary", 1, "sigmoid"), "keras")
write(small("labels", 6, "sigmoid", flatten=True), "saved")
