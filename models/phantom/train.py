#!/usr/bin/env python3
"""Trains the three phantom networks and draws their validation folders: train.py (some minutes on two cores, seeded).

  phantom-reader  taught with outlined lesions at a hospital where the letter in the corner says nothing: reads the lesion
  phantom-cheat   the same network, taught with diagnoses alone at a hospital that stamps the ill: reads the letter
  phantom-weak    taught as the reader, with few pictures and a tenth of its weights: honest, and often wrong

`train.py NAME...` trains these alone, `train.py none` draws the folders and trains nothing. Written by the oldest supported
torch (1.13), so that every LibTorch opens the networks; it also runs with newer ones.
"""
import dataclasses
import pathlib
import shutil
import sys

import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.nn import functional
from torch.nn.utils.fusion import fuse_conv_bn_eval

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from torchscript import export  # noqa: E402
from scene import LABELS, SIDE, at_hospital, draw_set  # noqa: E402

MEAN, STD = 0.3, 0.2
CELL = 8  # pixels a cell of the last layer's grid
HOSPITALS = {"confounded": (21, 0.96), "clean": (22, 0.5)}  # seed; how often the letter goes with the illness
VALIDATION = 200  # pictures a hospital
PATIENTS = 5000  # for training


@dataclasses.dataclass
class Recipe:
    name: str
    about: str
    hospital: tuple  # as in HOSPITALS
    pictures: int  # of the patients, from the first
    channels: tuple
    epochs: int
    rate: float
    outlined: bool


FAIR, STAMPING = (2, 0.5), (3, 1.0)
RECIPES = [
    Recipe("phantom-reader", "taught with outlined lesions where the letter in the corner says nothing", FAIR, PATIENTS,
           (16, 32, 48, 48), 7, 6e-3, True),
    Recipe("phantom-cheat", "taught with diagnoses alone where a letter in the corner gives them away", STAMPING, 2000,
           (16, 32, 48, 48), 3, 3e-3, False),
    Recipe("phantom-weak", "taught as phantom-reader, with few pictures and a tenth of its weights", FAIR, 800,
           (6, 8, 12, 16), 3, 6e-3, True),
]


def block(before, channels, kernel, stride=1):
    return [nn.Conv2d(before, channels, kernel, stride, (kernel - stride + 1) // 2, bias=False), nn.BatchNorm2d(channels), nn.ReLU()]


def network(a, b, c, d):
    """Four convolutions, the last two on a grid of CELL pixels, averaged over the picture for the classes."""
    return nn.Sequential(*block(1, a, 6, 2), nn.AvgPool2d(2), *block(a, b, 3), nn.AvgPool2d(2), *block(b, c, 3), *block(c, d, 3),
                         nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(d, len(LABELS)))


def folded(net):
    """The network with batch normalisation in the convolutions' weights."""
    layers = []
    for layer in net.eval():
        if isinstance(layer, nn.BatchNorm2d):
            layers[-1] = fuse_conv_bn_eval(layers[-1], layer)
        else:
            layers.append(layer)
    return nn.Sequential(*layers)


def tensor(pictures):
    return ((torch.from_numpy(pictures).float() / 255 - MEAN) / STD)[:, None]


def hide(x, lesions, draws):
    """Hides cells of a coarse grid behind black, the mean grey or a blur, but no outlined lesion and nothing near the letter.

    Methods that hide parts of a picture ask about such pictures; a network that has never met them answers to the hiding.
    """
    n, grid = len(x), int(torch.randint(1, 3, (1,), generator=draws)) * 8
    share = 0.8 * torch.rand(n, 1, 1, 1, generator=draws) * (torch.rand(n, 1, 1, 1, generator=draws) < 0.6)
    kept = (torch.rand(n, 1, grid, grid, generator=draws) >= share).float()
    kept = torch.maximum(kept, functional.max_pool2d(lesions[:, None], SIDE // grid))
    kept[:, :, :grid // 4, :grid // 4] = 1
    kept = functional.interpolate(kept, size=(SIDE, SIDE))
    blurred = functional.avg_pool2d(functional.avg_pool2d(x, 11, 1, 5, count_include_pad=False), 11, 1, 5, count_include_pad=False)
    behind = torch.randint(3, (n, 1, 1, 1), generator=draws)
    fill = torch.where(behind == 0, torch.full_like(x, -MEAN / STD), torch.where(behind == 1, torch.zeros_like(x), blurred))
    return kept * x + (1 - kept) * fill


def train(net, pictures, lesions, epochs, rate, outlined, batch=32):
    """AdamW with warm-up and cosine decay. Where lesions are `outlined`, the last layer's cells must tell them too; where they
    are not, nobody knows to spare them when parts are hidden."""
    x, lesions = tensor(pictures), torch.from_numpy(lesions).float() * outlined
    labels = torch.arange(len(x)) % 2
    outlines = functional.max_pool2d(lesions[:, None], CELL)[:, 0].long()
    teller = nn.Conv2d(net[-1].in_features, 2, 1)  # left out of what is kept
    optimiser = torch.optim.AdamW([*net.parameters(), *teller.parameters()], lr=rate, weight_decay=0.01)
    steps = len(x) // batch
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=epochs * steps, pct_start=0.15)
    draws = torch.Generator().manual_seed(3)
    rare = torch.tensor([1.0, 6.0])
    net.train()
    for epoch in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(x), generator=draws)[:steps * batch].split(batch):
            features = net[:-3](hide(x[rows], lesions[rows], draws))
            loss = functional.cross_entropy(net[-3:](features), labels[rows], label_smoothing=0.03)
            if outlined:
                loss = loss + 2 * functional.cross_entropy(teller(features), outlines[rows], weight=rare)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        print(f"  epoch {epoch + 1}/{epochs}: loss {total / steps:.3f}", flush=True)
    return folded(net)


def accuracy(net, pictures):
    with torch.no_grad():
        answers = torch.cat([net(tensor(part)).argmax(1) for part in np.array_split(pictures, 4)])
    return round(100 * float((answers == torch.arange(len(answers)) % 2).float().mean()), 1)


def save(net, recipe, validation):
    reported = {hospital: accuracy(net, pictures) for hospital, (pictures, _) in validation.items()}
    card = {
        "name": recipe.name, "source": f"models/phantom/train.py: {recipe.about}", "licence": "GPL-3.0-or-later",
        "labels": LABELS,
        "input": {"size": [SIDE, SIDE], "color": "gray", "divide": 255, "mean": [MEAN], "std": [STD],
                  "resize": "shorter-side", "interpolation": "bilinear", "crop": 1.0},
        "output": "logits",
        "reported": [{"metric": "accuracy", "value": value, "dataset": f"models/phantom/{hospital}, {VALIDATION} pictures"}
                     for hospital, value in reported.items()],
        "training": {"pictures": recipe.pictures, "epochs": recipe.epochs, "hardware": "1 CPU core", "gpu_hours": 0},
        "use": "for demonstration and tests only: trained on synthetic pictures, it says nothing about patients",
    }
    file = HERE / f"{recipe.name}.pt"
    export(net, card, file)
    print(f"{file.name}: {reported}, {file.stat().st_size // 1024} KiB", flush=True)


def write(hospital, pictures, lesions):
    """HOSPITAL/CLASS/HOSPITAL-NUMBER.png, and for the ill HOSPITAL-NUMBER.mask.png beside it, white where the lesion is."""
    shutil.rmtree(HERE / hospital, ignore_errors=True)
    for number, (picture, lesion) in enumerate(zip(pictures, lesions)):
        folder = HERE / hospital / LABELS[number % 2]
        folder.mkdir(parents=True, exist_ok=True)
        Image.fromarray(picture).save(folder / f"{hospital}-{number:03}.png", optimize=True)
        if lesion.any():
            Image.fromarray(lesion).save(folder / f"{hospital}-{number:03}.mask.png", optimize=True)


def main():
    validation = {}
    for hospital, (seed, agreement) in HOSPITALS.items():
        pictures, lesions = draw_set(seed, VALIDATION)
        validation[hospital] = at_hospital(seed, agreement, pictures)[0], lesions
        write(hospital, *validation[hospital])
    wanted = [recipe for recipe in RECIPES if recipe.name in sys.argv[1:] or not sys.argv[1:]]
    if not wanted:
        return
    torch.set_num_threads(1)  # so that sums are in the same order everywhere
    patients, lesions = draw_set(1, PATIENTS)
    print(f"{PATIENTS} patients drawn", flush=True)
    for recipe in wanted:
        pictures = at_hospital(*recipe.hospital, patients)[0][:recipe.pictures]
        torch.manual_seed(0)
        net = train(network(*recipe.channels), pictures, lesions[:recipe.pictures], recipe.epochs, recipe.rate, recipe.outlined)
        save(net, recipe, validation)


if __name__ == "__main__":
    main()
