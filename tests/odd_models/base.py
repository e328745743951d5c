"""What all odd models share: the sound networks that they are twins of, the list, and how one is written down."""
import dataclasses
import io
import typing
import zipfile

import torch
from torch import nn
from torch.nn import functional as F

CLASSES, SIDE = 5, 32
LABELS = ["ant", "bee", "cat", "dog", "elk"]


class Plain(nn.Module):
    """The sound twin: convolutions with batch normalisation, pooling, a linear layer. Children change one of its steps."""

    channels = 3

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(self.channels, 8, 3, 2, 1)
        self.norm = nn.BatchNorm2d(8)
        self.deep = nn.Conv2d(8, 8, 3, 2, 1)
        self.head = nn.Linear(8, CLASSES)

    def features(self, x):
        return F.relu(self.deep(F.relu(self.norm(self.stem(x)))))

    def pooled(self, x):
        return self.features(x).mean((2, 3))

    def forward(self, x):
        return self.head(self.pooled(x))


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.rows = nn.LSTM(24, 6, 2, batch_first=True, dropout=0.4)
        self.head = nn.Linear(6, CLASSES)

    def forward(self, x):
        return self.head(self.rows(F.avg_pool2d(x, (1, 4)).transpose(1, 2).flatten(2))[0][:, -1])


def randomised(net, seed=45):
    """Weights from the seed, drawn in the order of their names: a child with the same layers is the same network."""
    g = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for _, p in sorted(net.named_parameters()):
            p.copy_(torch.randn(p.shape, generator=g) * (1.6 / p[0].numel() ** 0.5 if p.dim() > 1 else 0.3))
        for _, m in sorted(net.named_modules()):
            if isinstance(m, nn.modules.batchnorm._BatchNorm) and m.track_running_stats:
                m.weight.add_(1.0)
                m.running_mean.copy_(torch.randn(m.running_mean.shape, generator=g) * 0.2)
                m.running_var.copy_(torch.rand(m.running_var.shape, generator=g) + 0.5)
    return net.eval()


def example(channels=3, side=SIDE, rows=1):
    return torch.randn(rows, channels, side, side, generator=torch.Generator().manual_seed(7))


class Made(typing.NamedTuple):
    script: typing.Any     # a ScriptModule, or the bytes of its file
    eager: typing.Callable  # 1,C,H,W -> 1,K: what its row of scores should be


def traced(net, x=None, eager=None):
    """As people export: traced without gradients, for one picture."""
    with torch.no_grad():
        return Made(torch.jit.trace(net, example() if x is None else x, check_trace=False), eager or net)


def scripted(net, eager=None):
    return Made(torch.jit.script(net), eager or net)


def saved(script):
    buffer = io.BytesIO()
    torch.jit.save(script, buffer)
    return buffer.getvalue()


def rewritten(archive, change):
    """The archive with each entry as change(name, content) returns it; None leaves it out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            content = change(entry.filename, source.read(entry))
            if content is not None:
                target.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def contents(archive):
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        return [source.read(entry) for entry in source.infolist()]


def without_source_lines(archive):
    """Smaller by a third: the tables from code to lines of Python serve messages alone."""
    return rewritten(archive, lambda name, content: None if name.endswith(".debug_pkl") else content)


@dataclasses.dataclass
class Odd:
    """One file, and what is right for it."""

    name: str
    kind: str
    what: str                    # what is odd about it
    build: typing.Callable       # () -> Made; or (path) -> None, which writes a file that is no sound TorchScript
    twin: str | None = None      # the file without the fault: scores and maps are the same
    rows: int = 0                # 0: any number of pictures at once; else so many, all the same picture
    classes: int = CLASSES
    output: str = "logits"       # what its scores are found to be
    card: dict | None = dataclasses.field(default_factory=dict)  # fields besides the usual ones; None: no card
    picture: str = "a and b"     # or "gray"
    refused: list | None = None  # words of the sentence with which it is refused; None: it opens
    notes: list = dataclasses.field(default_factory=list)        # words that its notes hold
    undefined: bool = False      # its scores are no numbers
    varies: bool = False         # its answers differ from run to run
    cannot: dict = dataclasses.field(default_factory=dict)       # method -> words of the sentence with which it is refused
    tolerance: float = 1e-4      # of the scores, relative to the largest
    source_lines: bool = False   # keeps the tables by which messages quote lines of Python
    ending: str = ".pt"


ODD: list[Odd] = []


def odd(kind, what, **right):
    def add(build):
        ODD.append(Odd(build.__name__, kind, what, build, **right))
        return build
    return add


def card(model):
    """None where it has none on purpose."""
    if model.card is None:
        return None
    usual = {"name": model.name, "source": "tests/odd_models, random weights", "licence": "GPL-3.0-or-later",
             "input": {"size": [SIDE, SIDE], "color": "RGB", "divide": 255, "mean": [0.5] * 3, "std": [0.25] * 3}}
    if model.classes == CLASSES:
        usual["labels"] = LABELS
    own = dict(model.card)
    usual["input"] |= own.pop("input", {})
    return {field: value for field, value in (usual | own).items() if value is not None}
