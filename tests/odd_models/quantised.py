"""Whole numbers inside: predictions and perturbation methods work, gradient methods are refused in a sentence."""
import torch
from torch import nn
from torch.ao import quantization as q

from base import CLASSES, Made, Plain, example, odd, randomised

KIND = "int8"
NO_GRADIENT = {method: ["gradient|derivative"] for method in ("saliency", "integrated_gradients", "grad_cam")}


@odd(KIND, "linear layers quantised dynamically", twin="plain", rows=1, tolerance=0.05, cannot=NO_GRADIENT)
def int8_dynamic():
    net = q.quantize_dynamic(randomised(Plain()), {nn.Linear}, dtype=torch.qint8)
    return Made(torch.jit.script(net), net)


@odd(KIND, "linear layers of half precision inside, quantised dynamically", twin="plain", tolerance=0.01,
     cannot=NO_GRADIENT)
def float16_dynamic():
    net = q.quantize_dynamic(randomised(Plain()), {nn.Linear}, dtype=torch.float16)
    return Made(torch.jit.script(net), net)


class Stubbed(nn.Module):
    def __init__(self):
        super().__init__()
        self.enter, self.leave = q.QuantStub(), q.DeQuantStub()
        self.body = nn.Sequential(nn.Conv2d(3, 8, 3, 2, 1), nn.BatchNorm2d(8), nn.ReLU(), nn.Conv2d(8, 8, 3, 2, 1), nn.ReLU())
        self.head = nn.Linear(8, CLASSES)

    def forward(self, x):
        return self.leave(self.head(self.body(self.enter(x)).mean((2, 3))))


def static(engine):
    torch.backends.quantized.engine = engine
    net = randomised(Stubbed())
    q.fuse_modules(net, [["body.0", "body.1", "body.2"], ["body.3", "body.4"]], inplace=True)
    net.qconfig = q.get_default_qconfig(engine)
    q.prepare(net, inplace=True)
    net(torch.cat([example() * scale for scale in (0.5, 1.0, 1.5)]))
    q.convert(net, inplace=True)
    with torch.no_grad():
        return Made(torch.jit.trace(net, example(), check_trace=False), net)


@odd(KIND, "quantised statically for qnnpack", tolerance=0.05, cannot=NO_GRADIENT)
def int8_static_qnnpack():
    return static("qnnpack")


@odd(KIND, "quantised statically for x86, channel by channel", tolerance=0.05, cannot=NO_GRADIENT)
def int8_static_x86():
    return static("x86")


@odd(KIND, "fake quantisation, as in training aware of it", tolerance=0.05)
def fake_quantised():
    class Net(Plain):
        def pooled(self, x):
            return self.features(torch.fake_quantize_per_tensor_affine(x, 0.03, 128, 0, 255)).mean((2, 3))
    net = randomised(Net())
    with torch.no_grad():
        return Made(torch.jit.trace(net, example(), check_trace=False), net)
