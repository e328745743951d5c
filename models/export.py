#!/usr/bin/env python3
"""Writes an image classifier as TorchScript or ONNX with its card inside, ready for Discern.

  export.py resnet50                          published weights, from torchvision or timm
  export.py resnet50 --random-weights         the bare architecture, where there is no network
  export.py resnet50 --checkpoint mine.pth    your weights for a known architecture
  export.py --checkpoint whole.pt --trust-pickle --size 224 224 [--mean ... --std ...]    a whole pickled module
  export.py model.keras                       a Keras model (.keras, .h5), as ONNX
  export.py saved_model_folder                a SavedModel of TensorFlow, as ONNX
  export.py frozen_graph.pb --size 224 224    a frozen graph of TensorFlow, as ONNX

Labels and preprocessing come from the package's or the file's own metadata; options override them. The written file is
reloaded and compared with the network before anything is put in place. Works with torch 1.13 to 2.15. TensorFlow is installed
into a folder of its own when a model first needs it; torch is not needed for such a model.
"""
import argparse
import os
import sys
import warnings

import tensorflow_models
from card_options import apply_options
from unavailable import Unavailable


def export_torch(a):
    """Traces a network of PyTorch. Returns what to tell."""
    import architectures
    from torchscript import export

    architectures.trust_pickles = a.trust_pickle
    weights = a.checkpoint or ("random" if a.random_weights else "published")
    net, card = architectures.build(a.name, weights) if a.name else architectures.build_whole(a.checkpoint, a.size)
    apply_options(card, vars(a))
    out = a.out or card["name"] + ".pt"
    outputs, worst = export(net, card, out)
    parameters = sum(q.numel() for q in net.parameters())
    return f"{out}: {card['name']}, {outputs} outputs, {parameters / 1e6:.1f} M parameters; reloaded, differs by at most {worst:.0e} (relative)"


def options_parser():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("name", nargs="?", help="a classifier of torchvision or timm, efficientnet-lite0, 1 or 2, or a model of TensorFlow: a file or folder")
    p.add_argument("--checkpoint", metavar="F", help="weights for NAME, or a whole pickled module")
    p.add_argument("--trust-pickle", action="store_true",
                   help="open a checkpoint that holds more than weights, or a Keras model with code in it; such a file can run any code, so only your own")
    p.add_argument("--random-weights", action="store_true", help="do not look for weights (seed 0)")
    p.add_argument("--out", metavar="F", help="where to write (default: NAME.pt here; NAME.onnx beside a model of TensorFlow)")
    p.add_argument("--labels", metavar="F", help="a text file with one class name a line")
    p.add_argument("--size", nargs=2, type=int, metavar=("HEIGHT", "WIDTH"))
    p.add_argument("--mean", nargs="+", type=float)
    p.add_argument("--std", nargs="+", type=float)
    p.add_argument("--divide", type=float)
    p.add_argument("--crop", type=float)
    p.add_argument("--resize", choices=("shorter-side", "stretch", "none"))
    p.add_argument("--interpolation", choices=("nearest", "bilinear", "bicubic"))
    p.add_argument("--color", choices=("RGB", "BGR", "gray"))
    p.add_argument("--output", choices=("logits", "probabilities", "multilabel-logits", "multilabel-probabilities", "binary-logit", "binary-probability"))
    p.add_argument("--output-name", metavar="NAME", help="which of several outputs of a TensorFlow model holds the scores")
    return p


def main():
    p = options_parser()
    a = p.parse_args()
    warnings.simplefilter("ignore")  # the tracer's worries are what verify() measures; the rest is PyTorch's housekeeping
    if bool(a.name) + bool(a.checkpoint) == 0 or (a.checkpoint and a.random_weights):
        p.error("give a NAME, a --checkpoint, or both; --random-weights goes with a NAME alone")
    try:
        if a.checkpoint and not os.path.exists(a.checkpoint):
            raise Unavailable(f"there is no file {a.checkpoint}.")
        if a.name and tensorflow_models.is_tensorflow(a.name):
            if not os.path.exists(a.name):
                raise Unavailable(f"there is no file {a.name}.")
            return tensorflow_models.convert(a.name, {key: value for key, value in vars(a).items() if value is not None})
        print(export_torch(a))
    except ImportError as e:
        print(f"export.py: PyTorch's models need PyTorch ({e}): install python3-torch and python3-torchvision, or run ./run.sh, which does.", file=sys.stderr)
        return 1
    except Unavailable as e:
        print(f"export.py: {e}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
