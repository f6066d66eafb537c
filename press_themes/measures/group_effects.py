"""Group effects: how a share differs between groups when several are held equal at once.

An outlet that writes from another country, in other weeks, is compared as if it had written from
the same country in the same weeks.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from press_themes.errors import ConfigurationError
from press_themes.measures.held_errors import hold_errors

COLUMNS = [
    "name",
    "column",
    "group",
    "reference",
    "n_articles",
    "n_stories",
    "n_bearing",
    "share",
    "effect",
    "effect_low",
    "effect_high",
    "error",
    "beyond_chance",
    "note",
]
# A slope this steep means that a group bears the theme always or never: no effect can be told.
_STEEPEST = 15.0
_CONFIDENCE = 0.95


@dataclass(frozen=True)
class GroupEffectSettings:
    """What is modelled and what is refused.

    Attributes
    ----------
    groups : tuple of str
        Columns of the articles to hold equal at once, e.g. ``("outlet", "language")``. A column of
        dates is taken by month.
    fewest_stories : int
        A group told in fewer stories is not compared; its articles are left out and counted.
    fewest_bearing : int
        Stories of a group in which some passage must bear the theme, and in which some must not.
    most_groups : int
        Largest groups of a column; the others are left out and counted.
    error : float
        Chance that any of all effects stated passes by accident (Holm).
    """

    groups: tuple[str, ...] = ("outlet", "language")
    fewest_stories: int = 10
    fewest_bearing: int = 3
    most_groups: int = 12
    error: float = 0.05


def model_groups(
    bearing: pd.DataFrame,
    articles: pd.DataFrame,
    settings: GroupEffectSettings = GroupEffectSettings(),
) -> pd.DataFrame:
    """Model the share of passages that bear each theme or topic on several groups at once.

    Parameters
    ----------
    bearing : DataFrame
        ``article_id, name, n_passages, n_bearing``: of each article and theme (or topic), how many
        passages it has and how many bear it, or how many are expected to (fractions are allowed).
        An article without a row for a name bears none; its passages are known from its others.
    articles : DataFrame
        With ``article_id``, ``story_id`` (or ``family_id``) and the columns in `settings.groups`.
    settings : GroupEffectSettings
        What is modelled and what is refused.

    Returns
    -------
    DataFrame
        One row a name, column and group beside the reference: ``name, column, group, reference,
        n_articles, n_stories, n_bearing`` (stories with the theme in the group), ``share`` (0 to 1,
        as observed), ``effect, effect_low, effect_high`` (what the share differs from that of the
        reference, other columns held equal, −1 to 1; 95 %), ``error`` (chance of so large an effect
        by accident, held over all rows after Holm), ``beyond_chance``, ``note``. The reference of
        a column is its largest group. Effects are NaN where `note` says why: "few stories", "bears
        always or never", "one group", "told by other columns".

    Notes
    -----
    A binomial logit over passages with errors that allow for the likeness within stories (Liang
    and Zeger 1986, doi:10.1093/biomet/73.1.13), with as many degrees of freedom as stories less
    coefficients; effects are average marginal effects (Lane and Nelder 1982), with intervals by
    the delta method that reckon the mix of articles as given.
    """
    table, kept, left_out = _prepare(articles, settings)
    rows: list[dict[str, Any]] = []
    sizes = bearing.groupby("article_id")["n_passages"].max()
    table = table.assign(n_passages=table["article_id"].map(sizes).fillna(0.0))
    table = table[table["n_passages"] > 0].reset_index(drop=True)
    for name, found in bearing.groupby("name", sort=True):
        counts = table["article_id"].map(found.set_index("article_id")["n_bearing"]).fillna(0.0)
        rows += _model_one(str(name), table.assign(n_bearing=counts), kept, settings)
        rows += [{"name": str(name), **row} for row in left_out]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    numbers = ["n_bearing", "share", "effect", "effect_low", "effect_high", "error"]
    frame = frame.astype(dict.fromkeys(numbers, float))
    frame["error"] = hold_errors(frame["error"].to_numpy())
    frame["beyond_chance"] = frame["error"] < settings.error
    return frame


def count_bearing(passages: pd.DataFrame, column: str = "themes") -> pd.DataFrame:
    """Count the passages of each article that bear each theme or belong to each topic.

    Parameters
    ----------
    passages : DataFrame
        With ``article_id`` and `column`.
    column : {"themes", "topic"}
        ``themes`` holds lists of names, ``topic`` whole numbers; outliers (-1) bear none.

    Returns
    -------
    DataFrame
        ``article_id, name, n_passages, n_bearing``, a row for every article and every name.
    """
    sizes = passages.groupby("article_id").size().rename("n_passages").reset_index()
    lists = [
        list(value) if column == "themes" else [str(value)] if value >= 0 else []
        for value in passages[column]
    ]
    borne = pd.DataFrame({"article_id": passages["article_id"].to_numpy(), "name": lists})
    # Where nothing is borne the names would have no type of their own.
    borne = borne.explode("name").dropna(subset=["name"]).astype({"name": object})
    counts = borne.groupby(["article_id", "name"]).size().rename("n_bearing").reset_index()
    names = pd.DataFrame({"name": sorted(borne["name"].unique())}, dtype=object)
    grid = sizes.merge(names, how="cross")
    table = grid.merge(counts, on=["article_id", "name"], how="left")
    return table.assign(n_bearing=table["n_bearing"].fillna(0.0).astype(float))[
        ["article_id", "name", "n_passages", "n_bearing"]
    ]


def _prepare(
    articles: pd.DataFrame, settings: GroupEffectSettings
) -> tuple[pd.DataFrame, dict[str, list[str]], list[dict[str, Any]]]:
    """Return the articles that can be compared, the groups of each column, and what is left out."""
    story = "story_id" if "story_id" in articles else "family_id"
    table = articles[["article_id"]].assign(story=articles[story].astype(str).to_numpy())
    kept: dict[str, list[str]] = {}
    left_out: list[dict[str, Any]] = []
    for column in settings.groups:
        values = _as_groups(_find_column(articles, column))
        table[column] = values
        known = table.dropna(subset=[column])
        sizes = known.groupby(column)["story"].nunique()
        order = sorted(sizes.index, key=lambda group: (-sizes[group], group))
        enough = [group for group in order if sizes[group] >= settings.fewest_stories]
        kept[column] = enough[: settings.most_groups]
        for group in order:
            if group not in kept[column]:
                n_articles = int((table[column] == group).sum())
                left_out.append(
                    _row(column, group, "", n_articles, int(sizes[group]), note="few stories")
                )
        if len(kept[column]) < 2:
            # Nothing to compare it with; its articles stay in the comparison of other columns.
            left_out.extend(
                _row(column, group, "", int((table[column] == group).sum()), int(sizes[group]),
                     note="one group")
                for group in kept.pop(column)
            )  # fmt: skip
    for column in kept:
        table = table[table[column].isin(kept[column])]
    return table.sort_values("article_id").reset_index(drop=True), kept, left_out


def _find_column(articles: pd.DataFrame, name: str) -> pd.Series:
    """Return a column of the articles, or a further one of the input by its own name."""
    for column in (name, f"group_{name}"):
        if column in articles:
            return articles[column]
    further = [c.removeprefix("group_") for c in articles.columns if c.startswith("group_")]
    known = ", ".join(["outlet", "language", *sorted(further)])
    raise ConfigurationError("groups", f"no column is called '{name}'", f"choose among {known}")


def _as_groups(values: pd.Series) -> pd.Series:
    if pd.api.types.is_datetime64_any_dtype(values):
        return values.dt.strftime("%Y-%m").astype("object")
    return values.map(lambda value: None if pd.isna(value) else str(value)).astype("object")


def _row(
    column: str, group: str, reference: str, n_articles: int, n_stories: int, note: str = ""
) -> dict[str, Any]:
    return {
        "column": column,
        "group": group,
        "reference": reference,
        "n_articles": n_articles,
        "n_stories": n_stories,
        "n_bearing": np.nan,
        "note": note,
    }


def _model_one(
    name: str, table: pd.DataFrame, kept: dict[str, list[str]], settings: GroupEffectSettings
) -> list[dict[str, Any]]:
    """Return the rows of one theme."""
    rows = []
    bears, lacks = table["n_bearing"] > 0, table["n_bearing"] < table["n_passages"]
    for column, groups in kept.items():
        for group in groups[1:]:
            own = table[column] == group
            row = _row(column, group, groups[0], int(own.sum()), table[own]["story"].nunique())
            row["n_bearing"] = table[own & bears]["story"].nunique()
            row["share"] = table["n_bearing"][own].sum() / max(table["n_passages"][own].sum(), 1)
            row["n_lacking"] = table[own & lacks]["story"].nunique()
            rows.append({"name": name, **row})
    if not rows:
        return rows
    fitted = _fit(table, kept)
    for row in rows:
        fewest = min(row["n_bearing"], row.pop("n_lacking"))
        if row["n_stories"] < settings.fewest_stories:
            row["note"] = "few stories"
        elif fewest < settings.fewest_bearing:
            row["note"] = "bears always or never"
        elif fitted is None:
            row["note"] = "told by other columns"
        else:
            row.update(_effect(fitted, table, kept, (row["column"], row["group"])))
    return rows


def _design(table: pd.DataFrame, kept: dict[str, list[str]]) -> tuple[np.ndarray, list[Any]]:
    columns: list[np.ndarray] = [np.ones(len(table))]
    terms: list[Any] = [None]
    for column, groups in kept.items():
        for group in groups[1:]:
            columns.append((table[column] == group).to_numpy(dtype=float))
            terms.append((column, group))
    return np.column_stack(columns), terms


def _fit(table: pd.DataFrame, kept: dict[str, list[str]]) -> dict[str, Any] | None:
    """Fit the logit; None where the columns tell the same groups apart."""
    import statsmodels.api as sm

    design, terms = _design(table, kept)
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return None
    size = table["n_passages"].to_numpy(dtype=float)
    clusters, codes = np.unique(table["story"].to_numpy(dtype=str), return_inverse=True)
    model = sm.GLM(
        table["n_bearing"].to_numpy(dtype=float) / size,
        design,
        family=sm.families.Binomial(),
        var_weights=size,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = model.fit(cov_type="cluster", cov_kwds={"groups": codes}, maxiter=50)
    freedom = max(len(clusters) - design.shape[1], 1)
    return {
        "terms": terms,
        "design": design,
        "slopes": np.asarray(result.params),
        "covariance": np.asarray(result.cov_params()),
        "freedom": freedom,
        "size": size,
    }


def _effect(
    fitted: dict[str, Any],
    table: pd.DataFrame,
    kept: dict[str, list[str]],
    wanted: tuple[str, str],
) -> dict[str, Any]:
    """Return the average marginal effect of a group against its reference."""
    from scipy.stats import t

    place = fitted["terms"].index(wanted)
    if abs(fitted["slopes"][place]) > _STEEPEST:
        return {"note": "bears always or never"}
    with_it, without = fitted["design"].copy(), fitted["design"].copy()
    of_column = [at for at, term in enumerate(fitted["terms"]) if term and term[0] == wanted[0]]
    with_it[:, of_column] = without[:, of_column] = 0.0
    with_it[:, place] = 1.0
    weights = fitted["size"] / fitted["size"].sum()
    shares = [1 / (1 + np.exp(-design @ fitted["slopes"])) for design in (with_it, without)]
    effect = float(weights @ (shares[0] - shares[1]))
    gradient = (weights * shares[0] * (1 - shares[0])) @ with_it
    gradient = gradient - (weights * shares[1] * (1 - shares[1])) @ without
    spread = float(np.sqrt(gradient @ fitted["covariance"] @ gradient))
    reach = t.ppf((1 + _CONFIDENCE) / 2, fitted["freedom"]) * spread
    return {
        "effect": effect,
        "effect_low": effect - reach,
        "effect_high": effect + reach,
        "error": float(2 * t.sf(abs(effect) / max(spread, 1e-12), fitted["freedom"])),
    }
