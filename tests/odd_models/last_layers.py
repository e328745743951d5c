#!/usr/bin/env python3
"""Prints which layer Discern takes for `last` in real architectures: name, shape and grid.

    last_layers.py build/release/app/discern-cli NAME ...     of torchvision or timm
    last_layers.py build/release/app/discern-cli --variants   those below

Needs torch, torchvision and timm. Weights are random and seeded, batch normalisation measured on random blotches. Whether a layer is
right is read by a person: the last value with a spatial grid through which the picture reaches the answer, before pooling, all
branches joined. Grad-CAM's map there must not be empty for every class: the last column counts the classes, of two, whose map is not.
"""
import json
import pathlib
import sys
import tempfile
import warnings

import numpy as np
import torch
from PIL import Image

from planted_evidence import build, export, measure_norms, run

TARGETS = (0, 1)
VARIANTS = """botnet26t_256 lambda_resnet26t eca_halonext26ts lamhalobotnet50ts_256 sehalonet33ts gcresnet33ts regnetz_b16 repvgg_a0 mobileone_s0
gernet_s convnextv2_atto convnext_atto_ols crossvit_9_dagger_240 cs3edgenet_x darknet17 cs3sedarknet_l deit_tiny_distilled_patch16_224
edgenext_small_rw mixnet_s fbnetv3_b tinynet_e spnasnet_100 tf_efficientnet_lite0 efficientnetv2_rw_t mobilenet_edgetpu_v2_xs
vit_base_patch16_rope_reg1_gap_256 vit_small_patch16_rope_224 fastvit_sa12 fastvit_mci0 ghostnetv2_100 ghostnetv3_050 hgnet_tiny hiera_small_abswin_256
maxxvit_rmlp_nano_rw_256 coatnet_rmlp_nano_rw_224 maxvit_rmlp_nano_rw_256 coatnext_nano_rw_224 caformer_s18 convformer_s18 poolformer_s12
mixer_s16_224 resmlp_12_224 mobilenetv4_conv_small mobilenetv4_hybrid_medium mobilevitv2_050 mvitv2_small_cls nest_tiny_jx nf_regnet_b0
eca_nfnet_l0 pit_s_distilled_224 pvt_v2_b2_li regnetv_040 ecaresnet26t resnetrs50 seresnext26d_32x4d resnetblur50 resnetv2_50x1_bit
res2net50_26w_4s rexnetr_100 swin_s3_tiny_224 twins_pcpvt_small vit_relpos_small_patch16_224 vit_relpos_medium_patch16_cls_224
flexivit_small vit_small_r26_s32_224 vit_so150m2_patch16_reg1_gap_256 vitamin_large_224 volo_d2_224 ese_vovnet39b xception65
levit_conv_128s levit_256d tiny_vit_11m_224 convit_small cait_xs24_384 beitv2_base_patch16_224 eva02_small_patch14_224
efficientvit_m3 efficientvit_l1 repvit_m0_9 inception_next_tiny efficientnet_b1_pruned mobilenetv3_rw semnasnet_050 dpn68b
densenetblur121d hrnet_w18_small_v2 selecsls60 tresnet_l sknet50 skresnext50_32x4d resnest26d sequencer2d_m visformer_small
coat_mini coat_lite_mini xcit_tiny_12_p16_224 davit_small focalnet_tiny_lrf gcvit_tiny swinv2_cr_tiny_ns_224 nextvit_base
densenet161 regnet_x_400mf vit_b_16 swin_v2_s convnext_small""".split()


def picture(side):
    """Blotches that no two places share."""
    blotches = np.random.default_rng(5).integers(0, 256, (side // 16, side // 16, 3), np.uint8)
    return Image.fromarray(blotches).resize((side, side), Image.BICUBIC)


def row(program, name, folder):
    net, card = build(name, "random")
    card["input"] |= {"resize": "none", "crop": 1.0}
    card.pop("labels", None)
    side = card["input"]["size"][0]
    measure_norms(net, side)
    file, shown = pathlib.Path(folder) / f"{name}.pt", pathlib.Path(folder) / f"{side}.png"
    picture(side).save(shown)
    export(net, card, file)
    told = json.loads(run(program, "model", file, "--no-speed", "--json"))
    layer = next((one for one in told["layers"] if one["name"] == told["last"]), None)
    if layer is None:
        return [name, "none", "-", "-", "-"]
    maps = 0
    for target in TARGETS:
        out = pathlib.Path(folder) / f"{name}-{target}"
        run(program, "explain", "--model", file, "--image", shown, "--method", "hires_cam", "--target", target, "--score", "logit", "--out", out)
        maps += bool(np.load(next(out.glob("*/*/hires_cam/raw.npy"))).any())
    file.unlink()
    return [name, layer["name"], "x".join(map(str, layer["shape"])), "x".join(map(str, layer["grid"])) + (f" + {layer['extra_tokens']}" if layer["extra_tokens"] else ""), f"{maps} of {len(TARGETS)}"]


def main():
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    program, *names = sys.argv[1:]
    if names == ["--variants"]:
        names = VARIANTS
    titles = ["network", "last", "shape", "grid", "maps that are not empty"]
    print("| " + " | ".join(titles) + " |\n" + "|---" * len(titles) + "|")
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            try:
                cells = row(program, name, folder)
            except Exception as failure:  # one network that cannot be built here leaves the others to be shown
                cells = [name, f"{type(failure).__name__}: {str(failure).splitlines()[0] if str(failure) else ''}"]
            print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
