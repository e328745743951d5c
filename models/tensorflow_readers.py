"""Keras files, SavedModels and frozen graphs, each as a function from pictures to scores."""
import dataclasses
import pathlib

import keras
import tensorflow as tf

from tensorflow_card import takes_whole_values
from unavailable import Unavailable


@dataclasses.dataclass
class Read:
    """A model as it was read. `outputs` and `activation` are known once it is ONNX."""

    file: str
    name: str
    source: str
    function: object  # pictures -> (pictures, classes)
    spec: tf.TensorSpec
    output_shape: object
    names: list  # of the model and of those inside it, which may be keras.applications'
    holds: object = None  # what the function lives on
    takes_whole_values: bool | None = None
    labels: list = dataclasses.field(default_factory=list)
    outputs: int = 0
    activation: str | None = None  # the softmax or sigmoid that was left out

    @property
    def channels_last(self):
        return self.spec.shape[1] not in (1, 3) or self.spec.shape[3] in (1, 3)

    @property
    def channels(self):
        return self.spec.shape[3 if self.channels_last else 1]

    @property
    def size(self):
        return tuple(self.spec.shape[1:3] if self.channels_last else self.spec.shape[2:4])


def reason(error):
    lines = str(error).strip().splitlines()
    return lines[0][:300] if lines else type(error).__name__


def spec_of(file, shape, dtype, size):
    """The picture's sizes as the file says them, with `size` where it leaves sides open."""
    lengths = [None, None, None, 3] if shape is None or shape.rank is None else list(shape)
    if len(lengths) != 4:
        raise Unavailable(f"{file} takes a tensor of {len(lengths)} dimensions, and pictures have four (pictures, height, width, channels).")
    first = 2 if lengths[1] in (1, 3) and lengths[3] not in (1, 3) else 1
    if lengths[first] is None or lengths[first + 1] is None:
        if size is None:
            raise Unavailable(f"{file} does not say how large its pictures are: add --size HEIGHT WIDTH.")
        lengths[first:first + 2] = size
    elif size is not None and list(size) != lengths[first:first + 2]:
        raise Unavailable(f"{file} takes pictures of {lengths[first]} x {lengths[first + 1]}, not of {size[0]} x {size[1]}.")
    channels = 1 if first == 2 else 3
    if lengths[channels] is None:
        lengths[channels] = 3
    if lengths[channels] not in (1, 3):
        raise Unavailable(f"{file} takes pictures of {lengths[channels]} channels; Discern shows those of 1 or 3.")
    return tf.TensorSpec(lengths, dtype, name="picture")


def chosen(file, names, wanted):
    """One output of several, by name."""
    if len(names) == 1 and not wanted:
        return names[0]
    if wanted in names:
        return wanted
    told = ", ".join(names[:12])
    raise Unavailable(f"{file} has no output {wanted}; it has {told}." if wanted else
                      f"{file} has several outputs ({told}): say with --output-name which holds the scores of the classes.")


def keras_layers(model):
    """All of them, those of models inside included, in order."""
    for layer in model.layers:
        yield layer
        if hasattr(layer, "layers"):
            yield from keras_layers(layer)


def read_keras(file, options):
    try:
        model = keras.models.load_model(file, compile=False, safe_mode=not options.get("trust_pickle"))
    except Exception as e:  # Keras lets through whatever its layers raise
        told = str(e)
        if "unsafe" in told or "safe_mode" in told:
            raise Unavailable(f"{file.name} holds code (a Lambda layer), which runs when it is opened. If it is yours or you trust its author, add --trust-pickle.") from None
        if "No model config" in told or "model.weights" in told or file.name.endswith(".weights.h5"):
            raise Unavailable(f"{file.name} holds weights alone: save the whole model with model.save('NAME.keras').") from None
        if "zip file" in told or "Unable to synchronously open" in told:
            raise Unavailable(f"{file.name} is damaged or no file of Keras: export or copy it again.") from None
        if "nknown layer" in told or "Could not locate" in told or "not locate class" in told:
            raise Unavailable(f"{file.name} has layers of its own, whose code is not in the file ({reason(e)}): "
                              "write it as a SavedModel with model.export('FOLDER') where that code is, and give the folder.") from None
        raise Unavailable(f"{file.name} cannot be read by Keras {keras.__version__}: {reason(e)}") from None
    if not getattr(model, "inputs", None) or len(model.inputs) != 1:
        raise Unavailable(f"{file.name} takes {len(getattr(model, 'inputs', None) or [])} inputs, and Discern explains networks that take one picture.")
    names = list(getattr(model, "output_names", None) or [str(i) for i in range(len(model.outputs))])
    place = names.index(chosen(file.name, names, options.get("output_name")))
    entering = model.inputs[0]
    layers = list(keras_layers(model))

    def scores(x):
        given = model(x, training=False)
        return tf.nest.flatten(given)[place]

    return Read(file.name, file.stem, f"{file.name}, converted with tf2onnx", tf.function(scores),
                spec_of(file.name, tf.TensorShape(entering.shape), tf.as_dtype(entering.dtype), options.get("size")), model.outputs[place].shape,
                [model.name, *(layer.name for layer in layers if hasattr(layer, "layers"))],
                model, takes_whole_values(layers))


def scope_names(graph):
    """The outer names of a graph's operators, which are those of its models."""
    return list(dict.fromkeys(part for node in graph.get_operations() for part in node.name.split("/")[:3]))


def read_saved_model(folder, options):
    try:
        loaded = tf.saved_model.load(str(folder))
    except Exception as e:  # TensorFlow lets through whatever restoring raises
        raise Unavailable(f"{folder.name} cannot be read as a SavedModel: {reason(e)}") from None
    signatures = loaded.signatures
    if not signatures:
        raise Unavailable(f"{folder.name} has no signature, which says what enters and what comes out: save it with tf.saved_model.save(model, FOLDER, signatures=...) or, in Keras, model.export(FOLDER).")
    called = signatures["serving_default"] if "serving_default" in signatures else signatures[list(signatures)[0]]
    taken = called.structured_input_signature[1]
    if len(taken) != 1:
        raise Unavailable(f"{folder.name} takes {len(taken)} inputs ({', '.join(taken)}), and Discern explains networks that take one picture.")
    (entering, spec), = taken.items()
    if not (spec.dtype.is_floating or spec.dtype == tf.uint8):
        raise Unavailable(f"{folder.name} takes {spec.dtype.name}, not the values of a picture: export the part behind its decoding.")
    output = chosen(folder.name, list(called.structured_outputs), options.get("output_name"))
    names = scope_names(called.graph)
    inner = [n for f in called.graph.as_graph_def().library.function for node in f.node_def for n in node.name.split("/")[:3]]
    labels = folder / "assets" / "labels.txt"
    read = Read(folder.name, folder.name, f"{folder.name}, converted with tf2onnx", tf.function(lambda x: called(**{entering: x})[output]),
                spec_of(folder.name, spec.shape, spec.dtype, options.get("size")), called.structured_outputs[output].shape, list(dict.fromkeys(names + inner)), loaded)
    read.takes_whole_values = True if any(name.lower().startswith("rescaling") for name in read.names) else None
    read.labels = labels.read_text(encoding="utf-8").splitlines() if labels.is_file() else []
    return read


def read_frozen_graph(file, options):
    graph_def = tf.compat.v1.GraphDef()
    try:
        graph_def.ParseFromString(file.read_bytes())
        wrapped = tf.compat.v1.wrap_function(lambda: tf.import_graph_def(graph_def, name=""), [])
    except Exception as e:  # protobuf and TensorFlow raise errors of their own
        raise Unavailable(f"{file.name} is damaged or no frozen graph: {reason(e)}") from None
    operators = wrapped.graph.get_operations()
    entering = [op.outputs[0] for op in operators if op.type == "Placeholder"]
    if len(entering) != 1:
        raise Unavailable(f"{file.name} takes {len(entering)} inputs ({', '.join(t.op.name for t in entering)}), and Discern explains networks that take one picture.")
    if any(op.type in ("VariableV2", "VarHandleOp") for op in operators):
        raise Unavailable(f"{file.name} holds variables without their values: freeze the graph first, or give the folder of the SavedModel.")
    ends = {op.name: op.outputs[0] for op in operators
            if op.outputs and op.type not in ("Const", "Placeholder") and not any(t.consumers() for t in op.outputs)}
    wanted = (options.get("output_name") or "").removesuffix(":0")
    if wanted and wanted not in ends and any(op.name == wanted for op in operators):
        ends = {wanted: wrapped.graph.get_tensor_by_name(wanted + ":0")}
    if not ends:
        raise Unavailable(f"{file.name} computes nothing from its input.")
    output = ends[chosen(file.name, list(ends), wanted)]
    pruned = wrapped.prune(entering[0], output)

    def scores(x):
        given = pruned(x)
        return given[0] if isinstance(given, (list, tuple)) else given

    return Read(file.name, file.stem, f"{file.name}, converted with tf2onnx", tf.function(scores),
                spec_of(file.name, entering[0].shape, entering[0].dtype, options.get("size")), output.shape, scope_names(wrapped.graph))


def read_model(file, options):
    """`file`: a pathlib.Path. Raises Unavailable with what a person can do."""
    file = pathlib.Path(file)
    if file.is_dir():
        return read_saved_model(file, options)
    return read_frozen_graph(file, options) if file.suffix.lower() == ".pb" else read_keras(file, options)
