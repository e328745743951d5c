#!/usr/bin/env python3
"""Trains the small models that come with Discern and draws their sample pictures: train_small.py (a few minutes, seeded).

  shapes-cnn       a convolutional network that names the shape
  shapes-tokens    a token transformer with a class token that names the shape
  shapes-shortcut  the same convolutional network, trained where a corner marker always agrees with the shape:
                   right for a wrong reason, as an explanation shows

Written by the oldest supported torch (1.13), so that every LibTorch opens them; it also runs with newer ones.
"""
import pathlib

import numpy as np
import torch
from PIL import Image
from torch import nn

from torchscript import export
from shapes import LABELS, SIDE, draw, draw_set

HERE = pathlib.Path(__file__).parent
SAMPLES = HERE.parent / "resources" / "samples"
MEAN, STD = 0.5, 0.25


def convolutional(width=(16, 32, 64, 64)):
    layers, before = [], 3
    for i, channels in enumerate(width):
        layers += [nn.Conv2d(before, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels), nn.ReLU()]
        if i < 3:
            layers.append(nn.MaxPool2d(2))
        before = channels
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(before, len(LABELS)))


class Attention(nn.Module):
    """Softmax attention in plain operators, which old and new LibTorch alike read and differentiate."""

    def __init__(self, dim, heads):
        super().__init__()
        self.heads, self.scale = heads, (dim // heads) ** -0.5
        self.qkv, self.out = nn.Linear(dim, 3 * dim), nn.Linear(dim, dim)

    def forward(self, x):
        b, n, c = x.shape
        q, k, v = self.qkv(x).reshape(b, n, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        a = ((q * self.scale) @ k.transpose(-2, -1)).softmax(-1)
        return self.out((a @ v).transpose(1, 2).reshape(b, n, c))


class Block(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.norm1, self.attention, self.norm2 = nn.LayerNorm(dim), Attention(dim, heads), nn.LayerNorm(dim)
        self.mlp = nn.Sequential(nn.Linear(dim, 2 * dim), nn.GELU(), nn.Linear(2 * dim, dim))

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class Tokens(nn.Module):
    """A vision transformer in small: a convolutional stem that yields 8x8 patch tokens, a class token, three blocks."""

    def __init__(self, dim=48, heads=4, depth=3):
        super().__init__()
        self.patches = nn.Sequential(nn.Conv2d(3, 16, 4, 4), nn.ReLU(), nn.Conv2d(16, dim, 2, 2))
        self.cls = nn.Parameter(torch.zeros(1, 1, dim))
        self.position = nn.Parameter(torch.randn(1, 65, dim) * 0.02)
        self.blocks = nn.Sequential(*[Block(dim, heads) for _ in range(depth)])
        self.norm, self.head = nn.LayerNorm(dim), nn.Linear(dim, len(LABELS))

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.cls.expand(x.shape[0], -1, -1), x], 1) + self.position
        return self.head(self.norm(self.blocks(x))[:, 0])


def tensor(pictures):
    return (torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 255 - MEAN) / STD


def accuracy(net, pictures, labels):
    net.eval()
    with torch.no_grad():
        answers = torch.cat([net(tensor(pictures[i:i + 250])).argmax(1) for i in range(0, len(pictures), 250)])
    return round(100 * float((answers == torch.from_numpy(labels)).float().mean()), 1)


def train(net, pictures, labels, epochs, rate, batch=64):
    """AdamW with one warm-up and cosine decay; pictures are mirrored and turned by quarters, which no shape minds."""
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.02)
    steps = epochs * (len(pictures) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps, pct_start=0.15)
    answers = torch.from_numpy(labels)
    turn = torch.Generator().manual_seed(3)
    net.train()
    for epoch in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(pictures), generator=turn)[:len(pictures) // batch * batch].split(batch):
            x = tensor(pictures[rows.numpy()])
            if int(torch.randint(2, (1,), generator=turn)):
                x = x.transpose(2, 3)  # keeps the upper left corner, and with it the marker, where it is
            loss = nn.functional.cross_entropy(net(x), answers[rows], label_smoothing=0.05)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        print(f"  epoch {epoch + 1}/{epochs}: loss {total / (len(pictures) // batch):.3f}", flush=True)
    return net


def save(net, name, about, epochs, reported):
    card = {
        "name": name, "source": f"models/train_small.py: {about}", "licence": "GPL-3.0-or-later", "labels": LABELS,
        "input": {"size": [SIDE, SIDE], "color": "RGB", "divide": 255, "mean": [MEAN] * 3, "std": [STD] * 3,
                  "resize": "shorter-side", "interpolation": "bilinear", "crop": 1.0},
        "output": "logits",
        "reported": [{"metric": "top-1", "value": v, "dataset": d} for d, v in reported.items()],
        "training": {"epochs": epochs, "hardware": "2 CPU cores", "gpu_hours": 0},
    }
    file = HERE / "small" / f"{name}.pt"
    export(net.eval(), card, file)
    print(f"{file.name}: {reported}, {file.stat().st_size // 1024} KiB", flush=True)


def main():
    torch.manual_seed(0)
    plain, marked = draw_set(1, 12000), draw_set(2, 6000, "agree")
    tests = {"shapes": draw_set(11, 1000), "shapes, marker agrees": draw_set(12, 1000, "agree"),
             "shapes, marker misleads": draw_set(13, 1000, "conflict")}

    def score(net):
        return {name: accuracy(net, *test) for name, test in tests.items()}

    torch.manual_seed(0)
    net = train(convolutional(), *plain, epochs=6, rate=4e-3)
    save(net, "shapes-cnn", "names the shape", 6, score(net))
    torch.manual_seed(0)
    net = train(convolutional(), *marked, epochs=3, rate=4e-3)
    save(net, "shapes-shortcut", "a marker in the corner gave the class away in training", 3, score(net))
    torch.manual_seed(0)
    net = train(Tokens(), *plain, epochs=30, rate=2e-3)
    save(net, "shapes-tokens", "names the shape, by attention between patches", 30, score(net))

    SAMPLES.mkdir(parents=True, exist_ok=True)
    for name, label, marker in (("star", 3, None), ("disc-marked-as-star", 0, 3), ("triangle-marked-as-triangle", 2, 2)):
        Image.fromarray(draw(np.random.default_rng(41 + label), label, marker, scale=4)).save(SAMPLES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
