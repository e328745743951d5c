"""Attention inside windows of a map."""
import torch
import torch.nn.functional as F
from torch import nn

from .attention import PlainAttention
from .convolutions import convolution
from .sizes import CLASSES, GRID, SMALL
from .transformers import SmallBlock


class WindowAttention(nn.Module):
    """Swin's: attention inside 4x4 windows of a B,H,W,C map, optionally shifted by half a window, with a learned bias."""

    def __init__(self, dim, shift, window=4, heads=2):
        super().__init__()
        self.window, self.shift, self.heads = window, shift, heads
        self.qkv, self.proj = nn.Linear(dim, 3 * dim), nn.Linear(dim, dim)
        self.bias = nn.Parameter(torch.zeros(heads, window ** 2, window ** 2))

    def forward(self, x):
        b, h, w, c = x.shape
        k, rows, cols = self.window, h // self.window, w // self.window
        if self.shift:
            x = torch.roll(x, (-self.shift, -self.shift), (1, 2))
        x = x.view(b, rows, k, cols, k, c).permute(0, 1, 3, 2, 4, 5).reshape(b * rows * cols, k * k, c)
        q, key, v = self.qkv(x).reshape(x.shape[0], k * k, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        a = q * (c // self.heads) ** -0.5 @ key.transpose(-2, -1) + self.bias
        if self.shift:
            a = (a.view(b, rows * cols, self.heads, k * k, k * k) + self.mask(h, w).unsqueeze(1)).view(a.shape)
        x = self.proj((a.softmax(-1) @ v).transpose(1, 2).reshape(x.shape))
        x = x.view(b, rows, cols, k, k, c).permute(0, 1, 3, 2, 4, 5).reshape(b, h, w, c)
        return torch.roll(x, (self.shift, self.shift), (1, 2)) if self.shift else x

    def mask(self, h, w):
        """Keeps patches that only the shift has made neighbours from seeing each other."""
        k, s = self.window, self.shift
        region = torch.zeros(h, w)
        for i, rows in enumerate((slice(0, -k), slice(-k, -s), slice(-s, None))):
            for j, cols in enumerate((slice(0, -k), slice(-k, -s), slice(-s, None))):
                region[rows, cols] = 3 * i + j
        region = region.view(h // k, k, w // k, k).permute(0, 2, 1, 3).reshape(-1, k * k)
        return (region.unsqueeze(1) != region.unsqueeze(2)).float() * -100.0


class SwinBlock(nn.Module):
    def __init__(self, dim, shift):
        super().__init__()
        self.norm1, self.attention, self.norm2 = nn.LayerNorm(dim), WindowAttention(dim, shift), nn.LayerNorm(dim)
        self.mlp = nn.Sequential(nn.Linear(dim, 2 * dim), nn.GELU(), nn.Linear(2 * dim, dim))

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class Swin(nn.Module):
    """Two stages, 16x16 and 8x8, channels last; the final norm's output is averaged."""

    def __init__(self):
        super().__init__()
        self.patches = nn.Conv2d(3, 16, 2, 2)
        self.stage1 = nn.Sequential(SwinBlock(16, 0), SwinBlock(16, 2))
        self.merge_norm, self.merge = nn.LayerNorm(64), nn.Linear(64, 32, bias=False)
        self.stage2 = nn.Sequential(SwinBlock(32, 0), SwinBlock(32, 2))
        self.norm, self.head = nn.LayerNorm(32), nn.Linear(32, CLASSES)

    @property
    def last(self):
        return self.norm

    def forward(self, x):
        x = self.stage1(self.patches(x).permute(0, 2, 3, 1))
        x = torch.cat([x[:, 0::2, 0::2], x[:, 1::2, 0::2], x[:, 0::2, 1::2], x[:, 1::2, 1::2]], -1)
        x = self.norm(self.stage2(self.merge(self.merge_norm(x))))
        return self.head(F.adaptive_avg_pool2d(x.permute(0, 3, 1, 2), 1).flatten(1))


class Partition(nn.Module):
    """N,C,H,W to N,windows,places,C, as torchvision's MaxViT lays its windows; `spread` takes every second place instead of
    neighbours."""

    def __init__(self, spread, side=4):
        super().__init__()
        self.spread, self.side = spread, side

    def forward(self, x):
        b, c, h, w = x.shape
        p = h // self.side if self.spread else self.side
        x = x.view(b, c, h // p, p, w // p, p).permute(0, 2, 4, 3, 5, 1).reshape(b, -1, p * p, c)
        return x.transpose(1, 2) if self.spread else x


class Join(nn.Module):
    """The way back."""

    def __init__(self, partition, height=GRID, width=GRID):
        super().__init__()
        self.spread, self.side, self.height, self.width = partition.spread, partition.side, height, width

    def forward(self, x):
        if self.spread:
            x = x.transpose(1, 2)
        b, c, h, w = x.shape[0], x.shape[3], self.height, self.width
        p = h // self.side if self.spread else self.side
        return x.reshape(b, h // p, w // p, p, p, c).permute(0, 5, 1, 3, 2, 4).reshape(b, c, h, w)


class WindowsAttention(PlainAttention):
    def split(self, x):
        b, g, n, c = x.shape
        return self.qkv(x).reshape(b, g, n, 3, self.heads, c // self.heads).permute(3, 0, 1, 4, 2, 5).unbind(0)

    def forward(self, x):
        q, k, v = self.split(x)
        attention = (q * self.scale @ k.transpose(-2, -1)).softmax(-1)
        return self.proj((attention @ v).transpose(2, 3).reshape(x.shape))


class PartitionBlock(nn.Module):
    def __init__(self, spread):
        super().__init__()
        self.part = Partition(spread)
        self.block = SmallBlock(lambda: WindowsAttention(SMALL, 2))
        self.join = Join(self.part)

    def forward(self, x):
        return self.join(self.block(self.part(x)))


class MaxViT(nn.Module):
    """Convolutions on a channels-first map, attention inside windows and then across them. All that lies behind the convolutions
    lies in windows; only putting them together makes a map of it again."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, SMALL, 4, 4), convolution(SMALL, SMALL, 3))
        self.windows, self.grid = PartitionBlock(False), PartitionBlock(True)
        self.norm, self.head = nn.LayerNorm(SMALL), nn.Linear(SMALL, CLASSES)

    @property
    def last(self):
        return self.grid.join

    @last.setter
    def last(self, module):
        self.grid.join = module

    def forward(self, x):
        x = self.grid(self.windows(self.stem(x)))
        return self.head(self.norm(F.adaptive_avg_pool2d(x, 1).flatten(1)))
