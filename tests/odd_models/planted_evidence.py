#!/usr/bin/env python3
"""Plants the evidence for one class in one patch of a picture and looks where explanations at `last` peak: it has to be there.

    planted_evidence.py build/release/app/discern-cli              all networks below
    planted_evidence.py build/release/app/discern-cli NAME ...     these, of torchvision or timm

Needs torch, torchvision and timm. The networks are the real architectures with random, seeded weights. A linear probe makes the
evidence: the classifier's row for the class is the mean, over nine places, of what a textured patch on a plain ground changes of
its features, less what of it lies along the plain ground's own. The picture that is explained has the patch at a tenth place. Maps that peak elsewhere are held against Grad-CAM in
eager PyTorch at the same module's output: where that peaks at the same place, it is the random network's doing. Grad-CAM drops what
lies below zero, and random weights can put everything there ("empty"): Score-CAM, which asks no gradient, tells then whether the layer
is the right one.
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import warnings

import numpy as np
import torch
from PIL import Image
from torch import nn

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "models"))
from architectures import build  # noqa: E402
from torchscript import export  # noqa: E402

NETWORKS = ["googlenet", "inception_v3", "densenet121", "resnet50", "convnext_tiny", "efficientnet_b0", "mobilenet_v3_small", "maxvit_t",
            "maxvit_nano_rw_256", "swin_t", "swin_tiny_patch4_window7_224", "pvt_v2_b1", "levit_128s", "coat_tiny", "coat_lite_tiny",
            "cait_xxs24_224", "tnt_s_patch16_224", "deit_tiny_patch16_224", "vit_b_16", "vit_medium_patch16_reg4_gap_256",
            "vit_base_patch32_clip_224"]
OTHERS = ("score_cam", "attention_rollout", "attention_gradient")
CLASS, LOGIT = 3, 8.0
TRAINED_AT = [(row, column) for row in (0.05, 0.4, 0.75) for column in (0.05, 0.4, 0.75)]
SHOWN_AT = (0.15, 0.58)


def picture(side, place=None):
    """Grey, with a patch of coloured stripes whose upper left corner lies at `place`, a share of the side; H,W,3 bytes."""
    pixels = np.full((side, side, 3), 128, np.uint8)
    if place is not None:
        top, left, size = *corner(side, place), patch_size(side)
        rows, columns = np.mgrid[0:size, 0:size]
        pixels[top:top + size, left:left + size, 0] = np.where((rows + columns) // 4 % 2, 250, 20)
        pixels[top:top + size, left:left + size, 1] = np.where(columns // 3 % 2, 230, 60)
        pixels[top:top + size, left:left + size, 2] = np.where(rows // 6 % 2, 200, 0)
    return pixels


def patch_size(side):
    return side // 5


def corner(side, place):
    return int(place[0] * side), int(place[1] * side)


def entering(pixels, card):
    """As the card says: 1,3,H,W."""
    mean, std = (torch.tensor(card["input"][key]).view(1, 3, 1, 1) for key in ("mean", "std"))
    return (torch.from_numpy(pixels).permute(2, 0, 1)[None] / 255 - mean) / std


def measure_norms(net, side):
    """Batch normalisation by the statistics of random blotches, so that values neither vanish nor explode with depth."""
    norms = [m for m in net.modules() if isinstance(m, nn.modules.batchnorm._BatchNorm)]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None
        norm.train()
    g = torch.Generator().manual_seed(1)
    with torch.no_grad():
        if norms:
            net(nn.functional.interpolate(torch.randn(8, 3, side // 8, side // 8, generator=g), (side, side)))
    net.eval()


def heads(net, x):
    """The linear layers that give the classes, of those that an answer passes; LeViT has two."""
    passed = []
    hooks = [m.register_forward_hook(lambda module, *_: passed.append(module)) for m in net.modules() if isinstance(m, nn.Linear)]
    with torch.no_grad():
        net(x)
    for hook in hooks:
        hook.remove()
    return [m for m in passed if m.out_features == passed[-1].out_features and m.out_features >= 1000]


def features(net, head, x):
    kept = []
    hook = head.register_forward_pre_hook(lambda module, inputs: kept.append(inputs[0]))
    with torch.no_grad():
        net(x)
    hook.remove()
    return kept[0].flatten(0, -2).mean(0)


def plant(net, card):
    side = card["input"]["size"][0]
    found = heads(net, entering(picture(side), card))
    for head in found:
        without = features(net, head, entering(picture(side), card))
        change = torch.stack([features(net, head, entering(picture(side, place), card)) for place in TRAINED_AT]).mean(0) - without
        # Blind to the ground by its weights, not by a bias: a bias would leave every place of the ground as evidence against.
        row = change - without * (change @ without) / without.square().sum()
        with torch.no_grad():
            head.weight[CLASS] = LOGIT * row / (row @ change)
            if head.bias is not None:
                head.bias[CLASS] = 0


def run(program, *arguments):
    told = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)
    if told.returncode != 0:
        raise RuntimeError(told.stderr.strip().splitlines()[-1])
    return told.stdout


def explained(program, method, file, shown, out):
    run(program, "explain", "--model", file, "--image", shown, "--method", method, "--target", CLASS, "--score", "logit", "--out", out)
    return np.load(next(pathlib.Path(out).glob(f"*/*/{method}/raw.npy")))


def peak(grid, side):
    """Where the largest value lies: in a place that the patch touches, beside one, or elsewhere; and the place."""
    if not grid.any():
        return "empty", ""
    at = np.unravel_index(np.argmax(grid), grid.shape)
    distance = 0
    for place, count, first in zip(at, grid.shape, corner(side, SHOWN_AT)):
        touched = [i for i in range(count) if (i + 1) * side / count > first and i * side / count < first + patch_size(side)]
        distance = max(distance, min(abs(place - i) for i in touched))
    return ("in the patch", "beside it")[distance] if distance < 2 else f"{distance} places away", tuple(map(int, at))


def eager_grad_cam(net, x, layer):
    """At the output of the module that the layer lies in, where that has the layer's shape."""
    module = dict(net.named_modules()).get(layer["name"].rpartition(".")[0])
    if module is None:
        return None
    kept = []
    hook = module.register_forward_hook(lambda m, inputs, output: kept.append(output))
    score = net(x)[0, CLASS]
    hook.remove()
    if not kept or not torch.is_tensor(kept[-1]) or list(kept[-1].shape) != layer["shape"]:
        return None
    gradient = torch.autograd.grad(score, kept[-1])[0]
    first, (height, width) = layer["extra_tokens"], layer["grid"]
    a, d = ((t[0, first:first + height * width].T if t.dim() == 3 else
             t[0].flatten(1) if list(t.shape[2:]) == layer["grid"] else t[0].flatten(0, 1).T).detach() for t in (kept[-1], gradient))
    return torch.relu((d.mean(1, keepdim=True) * a).sum(0)).view(height, width).numpy()


def row(program, name, folder):
    net, card = build(name, "random")
    card["input"] |= {"resize": "none", "crop": 1.0}
    card.pop("labels", None)
    side = card["input"]["size"][0]
    measure_norms(net, side)
    plant(net, card)
    file, shown = pathlib.Path(folder) / f"{name}.pt", pathlib.Path(folder) / f"{side}.png"
    Image.fromarray(picture(side, SHOWN_AT)).save(shown)
    export(net, card, file)
    told = json.loads(run(program, "model", file, "--no-speed", "--json"))
    layer = next(one for one in told["layers"] if one["name"] == told["last"])
    x = entering(picture(side, SHOWN_AT), card)
    with torch.no_grad():
        moved = f"{net(entering(picture(side), card))[0, CLASS]:.2f} -> {net(x)[0, CLASS]:.2f}"
    grid = explained(program, "grad_cam", file, shown, folder + "/" + name)
    cells = [name, layer["name"], "x".join(map(str, layer["shape"])), "x".join(map(str, layer["grid"])), moved, "{} {}".format(*peak(grid, side))]
    eager = eager_grad_cam(net, x, layer)
    cells.append("no such module" if eager is None else f"{np.abs(eager - grid).max() / eager.max():.0e}, {peak(eager, side)[0]}")
    for method in OTHERS:
        try:
            cells.append("{} {}".format(*peak(explained(program, method, file, shown, folder + "/" + name), side)))
        except RuntimeError:
            cells.append("-")
    file.unlink()
    return cells


def main():
    warnings.simplefilter("ignore")
    program, names = sys.argv[1], sys.argv[2:] or NETWORKS
    titles = ["network", "last", "shape", "grid", "logit without and with", "Grad-CAM peaks", "eager differs by, peaks", *OTHERS]
    print("| " + " | ".join(titles) + " |\n" + "|---" * len(titles) + "|")
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            try:
                cells = row(program, name, folder)
            except Exception as failure:  # one network that cannot be built here leaves the others to be shown
                cells = [name, f"{type(failure).__name__}: {failure}"]
            print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
