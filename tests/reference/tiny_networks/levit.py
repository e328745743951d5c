"""Convolutions, then attention that asks for fewer and fewer tokens."""
import torch.nn.functional as F
from torch import nn

from .convolutions import convolution
from .sizes import CLASSES, GRID, SMALL


class TokenLinear(nn.Module):
    """LeViT's: a linear layer and batch normalisation over all tokens."""

    def __init__(self, before, after):
        super().__init__()
        self.linear, self.norm = nn.Linear(before, after, bias=False), nn.BatchNorm1d(after)

    def forward(self, x):
        x = self.linear(x)
        return self.norm(x.flatten(0, 1)).reshape_as(x)


class LeViTAttention(nn.Module):
    """With `grid`, only every second row and column asks, so that a quarter of the tokens comes out."""

    def __init__(self, grid=None):
        super().__init__()
        self.grid = grid
        self.q, self.kv, self.proj = TokenLinear(SMALL, SMALL), TokenLinear(SMALL, 2 * SMALL), TokenLinear(SMALL, SMALL)

    def forward(self, x):
        b, n, c = x.shape
        asking = x if self.grid is None else x.view(b, self.grid, self.grid, c)[:, ::2, ::2].reshape(b, -1, c)
        q = self.q(asking).view(b, -1, 2, c // 2).transpose(1, 2)
        k, v = self.kv(x).view(b, n, 2, c).split(c // 2, dim=3)
        a = (q * (c // 2) ** -0.5 @ k.permute(0, 2, 3, 1)).softmax(-1)
        return self.proj(F.hardswish((a @ v.transpose(1, 2)).transpose(1, 2).reshape(b, -1, c)))


class Add(nn.Module):
    def forward(self, values):
        return values[0] + values[1]


class LeViT(nn.Module):
    """Convolutions, then tokens whose number shrinks where attention asks for fewer; averaged at the end."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(convolution(3, 8, 3, 2), convolution(8, SMALL, 3, 2))
        self.first, self.down, self.second = LeViTAttention(), LeViTAttention(GRID), LeViTAttention()
        self.join, self.last = Add(), Add()
        self.norm, self.head = nn.BatchNorm1d(SMALL), nn.Linear(SMALL, CLASSES)

    def forward(self, x):
        x = self.stem(x).flatten(2).transpose(1, 2)
        x = self.down(self.join([x, self.first(x)]))
        return self.head(self.norm(self.last([x, self.second(x)]).mean(1)))
