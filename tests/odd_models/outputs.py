"""What comes out: tables in other shapes and containers, softmax inside, no scores at all."""
import typing

import torch
from torch import nn
from torch.nn import functional as F

from base import CLASSES, Plain, odd, randomised, scripted, traced

KIND = "output"


def ending(last):
    """The sound twin with another last step."""
    class Net(Plain):
        def forward(self, x):
            return last(self, self.pooled(x))
    return Net


@odd(KIND, "softmax inside, and its card says so", output="probabilities", card={"output": "probabilities"})
def softmax_said():
    return traced(randomised(ending(lambda net, y: net.head(y).softmax(1))()))


@odd(KIND, "softmax inside, and its card says nothing", output="probabilities", notes=["softmax"])
def softmax_unsaid():
    return traced(randomised(ending(lambda net, y: net.head(y).softmax(1))()))


@odd(KIND, "softmax inside, and its card says logits", refused=["logits", "probabilities"], card={"output": "logits"})
def softmax_denied():
    return traced(randomised(ending(lambda net, y: net.head(y).softmax(1))()))


@odd(KIND, "logits, and its card says probabilities", refused=["probabilities", "sum"], card={"output": "probabilities"})
def logits_denied():
    return traced(randomised(Plain()))


@odd(KIND, "percentages, and its card says probabilities", refused=["probabilities", "100"],
     card={"output": "probabilities"})
def percentages():
    return traced(randomised(ending(lambda net, y: net.head(y).softmax(1) * 100.0)()))


@odd(KIND, "sigmoid inside, and its card says so", output="multilabel-probabilities",
     card={"output": "multilabel-probabilities"})
def sigmoid_said():
    return traced(randomised(ending(lambda net, y: net.head(y).sigmoid())()))


@odd(KIND, "sigmoid inside, and its card says nothing", output="multilabel-probabilities", notes=["sigmoid"])
def sigmoid_unsaid():
    return traced(randomised(ending(lambda net, y: net.head(y).sigmoid())()))


@odd(KIND, "log-softmax inside", notes=["log-softmax"])
def log_softmax():
    return traced(randomised(ending(lambda net, y: net.head(y).log_softmax(1))()))


@odd(KIND, "log-sigmoid inside", refused=["log-sigmoid", "multilabel-logits"])
def log_sigmoid():
    return traced(randomised(ending(lambda net, y: F.logsigmoid(net.head(y)))()))


def one(last):
    net = ending(last)()
    net.head = nn.Linear(8, 1)
    return randomised(net)


@odd(KIND, "one output, a binary logit, as the card says", classes=2, output="binary-logit",
     card={"output": "binary-logit", "labels": ["benign", "malignant"]})
def binary_said():
    return traced(one(lambda net, y: net.head(y)))


@odd(KIND, "one output, and its card says nothing", classes=2, output="binary-logit", notes=["one output"])
def binary_unsaid():
    return traced(one(lambda net, y: net.head(y)))


@odd(KIND, "one output without its column", classes=2, output="binary-logit", card={"output": "binary-logit"})
def binary_flat():
    net = one(lambda net, y: net.head(y).squeeze(1))
    return traced(net, eager=lambda x: net(x).unsqueeze(1))


@odd(KIND, "one output after its sigmoid", classes=2, output="binary-probability", notes=["one output"])
def binary_sigmoid():
    return traced(one(lambda net, y: net.head(y).sigmoid()))


@odd(KIND, "one output, and its card names five labels", refused=["5 labels", "2 classes"],
     card={"labels": ["ant", "bee", "cat", "dog", "elk"]})
def binary_five_labels():
    return traced(one(lambda net, y: net.head(y)))


@odd(KIND, "N,C,1,1", twin="plain")
def map_of_one_place():
    return traced(randomised(ending(lambda net, y: net.head(y)[:, :, None, None])()), eager=randomised(Plain()))


@odd(KIND, "N,1,C", twin="plain")
def row_in_a_row():
    return traced(randomised(ending(lambda net, y: net.head(y)[:, None])()), eager=randomised(Plain()))


class Answer(typing.NamedTuple):
    logits: torch.Tensor
    features: torch.Tensor


@odd(KIND, "a named tuple of logits and features", twin="plain")
def named_tuple():
    class Net(Plain):
        def forward(self, x):
            y = self.pooled(x)
            return Answer(self.head(y), y)
    return scripted(randomised(Net()), eager=randomised(Plain()))


@odd(KIND, "a tuple of features and logits: the number of labels tells which", twin="plain")
def tuple_with_features():
    return traced(randomised(ending(lambda net, y: (y, net.head(y)))()), eager=randomised(Plain()))


@odd(KIND, "a list of the features' maps and the logits", twin="plain")
def list_of_maps():
    class Net(Plain):
        def forward(self, x):
            y = self.features(x)
            return [y, self.head(y.mean((2, 3)))]
    return scripted(randomised(Net()), eager=randomised(Plain()))


class Several(Plain):
    """Three tables of equal size."""

    def __init__(self):
        super().__init__()
        self.side, self.deepest = nn.Linear(8, CLASSES), nn.Linear(8, CLASSES)

    def forward(self, x):
        y = self.pooled(x)
        return {"early": self.side(y), "scores": self.head(y), "late": self.deepest(y)}


def table(net, name):
    return lambda x: net(x)[name]


@odd(KIND, "a dictionary of three tables, none with a telling name", refused=["early", "late", "output_name"],
     card={"labels": None})
def dict_of_three():
    class Net(Several):
        def forward(self, x):
            y = self.pooled(x)
            return {"early": self.side(y), "middle": self.head(y), "late": self.deepest(y)}
    return scripted(randomised(Net()))


@odd(KIND, "a dictionary of three tables, its card names one", card={"output_name": "late"})
def dict_named():
    net = randomised(Several())
    return scripted(net, eager=table(net, "late"))


@odd(KIND, "its card names a table that is not there", refused=["last", "early", "late"], card={"output_name": "last"})
def dict_misnamed():
    return scripted(randomised(Several()))


@odd(KIND, "a dictionary with `out` and `aux`, as segmentation networks have", notes=["out"])
def dict_with_aux():
    class Net(Several):
        def forward(self, x):
            y = self.pooled(x)
            return {"aux": self.side(y), "out": self.head(y)}
    net = randomised(Net())
    return scripted(net, eager=table(net, "out"))


@odd(KIND, "a dictionary within a dictionary", twin="plain")
def dict_nested():
    class Net(Plain):
        def forward(self, x):
            y = self.pooled(x)
            return {"heads": {"logits": self.head(y)}, "inside": {"embedding": y}}
    return scripted(randomised(Net()), eager=randomised(Plain()))


@odd(KIND, "a tuple of three tables of equal size", refused=["3 tables", "output_name"])
def tuple_of_three():
    class Net(Several):
        def forward(self, x):
            y = self.pooled(x)
            return self.side(y), self.head(y), self.deepest(y)
    return traced(randomised(Net()))


@odd(KIND, "the class's number instead of scores", refused=["no image classifier|no scores|whole numbers"])
def argmax():
    return traced(randomised(ending(lambda net, y: net.head(y).argmax(1))()))


@odd(KIND, "a segmentation network: N,C,H,W", refused=["no image classifier"])
def segmentation():
    class Net(Plain):
        def forward(self, x):
            return F.interpolate(self.deep(F.relu(self.norm(self.stem(x)))), scale_factor=4.0)
    return traced(randomised(Net()))


@odd(KIND, "no tensor at all: a text", refused=["no image classifier"])
def text():
    class Net(Plain):
        def forward(self, x):
            return "cat" if float(self.pooled(x).sum()) > 0.0 else "dog"
    return scripted(randomised(Net()))


FOUND = {"output": "multilabel-probabilities", "notes": ["sigmoid"]}


@odd(KIND, "sigmoids in a dictionary", **FOUND)
def sigmoid_in_a_dictionary():
    class Net(Plain):
        def forward(self, x):
            return {"scores": self.head(self.pooled(x)).sigmoid()}
    net = randomised(Net())
    return scripted(net, eager=table(net, "scores"))


@odd(KIND, "sigmoids in a tuple, with features", **FOUND)
def sigmoid_in_a_tuple():
    net = randomised(ending(lambda net, y: (net.head(y).sigmoid(), y))())
    return traced(net, eager=lambda x: net(x)[0])


@odd(KIND, "sigmoids kept from 0 and 1", **FOUND)
def sigmoid_clamped():
    return traced(randomised(ending(lambda net, y: net.head(y).sigmoid().clamp(1e-6, 1 - 1e-6))()))


@odd(KIND, "a sigmoid written out: its numbers alone tell", notes=["between 0 and 1"])
def sigmoid_written_out():
    return traced(randomised(ending(lambda net, y: 1 / (1 + torch.exp(-net.head(y))))()))


@odd(KIND, "scores laid class by picture", refused=["no image classifier"])
def scores_by_class():
    class Net(Plain):
        def __init__(self):
            super().__init__()
            self.head = nn.Linear(8, 4)

        def forward(self, x):
            return self.head(self.pooled(x)).t()
    return traced(randomised(Net()))


@odd(KIND, "percentages, and its card says nothing", refused=["percentages"])
def percentages_unsaid():
    return traced(randomised(ending(lambda net, y: net.head(y).softmax(1) * 100.0)()))


@odd(KIND, "softmax inside, and its card says multilabel-probabilities", refused=["softmax", "probabilities"],
     card={"output": "multilabel-probabilities"})
def softmax_said_multilabel():
    return traced(randomised(ending(lambda net, y: net.head(y).softmax(1))()))


@odd(KIND, "log-softmax inside, and its card says multilabel-logits", refused=["log-softmax", "logits"],
     card={"output": "multilabel-logits"})
def log_softmax_said_multilabel():
    return traced(randomised(ending(lambda net, y: net.head(y).log_softmax(1))()))
