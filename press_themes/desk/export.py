"""Export: any passages shown, as a CSV that no spreadsheet runs, and the map as a picture.

Files go to a folder beside the run, which a new run does not replace, and never over another file.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd

from press_themes.desk.collection import Collection
from press_themes.runs.formats import write_csv

COLUMNS = [
    "passage_id", "article_id", "position", "outlet", "date", "language", "title", "url",
    "topic", "topic_label", "themes", "strength", "nearness", "text",
]  # fmt: skip


def export_passages(collection: Collection, listed: pd.DataFrame, folder: Path) -> Path:
    """Write passages to a CSV file."""
    table = collection.passages.iloc[listed["row"]].reset_index(drop=True)
    labels = dict(zip(collection.topics["topic"], collection.topics["label"], strict=True))
    table["topic_label"] = table["topic"].map(labels).fillna("")
    table["themes"] = [";".join(themes) for themes in table["themes"]]
    table["date"] = table["date"].dt.strftime("%Y-%m-%d").fillna("")
    table["strength"] = listed["strength"].to_numpy().round(4)
    table["nearness"] = listed["nearness"].to_numpy().round(4)
    path = name_file(folder, "passages", "csv")
    write_csv(path, table[COLUMNS])
    return path


def draw_view(
    collection: Collection, rows: np.ndarray, colors: pd.DataFrame, caption: str, folder: Path
) -> Path:
    """Draw the passages shown on the map of all."""
    path = name_file(folder, "map", "png")
    path.write_bytes(picture_map(collection, rows, colors, caption))
    return path


def picture_map(
    collection: Collection, rows: np.ndarray, colors: pd.DataFrame, caption: str
) -> bytes:
    """Draw the map as a PNG, for a file or for a browser without WebGL."""
    from io import BytesIO

    from matplotlib.figure import Figure

    from press_themes.telling.charts.house_style import use_house_style

    x, y = collection.passages["x"].to_numpy(), collection.passages["y"].to_numpy()
    size = float(np.clip(2000 / max(1, len(x)) ** 0.5, 1, 30))
    with use_house_style():
        figure = Figure(figsize=(9, 6), layout="constrained")
        axes = figure.add_subplot()
        axes.scatter(x, y, s=size, color="#D9D9D9", linewidths=0, rasterized=True)
        chosen = colors.iloc[rows].assign(x=x[rows], y=y[rows])
        for (label, color), points in chosen.groupby(["label", "color"], sort=False):
            axes.scatter(points["x"], points["y"], s=size, color=color, label=label, linewidths=0)
        axes.set_axis_off()
        axes.set_title(caption, loc="left", fontsize=9, wrap=True)
        if len(chosen):
            axes.legend(loc="center left", bbox_to_anchor=(1, 0.5), markerscale=2, frameon=False)
        picture = BytesIO()
        figure.savefig(picture, format="png", dpi=110)
    return picture.getvalue()


def name_file(folder: Path, noun: str, ending: str) -> Path:
    """Name the next file of a kind."""
    folder.mkdir(parents=True, exist_ok=True)
    pattern = re.compile(rf"{noun}-(\d+)\.{ending}")
    taken = [int(m.group(1)) for p in folder.iterdir() if (m := pattern.fullmatch(p.name))]
    return folder / f"{noun}-{max(taken, default=0) + 1:03d}.{ending}"
