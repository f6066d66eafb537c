"""Throughput and agreement of the engines against plain sentence-transformers, taken in turns.

Every engine embeds the same block of passages, and the large products that mark the machine's ceiling
are taken, before the next block is begun: whatever else the machine does falls on all of them. Ratios
are medians over blocks.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from press_themes.vectors.encoders import Encoder, load_encoder
from press_themes.vectors.processor import count_cores

REFERENCE = "sentence-transformers, fp32, batch 32"
_BLOCK = 32
_NEIGHBOURS = 10
_PRODUCT = (2048, 1536, 384)
_REPEATS = 20
_PRODUCT_FLOP = 2 * _PRODUCT[0] * _PRODUCT[1] * _PRODUCT[2] * _REPEATS


def measure_speed(corpora: dict[str, list[str]]) -> dict[str, Any]:
    """Measure all engines on all corpora.

    Parameters
    ----------
    corpora : dict of str to list of str
        Passages by corpus.

    Returns
    -------
    dict
        By corpus and engine: ``passages_per_second, ratio, cpu_ratio, cosine_mean, cosine_minimum,
        neighbours, share_of_ceiling``; the machine's ceilings; where the time goes.
    """
    import torch

    torch.set_num_threads(count_cores())
    fast, slow = load_encoder(), load_encoder(engine="torch")
    engines = _engines(fast, slow)
    results: dict[str, Any] = {"cores": count_cores(), "load_before": os.getloadavg()[0]}
    results["corpora"] = {
        name: {
            "passages": len(texts),
            "tokens_mean": float(np.mean(fast.count_tokens(texts))),
            **_take_turns(engines, texts, fast),
        }
        for name, texts in corpora.items()
    }
    longest = max(corpora, key=lambda name: len(corpora[name]))
    results["seconds_a_passage_on_one_core"] = _parts_of(fast, corpora[longest])
    return results


def _engines(fast: Encoder, slow: Encoder) -> dict[str, Callable[[list[str]], np.ndarray]]:
    def plain(texts: list[str]) -> np.ndarray:
        return slow.model.encode(texts, batch_size=32, prompt=slow.prompt, show_progress_bar=False)

    return {REFERENCE: plain, slow.engine: slow.compute, fast.engine: fast.compute}


def _take_turns(
    engines: dict[str, Callable[[list[str]], np.ndarray]], texts: Sequence[str], encoder: Encoder
) -> dict[str, Any]:
    """Embed all texts with all engines, a block at a time."""
    products = _products()
    for work in products.values():
        work()
    for encode in engines.values():
        encode(list(texts[:4]))
    wall: dict[str, list[float]] = {name: [] for name in (*engines, *products)}
    cpu: dict[str, list[float]] = {name: [] for name in (*engines, *products)}
    vectors: dict[str, list[np.ndarray]] = {name: [] for name in engines}
    blocks = [list(texts[start : start + _BLOCK]) for start in range(0, len(texts), _BLOCK)]
    for block in blocks:
        for name, encode in engines.items():
            vectors[name].append(_timed(lambda e=encode, b=block: e(b), wall[name], cpu[name]))
        for name, product in products.items():
            _timed(product, wall[name], cpu[name])
    flop = np.array([_flop(np.array(encoder.count_tokens(block))).sum() for block in blocks])
    sizes = np.array([len(block) for block in blocks])
    ceiling = {name: _PRODUCT_FLOP / np.array(cpu[name]) for name in products}
    rows = {}
    for name in engines:
        rows[name] = {
            "passages_per_second": float(np.median(sizes / wall[name])),
            "ratio": float(np.median(np.array(wall[REFERENCE]) / wall[name])),
            "cpu_ratio": float(np.median(np.array(cpu[REFERENCE]) / cpu[name])),
            "share_of_ceiling": {
                kind: float(np.median(flop / cpu[name] / ceiling[kind])) for kind in products
            },
            **_agreement(np.concatenate(vectors[REFERENCE]), np.concatenate(vectors[name])),
        }
    gigaflops = {name: float(_PRODUCT_FLOP / np.median(wall[name]) / 1e9) for name in products}
    return {"engines": rows, "ceiling_gigaflops": gigaflops}


def _timed(work: Callable[[], Any], wall: list[float], cpu: list[float]) -> Any:
    begun, begun_cpu = time.perf_counter(), time.process_time()
    result = work()
    wall.append(time.perf_counter() - begun)
    cpu.append(time.process_time() - begun_cpu)
    return result


def _agreement(reference: np.ndarray, own: np.ndarray) -> dict[str, float]:
    cosines = (own * reference).sum(axis=1)
    pairs = zip(_nearest(reference), _nearest(own), strict=True)
    return {
        "cosine_mean": float(cosines.mean()),
        "cosine_minimum": float(cosines.min()),
        "neighbours": float(np.mean([len(set(a) & set(b)) / len(a) for a, b in pairs])),
    }


def _nearest(vectors: np.ndarray) -> np.ndarray:
    nearness = vectors @ vectors.T
    np.fill_diagonal(nearness, -np.inf)
    return np.argsort(-nearness, axis=1, kind="stable")[:, : min(_NEIGHBOURS, len(vectors) - 1)]


def _flop(tokens: np.ndarray) -> np.ndarray:
    """Return the operations that texts of so many tokens need: products with weights and attention."""
    layers, width, inner = 12, 384, 1536
    return tokens * 2 * layers * (4 * width**2 + 2 * width * inner) + 4 * layers * width * tokens**2


def _products() -> dict[str, Callable[[], Any]]:
    """Return a large product of matrices in three types, each repeated to take as long as a block."""
    import torch

    rows, inner, columns = _PRODUCT
    plain = torch.randn(rows, inner), torch.randn(inner, columns)
    half = plain[0].bfloat16(), plain[1].bfloat16()
    whole = [torch.randint(-127, 127, part.shape, dtype=torch.int8) for part in plain]
    return {
        "float32": lambda: [plain[0] @ plain[1] for _ in range(_REPEATS)],
        "bfloat16": lambda: [half[0] @ half[1] for _ in range(_REPEATS)],
        "int8": lambda: [torch._int_mm(*whole) for _ in range(_REPEATS)],
    }


def _parts_of(encoder: Encoder, texts: Sequence[str]) -> dict[str, float]:
    """Return seconds a passage, on one core, of the parts of the int8 engine."""
    import torch

    block = list(texts[:64])
    first, tokens = encoder.model[0], encoder.count_tokens(block)
    torch.set_num_threads(1)
    length = int(np.mean(tokens))
    shapes = [(384, 1152), (384, 384), (384, 1536), (1536, 384)]
    products = 12 * sum(_best(_product(length, *shape)) for shape in shapes)
    prompted = [encoder.prompt + text for text in block]
    tokenizing = _best(lambda: first.preprocess(prompted)) / len(block)
    rows = first.tokenizer(prompted)["input_ids"]
    layers = _best(lambda: [first._states(row) for row in rows]) / len(block)
    whole = _best(lambda: [encoder.compute([text]) for text in block]) / len(block)
    torch.set_num_threads(count_cores())
    return {
        "one text at a time": whole,
        "of which tokenizing": tokenizing,
        "of which the layers": layers,
        "of which integer products, if done as fast as oneDNN does them": products,
    }


def _product(rows: int, inner: int, columns: int) -> Callable[[], Any]:
    import torch

    left = torch.ones(rows, inner, dtype=torch.int8)
    right = torch.ones(inner, columns, dtype=torch.int8)
    return lambda: torch._int_mm(left, right)


def _best(work: Callable[[], Any], times: int = 5) -> float:
    work()
    seconds = []
    for _ in range(times):
        begun = time.process_time()
        work()
        seconds.append(time.process_time() - begun)
    return min(seconds)


if __name__ == "__main__":
    import json
    import sys

    sys.path.insert(0, str(Path(__file__).parent))
    from embedding_corpora import read_corpora

    print(
        json.dumps(
            measure_speed(read_corpora(int(sys.argv[1]) if sys.argv[1:] else 2004)), indent=2
        )
    )
