#!/usr/bin/env python3
"""Writes odd but real TorchScript files into tests/fixtures/odd/, and odd_models.json: what is right for each. Seeded.

Needs torch 2.15 and NumPy (README.md beside this). Names as arguments: only those models are written again.
Each module beside this holds one kind; base.py says what is noted of each.

tests/fixtures/odd/NAME.pt, NAME.card.json   the model and its card
tests/fixtures/odd/a.png, b.png, gray.png    the pictures that it is asked about; they have its size
tests/fixtures/odd/odd_models.json           for each: see Odd in base.py, and `scores`: eager PyTorch's for each picture
"""
import argparse
import json
import pathlib
import struct
import warnings
import zlib

import numpy as np
import torch

import base

FOLDER = pathlib.Path(__file__).parent.parent / "fixtures" / "odd"
LEFT_OUT = {"name", "build", "card", "tolerance", "ending", "source_lines"}


def load_kinds():
    import batch, training, precision, outputs, inputs, values, quantised, exported, files  # noqa: F401, E401: they fill base.ODD


def write_png(path, pixels):
    """8 bit gray or RGB, without filters."""
    h, w = pixels.shape[:2]

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    header = struct.pack(">IIBBBBB", w, h, 8, 0 if pixels.ndim == 2 else 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def pictures():
    """Unlike each other in brightness, colour and structure, so that no two rows of a batch are mistaken for each other."""
    y, x = np.mgrid[0:base.SIDE, 0:base.SIDE] / (base.SIDE - 1)
    draw = np.random.default_rng(5)
    a = np.stack([200 * x, 160 * (1 - y), 90 + 60 * np.sin(9 * x * y)], 2)
    a[6:14, 18:28] = (250, 240, 20)
    b = 40 + 30 * draw.standard_normal((base.SIDE, base.SIDE, 3)) + 120 * ((x - 0.3) ** 2 + (y - 0.7) ** 2 < 0.05)[..., None]
    a, b = (np.clip(p, 0, 255).astype(np.uint8) for p in (a, b))
    return {"a": a, "b": b, "gray": a[..., 1].copy()}


def entering(pixels, spec):
    """(v / divide - mean) / std of a picture that has the input's size; a smaller input sees the mean around the centre."""
    v = torch.tensor(pixels.astype(np.float64) / spec["divide"])
    v = v[..., None] if v.dim() == 2 else v
    x = (v - torch.tensor(spec["mean"], dtype=v.dtype)) / torch.tensor(spec["std"], dtype=v.dtype)
    return x.permute(2, 0, 1)[None].float().contiguous()


def scores(model, made, card, images):
    """One row a picture, a picture at a time; None where it is scaled on its way, or no numbers come out."""
    if card["input"]["size"] != [base.SIDE, base.SIDE] or model.undefined:
        return {}
    names = model.picture.split(" and ")
    with torch.no_grad():
        rows = {name: made.eager(entering(images[name], card["input"])) for name in names}
    assert all(row.shape == (1, 1 if model.output.startswith("binary") else model.classes) for row in rows.values()), model.name
    return {name: [float(f"{v:.7g}") for v in row[0].float()] for name, row in rows.items()}


def write(model, images):
    path = FOLDER / (model.name + model.ending)
    card = base.card(model)
    if card:
        (FOLDER / (model.name + ".card.json")).write_text(json.dumps(card, ensure_ascii=False) + "\n")
    facts = {"file": path.name, "what": model.what, "kind": model.kind}
    if model.build.__code__.co_argcount:
        model.build(path)
    else:
        made = model.build()
        data = made.script if isinstance(made.script, bytes) else base.saved(made.script)
        path.write_bytes(data if model.source_lines else base.without_source_lines(data))
        if model.refused is None:
            facts["scores"] = scores(model, made, card, images)
    usual = base.Odd("", "", "", None)
    facts |= {field.name: getattr(model, field.name) for field in base.dataclasses.fields(model)
              if field.name not in LEFT_OUT and getattr(model, field.name) != getattr(usual, field.name)}
    if model.refused is None:
        facts["tolerance"] = model.tolerance
    return facts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    wanted = parser.parse_args().names
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    load_kinds()
    FOLDER.mkdir(parents=True, exist_ok=True)
    images = pictures()
    for name, pixels in images.items():
        write_png(FOLDER / f"{name}.png", pixels)
    record = FOLDER / "odd_models.json"
    known = json.loads(record.read_text()) if record.exists() else {}
    for model in base.ODD:
        if not wanted or model.name in wanted:
            known[model.name] = write(model, images)
            print(f"{model.name}: {(FOLDER / known[model.name]['file']).stat().st_size:,} bytes")
    ordered = {model.name: known[model.name] for model in base.ODD if model.name in known}
    lines = [f"{json.dumps(name)}: {json.dumps(facts, ensure_ascii=False)}" for name, facts in ordered.items()]
    record.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
