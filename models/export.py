#!/usr/bin/env python3
"""Writes an image classifier as TorchScript with its card inside, ready for Discern.

  export.py resnet50                          published weights, from torchvision or timm
  export.py resnet50 --random-weights         the bare architecture, where there is no network
  export.py resnet50 --checkpoint mine.pth    your weights for a known architecture
  export.py --checkpoint whole.pt --trust-pickle --size 224 224 [--mean ... --std ...]    a whole pickled module

Labels and preprocessing come from the package's own metadata; options override them. The file is reloaded and its
outputs and gradients are compared with the network's before anything is put in place. Works with torch 1.13 to 2.15.
"""
import argparse
import contextlib
import json
import os
import pathlib
import sys
import warnings

import torch

import architectures
from architectures import Unavailable, build, build_whole

FUSED = ("aten::_native_multi_head_attention", "aten::_transformer_encoder_layer_fwd")  # fast, but without a derivative


class LogitsOnly(torch.nn.Module):
    """Networks with auxiliary heads return a tuple, dictionary or named tuple; the first entry is the classifier's."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, x):
        y = self.net(x)
        if isinstance(y, dict):
            y = next(iter(y.values()))
        return y[0] if isinstance(y, (tuple, list)) else y


@contextlib.contextmanager
def without_fused_attention():
    """PyTorch's fused attention has no derivative, so that nothing could be explained; torch < 2.0 picks it by grad mode alone."""
    mha = getattr(torch.backends, "mha", None)
    if mha is None:
        yield
        return
    before = mha.get_fastpath_enabled()
    mha.set_fastpath_enabled(False)
    try:
        yield
    finally:
        mha.set_fastpath_enabled(before)


def trace(net, example):
    """Traces with gradients on, which keeps differentiable operators. Raises Unavailable where fused ones stay."""
    for p in net.parameters():
        p.requires_grad_(True)
    with torch.enable_grad(), without_fused_attention():
        script = torch.jit.trace(net, example, check_trace=False)
    for name in FUSED:
        if name in str(script.inlined_graph):
            raise Unavailable(f"the trace still holds {name}, which has no derivative: export with torch 2.0 or newer.")
    return script


def verify(net, file, height, width, channels):
    """Reloads `file` and compares outputs (batches of 1 and 3) and the input's gradient. Returns the largest difference."""
    script = torch.jit.load(file, map_location="cpu").eval()
    worst = 0.0
    for batch in (1, 3):
        x = torch.randn(batch, channels, height, width)
        mine, theirs = x.clone().requires_grad_(True), x.clone().requires_grad_(True)
        y, z = script(mine), net(theirs)
        if y.dim() != 2:
            raise Unavailable(f"this is no classifier: its output has the shape {tuple(y.shape)}, not (batch, classes).")
        pairs = [(y.detach(), z.detach())]
        if batch == 1:
            pairs.append((torch.autograd.grad(y[0, 0], mine)[0], torch.autograd.grad(z[0, 0], theirs)[0]))
        for a, b in pairs:
            worst = max(worst, float((a - b).abs().max() / b.abs().max().clamp_min(1e-6)))
    if not worst < 1e-3:
        raise Unavailable(f"the traced model differs from the network by {worst:.1e} of the largest value: it depends on its input in ways that tracing cannot follow.")
    return worst


def export(net, card, out):
    """Traces `net`, embeds `card`, verifies and writes `out`. Returns (outputs, largest difference)."""
    height, width = card["input"]["size"]
    channels = 1 if card["input"].get("color") == "gray" else 3
    torch.manual_seed(1)
    net = LogitsOnly(net).eval()
    with torch.no_grad():
        outputs = net(torch.zeros(1, channels, height, width)).shape[-1]
    if card.get("labels") and len(card["labels"]) != outputs:
        raise Unavailable(f"{len(card['labels'])} labels were given for a model with {outputs} outputs.")
    script = trace(net, torch.randn(1, channels, height, width))
    out = pathlib.Path(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(out.name + ".part")
    try:
        torch.jit.save(script, str(part), _extra_files={"card.json": json.dumps(card, ensure_ascii=False)})
        worst = verify(net, str(part), height, width, channels)
        os.replace(part, out)
    finally:
        part.unlink(missing_ok=True)
    return outputs, worst


def apply_options(card, a):
    """What the person states wins over the package's metadata."""
    for key in ("size", "mean", "std", "divide", "crop", "resize", "interpolation", "color"):
        value = getattr(a, key)
        if value is not None:
            card["input"][key] = value
    if "resize" in card["input"] and card["input"]["resize"] is None:
        raise Unavailable(f"{card['name']} was trained on pictures scaled by their longer side and padded at the border, which Discern cannot do: "
                          "add --resize stretch (the whole picture, out of proportion) or --resize shorter-side (in proportion, cut off); "
                          "its accuracy then differs a little from the published one.")
    if a.labels:
        card["labels"] = pathlib.Path(a.labels).read_text(encoding="utf-8").splitlines()
    if a.output:
        card["output"] = a.output
    if not card.get("labels"):
        card.pop("labels", None)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("name", nargs="?", help="a classifier of torchvision or timm, or efficientnet-lite0, 1 or 2")
    p.add_argument("--checkpoint", metavar="F", help="weights for NAME, or a whole pickled module")
    p.add_argument("--trust-pickle", action="store_true",
                   help="open a checkpoint that holds more than weights; such a file can run any code, so only your own")
    p.add_argument("--random-weights", action="store_true", help="do not look for weights (seed 0)")
    p.add_argument("--out", metavar="F", help="where to write (default: NAME.pt here)")
    p.add_argument("--labels", metavar="F", help="a text file with one class name a line")
    p.add_argument("--size", nargs=2, type=int, metavar=("HEIGHT", "WIDTH"))
    p.add_argument("--mean", nargs="+", type=float)
    p.add_argument("--std", nargs="+", type=float)
    p.add_argument("--divide", type=float)
    p.add_argument("--crop", type=float)
    p.add_argument("--resize", choices=("shorter-side", "stretch", "none"))
    p.add_argument("--interpolation", choices=("nearest", "bilinear", "bicubic"))
    p.add_argument("--color", choices=("RGB", "BGR", "gray"))
    p.add_argument("--output", choices=("logits", "probabilities", "multilabel-logits", "multilabel-probabilities", "binary-logit"))
    a = p.parse_args()
    warnings.simplefilter("ignore")  # the tracer's worries are what verify() measures; the rest is PyTorch's housekeeping
    if bool(a.name) + bool(a.checkpoint) == 0 or (a.checkpoint and a.random_weights):
        p.error("give a NAME, a --checkpoint, or both; --random-weights goes with a NAME alone")
    try:
        if a.checkpoint and not os.path.exists(a.checkpoint):
            raise Unavailable(f"there is no file {a.checkpoint}.")
        architectures.trust_pickles = a.trust_pickle
        weights = a.checkpoint or ("random" if a.random_weights else "published")
        net, card = build(a.name, weights) if a.name else build_whole(a.checkpoint, a.size)
        apply_options(card, a)
        out = a.out or card["name"] + ".pt"
        outputs, worst = export(net, card, out)
    except Unavailable as e:
        print(f"export.py: {e}", file=sys.stderr)
        return 1
    parameters = sum(q.numel() for q in net.parameters())
    print(f"{out}: {card['name']}, {outputs} outputs, {parameters / 1e6:.1f} M parameters; reloaded, differs by at most {worst:.0e} (relative)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
