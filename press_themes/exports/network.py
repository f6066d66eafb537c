"""Who and what occurs together, as a network for Gephi and other programs (GEXF 1.3).

Names are joined by the stories that name both; themes by the passages that bear both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from itertools import combinations
from pathlib import Path
from typing import NamedTuple, cast
from xml.sax.saxutils import quoteattr

import pandas as pd

from press_themes.exports.run_tables import RunContent
from press_themes.exports.xml_text import to_xml

_NAMESPACE = "http://gexf.net/1.3"


class _Node(NamedTuple):
    key: str
    label: str
    kind: str
    total: int


def write_network(content: RunContent, target: Path) -> None:
    """Write the names and the themes of a run, and what occurs together."""
    nodes, edges = name_network(content)
    more_nodes, more_edges = theme_network(content)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<gexf xmlns="{_NAMESPACE}" version="1.3">',
        f"<meta><creator>Press Themes</creator><description>{to_xml(content.name)}</description></meta>",
        '<graph defaultedgetype="undirected" mode="static">',
        '<attributes class="node"><attribute id="0" title="kind" type="string"/>'
        '<attribute id="1" title="count" type="integer"/></attributes>',
        '<attributes class="edge"><attribute id="0" title="kind" type="string"/></attributes>',
        "<nodes>",
        *(_node(node) for node in [*nodes, *more_nodes]),
        "</nodes>",
        "<edges>",
    ]
    kinds = [("names", edges), ("themes", more_edges)]
    numbered = [(kind, pair, n) for kind, some in kinds for pair, n in sorted(some.items())]
    lines += [
        f'<edge id="{number}" source={quoteattr(to_xml(a, quoted=False))} '
        f'target={quoteattr(to_xml(b, quoted=False))} weight="{n}">'
        f'<attvalues><attvalue for="0" value="{kind}"/></attvalues></edge>'
        for number, (kind, (a, b), n) in enumerate(numbered)
    ]
    lines += ["</edges>", "</graph>", "</gexf>", ""]
    target.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def name_network(content: RunContent) -> tuple[list[_Node], Counter[tuple[str, str]]]:
    """Return names, and how many stories name two of them."""
    names, mentions = content.table("names"), content.table("name_mentions")
    if not len(names) or not len(mentions):
        return [], Counter()
    nodes = [
        _Node(f"name:{row.name_id}", str(row.name), str(row.kind), int(cast("int", row.n_mentions)))
        for row in names.sort_values("name_id").itertuples(index=False)
    ]
    articles = content.table("articles")
    story = "story_id" if "story_id" in articles else "family_id"
    unit = mentions["article_id"].map(
        dict(zip(articles["article_id"], articles[story], strict=True)) if story in articles else {}
    )
    unit = unit.fillna(mentions["article_id"])
    known = {node.key for node in nodes}
    keys = ("name:" + mentions["name_id"].astype(str)).where(lambda key: key.isin(known))
    return nodes, _pairs(pd.DataFrame({"unit": unit, "key": keys}).dropna())


def theme_network(content: RunContent) -> tuple[list[_Node], Counter[tuple[str, str]]]:
    """Return themes, and how many passages bear two of them."""
    themes, passages = content.table("themes"), content.table("passages")
    if not len(themes) or "themes" not in passages:
        return [], Counter()
    nodes = [
        _Node(f"theme:{row.theme}", str(row.label), "theme", int(cast("int", row.n_passages)))
        for row in themes.sort_values("theme").itertuples(index=False)
    ]
    known = {node.key for node in nodes}
    borne = passages[["passage_id", "themes"]].explode("themes").dropna()
    keys = "theme:" + borne["themes"].astype(str)
    rows = pd.DataFrame({"unit": borne["passage_id"], "key": keys})
    return nodes, _pairs(rows[rows["key"].isin(known)])


def _pairs(rows: pd.DataFrame) -> Counter[tuple[str, str]]:
    counted: Counter[tuple[str, str]] = Counter()
    groups: Iterable[tuple[Hashable, pd.Series]] = rows.groupby("unit", sort=True)["key"]
    for _, keys in groups:
        counted.update(combinations(sorted(set(keys)), 2))
    return counted


def _node(node: _Node) -> str:
    return (
        f"<node id={quoteattr(to_xml(node.key, quoted=False))} "
        f"label={quoteattr(to_xml(node.label, quoted=False))}><attvalues>"
        f'<attvalue for="0" value={quoteattr(node.kind)}/>'
        f'<attvalue for="1" value="{node.total}"/></attvalues></node>'
    )
