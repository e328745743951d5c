#!/usr/bin/env python3
"""Packs a part of ONNX's own test cases into tests/reference/onnx/cases.zip, for machines without the package `onnx`.

    pack_onnx_cases.py          all cases with tensors, into a temporary folder; the small ones that pass go into the archive
    pack_onnx_cases.py FOLDER   all cases into that folder: build/release/tests/bench_onnx_cases FOLDER/* runs them

Needs the package onnx (Apache-2.0), from which the cases are taken as they are: its operators' (node), its small models (simple),
those that PyTorch exported (pytorch-operator, pytorch-converted) and its light networks, with the inputs that its own runner gives.
"""
import pathlib
import shutil
import sys
import tempfile
import zipfile

import onnx
import onnx.backend.test.case.node as node
from onnx import TensorProto, numpy_helper
from onnx.backend.test.runner import Runner

ARCHIVE = pathlib.Path(__file__).parent / "onnx" / "cases.zip"
SMALL = 6000  # bytes of a case
DATA = pathlib.Path(onnx.__file__).parent / "backend" / "test" / "data"
# Families of operators of which a few cases stand for all: types and shapes by the dozen.
EACH = 14


def write_node_cases(folder):
    for case in node.collect_testcases(None):
        for number, (inputs, outputs) in enumerate(case.data_sets):
            there = folder / "node" / case.name / f"test_data_set_{number}"
            values = [("input", inputs, case.model.graph.input), ("output", outputs, case.model.graph.output)]
            if any(not info.type.HasField("tensor_type") for _, own, infos in values for info, _ in zip(infos, own)):
                continue
            there.mkdir(parents=True, exist_ok=True)
            for kind, own, infos in values:
                for i, value in enumerate(own):
                    tensor = value if isinstance(value, TensorProto) else numpy_helper.from_array(value, infos[i].name)
                    (there / f"{kind}_{i}.pb").write_bytes(tensor.SerializeToString())
            (there.parent / "model.onnx").write_bytes(case.model.SerializeToString())


def write_light_cases(folder):
    for file in sorted((DATA / "light").glob("*.onnx")):
        there = folder / "light" / file.stem / "test_data_set_0"
        there.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, there.parent / "model.onnx")
        graph = onnx.load(file).graph
        known = {weight.name for weight in graph.initializer}
        for i, info in enumerate(info for info in graph.input if info.name not in known):
            value = Runner.generate_dummy_data(info, seed=0, name=file.stem, random=False)
            (there / f"input_{i}.pb").write_bytes(numpy_helper.from_array(value).SerializeToString())
        for i in range(len(graph.output)):
            shutil.copy(file.with_name(f"{file.stem}_output_{i}.pb"), there / f"output_{i}.pb")


def write_all(folder):
    write_node_cases(folder)
    write_light_cases(folder)
    for kind in ("simple", "pytorch-operator", "pytorch-converted"):
        shutil.copytree(DATA / kind, folder / kind, dirs_exist_ok=True)


def main():
    if len(sys.argv) > 1:
        return write_all(pathlib.Path(sys.argv[1]))
    ARCHIVE.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, zipfile.ZipFile(ARCHIVE, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        write_all(pathlib.Path(name))
        families = {}
        for model in sorted(pathlib.Path(name).glob("*/*/model.onnx")):
            files = [file for file in sorted(model.parent.rglob("*")) if file.is_file()]
            family = "_".join(model.parent.name.split("_")[:2])
            families[family] = families.get(family, 0) + 1
            if families[family] > EACH or sum(file.stat().st_size for file in files) > SMALL:
                continue
            for file in files:
                archive.write(file, file.relative_to(name))
    print(ARCHIVE, ARCHIVE.stat().st_size // 1024, "KiB")


if __name__ == "__main__":
    main()
