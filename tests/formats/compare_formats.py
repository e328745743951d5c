#!/usr/bin/env python3
"""Exports real architectures as TorchScript, as ONNX and with torch.export and holds what Discern makes of them against each other.

    compare_formats.py build/release/app/discern-cli NAME ...     of torchvision or timm; without names those below
    compare_formats.py ... --kinds "torch.export" "Core ATen"      only these files besides the TorchScript one

Needs torch, torchvision, timm, onnx and onnxscript. Weights are random and seeded, batch normalisation measured on random
blotches. Prints a line a file: how far its logits are from eager PyTorch's, as a share of their largest, its layer `last`, and
how far Grad-CAM and integrated gradients are from those of the TorchScript file, as a share of the largest value.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import warnings

import numpy as np
import torch
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "models"), str(ROOT / "tests" / "odd_models")]
from architectures import build  # noqa: E402
from torchscript import export  # noqa: E402
from planted_evidence import entering, measure_norms  # noqa: E402

NETWORKS = ["resnet50", "mobilenet_v3_large", "densenet121", "convnext_tiny", "vit_b_16", "swin_t", "efficientnet_lite0"]
KINDS = ["opset 11", "opset 13", "opset 17", "newest", "torch.export", "torch.export, one", "Core ATen"]


def write_onnx(net, x, kind, file):
    if kind == "newest":
        # Of one picture the exporter would write the number into the network.
        torch.onnx.export(net, (x.expand(2, -1, -1, -1),), file, dynamo=True, verbose=False, dynamic_shapes=({0: torch.export.Dim("n", min=1, max=64)},))
    else:
        torch.onnx.export(net, (x,), file, dynamo=False, opset_version=int(kind.split()[1]), input_names=["x"], output_names=["y"],
                          dynamic_axes={"x": {0: "n"}, "y": {0: "n"}})


def write_exported(net, x, kind, file, card):
    rows = None if kind.endswith("one") else ({0: torch.export.Dim("n", min=1, max=64)},)
    exported = torch.export.export(net, (x if rows is None else x.expand(2, -1, -1, -1),), dynamic_shapes=rows)
    torch.export.save(exported.run_decompositions() if kind == "Core ATen" else exported, file, extra_files={"card.json": json.dumps(card)})


def write(net, side, kind, name, card, folder):
    """The file of that kind, with its card."""
    x = torch.rand(1, 3, side, side)
    stem = f"{name}-{kind.replace(' ', '').replace(',', '-')}"
    if kind in ("Core ATen", "torch.export", "torch.export, one"):
        file = pathlib.Path(folder) / f"{stem}.pt2"
        write_exported(net, x, kind, file, card)
        return file
    file = pathlib.Path(folder) / f"{stem}.onnx"
    write_onnx(net, x, kind, str(file))
    file.with_suffix(".card.json").write_text(json.dumps(card))
    return file


def run(program, *arguments):
    told = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)
    if told.returncode != 0:
        raise RuntimeError(told.stderr.strip().splitlines()[-1])
    return told.stdout


def maps(program, file, shown, folder):
    made = {}
    for method, more in (("grad_cam", []), ("integrated_gradients", ["--param", "steps=8"])):
        out = pathlib.Path(folder) / f"{file.name}-{method}"
        run(program, "explain", "--model", file, "--image", shown, "--method", method, "--target", 1, "--score", "logit", "--out", out, *more)
        made[method] = np.load(next(out.glob("*/*/*/raw.npy")))
    return made


def logits(program, file, shown):
    return np.array(json.loads(run(program, "predict", "--model", file, "--image", shown, "--json"))[0]["logits"])


def apart(one, other):
    return np.abs(one - other).max() / np.abs(other).max()


def compare(program, name, kinds, folder):
    torch.manual_seed(0)
    net, card = build(name, "random")
    card["input"] |= {"resize": "none", "crop": 1.0}
    card.pop("labels", None)
    side = card["input"]["size"][0]
    with torch.no_grad():
        for weight in net.parameters():
            if weight.dim() > 1 and not weight.any():  # torchvision's heads of ViT begin at nothing
                weight.normal_(std=0.02)
    measure_norms(net, side)
    net.eval()
    pixels = np.asarray(Image.fromarray(np.random.default_rng(3).integers(0, 256, (side // 16, side // 16, 3), np.uint8)).resize((side, side), 3))
    shown = pathlib.Path(folder) / f"{side}.png"
    Image.fromarray(pixels).save(shown)
    x = entering(pixels, card) if card["input"].get("divide", 255) == 255 else None
    script = pathlib.Path(folder) / f"{name}.pt"
    export(net, card, script)
    with torch.no_grad():
        eager = net(x)[0].numpy() if x is not None else None
    known = maps(program, script, shown, folder)
    for kind in ["TorchScript", *kinds]:
        cells = [name, kind]
        try:
            file = script if kind == "TorchScript" else write(net, side, kind, name, card, folder)
            told = json.loads(run(program, "model", file, "--no-speed", "--json"))
            values = logits(program, file, shown)
            reference = eager if eager is not None else logits(program, script, shown)
            cells += [f"{apart(values, reference):.0e}", told["last"], "one picture at a time" if "one at a time" in json.dumps(told) else "any number"]
            own = maps(program, file, shown, folder)
            cells += [f"{apart(own[method], known[method]):.0e}" for method in known]
        except Exception as failure:  # the others are to be shown all the same
            cells.append(f"{type(failure).__name__}: {str(failure).splitlines()[0][:300]}")
        print("| " + " | ".join(cells) + " |", flush=True)
    for file in pathlib.Path(folder).glob(f"{name}*"):
        if file.is_file():
            file.unlink()


def main():
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--kinds", nargs="*", default=KINDS)
    asked = parser.parse_args()
    print("| network | file | logits | last | pictures at once | Grad-CAM | integrated gradients |\n|---|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in asked.names or NETWORKS:
            compare(asked.program, name, asked.kinds, folder)


if __name__ == "__main__":
    main()
