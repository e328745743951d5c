"""Programs of torch.export (.pt2), plain and odd ones. What is right is the network in evaluation mode."""
import io

import torch
from torch import nn
from torch.export import Dim, export
from torch.nn import functional as F

from base import SIDE, Made, Plain, odd, randomised

KIND = "exported"
ANY = {0: Dim("n")}
WHOLE = {"ending": ".pt2", "source_lines": True}  # packed again, it would be refused


def given(rows=2, sides=(3, SIDE, SIDE), **kind):
    """Goes into the file as an example: spread out it takes few bytes there."""
    return torch.zeros(1, **kind).expand(rows, *sides)


def written(net, *inputs, sizes=ANY, core=False, eager=None):
    """As people export; lines of Python left out."""
    inputs = inputs or (given(),)
    program = export(net, inputs, dynamic_shapes=None if sizes is None else (sizes,) * len(inputs))
    if core:
        program = program.run_decompositions()
    for module in program.graph_module.modules():
        for node in module.graph.nodes if isinstance(module, torch.fx.GraphModule) else ():
            node.meta.pop("stack_trace", None)
            node.meta.pop("from_node", None)
    file = io.BytesIO()
    torch.export.save(program, file)
    return Made(file.getvalue(), eager or net)


@odd(KIND, "torch.export's .pt2", twin="plain", **WHOLE)
def exported():
    return written(randomised(Plain()))


class Flat(Plain):
    def pooled(self, x):
        x = self.features(x)
        return x.reshape(x.shape[0], 8, -1).mean(2)


@odd(KIND, "exported for one picture", twin="plain", **WHOLE)
def exported_for_one():
    return written(randomised(Flat()), given(rows=1), sizes=None)


@odd(KIND, "any number of pictures of any size, by arithmetic with sizes", twin="plain", **WHOLE)
def exported_any_size():
    class Net(Plain):
        def pooled(self, x):
            x = self.features(x)
            n, c, h, w = x.shape
            return x.reshape(n, c, h * w).narrow(2, 0, (2 * h * w + 1) // 2).sum(2) / (h * w)
    return written(randomised(Net()), sizes={0: Dim("n"), 2: Dim("h", min=16, max=512), 3: Dim("w", min=16, max=512)})


@odd(KIND, "returns a dictionary with a second table", twin="plain", card={"output_name": "found.classes"}, **WHOLE)
def exported_dictionary():
    class Net(Plain):
        def forward(self, x):
            features = self.pooled(x)
            return {"features": features, "found": {"classes": self.head(features)}}
    return written(randomised(Net()), eager=randomised(Plain()))


@odd(KIND, "exported in training mode", twin="plain", notes=["evaluation"], **WHOLE)
def exported_in_training():
    class Net(Plain):
        def __init__(self):
            super().__init__()
            self.drop = nn.Dropout(0.4)

        def pooled(self, x):
            return self.drop(self.features(x).mean((2, 3)))
    return written(randomised(Net()).train(), eager=randomised(Plain()))


@odd(KIND, "switches gradients off inside", twin="plain", **WHOLE)
def exported_without_gradients():
    class Net(Plain):
        def pooled(self, x):
            with torch.no_grad():
                return self.features(x).mean((2, 3))
    return written(randomised(Net()))


@odd(KIND, "takes channels last", twin="plain", **WHOLE)
def exported_channels_last():
    class Net(Plain):
        def features(self, x):
            return super().features(x.permute(0, 3, 1, 2))
    return written(randomised(Net()), given(sides=(SIDE, SIDE, 3)), eager=randomised(Plain()))


@odd(KIND, "takes bytes and normalises them itself", card={"input": {"divide": 1, "mean": [0.0] * 3, "std": [1.0] * 3}}, **WHOLE)
def exported_bytes():
    class Net(Plain):
        def features(self, x):
            return super().features((x.float() / 255 - 0.5) / 0.25)
    return written(randomised(Net()), given(dtype=torch.uint8))


@odd(KIND, "a constant made inside, written into in place", twin="plain", **WHOLE)
def exported_constants():
    class Net(Plain):
        def pooled(self, x):
            weights = torch.tensor([0.5, 0.25, 0.25])
            weights[0] = 0.75
            weights *= 0.8
            return self.features(x).mean((2, 3)).mul_(weights.sum())
    return written(randomised(Net()))
