"""Times faiss, hnswlib and numpy on the vectors that `refrain bench search --export` wrote, beside Refrain's figures.

    search.py VECTORS REFRAIN_JSON

One thread each. Exact searches must find what Refrain finds; an approximate one is told with its recall.
"""

import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import faiss  # noqa: E402
import hnswlib  # noqa: E402
import numpy as np  # noqa: E402

DIMENSION, QUERIES, WANTED, BATCH = 384, 512, 8, 32
ASKED = 64


def milliseconds(ask, queries):
    """The median over queries of the best of three."""
    best = []
    for query in queries:
        times = []
        for _ in range(3):
            start = time.perf_counter()
            ask(query[None, :])
            times.append(time.perf_counter() - start)
        best.append(min(times))
    return float(np.median(best)) * 1e3


def together(ask, queries):
    times = []
    for _ in range(3):
        start = time.perf_counter()
        for first in range(0, len(queries), BATCH):
            ask(queries[first : first + BATCH])
        times.append(time.perf_counter() - start)
    return min(times) * 1e3 / len(queries)


def numpy_search(rows):
    def ask(queries):
        scores = queries @ rows.T
        top = np.argpartition(-scores, WANTED, axis=1)[:, :WANTED]
        return np.take_along_axis(scores, top, axis=1), top

    return ask


def measure(rows, queries):
    flat = faiss.IndexFlatIP(DIMENSION)
    flat.add(rows)
    found = {"faiss flat": (lambda q: flat.search(q, WANTED), 0.0), "numpy": (numpy_search(rows), 0.0)}
    # Building a graph of a million rows takes minutes.
    if len(rows) <= 100_000:
        start = time.perf_counter()
        graph = faiss.IndexHNSWFlat(DIMENSION, 16, faiss.METRIC_INNER_PRODUCT)
        graph.add(rows)
        graph.hnsw.efSearch = 64
        found["faiss HNSW M16 ef64"] = (lambda q: graph.search(q, WANTED), time.perf_counter() - start)
        start = time.perf_counter()
        other = hnswlib.Index("ip", DIMENSION)
        other.init_index(len(rows), M=16, ef_construction=100)
        other.set_num_threads(1)
        other.add_items(rows)
        other.set_ef(64)
        found["hnswlib M16 ef64"] = (
            lambda q: tuple(reversed(other.knn_query(q, WANTED))),
            time.perf_counter() - start,
        )
    truth = np.sort(flat.search(queries, WANTED)[1], axis=1)
    for name, (ask, build) in found.items():
        ids = ask(queries)[1]
        recall = np.mean([len(set(a) & set(b)) / WANTED for a, b in zip(ids, truth)])
        yield name, milliseconds(ask, queries), together(ask, queries), build, float(recall)


def main(vectors, report):
    faiss.omp_set_num_threads(1)
    data = np.memmap(vectors, "<f4", "r").reshape(-1, DIMENSION)
    queries, rows = np.array(data[:ASKED]), data[QUERIES:]
    with open(report, encoding="utf-8") as file:
        ours = json.load(file)["search"]
    print(f"{'':24}{'rows':>9}{'ms/query':>10}{'together':>10}{'build s':>9}{'recall':>8}{'÷ Refrain at 0.85':>19}")
    for size in sorted({figure["rows"] for figure in ours}):
        if size > len(rows):
            continue
        base = None
        for figure in (figure for figure in ours if figure["rows"] == size):
            single, batch = figure["milliseconds"], figure["millisecondsTogether"]
            if abs(figure["floor"] - 0.85) < 1e-3:
                base = single
            name, build = f"refrain, floor {figure['floor']:.2f}", size / figure["insertsPerSecond"]
            print(f"{name:24}{size:9}{single:10.3f}{batch:10.3f}{build:9.1f}{'exact':>8}")
        for name, single, batch, build, recall in measure(np.ascontiguousarray(rows[:size]), queries):
            ratio = f"{single / base:19.1f}" if base else ""
            print(f"{name:24}{size:9}{single:10.3f}{batch:10.3f}{build:9.1f}{recall:8.3f}{ratio}")


if __name__ == "__main__":
    main(*sys.argv[1:])
