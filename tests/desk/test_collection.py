"""What is packed for the desk is what the tables hold, and stays small."""

from __future__ import annotations

import base64
import gzip
import json
import re

import numpy as np
import pandas as pd
import pytest
from collections_for_tests import FOUR, build_parts, hand_over

from press_themes.desk.collection import embed_component, encode_payload, pack_collection


def _unpack(packed: dict[str, str], kind: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(packed["data"]), dtype=kind)


def test_columns_come_back_as_they_were() -> None:
    parts = build_parts()
    packed = json.loads(encode_payload(pack_collection(parts, hand_over())))
    told = packed["passages"]
    assert told["id"] == parts.passages["passage_id"].tolist()
    assert _unpack(told["topic"], "<i4").tolist() == parts.passages["topic"].tolist()
    assert np.allclose(_unpack(told["x"], "<f4"), parts.passages["x"])
    articles = parts.articles["article_id"].to_numpy()
    places = _unpack(told["article"], "<u4")
    assert articles[places].tolist() == parts.passages["article_id"].tolist()
    bears = _unpack(told["bears"], "u1").reshape(len(parts.passages), -1)
    names = [theme["theme"] for theme in packed["themes"]]
    for row, themes in zip(bears, parts.passages["themes"], strict=True):
        assert sorted(np.array(names)[row == 1]) == sorted(themes)


def test_rows_in_another_order_give_the_same_scores() -> None:
    parts = build_parts()
    mixed = parts._replace(theme_scores=parts.theme_scores.sample(frac=1, random_state=1))
    assert pack_collection(mixed) == pack_collection(parts)


@pytest.mark.parametrize("field", ["title", "outlet", "date", "url"])
def test_what_is_not_stated_is_an_empty_text(field: str) -> None:
    parts = build_parts()
    articles = parts.articles.assign(**{field: pd.NaT if field == "date" else None})
    packed = pack_collection(parts._replace(articles=articles))
    assert set(packed["articles"][field]) == {""}


def test_a_run_without_themes_and_topics_can_be_packed() -> None:
    parts = build_parts()
    bare = {name: getattr(parts, name).head(0) for name in ("theme_scores", "themes", "topics")}
    nowhere = parts.passages.assign(topic=-1, x=np.nan, y=np.nan)
    packed = pack_collection(parts._replace(passages=nowhere, **bare))
    assert packed["themes"] == packed["topics"] == []
    json.dumps(packed, allow_nan=False)


def test_a_page_holds_no_text_as_markup_and_is_the_same_each_time() -> None:
    hostile = "</script><script>alert(1)</script>"
    payload = pack_collection(build_parts(FOUR, [hostile]), hand_over())
    page = embed_component(payload)
    assert hostile not in page
    assert page.count("</script>") == 2
    assert page == embed_component(payload)
    data = re.search(r'type="text/plain" id="desk-data">([^<]+)<', page)
    assert data is not None
    assert json.loads(gzip.decompress(base64.b64decode(data[1]))) == payload
