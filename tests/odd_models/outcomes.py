#!/usr/bin/env python3
"""Writes docs/odd-models.md: for each file of tests/fixtures/odd/ what Discern does with it, in its own words.

    tests/odd_models/outcomes.py build/release/app/discern-cli
"""
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).parent.parent.parent
FOLDER = ROOT / "tests/fixtures/odd"
TITLES = {"batch": "Batches", "training": "Left in training mode, or random", "precision": "Precision and device", "output": "Outputs",
          "input": "Inputs", "values": "Values", "int8": "Quantised", "exported": "Programs of torch.export", "file": "Files and cards"}
INTRO = """# Odd models

Models as people really export them, each file with something odd about it, and what Discern does with it. The files lie in
`tests/fixtures/odd/`, `tests/odd_models/` writes them, and `tests/core/network/test_odd_models.cpp` holds every one against eager
PyTorch and against its twin without the fault. This table is written by `tests/odd_models/outcomes.py`; the sentences are the program's.
"""


def run(program, *arguments):
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)


def outcome(program, path, facts):
    told = run(program, "model", path, "--json", "--no-speed")
    if told.returncode != 0:
        return "refused: " + told.stderr.strip().splitlines()[-1].removeprefix("discern-cli: ")
    model = json.loads(told.stdout)
    words = model["notes"] or ["opens; nothing to say"]
    picture = FOLDER / ("gray.png" if facts.get("picture") == "gray" else "a.png")
    asked = run(program, "predict", "--model", path, "--image", picture)
    if asked.returncode != 0:
        words = words + ["Predicting: " + asked.stderr.strip().splitlines()[-1].removeprefix("discern-cli: ")]
    if model["output"] != "logits":
        words = words + [f"Its outputs are {model['output']}."]
    return " ".join(words)


def cell(text):
    text = text.replace(str(FOLDER) + "/", "")
    return (text if len(text) < 420 else text[:417] + "...").replace("|", "\\|").replace("\n", " ")


def main():
    program = sys.argv[1]
    right = json.loads((FOLDER / "odd_models.json").read_text())
    text = INTRO
    for kind, title in TITLES.items():
        text += f"\n## {title}\n\n| file | what is odd | what Discern does |\n|---|---|---|\n"
        for name, facts in right.items():
            if facts["kind"] == kind:
                text += f"| {facts['file']} | {cell(facts['what'])} | {cell(outcome(program, FOLDER / facts['file'], facts))} |\n"
    (ROOT / "docs/odd-models.md").write_text(text)


if __name__ == "__main__":
    main()
