"""Networks of Keras with random weights, written as each kind of file, and what TensorFlow says of them."""
import pathlib
import sys

import keras
import numpy as np
import tensorflow as tf
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "models"))
from tensorflow_convert import convert  # noqa: E402
from tensorflow_readers import keras_layers  # noqa: E402

layers = keras.layers


def small(name, classes, activation, flatten=False):
    """A separable network for 32 x 32 pixels whose last map, 8 x 8, is `last_relu`'s."""
    x = entering = keras.Input((32, 32, 3), name="photo")
    x = layers.Conv2D(8, 3, 2, "same", use_bias=False, name="stem")(x)
    x = layers.ReLU(6.0, name="stem_relu")(layers.BatchNormalization(name="stem_norm")(x))
    x = layers.DepthwiseConv2D(3, padding="same", use_bias=False, name="depthwise")(x)
    x = layers.ReLU(6.0, name="depthwise_relu")(layers.BatchNormalization(name="depthwise_norm")(x))
    x = layers.Conv2D(12, 3, 2, "same", name="last")(x)
    x = layers.ReLU(name="last_relu")(layers.BatchNormalization(name="last_norm")(x))
    x = layers.Flatten(name="flat")(x) if flatten else layers.GlobalAveragePooling2D(name="pool")(x)
    scores = layers.Dense(classes, activation=activation, name="scores")(x)
    return keras.Model(entering, scores, name=name)


def blotches(side, count, seed):
    """Pictures of large random patches, 0 to 255."""
    patches = np.random.default_rng(seed).integers(0, 256, (count, side // 16, side // 16, 3)).astype(np.float32)
    return np.clip(tf.image.resize(patches, (side, side), "bicubic").numpy(), 0, 255)


def measure_norms(model, x):
    """Batch normalisation with the statistics of `x`, as a trained network has, so that the scores tell pictures apart."""
    norms = [layer for layer in keras_layers(model) if isinstance(layer, layers.BatchNormalization)]
    for norm in norms:
        norm.momentum = 0.0
    model(x, training=True)


def entering(card, pixels):
    """Pictures of 0 to 255 as the card says that they enter, N,H,W,C."""
    rules = card["input"]
    pixels = pixels[..., ::-1] if rules["color"] == "BGR" else pixels
    return ((pixels / rules["divide"] - np.array(rules["mean"])) / np.array(rules["std"])).astype(np.float32)


def logits_and_grad_cam(model, layer, x, target):
    """Of a model whose last layer is dense: the scores before its activation, and Grad-CAM of one of them at `layer`."""
    head = model.layers[-1]
    body = keras.Model(model.inputs, [model.get_layer(layer).output, model.layers[-2].output])
    with tf.GradientTape() as tape:
        tapped, features = body(x, training=False)
        scores = features @ head.kernel + head.bias
        score = scores[0, target]
    slope = tape.gradient(score, tapped)
    cam = tf.nn.relu(tf.reduce_sum(tapped * tf.reduce_mean(slope, (1, 2), keepdims=True), -1))
    return scores.numpy(), cam.numpy()[0]


def write_as(model, kind, folder):
    """The file or folder of that kind: keras, h5, saved (a SavedModel) or frozen (a frozen graph)."""
    name = model.name.replace("/", "-")
    if kind in ("keras", "h5"):
        file = folder / f"{name}.{kind}"
        model.save(file)
        return file
    if kind == "saved":
        model.export(str(folder / name), verbose=False)
        return folder / name
    traced = tf.function(lambda x: model(x, training=False)).get_concrete_function(tf.TensorSpec([None, *model.input_shape[1:]], tf.float32, name="photo"))
    tf.io.write_graph(convert_variables_to_constants_v2(traced).graph, str(folder), f"{name}.pb", as_text=False)
    return folder / f"{name}.pb"


def as_onnx(file, out, **options):
    convert({"file": str(file), "out": str(out), **options})
