"""Reads a model of TensorFlow, writes it as ONNX with its card, and holds the file against TensorFlow before it is put in place.

Runs in the environment that tensorflow_models.py makes; its one argument is JSON: the file, and export.py's options by name.
"""
import json
import logging
import os
import pathlib
import sys
import warnings

import numpy as np
import onnx
import onnxruntime
import tensorflow as tf
import tf2onnx
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

from card_options import apply_options
from tensorflow_card import application, card_of, told_guess
from tensorflow_readers import read_model
from unavailable import Unavailable

OPSET = 18
NEAR = 1e-4


def say(step, what):
    print(f"== [{step}/4] {what}", flush=True)


def frozen(model):
    """The function as one graph that holds its weights and what else it captured. Returns (graph, input's name, output's name)."""
    traced = model.function.get_concrete_function(model.spec)
    whole = convert_variables_to_constants_v2(traced)
    graph = whole.graph.as_graph_def()
    constants = {inner.op.name: outer for outer, inner in traced.graph.captures if outer.dtype != tf.resource}
    for node in graph.node:
        if node.op == "Placeholder" and node.name in constants:
            value = constants[node.name]
            node.op = "Const"
            node.attr.clear()
            node.attr["dtype"].type = value.dtype.as_datatype_enum
            node.attr["value"].tensor.CopyFrom(tf.make_tensor_proto(value))
    return graph, whole.inputs[0].name, whole.outputs[0].name


def converted(model):
    """The network as an ONNX model of any number of pictures, where it takes any."""
    try:
        graph, entering, leaving = frozen(model)
        proto, _ = tf2onnx.convert.from_graph_def(graph, name=model.name, input_names=[entering], output_names=[leaving], opset=OPSET)
    except Exception as e:  # tf2onnx lets through whatever its rewriters raise
        raise Unavailable(f"tf2onnx cannot turn {model.file} into ONNX: {str(e).strip().splitlines()[-1] if str(e).strip() else type(e).__name__}") from None
    foreign = sorted({f"{node.op_type} (node {node.name})" for node in proto.graph.node if node.domain not in ("", "ai.onnx") or not onnx.defs.has(node.op_type)})
    if foreign:
        raise Unavailable(f"{model.file} uses operators that ONNX does not have: {', '.join(foreign[:5])}. Export the part of the model that takes a picture as numbers.")
    return proto


def name_layers(graph):
    """Node names as the layers' own: all begin with the calls and the model around them, and Keras opens each layer twice, which
    TensorFlow counts ("StatefulPartitionedCall/mobilenetv2_1.00_224_1/out_relu_1/Relu6" -> "out_relu/Relu6")."""
    paths = {node.name: node.name.split("/") for node in graph.node if "/" in node.name}
    around = os.path.commonprefix([path[:-2] for path in paths.values()])
    twice = bool(around) and around[-1].endswith("_1") and all(path[len(around)].endswith("_1") for path in paths.values())
    for node in graph.node:
        if node.name in paths:
            layer, *rest = paths[node.name][len(around):]
            node.name = "/".join([layer.removesuffix("_1") if twice else layer, *rest])


def cut_activation(graph):
    """Leaves out a softmax or sigmoid that makes the output, so that the scores are logits, which Grad-CAM and its kin explain. Returns its name or None."""
    last = next((node for node in graph.node if graph.output[0].name in node.output), None)
    if last is None or last.op_type not in ("Softmax", "Sigmoid"):
        return None
    graph.node.remove(last)
    graph.output[0].name = last.input[0]
    return last.op_type


def comparable(scores, activation):
    """TensorFlow's scores, after `activation`, as logits: of a softmax up to a constant, of a sigmoid where it does not round to one."""
    scores = scores.astype(np.float64)
    if activation == "Softmax":
        return np.log(np.clip(scores, 1e-30, None))
    if activation == "Sigmoid":
        scores = np.clip(scores, 1e-12, 0.99)
        return np.log(scores / (1 - scores))
    return scores


def activated(logits, activation):
    logits = logits.astype(np.float64)
    if activation == "Softmax":
        powers = np.exp(logits - logits.max(1, keepdims=True))
        return powers / powers.sum(1, keepdims=True)
    return 1 / (1 + np.exp(-logits)) if activation == "Sigmoid" else logits


def pictures_for(model, card, count):
    """Random pictures as they enter."""
    entering = card["input"]
    values = np.random.default_rng(1).integers(0, 256, (count, *model.size, model.channels)).astype(np.float64)
    values = (values / entering["divide"] - np.array(entering["mean"])) / np.array(entering["std"])
    return (values if model.channels_last else values.transpose(0, 3, 1, 2)).astype(model.spec.dtype.as_numpy_dtype)


def verify(model, card, file, activation):
    """Compares TensorFlow's logits with those of the reloaded file. Returns the largest difference, relative to the largest logit or 1."""
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    fixed = model.spec.shape[0]
    worst = 0.0
    for count in (fixed,) if fixed else (1, 3):
        x = pictures_for(model, card, count)
        theirs = comparable(np.asarray(model.function(tf.constant(x))), activation)
        mine = comparable(activated(session.run(None, {session.get_inputs()[0].name: x})[0], activation), activation)
        if mine.shape != theirs.shape or not np.isfinite(theirs).all():
            raise Unavailable(f"{model.file} gives scores of the shape {theirs.shape} or values that are no numbers, which cannot be compared.")
        worst = max(worst, float(np.abs(mine - theirs).max() / max(1.0, np.abs(theirs).max())))
    if not worst <= NEAR:
        raise Unavailable(f"the ONNX file differs from {model.file} by {worst:.1e} of the largest logit, more than {NEAR:.0e}: it was thrown away.")
    return worst


def write(proto, card, model, out, activation):
    onnx.helper.set_model_props(proto, {"card.json": json.dumps(card, ensure_ascii=False)})
    part = out.with_name(out.name + ".part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        onnx.save(proto, str(part))
        say(4, "Comparing it with TensorFlow")
        worst = verify(model, card, str(part), activation)
        os.replace(part, out)
    except OSError as e:
        raise Unavailable(f"{out} cannot be written: {e.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)
    return worst


def convert(options):
    file = pathlib.Path(options["file"])
    if file.name == "saved_model.pb":
        file = file.parent
    say(1, f"Reading {file.name}")
    model = read_model(file, options)
    say(2, "Turning it into ONNX")
    proto = converted(model)
    name_layers(proto.graph)
    shape = [d.dim_value for d in proto.graph.output[0].type.tensor_type.shape.dim]
    if len(shape) != 2 or not shape[1]:
        raise Unavailable(f"{file.name} is no classifier: its output has the shape {model.output_shape}, not (pictures, classes).")
    model.outputs = shape[1]
    model.activation = cut_activation(proto.graph)
    card = card_of(model)
    apply_options(card, options)
    if card.get("labels") and len(card["labels"]) != (2 if card.get("output", "").startswith("binary") and len(card["labels"]) == 2 else model.outputs):
        raise Unavailable(f"{len(card['labels'])} labels were given for a model with {model.outputs} outputs.")
    out = pathlib.Path(options.get("out") or file.with_name(file.name.removesuffix(file.suffix if file.is_file() else "") + ".onnx"))
    say(3, f"Writing {out.name}")
    worst = write(proto, card, model, out, model.activation)
    if any(field.startswith("input.") for field in card["guessed"]):
        print(told_guess(card, application(model.names)))
    print(f"{out}: {card['name']}, {model.outputs} outputs; reloaded, its logits differ from TensorFlow's by at most {worst:.0e}")


def main():
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    try:
        convert(json.loads(sys.argv[1]))
    except Unavailable as e:
        print(f"export.py: {e}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
