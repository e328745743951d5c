"""Odd files and cards: other formats under the same ending, damage, optimised forms, strange names."""
import io
import zipfile

import torch
from torch import nn
from torch.nn import functional as F

from base import CLASSES, LABELS, Made, Plain, example, odd, randomised, rewritten, saved, scripted, traced, without_source_lines
from precision import patched

KIND = "file"


@odd(KIND, "no card", card=None, refused=["card|--input-size"])
def no_card_at_all():
    return traced(randomised(Plain()))


@odd(KIND, "a card that names three labels", refused=["3 labels", "5"], card={"labels": LABELS[:3]})
def three_labels():
    return traced(randomised(Plain()))


@odd(KIND, "labels of 5,000 letters, with line ends and right-to-left marks", twin="plain",
     card={"labels": ["a" * 5000, "two\nlines", "\u202eright to left", "", "日本語 🐈"]})
def huge_labels():
    return traced(randomised(Plain()))


@odd(KIND, "the weights alone", refused=["weights only", "export"])
def state_dict(path):
    torch.save(randomised(Plain()).state_dict(), path)


@odd(KIND, "a whole pickled module", refused=["pickle|weights", "export"])
def pickled_module(path):
    torch.save(randomised(Plain()), path)


@odd(KIND, "weights in the format before torch 1.6, without an archive", refused=["weights|pickle|no model"])
def old_weights(path):
    torch.save(randomised(Plain()).state_dict(), path, _use_new_zipfile_serialization=False)


@odd(KIND, "an empty file", refused=["empty"])
def empty(path):
    path.write_bytes(b"")


def archive():
    return without_source_lines(saved(traced(randomised(Plain())).script))


@odd(KIND, "cut off after 4,000 bytes", refused=["damaged|cut short"])
def cut_off(path):
    path.write_bytes(archive()[:4000])


@odd(KIND, "a byte changed in the middle of the weights", refused=["damaged"])
def flipped(path):
    data = bytearray(archive())
    names = zipfile.ZipFile(io.BytesIO(data)).infolist()
    largest = max((entry for entry in names if "/data/" in entry.filename), key=lambda entry: entry.file_size)
    data[largest.header_offset + 200] ^= 0xFF
    path.write_bytes(data)


@odd(KIND, "an archive of texts", refused=["no model|damaged|TorchScript"])
def archive_of_texts(path):
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(zipfile.ZipInfo("notes/readme.txt"), "dear diary")


@odd(KIND, "code that does not parse", refused=["damaged|TorchScript|cannot be opened"])
def broken_code(path):
    path.write_bytes(rewritten(archive(), lambda name, content: content.replace(b"def forward", b"def ((forward")))


@odd(KIND, "frozen", twin="plain")
def frozen():
    made = scripted(randomised(Plain()))
    return Made(torch.jit.freeze(made.script), made.eager)


@odd(KIND, "passed through optimize_for_inference, which saves no weights", refused=["weights"])
def optimised_for_inference():
    made = scripted(randomised(Plain()))
    return Made(torch.jit.optimize_for_inference(torch.jit.freeze(made.script)), made.eager)


@odd(KIND, "operators of another build, as optimize_for_mobile writes them", refused=["operators", "prepacked"])
def unknown_operators():
    made = traced(randomised(Plain()))
    return Made(patched(made, b"torch.relu(", b"ops.prepacked.linear_clamp_run("), made.eager)


@odd(KIND, "modules named with other letters and signs, which PyTorch itself cannot read back", refused=["TorchScript"])
def strange_names():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            net = randomised(Plain())
            self.body = nn.Sequential()
            for name, part in (("größe-層", net.stem), ("a b", net.norm), ("1st/relu", nn.ReLU()), ("für", net.deep), ("%s", nn.ReLU())):
                self.body.add_module(name, part)
            self.head = net.head

        def forward(self, x):
            return self.head(self.body(x).mean((2, 3)))
    return traced(Net().eval(), eager=randomised(Plain()))


@odd(KIND, "one convolution used three times, weights tied to the classifier's")
def shared_weights():
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.stem, self.deep, self.head = nn.Conv2d(3, 8, 3, 2, 1), nn.Conv2d(8, 8, 3, 1, 1), nn.Linear(8, CLASSES)
            self.again = self.deep

        def forward(self, x):
            y = F.relu(self.deep(F.relu(self.stem(x))))
            y = F.relu(self.again(F.relu(self.deep(y))))
            return self.head(y.mean((2, 3))) + F.linear(y.amax((2, 3)), self.head.weight)
    return traced(randomised(Net()))


@odd(KIND, "no parameters at all", cannot={"grad_cam": ["spatial grid"]})
def no_parameters():
    class Net(nn.Module):
        def forward(self, x):
            return F.avg_pool2d(x, 16).flatten(1)[:, :5]
    return traced(Net())


@odd(KIND, "writes into its input", twin="plain")
def writes_into_its_input():
    class Net(Plain):
        def forward(self, x):
            y = self.head(self.pooled(x))
            x.mul_(0.0)
            return y
    return scripted(randomised(Net()), eager=randomised(Plain()))


@odd(KIND, "counts its calls in a buffer", twin="plain")
def counts_its_calls():
    class Net(Plain):
        def __init__(self):
            super().__init__()
            self.register_buffer("calls", torch.zeros(1))

        def forward(self, x):
            self.calls += 1.0
            return self.head(self.pooled(x)) + 0.0 * self.calls
    return scripted(randomised(Net()), eager=randomised(Plain()))


@odd(KIND, "raises an error of its own", refused=["does not run"], source_lines=True)
def raises():
    class Net(Plain):
        def forward(self, x):
            if x.size(0) > 0:
                raise ValueError("this network\nwas never meant to run")
            return self.head(self.pooled(x))
    return scripted(randomised(Net()))


@odd(KIND, "weights shorter than their tensors, checksums in order", refused=["damaged"])
def short_weights(path):
    path.write_bytes(rewritten(archive(), lambda name, content: content[:len(content) // 2] if "/data/" in name else content))
