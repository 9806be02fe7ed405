"""Builds the encoder as an ONNX graph from its safetensors file, without PyTorch."""

import json
import struct
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 20  # the first with Gelu as one operator


def read_safetensors(path):
    """All 32-bit float tensors of a file, by name."""
    data = Path(path).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        tensors[name] = np.frombuffer(data[start:end], dtype="<f4").reshape(entry["shape"])
    return tensors


class Graph:
    """Collects nodes and constants; every method returns the name of its result."""

    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, value):
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind, *inputs, **attributes):
        name = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=f"{kind}_{name}", **attributes))
        return name


def build(model_dir, path):
    """Writes the graph: ids [texts, tokens] and mask [texts, tokens] to unit vectors [texts, width]."""
    shape = json.loads((Path(model_dir) / "config.json").read_text())
    weights = read_safetensors(Path(model_dir) / "model.safetensors")
    heads, width = shape["num_attention_heads"], shape["hidden_size"]
    epsilon, head_width = shape["layer_norm_eps"], width // heads
    g = Graph()

    def linear(x, name):
        product = g.node("MatMul", x, g.constant(weights[name + ".weight"].T))
        return g.node("Add", product, g.constant(weights[name + ".bias"]))

    def norm(x, name):
        gain, shift = (g.constant(weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return g.node("LayerNormalization", x, gain, shift, axis=-1, epsilon=epsilon)

    split = g.constant(np.array([0, 0, heads, head_width], dtype=np.int64))

    def by_head(x, order):
        return g.node("Transpose", g.node("Reshape", x, split), perm=order)

    tokens = g.node("Shape", "ids", start=1, end=2)
    positions = g.node(
        "Slice", g.constant(weights["embeddings.position_embeddings.weight"]),
        g.constant(np.array([0], dtype=np.int64)), tokens, g.constant(np.array([0], dtype=np.int64)))
    first_type = g.constant(weights["embeddings.token_type_embeddings.weight"][0])
    x = g.node("Gather", g.constant(weights["embeddings.word_embeddings.weight"]), "ids")
    x = norm(g.node("Add", g.node("Add", x, positions), first_type), "embeddings.LayerNorm")

    mask = g.node("Cast", "mask", to=TensorProto.FLOAT)
    hidden = g.node("Mul", g.node("Sub", g.constant(np.float32(1)), mask), g.constant(np.float32(-1e9)))
    hidden = g.node("Unsqueeze", hidden, g.constant(np.array([1, 2], dtype=np.int64)))
    scale = g.constant(np.float32(head_width**-0.5))
    flat = g.constant(np.array([0, 0, width], dtype=np.int64))
    for index in range(shape["num_hidden_layers"]):
        layer = f"encoder.layer.{index}"
        query = by_head(linear(x, f"{layer}.attention.self.query"), [0, 2, 1, 3])
        key = by_head(linear(x, f"{layer}.attention.self.key"), [0, 2, 3, 1])
        value = by_head(linear(x, f"{layer}.attention.self.value"), [0, 2, 1, 3])
        scores = g.node("Add", g.node("Mul", g.node("MatMul", query, key), scale), hidden)
        mixed = g.node("MatMul", g.node("Softmax", scores, axis=-1), value)
        mixed = g.node("Reshape", g.node("Transpose", mixed, perm=[0, 2, 1, 3]), flat)
        attended = g.node("Add", linear(mixed, f"{layer}.attention.output.dense"), x)
        x = norm(attended, f"{layer}.attention.output.LayerNorm")
        inner = g.node("Gelu", linear(x, f"{layer}.intermediate.dense"))
        x = norm(g.node("Add", linear(inner, f"{layer}.output.dense"), x), f"{layer}.output.LayerNorm")

    weighted = g.node("Mul", x, g.node("Unsqueeze", mask, g.constant(np.array([2], dtype=np.int64))))
    total = g.node("ReduceSum", weighted, g.constant(np.array([1], dtype=np.int64)), keepdims=0)
    length = g.node("ReduceL2", total, g.constant(np.array([1], dtype=np.int64)), keepdims=1)
    g.nodes.append(helper.make_node("Div", [total, length], ["vectors"]))

    integers = ["texts", "tokens"]
    graph = helper.make_graph(
        g.nodes, "encoder",
        [helper.make_tensor_value_info(name, TensorProto.INT64, integers) for name in ("ids", "mask")],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", width])], g.constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
    onnx.checker.check_model(model)
    onnx.save(model, path)
