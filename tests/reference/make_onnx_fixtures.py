#!/usr/bin/env python3
"""Writes the tiny networks of make_fixtures.py as ONNX into tests/fixtures/onnx/, with the same weights: what eager PyTorch says
of them is what make_fixtures.py wrote. Needs torch 2.15, onnx and onnxscript.

tests/fixtures/onnx/NAME-OPSET.onnx   by the exporter that traces, any number of pictures, the card in the file's metadata
tests/fixtures/onnx/NAME-newest.onnx  by today's exporter, with its weights in NAME-newest.onnx.data and the card beside it
tests/fixtures/onnx/NAME-one.onnx     for one picture at a time, as the exporter writes where nothing else is said
tests/fixtures/onnx_open_sides.onnx   of any height and width, which its graph computes with
"""
import json
import pathlib
import warnings

import onnx
import torch

from make_fixtures import FIXTURES, card, randomise
from tiny_networks import NETWORKS

FILES = {"tiny_resnet": [11, 13, 17, "newest", "one"], "tiny_mobilenetv3": [13, "newest"], "tiny_densenet": [13], "tiny_inception": [11],
         "tiny_convnext": [17, "newest"], "tiny_vit_plain": [13, 17, "newest", "one"], "tiny_vit_fused": [17, "newest"], "tiny_swin": [17],
         "tiny_clip": [17], "tiny_levit": [17]}


def write(net, name, kind, file):
    x = torch.rand(1, 3, 32, 32)
    if kind == "newest":
        torch.onnx.export(net, (x,), str(file), dynamo=True, verbose=False, dynamic_shapes=({0: torch.export.Dim("n", min=1, max=64)},))
        file.with_suffix(".card.json").write_text(json.dumps(card(name)) + "\n")
        return
    rows = {} if kind == "one" else {"dynamic_axes": {"x": {0: "n"}, "y": {0: "n"}}}
    torch.onnx.export(net, (x,), str(file), dynamo=False, opset_version=13 if kind == "one" else kind, input_names=["x"], output_names=["y"], **rows)
    model = onnx.load(file)
    onnx.helper.set_model_props(model, {"card.json": json.dumps(card(name))})
    onnx.save(model, file)


class OpenSides(torch.nn.Module):
    """It reshapes by the height and width that come."""

    def __init__(self):
        super().__init__()
        self.stem = torch.nn.Conv2d(3, 5, 3, 2, 1)

    def forward(self, x):
        x = torch.relu(self.stem(x))
        return x.reshape(x.shape[0], 5, x.shape[2] * x.shape[3]).mean(2)


def write_open_sides():
    torch.manual_seed(4)
    file = FIXTURES / "onnx_open_sides.onnx"
    torch.onnx.export(OpenSides().eval(), (torch.rand(1, 3, 32, 32),), str(file), dynamo=False, opset_version=13, input_names=["x"],
                      output_names=["y"], dynamic_axes={"x": {0: "n", 2: "h", 3: "w"}, "y": {0: "n"}})
    model = onnx.load(file)
    onnx.helper.set_model_props(model, {"card.json": json.dumps(card("onnx_open_sides"))})
    onnx.save(model, file)


def main():
    warnings.simplefilter("ignore")
    torch.backends.mha.set_fastpath_enabled(False)
    (FIXTURES / "onnx").mkdir(exist_ok=True)
    write_open_sides()
    for seed, name in enumerate(NETWORKS):
        for kind in FILES.get(name, []):
            net = NETWORKS[name]().eval()
            randomise(net, seed)
            file = FIXTURES / "onnx" / f"{name}-{kind}.onnx"
            try:
                write(net, name, kind, file)
                print(file.name, file.stat().st_size // 1024, "KiB")
            except Exception as failure:  # an exporter that cannot write one network writes the others
                print(file.name, "not written:", str(failure).splitlines()[0])


if __name__ == "__main__":
    main()
