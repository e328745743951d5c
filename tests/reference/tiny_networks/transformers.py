"""Patches and extra tokens that all attend to one another."""
import torch
from torch import nn

from .attention import PlainAttention
from .sizes import CLASSES, DIM, GRID, SMALL


class Block(nn.Module):
    def __init__(self, attention):
        super().__init__()
        self.norm1, self.attention, self.norm2 = nn.LayerNorm(DIM), attention(), nn.LayerNorm(DIM)
        self.mlp = nn.Sequential(nn.Linear(DIM, 2 * DIM), nn.GELU(), nn.Linear(2 * DIM, DIM))

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class VisionTransformer(nn.Module):
    """Three blocks on an 8x8 grid. `extra` tokens precede the patches and the first is read; with none, tokens are averaged."""

    def __init__(self, attention, extra=1):
        super().__init__()
        self.extra = extra
        self.patches = nn.Conv2d(3, DIM, 4, 4)
        self.tokens = nn.Parameter(torch.zeros(1, extra, DIM)) if extra else None
        self.position = nn.Parameter(torch.zeros(1, GRID * GRID + extra, DIM))
        self.blocks = nn.Sequential(*[Block(attention) for _ in range(3)])
        self.norm, self.head = nn.LayerNorm(DIM), nn.Linear(DIM, CLASSES)

    @property
    def last(self):
        return self.blocks[-1].norm1 if self.extra else self.norm

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        if self.extra:
            x = torch.cat([self.tokens.expand(x.shape[0], -1, -1), x], 1)
        x = self.norm(self.blocks(x + self.position))
        return self.head(x[:, 0] if self.extra else x.mean(1))


class SmallBlock(nn.Module):
    def __init__(self, attention):
        super().__init__()
        self.norm1, self.attention, self.norm2 = nn.LayerNorm(SMALL), attention(), nn.LayerNorm(SMALL)
        self.mlp = nn.Sequential(nn.Linear(SMALL, 2 * SMALL), nn.GELU(), nn.Linear(2 * SMALL, SMALL))

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class SmallTransformer(nn.Module):
    """Two narrow blocks. The first of `extra` tokens is read, or the patches are averaged without them; `sequence_first` blocks
    take L,N,C."""

    def __init__(self, attention, extra=1, pooled=False, sequence_first=False):
        super().__init__()
        self.extra, self.pooled, self.sequence_first = extra, pooled, sequence_first
        self.patches = nn.Conv2d(3, SMALL, 4, 4)
        self.tokens = nn.Parameter(torch.zeros(1, extra, SMALL))
        self.position = nn.Parameter(torch.zeros(1, GRID * GRID + extra, SMALL))
        self.blocks = nn.Sequential(*[SmallBlock(attention) for _ in range(2)])
        self.norm, self.head = nn.LayerNorm(SMALL), nn.Linear(SMALL, CLASSES)

    @property
    def last(self):
        return self.norm if self.pooled else self.blocks[-1].norm1

    @property
    def read(self):
        """The rows that the classes are read from."""
        return slice(self.extra, None) if self.pooled else slice(0, 1)

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.tokens.expand(x.shape[0], -1, -1), x], 1) + self.position
        if self.sequence_first:
            x = self.blocks(x.permute(1, 0, 2)).permute(1, 0, 2)
        else:
            x = self.blocks(x)
        x = self.norm(x)
        return self.head(x[:, self.extra:].mean(1) if self.pooled else x[:, 0])


class ClassAttention(nn.Module):
    """CaiT's: only the class token asks."""

    def __init__(self):
        super().__init__()
        self.norm, self.q, self.kv, self.proj = nn.LayerNorm(SMALL), nn.Linear(SMALL, SMALL), nn.Linear(SMALL, 2 * SMALL), nn.Linear(SMALL, SMALL)

    def forward(self, token, x):
        u = self.norm(torch.cat([token, x], 1))
        b, n, c = u.shape
        q = self.q(u[:, 0:1]).reshape(b, 1, 2, c // 2).transpose(1, 2)
        k, v = self.kv(u).reshape(b, n, 2, 2, c // 2).permute(2, 0, 3, 1, 4).unbind(0)
        a = (q * (c // 2) ** -0.5 @ k.transpose(-2, -1)).softmax(-1)
        return token + self.proj((a @ v).transpose(1, 2).reshape(b, 1, c))


class CaiT(nn.Module):
    """Patches attend to one another; then a class token asks them twice, and they stay as they are: their last value is the
    first stage's output."""

    def __init__(self):
        super().__init__()
        self.patches = nn.Conv2d(3, SMALL, 4, 4)
        self.position = nn.Parameter(torch.zeros(1, GRID * GRID, SMALL))
        self.blocks = nn.Sequential(SmallBlock(lambda: PlainAttention(SMALL, 2)))
        self.tokens = nn.Parameter(torch.zeros(1, 1, SMALL))
        self.asking = nn.ModuleList([ClassAttention(), ClassAttention()])
        self.norm, self.head = nn.LayerNorm(SMALL), nn.Linear(SMALL, CLASSES)

    @property
    def last(self):
        return self.blocks

    def forward(self, x):
        x = self.blocks(self.patches(x).flatten(2).transpose(1, 2) + self.position)
        token = self.tokens.expand(x.shape[0], -1, -1)
        for ask in self.asking:
            token = ask(token, x)
        return self.head(self.norm(torch.cat([token, x], 1))[:, 0])
