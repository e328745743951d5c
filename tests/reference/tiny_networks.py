"""Networks of a few kilobytes with the operators of the real ones: how each spells attention, normalisation and pooling.

Input 3x32x32, five classes. `last` is the module whose output Grad-CAM taps: see make_fixtures.py.
"""
import torch
import torch.nn.functional as F
from torch import nn

CLASSES, DIM, HEADS, GRID = 5, 32, 4, 8


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


class ConvNeXtBlock(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.depthwise, self.norm = nn.Conv2d(dim, dim, 7, padding=3, groups=dim), nn.LayerNorm(dim)
        self.mlp = nn.Sequential(nn.Linear(dim, 3 * dim), nn.GELU(), nn.Linear(3 * dim, dim))
        self.gamma = nn.Parameter(torch.ones(dim))

    def forward(self, x):
        y = self.norm(self.depthwise(x).permute(0, 2, 3, 1))
        return x + (self.mlp(y) * self.gamma).permute(0, 3, 1, 2)


class ChannelNorm(nn.LayerNorm):
    def forward(self, x):
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class ConvNeXt(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 16, 2, 2), ChannelNorm(16))
        self.stage1 = nn.Sequential(ConvNeXtBlock(16), ConvNeXtBlock(16))
        self.down = nn.Sequential(ChannelNorm(16), nn.Conv2d(16, 32, 2, 2))
        self.stage2 = nn.Sequential(ConvNeXtBlock(32), ConvNeXtBlock(32))
        self.norm, self.head = nn.LayerNorm(32), nn.Linear(32, CLASSES)

    @property
    def last(self):
        return self.stage2

    def forward(self, x):
        x = self.stage2(self.down(self.stage1(self.stem(x))))
        return self.head(self.norm(x.mean((2, 3))))


class SqueezeExcite(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.reduce, self.expand = nn.Conv2d(dim, 8, 1), nn.Conv2d(8, dim, 1)

    def forward(self, x):
        return x * F.hardsigmoid(self.expand(F.relu(self.reduce(F.adaptive_avg_pool2d(x, 1)))))


def convolution(before, after, kernel, stride=1, groups=1, act=True):
    layers = [nn.Conv2d(before, after, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(after)]
    return nn.Sequential(*layers, nn.Hardswish()) if act else nn.Sequential(*layers)


class InvertedResidual(nn.Module):
    def __init__(self, before, after, stride):
        super().__init__()
        wide = 3 * before
        self.layers = nn.Sequential(convolution(before, wide, 1), convolution(wide, wide, 3, stride, wide), SqueezeExcite(wide),
                                    convolution(wide, after, 1, act=False))
        self.same = stride == 1 and before == after

    def forward(self, x):
        return x + self.layers(x) if self.same else self.layers(x)


class MobileNetV3(nn.Module):
    """Its head convolution works on the pooled 1x1 map, which is no spatial grid: `last` lies before the pooling."""

    def __init__(self):
        super().__init__()
        self.stem = convolution(3, 16, 3, 2)
        self.blocks = nn.Sequential(InvertedResidual(16, 16, 1), InvertedResidual(16, 24, 2), InvertedResidual(24, 24, 1))
        self.last = convolution(24, 48, 1)
        self.head, self.classify = nn.Conv2d(48, 64, 1), nn.Linear(64, CLASSES)

    def forward(self, x):
        x = F.adaptive_avg_pool2d(self.last(self.blocks(self.stem(x))), 1)
        return self.classify(F.hardswish(self.head(x)).flatten(1))


class Residual(nn.Module):
    def __init__(self, dim, act):
        super().__init__()
        self.layers = nn.Sequential(nn.BatchNorm2d(dim), act(), nn.Conv2d(dim, dim, 3, padding=1, bias=False),
                                    nn.BatchNorm2d(dim), act(), nn.Conv2d(dim, dim, 3, padding=1, bias=False))

    def forward(self, x):
        return x + self.layers(x)


class ResNet(nn.Module):
    """Shortcuts, maximum pooling and `act`, as captum 0.9's hooks need it for DeepLIFT: no module is used twice, pooling windows
    do not overlap (max_unpool keeps one of several contributions at a place), and pooling does not follow an activation directly
    (which would be given the plain derivative of the pooling)."""

    def __init__(self, act):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 12, 3, padding=1), nn.MaxPool2d(2))
        self.blocks = nn.Sequential(Residual(12, act), nn.MaxPool2d(2), Residual(12, act))
        self.norm, self.last, self.head = nn.BatchNorm2d(12), act(), nn.Linear(12, CLASSES)

    def forward(self, x):
        return self.head(F.adaptive_avg_pool2d(self.last(self.norm(self.blocks(self.stem(x)))), 1).flatten(1))


class Concat(nn.Module):
    def forward(self, branches):
        return torch.cat(branches, 1)


class InceptionBlock(nn.Module):
    """GoogLeNet's: branches side by side, joined at the end."""

    def __init__(self, before, each):
        super().__init__()
        self.point = convolution(before, each, 1)
        self.square = nn.Sequential(convolution(before, each, 1), convolution(each, each, 3))
        self.pooled = nn.Sequential(nn.MaxPool2d(3, 1, 1), convolution(before, each, 1))
        self.join = Concat()

    def forward(self, x):
        return self.join([self.point(x), self.square(x), self.pooled(x)])


class Inception(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = convolution(3, 12, 3, 2)
        self.blocks = nn.Sequential(InceptionBlock(12, 6), nn.MaxPool2d(2), InceptionBlock(18, 8))
        self.head = nn.Linear(24, CLASSES)

    @property
    def last(self):
        return self.blocks[-1].join

    @last.setter
    def last(self, module):
        self.blocks[-1].join = module

    def forward(self, x):
        return self.head(F.adaptive_avg_pool2d(self.blocks(self.stem(x)), 1).flatten(1))


class DenseLayer(nn.Module):
    def __init__(self, before, growth):
        super().__init__()
        self.norm, self.conv = nn.BatchNorm2d(before), nn.Conv2d(before, growth, 3, padding=1, bias=False)

    def forward(self, features):
        return self.conv(F.relu(self.norm(torch.cat(features, 1))))


class DenseNet(nn.Module):
    """Every layer reads all earlier ones; normalised and rectified once more before pooling."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 12, 3, 2, 1), nn.MaxPool2d(2))
        self.layers = nn.ModuleList(DenseLayer(12 + 6 * i, 6) for i in range(4))
        self.norm, self.last, self.head = nn.BatchNorm2d(36), nn.ReLU(), nn.Linear(36, CLASSES)

    def forward(self, x):
        features = [self.stem(x)]
        for layer in self.layers:
            features.append(layer(features))
        x = self.last(self.norm(torch.cat(features, 1)))
        return self.head(F.adaptive_avg_pool2d(x, 1).flatten(1))


SMALL = 16


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


NETWORKS = {
    "tiny_vit_plain": lambda: VisionTransformer(PlainAttention),
    "tiny_vit_fused": lambda: VisionTransformer(FusedAttention),
    "tiny_vit_native": lambda: VisionTransformer(NativeAttention),
    "tiny_vit_registers": lambda: VisionTransformer(FusedAttention, extra=3),
    "tiny_vit_pooled": lambda: VisionTransformer(FusedAttention, extra=0),
    "tiny_swin": Swin,
    "tiny_convnext": ConvNeXt,
    "tiny_mobilenetv3": MobileNetV3,
    "tiny_resnet": lambda: ResNet(lambda: nn.ReLU(inplace=True)),
    "tiny_resnet6": lambda: ResNet(nn.ReLU6),
    "tiny_inception": Inception,
    "tiny_densenet": DenseNet,
    "tiny_cait": CaiT,
    "tiny_levit": LeViT,
    "tiny_clip": lambda: SmallTransformer(lambda: MultiheadAttention(False, False), sequence_first=True),
    "tiny_vit_slow": lambda: SmallTransformer(lambda: MultiheadAttention(True, True)),
    "tiny_vit_registers_pooled": lambda: SmallTransformer(lambda: PlainAttention(SMALL, 2), extra=4, pooled=True),
    "tiny_vit_token_unused": lambda: SmallTransformer(lambda: PlainAttention(SMALL, 2), pooled=True),
    "tiny_maxvit": MaxViT,
}
