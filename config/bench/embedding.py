"""Times the encoder beside onnxruntime and PyTorch: one thread, same model, same tokens, same run.

Usage: embedding.py REFRAIN MODEL_DIR [--rounds N] [--json FILE]. `make bench-embed` sets everything up.
"""

import argparse
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

# Before any library starts its threads.
for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"

import numpy as np
import onnx
import onnxruntime
from onnxruntime.quantization import QuantType, quantize_dynamic

import encoder_graph

# As `refrain bench embedding` has them: texts and tokens of each.
INPUTS = [(1, 12), (1, 16), (1, 64), (1, 256), (32, 16)]
COLUMNS = ["12 tokens", "16", "64", "256", "32 × 16"]


def tokens(texts, length):
    """Ids of the vocabulary's words, with [CLS] and [SEP] about them."""
    words = 2000 + np.arange(length - 2) * 37 % 5000
    return np.tile(np.concatenate([[101], words, [102]]), (texts, 1)).astype(np.int64)


def session(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def onnx_runner(path):
    model = session(path)
    return lambda ids: model.run(None, {"ids": ids, "mask": np.ones_like(ids)})[0]


def fused(path, folder, shape):
    """The graph with onnxruntime's own transformer optimizer over it; None when that is not to be had."""
    try:
        from onnxruntime.transformers import optimizer

        found = optimizer.optimize_model(
            path, model_type="bert", num_heads=shape["num_attention_heads"], hidden_size=shape["hidden_size"],
            opt_level=0)
        target = str(folder / "fused.onnx")
        found.save_model_to_file(target)
        return target
    except Exception as reason:  # an optimizer that cannot be imported or fails leaves the graph as it is
        print(f"onnxruntime's transformer optimizer is not used: {reason}")
        return None


def pytorch_runner(model_dir):
    """The model sentence-transformers runs, with its mean and norm; None when PyTorch is not installed."""
    try:
        import torch
        from transformers import BertModel
    except ImportError:
        return None
    torch.set_num_threads(1)
    model = BertModel.from_pretrained(model_dir).eval()

    def run(ids):
        with torch.inference_mode():
            ids = torch.from_numpy(ids)
            mask = torch.ones_like(ids)
            states = model(input_ids=ids, attention_mask=mask).last_hidden_state
            weights = mask.unsqueeze(-1).float()
            mean = (states * weights).sum(1) / weights.sum(1)
            return torch.nn.functional.normalize(mean, dim=1).numpy()

    return run


def best(run, ids):
    """The best of as many passes as go into a third of a second, in milliseconds."""
    lowest, end = float("inf"), time.perf_counter() + 0.3
    while time.perf_counter() < end:
        start = time.perf_counter()
        run(ids)
        lowest = min(lowest, time.perf_counter() - start)
    return lowest * 1e3


def refrain_times(refrain, model_dir, folder):
    report = folder / "refrain.json"
    subprocess.run(
        [refrain, "bench", "embedding", "--model-dir", model_dir, "--json", str(report)], check=True,
        stdout=subprocess.DEVNULL)
    figures = json.loads(report.read_text())["embedding"]
    return {
        "refrain " + backend["name"] + (" (used)" if backend["name"] == figures["chosen"] else ""):
            backend["milliseconds"]
        for backend in figures["backends"]
    }


def table(times):
    """Lines of text: milliseconds, and in brackets the ratio to onnxruntime in the same format."""
    fp32, int8 = times["onnxruntime fp32"], times["onnxruntime int8"]
    rows = [["one thread, ms (÷ onnxruntime)", *COLUMNS]]
    for name, row in times.items():
        peer = int8 if "int8" in name else fp32
        rows.append([name, *(f"{ms:.3f} ({ms / other:.2f})" for ms, other in zip(row, peer))])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join([row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:]))]))


def bars(times):
    int8 = next((row for name, row in times.items() if name.startswith("refrain int8")), None)
    floats = [row for name, row in times.items() if name.startswith("refrain f32") and "blas" not in name]
    checks = []
    if int8:
        for column in (1, 4):
            limit = 0.6 * times["onnxruntime int8"][column]
            checks.append((f"int8, {COLUMNS[column]} ≤ 0.6 × onnxruntime int8", int8[column], limit))
    for row in floats:
        for column in (1, 4):
            limit = times["onnxruntime fp32"][column]
            checks.append((f"f32, {COLUMNS[column]} ≤ onnxruntime fp32", row[column], limit))
    for goal, measured, limit in checks:
        print(f"bar: {goal} = {limit:.3f} ms: measured {measured:.3f}: {'met' if measured <= limit else 'NOT MET'}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("refrain")
    parser.add_argument("model_dir")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json")
    arguments = parser.parse_args()
    shape = json.loads((Path(arguments.model_dir) / "config.json").read_text())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = str(folder / "plain.onnx")
        encoder_graph.build(arguments.model_dir, plain)
        graphs = [path for path in (plain, fused(plain, folder, shape)) if path]
        runners = {"onnxruntime fp32": [onnx_runner(path) for path in graphs], "onnxruntime int8": []}
        for index, path in enumerate(graphs):
            target = str(folder / f"int8-{index}.onnx")
            quantize_dynamic(
                path, target, weight_type=QuantType.QInt8,
                extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT})
            runners["onnxruntime int8"].append(onnx_runner(target))
        if pytorch := pytorch_runner(arguments.model_dir):
            runners["PyTorch (sentence-transformers)"] = [pytorch]
        check(runners)
        times = {}
        for _ in range(arguments.rounds):
            # Each in its turn, so that a moment in which the machine is busy falls on all of them.
            for label, row in refrain_times(arguments.refrain, arguments.model_dir, folder).items():
                merge(times, label, row)
            for label, variants in runners.items():
                for run in variants:
                    merge(times, label, [best(run, tokens(*size)) for size in INPUTS])
    table(times)
    bars(times)
    if arguments.json:
        Path(arguments.json).write_text(json.dumps({"columns": COLUMNS, "milliseconds": times}, indent=2))


def check(runners):
    """All must have made the same vectors, or the times say nothing."""
    ids = tokens(2, 16)
    expected = runners["onnxruntime fp32"][0](ids)
    for label, variants in runners.items():
        for run in variants:
            cosine = float((run(ids) * expected).sum(axis=1).min())
            assert cosine > 0.9, f"{label}: cosine {cosine} to onnxruntime fp32"


def merge(times, label, row):
    """Keeps the best of each column: what else the machine does can only add."""
    old = times.get(label, row)
    times[label] = [min(pair) for pair in zip(old, row)]


if __name__ == "__main__":
    main()
