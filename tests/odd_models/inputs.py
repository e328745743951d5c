"""What goes in: other layouts, types and numbers of inputs, steps of preparation inside, loops and branches."""
import typing

import torch
from torch import nn
from torch.nn import functional as F

from base import CLASSES, Plain, example, odd, randomised, scripted, traced

KIND = "input"
NO_GRID = {"grad_cam": ["spatial grid"]}


class ChannelsLast(Plain):
    def forward(self, x):
        return self.head(self.pooled(x.permute(0, 3, 1, 2)))


@odd(KIND, "N,H,W,C, and its card says so", twin="plain", card={"layout": "NHWC"})
def nhwc_said():
    return traced(randomised(ChannelsLast()), example().permute(0, 2, 3, 1).contiguous(), eager=randomised(Plain()))


@odd(KIND, "N,H,W,C, and its card says nothing", twin="plain", notes=["channels last"])
def nhwc_unsaid():
    return traced(randomised(ChannelsLast()), example().permute(0, 2, 3, 1).contiguous(), eager=randomised(Plain()))


@odd(KIND, "C,H,W without a batch", refused=["Expected 4-dimensional"])
def chw():
    class Net(Plain):
        def forward(self, x):
            return self.head(self.features(x.unsqueeze(0)).mean((2, 3))[0])
    return traced(randomised(Net()), example()[0], eager=randomised(Plain()))


@odd(KIND, "bytes 0 to 255, made into numbers inside", card={"input": {"divide": 1, "mean": [0] * 3, "std": [1] * 3}})
def bytes_traced():
    class Net(Plain):
        def forward(self, x):
            return self.head(self.pooled(x.to(torch.float32) / 255.0))
    return traced(randomised(Net()), torch.zeros(1, 3, 32, 32, dtype=torch.uint8))


@odd(KIND, "nothing: the same, scaled by its card", card={"input": {"mean": [0] * 3, "std": [1] * 3}})
def scaled_bytes():
    return traced(randomised(Plain()))


@odd(KIND, "bytes alone: it masks their bits", refused=["does not run|whole numbers"],
     card={"input": {"divide": 1, "mean": [0] * 3, "std": [1] * 3}})
def bytes_only():
    class Net(Plain):
        def forward(self, x):
            return self.head(self.pooled((x & 0xF0).float() / 255.0))
    return scripted(randomised(Net()))


GRAY = {"input": {"color": "gray", "mean": [0.5], "std": [0.25]}}


@odd(KIND, "one channel", card=GRAY, picture="gray")
def gray():
    class Net(Plain):
        channels = 1
    return traced(randomised(Net()), example(1))


@odd(KIND, "one channel, and its card says RGB", refused=["3", "1"])
def gray_denied():
    class Net(Plain):
        channels = 1
    return traced(randomised(Net()), example(1))


@odd(KIND, "four channels", refused=["4", "3"])
def four_channels():
    class Net(Plain):
        channels = 4
    return traced(randomised(Net()), example(4))


@odd(KIND, "two pictures", refused=["2 inputs"])
def two_inputs():
    class Net(Plain):
        def forward(self, x, y):
            return self.head(self.pooled(x)) - self.head(self.pooled(y))
    return traced(randomised(Net()), (example(), example()))


@odd(KIND, "a second input that may be left out", twin="plain")
def optional_input():
    class Net(Plain):
        def forward(self, x, mask: typing.Optional[torch.Tensor] = None, scale: float = 1.0):
            if mask is not None:
                x = x * mask
            return self.head(self.pooled(x)) * scale
    return scripted(randomised(Net()), eager=randomised(Plain()))


@odd(KIND, "a list of pictures, as detectors take", refused=["list|Tensor\\[\\]"])
def list_input():
    class Net(Plain):
        def forward(self, x: typing.List[torch.Tensor]):
            return self.head(self.pooled(torch.stack(x)))
    return scripted(randomised(Net()))


class Scaled(Plain):
    """Takes 0 to 1 and normalises itself."""

    def forward(self, x):
        return self.head(self.pooled((x - 0.5) / 0.25))


@odd(KIND, "normalises inside", card={"input": {"mean": [0] * 3, "std": [1] * 3}})
def normalises():
    return traced(randomised(Scaled()))


@odd(KIND, "resizes inside, to 24 x 24")
def resizes():
    class Net(Plain):
        def pooled(self, x):
            return self.features(F.interpolate(x, size=[24, 24], mode="bilinear", align_corners=False)).mean((2, 3))
    return traced(randomised(Net()))


@odd(KIND, "its card gives another size than the classifier was traced for", refused=["16", "input.size"],
     card={"input": {"size": [16, 16]}})
def wrong_size():
    class Net(Plain):
        def __init__(self):
            super().__init__()
            self.head = nn.Linear(8 * 16, CLASSES)

        def pooled(self, x):
            return F.max_pool2d(self.features(x), 2).flatten(1)
    return traced(randomised(Net()))


class Pixels(nn.Module):
    def __init__(self):
        super().__init__()
        self.body, self.head = nn.Linear(48, 16), nn.Linear(16, CLASSES)

    def forward(self, x):
        return self.head(F.relu(self.body(F.avg_pool2d(x, 8).flatten(1))))


@odd(KIND, "fully connected over 8 x 8 means: no layer of its own has a grid", cannot=NO_GRID)
def fully_connected():
    return traced(randomised(Pixels()))


@odd(KIND, "one pixel", cannot=NO_GRID, card={"input": {"size": [1, 1]}})
def one_pixel():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.head = nn.Linear(3, CLASSES)

        def forward(self, x):
            return self.head(x.flatten(1))
    return traced(randomised(Net()), example(side=1))


class RowLoop(nn.Module):
    """A recurrent cell over the picture's rows, its loop in the script."""

    def __init__(self):
        super().__init__()
        self.cell, self.head = nn.GRUCell(24, 8), nn.Linear(8, CLASSES)

    def forward(self, x):
        state = torch.zeros([x.size(0), 8], dtype=x.dtype, device=x.device)
        x = F.avg_pool2d(x, (1, 4))
        for row in range(x.size(2)):
            state = self.cell(x[:, :, row].flatten(1), state)
        return self.head(state)


@odd(KIND, "a scripted loop over the rows", cannot=NO_GRID)
def loop_over_rows():
    return scripted(randomised(RowLoop()))


@odd(KIND, "a branch on the picture's shape", twin="plain")
def branch_on_shape():
    class Net(Plain):
        def forward(self, x):
            if x.size(2) != 32:
                x = F.interpolate(x, size=[32, 32])
            y = self.features(x)
            if y.size(2) > 1:
                return self.head(y.mean((2, 3)))
            return self.head(y.flatten(1))
    return scripted(randomised(Net()), eager=randomised(Plain()))


class Views(nn.Module):
    """A LeNet as tutorials write it; `flat` takes the features, which lie in the order of their dimensions here, apart."""

    def __init__(self, flat):
        super().__init__()
        self.flat = flat
        self.first, self.second = nn.Conv2d(3, 4, 5), nn.Conv2d(4, 4, 5)
        self.hidden, self.head = nn.Linear(100, 12), nn.Linear(12, CLASSES)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.first(x)), 2)
        x = F.max_pool2d(F.relu(self.second(x)), 2)
        return self.head(F.relu(self.hidden(self.flat(x))))


@odd(KIND, "view(x.size(0), -1) behind pooling, as tutorials write it", twin="views_flatten")
def views_sized():
    return traced(randomised(Views(lambda y: y.view(y.size(0), -1))))


@odd(KIND, "view(-1, 100) behind pooling", twin="views_flatten")
def views_free():
    return traced(randomised(Views(lambda y: y.view(-1, 100))))


@odd(KIND, "nothing: the twin of these")
def views_flatten():
    return traced(randomised(Views(lambda y: y.flatten(1))))


class Perceptron(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden, self.norm, self.head = nn.Linear(3072, 4), nn.BatchNorm1d(4), nn.Linear(4, CLASSES)

    def forward(self, x):
        return self.head(F.relu(self.norm(self.hidden(x.view(x.size(0), -1)))))


@odd(KIND, "a view of the picture itself", cannot=NO_GRID)
def view_of_the_picture():
    return traced(randomised(Perceptron()))


@odd(KIND, "as_strided on the picture, for which it must lie as PyTorch gives it", twin="patches", rows=1)
def strided_picture():
    class Net(Patches):
        def patches(self, x):
            return x.as_strided((1, 3, 8, 8, 4, 4), (3072, 1024, 128, 4, 32, 1)).mean((4, 5))
    return traced(randomised(Net()))


class Patches(nn.Module):
    def __init__(self):
        super().__init__()
        self.deep, self.head = nn.Conv2d(3, 8, 3, 1, 1), nn.Linear(8, CLASSES)

    def patches(self, x):
        return x.view(x.size(0), 3, 8, 4, 8, 4).mean((3, 5))

    def forward(self, x):
        return self.head(F.relu(self.deep(self.patches(x))).mean((2, 3)))


@odd(KIND, "nothing: the twin of the last")
def patches():
    return traced(randomised(Patches()))


@odd(KIND, "it takes a dictionary that holds the picture", refused=["a dictionary", "one tensor"])
def dict_input():
    class Net(Plain):
        def forward(self, x: typing.Dict[str, torch.Tensor]):
            return self.head(self.pooled(x["image"]))
    return scripted(randomised(Net()), eager=randomised(Plain()))
