"""What a model of TensorFlow tells of its card: size, channels, what comes out, and how Keras prepares pictures for it."""
import json
import os
import pathlib
import subprocess
import sys

IMAGENET_MEAN, IMAGENET_STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
# keras.applications by the beginning of their names, and preprocess_input's mode of each. Longer names come first.
MODES = {"mobilenetv3": "whole", "mobilenetv2": "tf", "mobilenet": "tf", "resnet50v2": "tf", "resnet101v2": "tf", "resnet152v2": "tf",
         "resnet": "caffe", "vgg": "caffe", "inception": "tf", "xception": "tf", "nasnet": "tf", "densenet": "torch",
         "efficientnet": "whole", "convnext": "whole"}


def preprocessing(mode):
    """divide, mean, std and colours of (v / divide - mean) / std. `whole`: the network takes 0 to 255 and prepares them itself."""
    return {"whole": {"divide": 1, "mean": [0] * 3, "std": [1] * 3, "color": "RGB"},
            "tf": {"divide": 127.5, "mean": [1] * 3, "std": [1] * 3, "color": "RGB"},
            "torch": {"divide": 255, "mean": IMAGENET_MEAN, "std": IMAGENET_STD, "color": "RGB"},
            "caffe": {"divide": 1, "mean": [103.939, 116.779, 123.68], "std": [1] * 3, "color": "BGR"},
            "unit": {"divide": 255, "mean": [0] * 3, "std": [1] * 3, "color": "RGB"}}[mode]


def application(names):
    """The first of keras.applications that one of `names` begins with, or None."""
    for name in names:
        plain = name.lower().replace("-", "").replace("_", "")
        for known in MODES:
            if plain.startswith(known):
                return known
    return None


def takes_whole_values(layers):
    """Whether the network's own first layers scale 0 to 255; None where it has none that scale."""
    for layer in layers:
        kind = type(layer).__name__
        if kind == "Rescaling":
            return float(max(abs(v) for v in _values(layer.scale))) < 0.1
        if kind == "Normalization":
            return float(max(abs(v) for v in _values(layer.mean))) > 3
    return None


def _values(value):
    import numpy as np
    return np.ravel(np.asarray(value, dtype="float32"))


def imagenet_labels():
    """torchvision's names of ImageNet's classes, where torchvision is installed; the machine's own Python knows."""
    own = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    script = "import json, architectures; print(json.dumps(architectures.imagenet_labels()))"
    told = subprocess.run([sys.executable, "-c", script], cwd=pathlib.Path(__file__).parent, env=own, capture_output=True, text=True, check=False)
    return json.loads(told.stdout) if told.returncode == 0 else []


def card_of(model):
    """`model` is a Read of tensorflow_convert.py. What stands there by a guess is listed in `guessed`."""
    known = application(model.names)
    whole = model.takes_whole_values
    mode = "whole" if whole else "unit" if whole is False else MODES.get(known, "unit")
    entering = preprocessing(mode)
    if model.channels == 1:
        entering = {"divide": entering["divide"], "mean": [1 if mode == "tf" else 0], "std": [1], "color": "gray"}
    card = {"name": model.name, "source": model.source, "licence": "", "layout": "NHWC" if model.channels_last else "NCHW",
            "input": {"size": list(model.size), **entering, "resize": "stretch", "interpolation": "bilinear", "crop": 1.0},
            "guessed": ["input.resize", "input.interpolation", "input.crop"]}
    if model.channels == 3:
        card["guessed"].append("input.color")
    if whole is None:
        card["guessed"] += ["input.divide", "input.mean", "input.std"]
    if model.labels:
        card["labels"] = model.labels
    elif known and model.outputs == 1000:
        labels = imagenet_labels()
        if labels:
            card["labels"] = labels
            card["guessed"].append("labels")
    if model.activation:
        card["output"] = "logits" if model.activation == "Softmax" else "binary-logit" if model.outputs == 1 else "multilabel-logits"
    return card


def told_guess(card, known):
    """A sentence for the person: what was guessed, and by what."""
    entering = card["input"]
    if "input.mean" not in card["guessed"]:
        return "The model scales pictures itself; that they are stretched to its size is a guess."
    why = f"its name ({known}) is one of keras.applications" if known else "nothing in the file tells"
    return (f"Guessed, since {why}: (v / {entering['divide']} - {entering['mean']}) / {entering['std']}, {entering['color']}, stretched. "
            "Where it was trained otherwise, say so with --divide, --mean, --std, --color and --resize, or in the model's card.")
