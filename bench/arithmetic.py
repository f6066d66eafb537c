"""What the arithmetic of the vectors decides: bits, cosines, themes, and processor time, by setting.

Each setting embeds the shipped corpus in a process of its own with an empty store of vectors. A setting
that stands for another maker's processor is forced here; what is not forced is `fix_arithmetic`'s.
Run as ``python bench/arithmetic.py [RESULT.md]`` with the project's Python.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from press_themes.vectors.processor import FORCED, MKL, PRODUCTS, name_processor

ROOT = Path(__file__).resolve().parent.parent
# The first is what every machine is asked for.
SETTINGS = {
    "as the project asks": {},
    "again": {},
    "with Intel's library (as on Intel before)": {MKL: "1"},
    "products on narrower instructions": {PRODUCTS: "SSE41"},
    "AVX throughout": {FORCED: "AVX", PRODUCTS: "AVX"},
    "AVX-512 throughout": {FORCED: "AVX512", PRODUCTS: "AVX512_CORE_VNNI"},
}


def embed_here(out: Path) -> None:
    """Embed the corpus and judge its themes; keep vectors, themes and processor time."""
    import press_themes as pt

    run = pt.open(ROOT / "corpus")
    texts = list(run.split["text"])
    run.encoder.compute(texts[:2])
    begun = resource.getrusage(resource.RUSAGE_SELF)
    vectors = run.encoder.compute(texts)
    ended = resource.getrusage(resource.RUSAGE_SELF)
    seconds = ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime
    scores = run.theme_scores
    borne = scores[scores["assigned"]].groupby("passage_id")["theme"].agg(" ".join)
    themes = borne.reindex(run.split["passage_id"]).fillna("").to_numpy(dtype=str)
    np.savez(out, vectors=vectors, themes=themes, seconds=seconds, engine=run.encoder.engine)


def compare_settings() -> pd.DataFrame:
    """Embed under every setting this processor knows and compare with the first.

    Returns
    -------
    DataFrame
        ``setting, engine, equal_to_the_bit`` (share of passages), ``least_cosine``,
        ``themes_changed`` (passages), ``processor_time`` (ratio to the first).
    """
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        found: dict[str, dict[str, np.ndarray]] = {}
        for number, (name, forced) in enumerate(SETTINGS.items()):
            if "AVX512" in forced.values() and "avx512" not in name_processor():
                continue
            found[name] = _embed_apart(Path(folder) / f"{number}.npz", forced)
        first = next(iter(found.values()))
        for name, own in found.items():
            cosines = (own["vectors"] * first["vectors"]).sum(axis=1)
            rows.append(
                {
                    "setting": name,
                    "engine": str(own["engine"]),
                    "equal_to_the_bit": (own["vectors"] == first["vectors"]).all(axis=1).mean(),
                    "least_cosine": cosines.min(),
                    "themes_changed": int((own["themes"] != first["themes"]).sum()),
                    "processor_time": float(own["seconds"] / first["seconds"]),
                }
            )
    return pd.DataFrame(rows)


def _embed_apart(out: Path, forced: dict[str, str]) -> dict[str, np.ndarray]:
    environment = {
        name: os.environ[name] for name in os.environ if name not in (FORCED, MKL, PRODUCTS)
    }
    with tempfile.TemporaryDirectory() as cache:
        # Weights are converted once; only the vectors must be new.
        for name in _cached():
            (Path(cache) / name.name).symlink_to(name)
        given = {**environment, **forced, "PRESS_THEMES_CACHE": cache}
        subprocess.run([sys.executable, __file__, "--here", str(out)], env=given, check=True)
    with np.load(out) as file:
        return dict(file)


def _cached() -> list[Path]:
    from press_themes.vectors.encoders import encoder_cache, load_encoder

    load_encoder()
    return [path for path in encoder_cache().iterdir() if path.name != "vectors"]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--here"]:
        embed_here(Path(sys.argv[2]))
    else:
        table = compare_settings()
        rows = table.to_markdown(index=False, floatfmt=".5f")
        text = f"On {name_processor()}, the corpus that ships:\n\n{rows}\n"
        print(text)
        for result in sys.argv[1:]:
            Path(result).write_text(f"# Arithmetic of the vectors\n\n{text}", encoding="utf-8")
