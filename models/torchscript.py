"""Traces a network into a TorchScript file with its card inside, and holds the file against the network before it is put in place."""
import contextlib
import json
import os
import pathlib

import torch

from unavailable import Unavailable

FUSED = ("aten::_native_multi_head_attention", "aten::_transformer_encoder_layer_fwd")  # fast, but without a derivative


class LogitsOnly(torch.nn.Module):
    """Networks with auxiliary heads return a tuple, dictionary or named tuple; the first entry is the classifier's."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, x):
        y = self.net(x)
        if isinstance(y, dict):
            y = next(iter(y.values()))
        return y[0] if isinstance(y, (tuple, list)) else y


@contextlib.contextmanager
def without_fused_attention():
    """PyTorch's fused attention has no derivative, so that nothing could be explained; torch < 2.0 picks it by grad mode alone."""
    mha = getattr(torch.backends, "mha", None)
    if mha is None:
        yield
        return
    before = mha.get_fastpath_enabled()
    mha.set_fastpath_enabled(False)
    try:
        yield
    finally:
        mha.set_fastpath_enabled(before)


def trace(net, example):
    """Traces with gradients on, which keeps differentiable operators. Raises Unavailable where fused ones stay."""
    for p in net.parameters():
        p.requires_grad_(True)
    with torch.enable_grad(), without_fused_attention():
        script = torch.jit.trace(net, example, check_trace=False)
    for name in FUSED:
        if name in str(script.inlined_graph):
            raise Unavailable(f"the trace still holds {name}, which has no derivative: export with torch 2.0 or newer.")
    return script


def verify(net, file, height, width, channels):
    """Reloads `file` and compares outputs (batches of 1 and 3) and the input's gradient. Returns the largest difference."""
    script = torch.jit.load(file, map_location="cpu").eval()
    worst = 0.0
    for batch in (1, 3):
        x = torch.randn(batch, channels, height, width)
        mine, theirs = x.clone().requires_grad_(True), x.clone().requires_grad_(True)
        y, z = script(mine), net(theirs)
        if y.dim() != 2:
            raise Unavailable(f"this is no classifier: its output has the shape {tuple(y.shape)}, not (batch, classes).")
        pairs = [(y.detach(), z.detach())]
        if batch == 1:
            pairs.append((torch.autograd.grad(y[0, 0], mine)[0], torch.autograd.grad(z[0, 0], theirs)[0]))
        for a, b in pairs:
            worst = max(worst, float((a - b).abs().max() / b.abs().max().clamp_min(1e-6)))
    if not worst < 1e-3:
        raise Unavailable(f"the traced model differs from the network by {worst:.1e} of the largest value: it depends on its input in ways that tracing cannot follow.")
    return worst


def export(net, card, out):
    """Traces `net`, embeds `card`, verifies and writes `out`. Returns (outputs, largest difference)."""
    height, width = card["input"]["size"]
    channels = 1 if card["input"].get("color") == "gray" else 3
    torch.manual_seed(1)
    net = LogitsOnly(net).eval()
    with torch.no_grad():
        outputs = net(torch.zeros(1, channels, height, width)).shape[-1]
    if card.get("labels") and len(card["labels"]) != outputs:
        raise Unavailable(f"{len(card['labels'])} labels were given for a model with {outputs} outputs.")
    script = trace(net, torch.randn(1, channels, height, width))
    out = pathlib.Path(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(out.name + ".part")
    try:
        torch.jit.save(script, str(part), _extra_files={"card.json": json.dumps(card, ensure_ascii=False)})
        worst = verify(net, str(part), height, width, channels)
        os.replace(part, out)
    finally:
        part.unlink(missing_ok=True)
    return outputs, worst
