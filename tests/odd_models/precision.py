"""Precision and device written into the file."""
import torch

from base import Made, Plain, contents, example, odd, randomised, rewritten, saved, scripted, traced

KIND = "precision"


@odd(KIND, "saved after .half()", twin="plain", tolerance=0.01)
def half_module():
    return traced(randomised(Plain()).half(), example().half(), eager=randomised(Plain()))


@odd(KIND, "saved after .bfloat16()", twin="plain", tolerance=0.05)
def bfloat16_module():
    return traced(randomised(Plain()).bfloat16(), example().bfloat16(), eager=randomised(Plain()))


@odd(KIND, "saved after .double()", twin="plain")
def double_module():
    return traced(randomised(Plain()).double(), example().double(), eager=randomised(Plain()))


@odd(KIND, "scripted after .half()", twin="plain", tolerance=0.01)
def half_scripted():
    return scripted(randomised(Plain()).half(), eager=randomised(Plain()))


@odd(KIND, "x.to(torch.float16) in the graph before weights of half precision", twin="plain", tolerance=0.01)
def cast_half_inside():
    class Net(Plain):
        def forward(self, x):
            return self.head(self.pooled(x.to(torch.float16)))
    return traced(randomised(Net()).half(), eager=randomised(Plain()))


@odd(KIND, "scores cast to half at the end", twin="plain", tolerance=0.01)
def cast_scores_half():
    class Net(Plain):
        def forward(self, x):
            return self.head(self.pooled(x)).half()
    return traced(randomised(Net()), eager=randomised(Plain()))


@odd(KIND, "type_as a bfloat16 buffer", twin="plain", tolerance=0.05)
def cast_type_as():
    class Net(Plain):
        def __init__(self):
            super().__init__()
            self.register_buffer("like", torch.zeros(1))

        def pooled(self, x):
            return self.features(x).mean((2, 3)).type_as(self.like)
    net = randomised(Net())
    net.like, net.head = net.like.bfloat16(), net.head.bfloat16()
    return traced(net, eager=randomised(Plain()))


class Centred(Plain):
    """Normalises by buffers of its own."""

    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.tensor([0.1, -0.2, 0.3]).view(3, 1, 1))

    def pooled(self, x):
        return self.features(x - self.mean).mean((2, 3))


@odd(KIND, "nothing: the twin of the next")
def centred():
    return traced(randomised(Centred()))


@odd(KIND, "buffers in double precision, which turn the picture into double, and a cast back", twin="centred")
def double_buffers():
    class Net(Centred):
        def pooled(self, x):
            return self.features((x - self.mean).float()).mean((2, 3))
    net = randomised(Net())
    net.mean = net.mean.double()
    return traced(net)


@odd(KIND, "a constant made on cuda:0", twin="plain")
def cuda_constant():
    class Net(Plain):
        def forward(self, x):
            return self.head(self.pooled(x)) + torch.zeros([1], device=torch.device("cuda:0"))
    return scripted(randomised(Net()), eager=randomised(Plain()))


@odd(KIND, "the picture is moved to cuda by the scripted code", twin="plain")
def cuda_moved():
    class Net(Plain):
        def forward(self, x):
            return self.head(self.pooled(x.cuda()))
    return scripted(randomised(Net()), eager=randomised(Plain()))


def patched(made, before, after):
    """The same file with other words in its code: what a trace on another device would have written."""
    data = saved(made.script)
    changed = rewritten(data, lambda name, content: content.replace(before, after) if name.endswith(".py") else content)
    assert any(after in content for content in contents(changed)), f"{before} is nowhere in the code"
    return changed


@odd(KIND, "traced on cuda: .to(device) and arange on it", twin="plain")
def cuda_traced():
    class Net(Plain):
        def forward(self, x):
            y = self.head(self.pooled(x.to("cpu")))
            return y[:, torch.arange(y.shape[1], device=x.device)]
    made = traced(randomised(Net()), eager=randomised(Plain()))
    return Made(patched(made, b'torch.device("cpu")', b'torch.device("cuda:0")'), made.eager)


@odd(KIND, "saved after .double(), with weights beyond fp32", refused=["fp32", "3.4e38"])
def double_beyond():
    net = randomised(Plain()).double()
    with torch.no_grad():
        net.head.weight[0, 0] = 1e40
    return traced(net, example().double())
