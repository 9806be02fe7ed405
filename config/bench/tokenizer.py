#!/usr/bin/env python3
"""The gateway's tokenizer beside the tokenizers library, on the same texts of the same model, in turns.

Needs the release build, the model, and the package tokenizers. Exits with 1 when a text has another number of tokens
here and there, or when the library is the faster one.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time

# One thread there as here.
os.environ["RAYON_NUM_THREADS"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"

import tokenizers


def measure(tokenizer, texts):
    """The least of several passes, in microseconds a text."""
    repetitions = max(1, 10_000 // (texts[0]["tokens"] * len(texts)))
    passes = []
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(repetitions):
            for text in texts:
                tokenizer.encode(text["text"])
        passes.append((time.perf_counter() - start) / (repetitions * len(texts)))
    return min(passes) * 1e6


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--refrain", default=".build/release/refrain")
    parser.add_argument("--model-dir", default="model/all-MiniLM-L6-v2")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", help="write the figures here")
    options = parser.parse_args()

    library = tokenizers.Tokenizer.from_file(options.model_dir + "/tokenizer.json")
    library.no_padding()
    library.no_truncation()
    ours, theirs, kinds = {}, {}, {}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.rounds):
            command = [options.refrain, "bench", "tokenizer", "--model-dir", options.model_dir]
            command += ["--json", folder + "/figures.json", "--texts", folder + "/texts.json"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            with open(folder + "/texts.json", encoding="utf-8") as file:
                kinds = {}
                for text in json.load(file):
                    kinds.setdefault(text["kind"], []).append(text)
            with open(folder + "/figures.json", encoding="utf-8") as file:
                for row in json.load(file)["tokenizer"]:
                    ours.setdefault(row["kind"], []).append(row["microsecondsPerText"])
            for kind, texts in kinds.items():
                theirs.setdefault(kind, []).append(measure(library, texts))

    different = [
        text["text"] for texts in kinds.values() for text in texts
        if len(library.encode(text["text"]).ids) != text["tokens"]
    ]
    rows = []
    print(f"{'µs a text, one thread':24}{'refrain':>10}{'tokenizers ' + tokenizers.__version__:>20}{'ratio':>8}")
    for kind in kinds:
        here, there = statistics.median(ours[kind]), statistics.median(theirs[kind])
        rows.append({"kind": kind, "refrain": here, "tokenizers": there, "ratio": here / there})
        print(f"{kind:24}{here:10.2f}{there:20.2f}{here / there:8.3f}")
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({"tokenizers": tokenizers.__version__, "rows": rows}, file, indent=2)
    for text in different:
        print(f"another number of tokens: {text!r}")
    raise SystemExit(1 if different or any(row["ratio"] >= 1 for row in rows) else 0)


if __name__ == "__main__":
    main()
