"""Convolutions alone."""
import torch
import torch.nn.functional as F
from torch import nn

from .sizes import CLASSES


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
