"""The trend of one theme as a drawing the size of a line of text, with the same told in words.

It is drawn here and not by Matplotlib, because a page with sixty of them must stay small.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from markupsafe import Markup

from press_themes.telling.charts.basis import state_basis
from press_themes.telling.charts.time_axis import find_fullest, name_step
from press_themes.telling.rows import each_row
from press_themes.telling.wording import Wording

_WIDTH, _HEIGHT, _MARGIN = 320.0, 64.0, 8.0
_FEWEST_FOR_LINE = 3
_MOST_TOLD = 8


def draw_small_trend(tables: Any, theme: str, words: Wording) -> dict[str, Any]:
    """Draw the share of a theme in every period, beside the dates it runs between."""
    trends = tables.trends
    own = trends[trends["theme"] == theme]
    told = own[own["status"] != "empty"].sort_values("period")
    if len(told) < 2:
        return {"reason": words("trend.none")}
    fullest = find_fullest(tables)
    if fullest is not None:
        return {"reason": words("trend.concentrated", share=words.percent(fullest.share))}
    step = name_step(trends)
    top = float(told[["share", "share_high"]].max().max())
    if top <= 0:
        return {"reason": words("trend.zero")}
    return {
        "reason": "",
        "drawing": _draw(own, top, _tell(told, step, words)),
        "top": words.percent(top),
        "first": words.date(told["period"].iloc[0], step),
        "last": words.date(told["period"].iloc[-1], step),
        "caption": f"{words('trend.caption', period=words(f'period.{step}', n=1))} "
        + state_basis(told["basis"], words),
    }


def _tell(told: pd.DataFrame, step: str, words: Wording) -> str:
    """Tell the shares of a few periods one by one, and the highest and last of many."""
    chosen = told
    if len(told) > _MOST_TOLD:
        chosen = pd.concat([told.nlargest(1, "share"), told.tail(1)]).drop_duplicates("period")
    parts = [
        words(
            "trend.period",
            date=words.date(row.period, step),
            n=int(row.n_passages),
            whole=words.number(row.n_period),
        )
        for row in each_row(chosen)
    ]
    key = "trend.told" if len(chosen) == len(told) else "trend.told.some"
    return words(key, periods="; ".join(parts))


def _draw(own: pd.DataFrame, top: float, alternative: str) -> Markup:
    periods = own.sort_values("period").reset_index(drop=True)
    told = periods[periods["status"] != "empty"]
    start, end = told["period"].iloc[0], told["period"].iloc[-1]
    passed = (told["period"] - start) / (end - start)
    across = [_MARGIN + (_WIDTH - 2 * _MARGIN) * share for share in passed]
    upward = [_place(share, top) for share in told["share"]]
    marks = [f'<path class="axis" d="M0 {_place(0, top)}H{_WIDTH:g}"/>']
    for x, row in zip(across, each_row(told), strict=True):
        if pd.notna(row.share_low):
            low, high = _place(row.share_low, top), _place(row.share_high, top)
            marks.append(f'<path class="interval" d="M{x:.1f} {low}V{high}"/>')
    if len(told) >= _FEWEST_FOR_LINE:
        marks.append(f'<path class="line" d="{_join(list(told.index), across, upward)}"/>')
    for x, y, row in zip(across, upward, each_row(told), strict=True):
        kind = "hollow" if row.status == "partial" else "dot"
        marks.append(
            f'<path class="{kind}" d="M{x:.1f} {y - 4:g}l4 4l-4 4l-4 -4z"/>'
            if row.basis == "judged"
            else f'<circle class="{kind}" cx="{x:.1f}" cy="{y}" r="3"/>'
        )
    shapes = Markup("").join(Markup(mark) for mark in marks)
    return Markup('<svg viewBox="0 0 {:g} {:g}" role="img" aria-label="{}">{}</svg>').format(
        _WIDTH, _HEIGHT, alternative, shapes
    )


def _place(share: float, top: float) -> float:
    return round(_HEIGHT - _MARGIN - (_HEIGHT - 2 * _MARGIN) * share / top, 1)


def _join(places: list[int], across: list[float], upward: list[float]) -> str:
    """Join periods that follow one another; a gap begins a new line."""
    path, last = "", None
    for place, x, y in zip(places, across, upward, strict=True):
        path += f"{'L' if last is not None and place == last + 1 else 'M'}{x:.1f} {y}"
        last = place
    return path
