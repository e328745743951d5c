#!/usr/bin/env python3
"""Writes the tiny networks of make_fixtures.py as torch.export does into tests/fixtures/exported.zip, with the same weights: what
eager PyTorch says of them is what make_fixtures.py wrote. Needs torch 2.15.

NAME-any.pt2   any number of pictures
NAME-one.pt2   for one picture at a time, as torch.export writes where nothing else is said
NAME-core.pt2  any number, decomposed into the operators of Core ATen by run_decompositions()
"""
import json
import pathlib
import tempfile
import warnings
import zipfile

import torch

from make_fixtures import FIXTURES, card, randomise
from tiny_networks import NETWORKS

FILES = {"tiny_resnet": ["any", "one", "core"], "tiny_mobilenetv3": ["any"], "tiny_inception": ["any"], "tiny_clip": ["any", "core"]}


def write(net, name, kind, file):
    # The example goes into the file: one that is spread out takes twelve bytes there.
    x = torch.zeros(1, 3, 1, 1).expand(1 if kind == "one" else 2, 3, 32, 32)
    rows = None if kind == "one" else ({0: torch.export.Dim("n")},)
    program = torch.export.export(net, (x,), dynamic_shapes=rows)
    if kind == "core":
        program = program.run_decompositions()
    for node in program.graph.nodes:
        node.meta.pop("stack_trace", None)
        node.meta.pop("from_node", None)
    torch.export.save(program, file, extra_files={"card.json": json.dumps(card(name))})


def main():
    warnings.simplefilter("ignore")
    with zipfile.ZipFile(FIXTURES / "exported.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive, tempfile.TemporaryDirectory() as folder:
        for seed, name in enumerate(NETWORKS):
            for kind in FILES.get(name, []):
                net = NETWORKS[name]().eval()
                randomise(net, seed)
                file = pathlib.Path(folder) / f"{name}-{kind}.pt2"
                write(net, name, kind, file)
                archive.write(file, file.name)
                print(file.name, file.stat().st_size // 1024, "KiB")
    print("exported.zip", (FIXTURES / "exported.zip").stat().st_size // 1024, "KiB")


if __name__ == "__main__":
    main()
