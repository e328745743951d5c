"""Networks of a few kilobytes with the operators of the real ones: how each spells attention, normalisation and pooling.

Input 3x32x32, five classes. `last` is the module whose output Grad-CAM taps: see make_fixtures.py.
"""
from torch import nn

from . import attention, convolutions, levit, transformers, windows
from .attention import FusedAttention, MultiheadAttention, NativeAttention, PlainAttention
from .convolutions import ConvNeXt, DenseNet, Inception, MobileNetV3, ResNet
from .levit import LeViT
from .sizes import CLASSES, GRID, SMALL
from .transformers import CaiT, SmallTransformer, VisionTransformer
from .windows import MaxViT, Swin

# A trace names each class by its module: files that are written do not tell which of these parts a class stands in.
for part in (attention, convolutions, levit, transformers, windows):
    for kind in vars(part).values():
        if isinstance(kind, type) and kind.__module__ == part.__name__:
            kind.__module__ = __name__

NETWORKS = {
    "tiny_vit_plain": lambda: VisionTransformer(PlainAttention),
    "tiny_vit_fused": lambda: VisionTransformer(FusedAttention),
    "tiny_vit_native": lambda: VisionTransformer(NativeAttention),
    "tiny_vit_registers": lambda: VisionTransformer(FusedAttention, extra=3),
    "tiny_vit_pooled": lambda: VisionTransformer(FusedAttention, extra=0),
    "tiny_swin": Swin,
    "tiny_convnext": ConvNeXt,
    "tiny_mobilenetv3": MobileNetV3,
    "tiny_resnet": lambda: ResNet(lambda: nn.ReLU(inplace=True)),
    "tiny_resnet6": lambda: ResNet(nn.ReLU6),
    "tiny_inception": Inception,
    "tiny_densenet": DenseNet,
    "tiny_cait": CaiT,
    "tiny_levit": LeViT,
    "tiny_clip": lambda: SmallTransformer(lambda: MultiheadAttention(False, False), sequence_first=True),
    "tiny_vit_slow": lambda: SmallTransformer(lambda: MultiheadAttention(True, True)),
    "tiny_vit_registers_pooled": lambda: SmallTransformer(lambda: PlainAttention(SMALL, 2), extra=4, pooled=True),
    "tiny_vit_token_unused": lambda: SmallTransformer(lambda: PlainAttention(SMALL, 2), pooled=True),
    "tiny_maxvit": MaxViT,
}
