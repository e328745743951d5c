#!/usr/bin/env python3
"""Writes the tiny networks of tests/fixtures/ and what eager PyTorch says of them. Needs torch 2.15; seeded.

tests/fixtures/NAME.pt              traced in eval mode without gradients, as people export, its card inside
tests/fixtures/NAME_input.npy       1,3,32,32, already normalised
tests/fixtures/NAME_logits.npy      1,5
tests/fixtures/NAME_gradient.npy    1,3,32,32: of the target's logit (fixtures.json names the target)
tests/reference/NAME_grad_cam.npy   h,w at `last`: relu(sum over channels of mean gradient x activation), tokens on their grid
tests/reference/NAME_rollout.npy    h,w: attention rollout, for those with a class token
tests/reference/NAME_ablation_cam.npy                       h,w at `last`: grad-cam 1.5.7's weights times the channels, then ReLU
tests/reference/NAME_guided_backprop.npy, NAME_deep_lift.npy 3,32,32: captum 0.9.0, zero baseline, for networks of ReLU or ReLU6

Names as arguments: only those networks.
"""
import json
import pathlib
import sys
import warnings

import numpy as np
import torch
from torch import nn

from tiny_networks import CLASSES, GRID, NETWORKS, LeViT, ResNet, SmallTransformer, VisionTransformer

HERE = pathlib.Path(__file__).parent
FIXTURES = HERE.parent / "fixtures"


def randomise(net, seed):
    """Random weights large enough that attention is uneven and classes differ."""
    g = torch.Generator().manual_seed(seed)

    def normal(t, scale, mean=0.0):
        t.copy_(torch.randn(t.shape, generator=g) * scale + mean)

    with torch.no_grad():
        for name, p in net.named_parameters():
            if p.dim() > 1 and name.split(".")[-1] in ("tokens", "position", "bias"):
                normal(p, 0.5)
            elif p.dim() > 1:
                normal(p, (2.0 if "qkv" in name or "in_proj" in name else 1.3) / p[0].numel() ** 0.5)
            else:
                normal(p, 0.2, 1.0 if "norm" in name and name.endswith("weight") or "gamma" in name else 0.0)
        for m in net.modules():
            if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d)):
                normal(m.weight, 0.2, 1.0)
                normal(m.running_mean, 0.2)
                m.running_var.uniform_(0.5, 1.5, generator=g)


def on_grid(activation, net):
    """C,h,w from tokens (1,N,C or N,1,C), a channels-last map (1,h,w,C) or a channels-first one (1,C,h,w)."""
    if activation.dim() == 3:
        side = GRID // 2 if isinstance(net, LeViT) else GRID
        tokens = activation[0] if activation.shape[0] == 1 else activation[:, 0]
        return tokens[-side * side:].T.reshape(-1, side, side)
    return activation[0].permute(2, 0, 1) if isinstance(net.last, nn.LayerNorm) else activation[0]


def grad_cam(net, x, target):
    kept = []
    hook = net.last.register_forward_hook(lambda module, inputs, output: kept.append(output))
    score = net(x)[0, target]
    hook.remove()
    gradient, = torch.autograd.grad(score, kept[0])
    a, d = on_grid(kept[0].detach(), net), on_grid(gradient, net)
    return torch.relu((d.mean((1, 2), keepdim=True) * a).sum(0)).numpy()


def rollout(net, x):
    """Abnar and Zuidema 2020: heads averaged, half identity, rows normalised, multiplied from the first block to the last."""
    matrices = []
    hooks = [b.attention.register_forward_pre_hook(lambda module, inputs: matrices.append(module.matrix(inputs[0]))) for b in net.blocks]
    with torch.no_grad():
        net(x)
    for h in hooks:
        h.remove()
    joint = torch.eye(matrices[0].shape[-1])
    for m in matrices:
        a = (m[0].mean(0) + torch.eye(m.shape[-1])) / 2
        joint = a / a.sum(-1, keepdim=True) @ joint
    read = net.read if isinstance(net, SmallTransformer) else slice(0, 1)
    return joint[read].mean(0)[-GRID * GRID:].reshape(GRID, GRID).numpy()


def kept_at_last(net, x):
    kept = []
    hook = net.last.register_forward_hook(lambda module, inputs, output: kept.append(output.detach()))
    with torch.no_grad():
        net(x)
    hook.remove()
    return kept[0]


def ablation_weights(net, x, target, kept):
    """grad-cam's, written out: by which share the score falls when one channel holds nothing, or, where values can be negative, far
    less than any of them."""
    value = 0.0 if kept.min() == 0 else float(kept.min()) - 1e7
    weights = []
    with torch.no_grad():
        score = net(x)[0, target]
        for channel in range(kept.shape[1] if kept.dim() == 4 else kept.shape[-1]):
            def ablated(module, inputs, output):
                output = output.clone()
                (output[:, channel] if kept.dim() == 4 else output[..., channel]).fill_(value)
                return output
            hook = net.last.register_forward_hook(ablated)
            weights.append(float((score - net(x)[0, target]) / score))
            hook.remove()
    return np.asarray(weights, dtype=np.float32)


def ablation_cam(net, x, target):
    """grad-cam's own weights; its AblationLayer takes the place of `last`, where that is one that it knows."""
    from pytorch_grad_cam import AblationCAM
    from pytorch_grad_cam.ablation_layer import AblationLayer, AblationLayerVit
    from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
    kept = kept_at_last(net, x)
    vit = isinstance(net.last, nn.LayerNorm)
    if kept.dim() == 4 or vit and kept.shape[0] == 1:
        channels_first = kept.movedim(-1, 1).numpy() if vit else kept.numpy()
        # One channel at a time: in a larger batch each is ablated to a lower value than the one before.
        cam = AblationCAM(net, [net.last], ablation_layer=AblationLayerVit() if vit else AblationLayer(), batch_size=1)
        weights = cam.get_cam_weights(x, net.last, [ClassifierOutputTarget(target)], channels_first, None)[0]
    else:
        weights = ablation_weights(net, x, target, kept)
    return np.maximum((weights[:, None, None] * on_grid(kept, net).numpy()).sum(0), 0)


def captum_maps(net, x, target):
    from captum.attr import DeepLift, GuidedBackprop
    from captum.attr._core import deep_lift
    deep_lift.SUPPORTED_NON_LINEAR[nn.ReLU6] = deep_lift.nonlinear  # left out there, though Rescale is the same
    maps = {"deep_lift": DeepLift(net).attribute(x, target=target)[0].detach()}
    if any(isinstance(m, nn.ReLU) for m in net.modules()):
        maps["guided_backprop"] = GuidedBackprop(net).attribute(x, target=target)[0].detach()
    return maps


def card(name):
    return {"name": name, "source": "tests/reference/make_fixtures.py, random weights", "licence": "GPL-3.0-or-later",
            "labels": ["ant", "bee", "cat", "dog", "elk"][:CLASSES],
            "input": {"size": [32, 32], "color": "RGB", "divide": 255, "mean": [0.5] * 3, "std": [0.25] * 3,
                      "resize": "shorter-side", "interpolation": "bilinear", "crop": 1.0},
            "output": "logits"}


def make(name, seed):
    net = NETWORKS[name]().eval()
    randomise(net, seed)
    x = torch.randn(1, 3, 32, 32, generator=torch.Generator().manual_seed(100 + seed))
    torch.backends.mha.set_fastpath_enabled(not isinstance(net, SmallTransformer))
    with torch.no_grad():
        script, logits = torch.jit.trace(net, x, check_trace=False), net(x)
    torch.backends.mha.set_fastpath_enabled(False)  # the fast path has no derivative
    script.save(str(FIXTURES / f"{name}.pt"), _extra_files={"card.json": json.dumps(card(name))})
    target = int(logits.argmax())
    leaf = x.clone().requires_grad_(True)
    gradient, = torch.autograd.grad(net(leaf)[0, target], leaf)
    arrays = {FIXTURES / f"{name}_input": x, FIXTURES / f"{name}_logits": logits, FIXTURES / f"{name}_gradient": gradient,
              HERE / f"{name}_grad_cam": grad_cam(net, leaf, target),
              HERE / f"{name}_ablation_cam": ablation_cam(net, x, target)}
    if isinstance(net, ResNet):
        arrays |= {HERE / f"{name}_{method}": array for method, array in captum_maps(net, leaf, target).items()}
    facts = {"target": target, "last": list(arrays[HERE / f"{name}_grad_cam"].shape)}
    if any("softmax" in node.kind() or "attention" in node.kind() for node in script.inlined_graph.nodes()):
        facts["integrates"] = True  # what DeepLIFT can only integrate numerically
    if isinstance(net, (VisionTransformer, SmallTransformer)):
        facts["blocks"] = len(net.blocks)
    if isinstance(net, (VisionTransformer, SmallTransformer)) and net.extra:
        arrays[HERE / f"{name}_rollout"] = rollout(net, x)
        facts["extraTokens"] = net.extra
    for file, array in arrays.items():
        np.save(f"{file}.npy", np.asarray(array, dtype=np.float32))
    special = [op for op in ("scaled_dot_product_attention", "_native_multi_head_attention") if f"aten::{op}" in str(script.inlined_graph)]
    print(f"{name}: logits {np.round(logits[0].numpy(), 2)}, {(FIXTURES / (name + '.pt')).stat().st_size // 1024} KiB {' '.join(special)}")
    return facts


def main():
    warnings.simplefilter("ignore")
    FIXTURES.mkdir(exist_ok=True)
    file = FIXTURES / "fixtures.json"
    facts = json.loads(file.read_text()) if file.exists() else {}
    wanted = sys.argv[1:] or list(NETWORKS)
    facts |= {name: make(name, seed) for seed, name in enumerate(NETWORKS) if name in wanted}
    file.write_text(json.dumps(facts, indent=1) + "\n")


if __name__ == "__main__":
    main()
