#!/usr/bin/env python3
"""Times package lime against discern-cli, in turns, on one picture: EfficientNet-Lite0, 1000 samples, CPU, fp32.

  python3 tests/bench/lime_vs_package.py [--cli build/release/app/discern-cli] [--rounds 3] [--threads N]

Needs torch, lime and numpy in the interpreter that runs it. Both explain the same TorchScript file with the same picture and
number of samples; each keeps its own segmentation, sampling and solver, as its users get them. Prints seconds a round, the
ratio of the medians, and Discern's time against 1000 / the best throughput that discern-cli measured for the model.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

HERE = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("XDG_DATA_HOME", pathlib.Path.home() / ".local/share")) / "discern"


def package_lime(model, picture, size, samples):
    """Seconds that lime's explain_instance takes: without imports, loading and decoding."""
    import torch
    from lime import lime_image
    net = torch.jit.load(str(model)).eval()

    def predict(batch):
        x = (torch.from_numpy(np.ascontiguousarray(batch)).float().permute(0, 3, 1, 2) - 127) / 128
        with torch.no_grad():
            return net(x).softmax(1).numpy()

    image = decode(picture, size)
    for _ in range(3):  # TorchScript profiles its first runs
        predict(np.repeat(image[None], 10, 0))
    start = time.perf_counter()
    lime_image.LimeImageExplainer(random_state=0).explain_instance(image, predict, top_labels=1, hide_color=0, num_samples=samples)
    return time.perf_counter() - start


def decode(picture, size):
    from PIL import Image
    image = Image.open(picture).convert("RGB")
    w, h = image.size
    s = min(w, h)
    return np.array(image.crop(((w - s) // 2, (h - s) // 2, (w + s) // 2, (h + s) // 2)).resize((size, size), Image.BICUBIC))


def discern(cli, model, picture, samples, threads):
    """Seconds by discern-cli's own clock (of the explanation alone, like the package's) and of the whole process."""
    with tempfile.TemporaryDirectory() as out:
        start = time.perf_counter()
        subprocess.run([cli, "explain", "--model", str(model), "--image", str(picture), "--method", "lime", "--param", f"samples={samples}",
                        "--device", "cpu", "--precision", "fp32", "--seed", "0", "--out", out],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "OMP_NUM_THREADS": str(threads)})
        whole = time.perf_counter() - start
        result = json.loads(next(pathlib.Path(out).rglob("result.json")).read_text())
    return result["seconds"], whole


def number(document, *names):
    """The first of `names` that a nested document holds."""
    stack = [document]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            for name in names:
                if isinstance(node.get(name), (int, float)):
                    return node[name]
            stack += node.values()
        elif isinstance(node, list):
            stack += node
    return None


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--cli", default=str(HERE / "build/release/app/discern-cli"))
    p.add_argument("--model", default=str(DATA / "models/efficientnet-lite0.pt"))
    p.add_argument("--image", default=str(DATA / "samples/chelsea.png"))
    p.add_argument("--size", type=int, default=224)
    p.add_argument("--samples", type=int, default=1000)
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--threads", type=int, default=os.cpu_count())
    a = p.parse_args()
    import torch
    torch.set_num_threads(a.threads)

    theirs, ours, whole = [], [], []
    for i in range(a.rounds):
        theirs.append(package_lime(a.model, a.image, a.size, a.samples))
        seconds, process = discern(a.cli, a.model, a.image, a.samples, a.threads)
        ours.append(seconds)
        whole.append(process)
        print(f"round {i + 1}: package lime {theirs[-1]:.2f} s, Discern {ours[-1]:.2f} s ({whole[-1]:.2f} s with start-up and loading)", flush=True)
    ratio = statistics.median(theirs) / statistics.median(ours)
    print(f"package lime / Discern: {ratio:.2f} (with start-up and loading: {statistics.median(theirs) / statistics.median(whole):.2f})")

    facts = json.loads(subprocess.run([a.cli, "model", a.model, "--json"], check=True, capture_output=True, text=True).stdout)
    best = number(facts, "throughput", "bestThroughput", "imagesPerSecond", "images_per_second")
    if best is None:
        sys.exit("discern-cli model --json states no throughput")
    print(f"best measured throughput {best:.1f} images/s: {a.samples} evaluations at {a.samples / best:.2f} s; "
          f"Discern takes {statistics.median(ours) / (a.samples / best):.2f} x that")


if __name__ == "__main__":
    main()
