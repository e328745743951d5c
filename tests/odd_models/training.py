"""Exported in training mode, or with chance inside. What is right is the network in evaluation mode."""
import torch
from torch import nn
from torch.nn import functional as F

from base import CLASSES, Made, Plain, Recurrent, odd, randomised, scripted, traced

KIND = "training"
SAID = ["evaluation"]


def train_only(net, part):
    """The weights of evaluation, one part left in training mode."""
    net = randomised(net)
    getattr(net, part).train()
    return net


@odd(KIND, "Dropout2d traced in training mode", twin="plain", notes=SAID)
def train_dropout2d():
    class Net(Plain):
        def __init__(self):
            super().__init__()
            self.drop = nn.Dropout2d(0.4)

        def pooled(self, x):
            return self.drop(self.features(x)).mean((2, 3))
    return traced(train_only(Net(), "drop"), eager=randomised(Plain()))


@odd(KIND, "F.dropout whose `training` is left at True", twin="plain", notes=SAID)
def train_functional_dropout():
    class Net(Plain):
        def pooled(self, x):
            return F.dropout(self.features(x).mean((2, 3)), 0.3)
    return traced(randomised(Net()), eager=randomised(Plain()))


@odd(KIND, "AlphaDropout traced in training mode", twin="plain", notes=SAID)
def train_alpha_dropout():
    class Net(Plain):
        def __init__(self):
            super().__init__()
            self.drop = nn.AlphaDropout(0.2)

        def pooled(self, x):
            return self.drop(self.features(x).mean((2, 3)))
    return traced(train_only(Net(), "drop"), eager=randomised(Plain()))


@odd(KIND, "a scripted module saved in train()", twin="plain")
def train_left_scripted():
    class Net(Plain):
        def __init__(self):
            super().__init__()
            self.drop = nn.Dropout(0.5)

        def pooled(self, x):
            return self.drop(self.features(x).mean((2, 3)))
    return Made(torch.jit.script(randomised(Net())).train(), randomised(Plain()))


@odd(KIND, "F.batch_norm with training=True and running statistics", twin="plain", notes=SAID)
def train_functional_norm():
    class Net(Plain):
        def features(self, x):
            n = self.norm
            y = F.batch_norm(self.stem(x), n.running_mean.clone(), n.running_var.clone(), n.weight, n.bias, training=True)
            return F.relu(self.deep(F.relu(y)))
    return traced(randomised(Net()), eager=randomised(Plain()))


@odd(KIND, "BatchNorm2d traced in training mode", twin="plain", notes=SAID)
def train_norm():
    net = randomised(Plain())
    eager = randomised(Plain())
    net.norm.momentum = 0.0  # tracing runs it, which would move its statistics
    net.norm.train()
    return traced(net, eager=eager)


@odd(KIND, "batch normalisation without running statistics: it always uses the batch's", twin="instance_norm", rows=1)
def norm_without_statistics():
    class Net(Plain):
        def __init__(self):
            super().__init__()
            self.norm = nn.BatchNorm2d(8, track_running_stats=False)
    return traced(randomised(Net()))


@odd(KIND, "nothing: instance normalisation uses a picture's own statistics in evaluation too")
def instance_norm():
    class Net(Plain):
        def __init__(self):
            super().__init__()
            self.norm = nn.InstanceNorm2d(8, affine=True)
    return traced(randomised(Net()))


@odd(KIND, "randomised leaky ReLU traced in training mode", twin="leaky", notes=SAID)
def train_rrelu():
    class Net(Plain):
        def features(self, x):
            return F.rrelu(super().features(x) - 0.5, 0.1, 0.3, training=True)
    return traced(randomised(Net()), eager=randomised(Leaky()))


class Leaky(Plain):
    def features(self, x):
        return F.leaky_relu(super().features(x) - 0.5, 0.2)


@odd(KIND, "nothing: the twin of the last")
def leaky():
    return traced(randomised(Leaky()))


class Attend(nn.Module):
    chance = 0.0

    def __init__(self):
        super().__init__()
        self.patches, self.qkv, self.head = nn.Conv2d(3, 8, 8, 8), nn.Linear(8, 24), nn.Linear(8, CLASSES)

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        q, k, v = self.qkv(x).unflatten(2, (3, 2, 4)).permute(2, 0, 3, 1, 4).unbind(0)
        x = x + F.scaled_dot_product_attention(q, k, v, dropout_p=self.chance).transpose(1, 2).flatten(2)
        return self.head(x.mean(1))


@odd(KIND, "nothing: the twin of the next")
def attend():
    return traced(randomised(Attend()))


@odd(KIND, "attention with its dropout written in", twin="attend", notes=SAID)
def train_attention_dropout():
    class Net(Attend):
        chance = 0.2
    return traced(randomised(Net()), eager=randomised(Attend()))


@odd(KIND, "an LSTM's dropout traced in training mode", twin="lstm_over_rows", notes=SAID,
     cannot={"grad_cam": ["spatial grid"]})
def train_lstm_dropout():
    return traced(train_only(Recurrent(), "rows"), eager=randomised(Recurrent()))


@odd(KIND, "nothing: an LSTM over the picture's rows, the twin of the last", cannot={"grad_cam": ["spatial grid"]})
def lstm_over_rows():
    return traced(randomised(Recurrent()))


class Branch(Plain):
    def __init__(self):
        super().__init__()
        self.branch = nn.Conv2d(8, 8, 1)

    def forward(self, x):
        y = self.features(x)
        return self.head((y + self.branch(y)).mean((2, 3)))


@odd(KIND, "nothing: the twin of the next, always with its branch")
def branch():
    return traced(randomised(Branch()))


@odd(KIND, "drop path: a branch left out by chance, without a switch", varies=True, notes=["random"])
def chance_drop_path():
    class Net(Branch):
        def forward(self, x):
            y = self.features(x)
            keep = torch.floor(0.8 + torch.rand([y.shape[0], 1, 1, 1]))
            return self.head((y + self.branch(y) / 0.8 * keep).mean((2, 3)))
    return scripted(randomised(Net()), eager=randomised(Branch()))


@odd(KIND, "rand_like noise on the features", varies=True, notes=["random"], tolerance=0.05)
def chance_rand_like():
    class Net(Plain):
        def pooled(self, x):
            y = self.features(x).mean((2, 3))
            return y + 0.01 * torch.rand_like(y)
    return traced(randomised(Net()), eager=randomised(Plain()))


@odd(KIND, "randn noise on the picture", varies=True, notes=["random"], tolerance=0.05)
def chance_randn():
    class Net(Plain):
        def forward(self, x):
            return self.head(self.pooled(x + 0.01 * torch.randn(x.shape[1:])))
    return scripted(randomised(Net()), eager=randomised(Plain()))


class Conditioned(Plain):
    """Batch normalisation by running figures, its weights made from the picture."""

    def __init__(self):
        super().__init__()
        self.maker = nn.Linear(3, 8)

    def scaled(self, y, weight):
        return F.batch_norm(y, self.norm.running_mean, self.norm.running_var, weight, self.norm.bias, False, 0.1, 1e-5)

    def features(self, x):
        return F.relu(self.deep(F.relu(self.scaled(self.stem(x), self.maker(x.mean((2, 3)))[0]))))


@odd(KIND, "batch normalisation by weights that depend on the picture", twin="conditioned_plain", rows=1)
def conditioned_norm():
    return traced(randomised(Conditioned()))


@odd(KIND, "nothing: the same written out, the twin of the last", rows=1)
def conditioned_plain():
    class Net(Conditioned):
        def scaled(self, y, weight):
            mean, var = self.norm.running_mean.view(1, -1, 1, 1), self.norm.running_var.view(1, -1, 1, 1)
            return (y - mean) / (var + 1e-5).sqrt() * weight.view(1, -1, 1, 1) + self.norm.bias.view(1, -1, 1, 1)
    return traced(randomised(Net()))


@odd(KIND, "features under torch.no_grad(), in a script", twin="plain", notes=["gradients off"])
def script_no_grad():
    class Net(Plain):
        def forward(self, x):
            with torch.no_grad():
                y = self.features(x)
            return self.head(y.mean((2, 3)))
    return scripted(randomised(Net()), eager=randomised(Plain()))
