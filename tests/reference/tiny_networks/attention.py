"""Attention over all tokens, as networks spell it."""
import torch.nn.functional as F
from torch import nn

from .sizes import DIM, HEADS, SMALL


class PlainAttention(nn.Module):
    """softmax(q k^T / sqrt d) v, as written by hand."""

    def __init__(self, dim=DIM, heads=HEADS):
        super().__init__()
        self.heads, self.scale = heads, (dim // heads) ** -0.5
        self.qkv, self.proj = nn.Linear(dim, 3 * dim), nn.Linear(dim, dim)

    def split(self, x):
        b, n, c = x.shape
        return self.qkv(x).reshape(b, n, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4).unbind(0)

    def matrix(self, x):
        q, k, _ = self.split(x)
        return (q * self.scale @ k.transpose(-2, -1)).softmax(-1)

    def forward(self, x):
        q, k, v = self.split(x)
        attention = (q * self.scale @ k.transpose(-2, -1)).softmax(-1)
        return self.proj((attention @ v).transpose(1, 2).reshape(x.shape))


class FusedAttention(PlainAttention):
    """aten::scaled_dot_product_attention, as timm does today."""

    def forward(self, x):
        q, k, v = self.split(x)
        return self.proj(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(x.shape))


class NativeAttention(nn.Module):
    """nn.MultiheadAttention, as torchvision does; traced in eval mode without gradients it becomes one fused operator."""

    def __init__(self, dim=DIM, heads=HEADS):
        super().__init__()
        self.inner = nn.MultiheadAttention(dim, heads, batch_first=True)

    def matrix(self, x):
        return self.inner(x, x, x, need_weights=True, average_attn_weights=False)[1]

    def forward(self, x):
        return self.inner(x, x, x, need_weights=False)[0]


class MultiheadAttention(nn.Module):
    """nn.MultiheadAttention off its fast path: with weights, a softmax over N heads,tokens,tokens; without, fused attention. It
    takes tokens first, L,N,C, unless told otherwise."""

    def __init__(self, batch_first, weights):
        super().__init__()
        self.inner, self.weights = nn.MultiheadAttention(SMALL, 2, batch_first=batch_first), weights

    def matrix(self, x):
        return self.inner(x, x, x, need_weights=True, average_attn_weights=False)[1]

    def forward(self, x):
        return self.inner(x, x, x, need_weights=self.weights)[0]
