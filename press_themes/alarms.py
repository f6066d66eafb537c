"""What is said before everything else, because whoever does not know it reads the rest wrongly."""

from __future__ import annotations

from typing import Any

from press_themes.articles.article_rows import LONGEST_ARTICLE
from press_themes.tables import RunTables
from press_themes.telling.wording import LANGUAGES, load_wording, say_in_all

# One article with more of the passages than this is what every topic and share is about.
_DOMINATING = 0.25


def state_alarms(
    tables: RunTables, codebook_is_default: bool, regime: dict[str, Any]
) -> list[dict[str, str]]:
    """Say what would mislead whoever reads on without knowing it.

    Parameters
    ----------
    tables : RunTables
        Articles and the quality of alignment are read.
    codebook_is_default : bool
        Whether the codebook is the one that ships.
    regime : dict
        How topics were found; ``largest_article`` is the share of passages that one article has.

    Returns
    -------
    list of dict of str to str
        A sentence by language for each: a codebook not made for the corpus, languages kept apart or
        not told, articles too long to be one, headlines without texts, one article that dominates.
    """
    articles, alarms = tables.articles, []
    if codebook_is_default:
        alarms.append(say_in_all("alarm.default_codebook"))
    quality = tables.alignment_quality
    apart = quality[quality["apart"].astype(bool)]["language"].tolist() if len(quality) else []
    if apart:
        alarms.append(_name_languages("alarm.apart", apart))
    unsure = int((~articles["language"].map(lambda x: isinstance(x, str) and x != "")).sum())
    if unsure:
        alarms.append(say_in_all("alarm.language", unsure, articles=len(articles)))
    long = int((articles["n_chars"] > LONGEST_ARTICLE).sum()) if "n_chars" in articles else 0
    if long:
        alarms.append(say_in_all("alarm.long", long))
    headlines = int((articles["kind"] == "headline").sum()) if "kind" in articles else 0
    if headlines == len(articles) and headlines:
        alarms.append(say_in_all("alarm.headlines_only"))
    elif headlines:
        alarms.append(say_in_all("alarm.headlines", headlines, articles=len(articles)))
    share = float(regime.get("largest_article") or 0.0)
    if share > _DOMINATING:
        alarms.append(_name_share("alarm.dominating", share))
    return alarms


def _name_languages(key: str, codes: list[str]) -> dict[str, str]:
    said = {}
    for language in LANGUAGES:
        words = load_wording(language)
        said[language] = words(key, languages=words.join([words.language_name(x) for x in codes]))
    return said


def _name_share(key: str, share: float) -> dict[str, str]:
    return {x: load_wording(x)(key, share=load_wording(x).percent(share)) for x in LANGUAGES}
