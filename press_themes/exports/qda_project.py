"""A run as a REFI-QDA project (.qdpx), which MAXQDA, ATLAS.ti, NVivo and QualCoder open.

Articles become plain-text sources, the codebook, the topics and quotations become codes, and every
passage with a theme becomes a coded selection. Offsets count code points from 0, the end exclusive.
"""

from __future__ import annotations

import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import quoteattr

import pandas as pd

from press_themes.exports.run_tables import RunContent
from press_themes.exports.xml_text import to_xml

_NAMESPACE = "urn:QDA-XML:project:1.0"
# Where identifiers of this kind of project come from: the same run gives the same project.
_ROOT = uuid.uuid5(uuid.NAMESPACE_URL, "urn:press-themes:refi-qda")
_MACHINE, _ANALYST = "Press Themes", "Analyst"
_STAMP = (1980, 1, 1, 0, 0, 0)


class _Source(NamedTuple):
    """An article's text, and where each passage begins in it."""

    article: Any
    text: str
    places: dict[str, int]


def write_qda_project(content: RunContent, target: Path) -> None:
    """Write a run as a REFI-QDA project."""
    sources = list(_read_sources(content))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "project.qde", "".join(_project(content, sources)))
        for source in sources:
            _put(archive, f"Sources/{_guid('source', source.article.article_id)}.txt", source.text)


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, _STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, text.encode("utf-8"))


def _read_sources(content: RunContent) -> Iterator[_Source]:
    """Put the passages of each article together under its title."""
    passages = content.table("passages").sort_values(["article_id", "position", "passage_id"])
    groups = dict(list(passages.groupby("article_id", sort=False)))
    article: Any
    for article in content.table("articles").sort_values("article_id").itertuples(index=False):
        own = groups.get(article.article_id)
        parts = [_plain(article.title)] if isinstance(article.title, str) else [""]
        places, length = {}, len(parts[0])
        row: Any
        for row in [] if own is None else own.itertuples(index=False):
            length += 2
            places[row.passage_id] = length
            parts.append(_plain(row.text))
            length += len(parts[-1])
        yield _Source(article, "\n\n".join(parts), places)


def _plain(text: str) -> str:
    # One character for one, so that no offset moves.
    return to_xml(text, quoted=False).replace("\r", " ")


def _project(content: RunContent, sources: list[_Source]) -> Iterator[str]:
    title = str(content.summary.get("title", content.name))
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield f"<Project xmlns={quoteattr(_NAMESPACE)} name={_attribute(title)}"
    yield f' origin="Press Themes" creatingUserGUID="{_guid("user", _MACHINE)}">\n<Users>'
    for name in (_MACHINE, _ANALYST):
        yield f'<User guid="{_guid("user", name)}" name="{name}"/>'
    yield "</Users>\n<CodeBook><Codes>"
    yield from _codes(content)
    yield "</Codes></CodeBook>\n<Variables>"
    for name, kind in (("outlet", "Text"), ("language", "Text"), ("date", "Date")):
        yield f'<Variable guid="{_guid("variable", name)}" name="{name}" typeOfVariable="{kind}"/>'
    yield "</Variables>\n"
    if sources:
        yield "<Sources>\n"
        codings = _codings(content)
        for source in sources:
            yield from _source(source, codings)
        yield "</Sources>\n"
    note = str(content.summary.get("note") or "")
    yield f"<Description>{to_xml(note)}</Description>\n</Project>\n"


def _codes(content: RunContent) -> Iterator[str]:
    yield _branch("themes", _theme_codes(content))
    topics = content.table("topics")
    if len(topics):
        rows = topics.sort_values("topic").itertuples(index=False)
        yield _branch("topics", [_code("topic", row.topic, row.label) for row in rows])
    if len(content.table("quotations")):
        kinds = ("direct", "indirect")
        yield _branch("quotations", [_code("quotation", kind, kind) for kind in kinds])


def _theme_codes(content: RunContent) -> list[str]:
    themes = content.table("themes")
    return [
        _code(
            "theme", row.theme, row.label, getattr(row, "definition", ""), getattr(row, "color", "")
        )
        for row in themes.itertuples(index=False)
    ]


def _branch(name: str, codes: list[str]) -> str:
    opening = f'<Code guid="{_guid("branch", name)}" name="{name}" isCodable="false">'
    return f"{opening}{''.join(codes)}</Code>\n"


def _code(
    kind: str, key: object, label: object, definition: object = "", color: object = ""
) -> str:
    shade = f' color="{color}"' if _is_color(color) else ""
    told = f"<Description>{to_xml(definition)}</Description>" if isinstance(definition, str) else ""
    name = _attribute(label or key)
    return f'<Code guid="{_guid(kind, key)}" name={name} isCodable="true"{shade}>{told}</Code>'


def _is_color(color: object) -> bool:
    text = str(color)
    return (
        len(text) == 7 and text[0] == "#" and all(c in "0123456789abcdefABCDEF" for c in text[1:])
    )


class _Coding(NamedTuple):
    start: int
    end: int
    code: str
    user: str
    note: str


def _codings(content: RunContent) -> dict[str, list[_Coding]]:
    """Return what is coded in each passage, with offsets inside it; the end -1 for all of it."""
    found: dict[str, list[_Coding]] = {}
    themes = content.table("themes")
    known = set(themes["theme"]) if len(themes) else set()
    judged = _judged(content)
    row: Any
    for row in content.table("passages").itertuples(index=False):
        some = found.setdefault(row.passage_id, [])
        borne = getattr(row, "themes", None)
        for theme in [] if borne is None else borne:
            if theme in known:
                user = _ANALYST if (row.passage_id, theme) in judged else _MACHINE
                some.append(_Coding(0, -1, _guid("theme", theme), user, ""))
        topic = getattr(row, "topic", -1)
        if len(content.table("topics")) and topic in set(content.table("topics")["topic"]):
            some.append(_Coding(0, -1, _guid("topic", topic), _MACHINE, ""))
    for row in content.table("quotations").itertuples(index=False):
        code = _guid("quotation", row.kind)
        note = _coded_name(row.speaker, row.verb)
        found.setdefault(row.passage_id, []).append(
            _Coding(row.start, row.end, code, _MACHINE, note)
        )
    return found


def _coded_name(speaker: str, verb: str) -> str:
    return f"{speaker} ({verb})" if speaker and verb else speaker


def _judged(content: RunContent) -> set[tuple[str, str]]:
    scores = content.table("theme_scores")
    if "judged" not in scores:
        return set()
    rows = scores[scores["judged"].astype(str).str.lower().isin(["yes", "true"])]
    return set(zip(rows["passage_id"], rows["theme"], strict=True))


def _source(source: _Source, codings: dict[str, list[_Coding]]) -> Iterator[str]:
    article = source.article
    guid = _guid("source", article.article_id)
    name = _attribute(article.title or article.article_id)
    yield f'<TextSource guid="{guid}" name={name} plainTextPath="internal://{guid}.txt">'
    stops = [place - 2 for place in list(source.places.values())[1:]] + [len(source.text)]
    ends = dict(zip(source.places, stops if source.places else [], strict=True))
    for passage_id, begin in source.places.items():
        spans: dict[tuple[int, int, str], list[_Coding]] = {}
        for coding in codings.get(passage_id, []):
            stop = ends[passage_id] if coding.end < 0 else begin + coding.end
            spans.setdefault((begin + coding.start, stop, coding.note), []).append(coding)
        for (start, stop, note), some in sorted(spans.items()):
            yield _selection(passage_id, start, stop, note, some)
    yield from _values(article)
    yield "</TextSource>\n"


def _selection(passage_id: str, start: int, stop: int, note: str, some: list[_Coding]) -> str:
    own = f"{passage_id}/{start}/{stop}/{note}"
    codings = "".join(
        f'<Coding guid="{_guid("coding", f"{own}/{c.code}")}" creatingUser="{_guid("user", c.user)}">'
        f'<CodeRef targetGUID="{c.code}"/></Coding>'
        for c in some
    )
    told = f"<Description>{to_xml(note)}</Description>" if note else ""
    return (
        f'<PlainTextSelection guid="{_guid("selection", own)}" name={_attribute(note or passage_id)} '
        f'startPosition="{start}" endPosition="{stop}" creatingUser="{_guid("user", some[0].user)}">'
        f"{told}{codings}</PlainTextSelection>"
    )


def _values(article: Any) -> Iterator[str]:
    for name in ("outlet", "language", "date"):
        value = getattr(article, name, None)
        if value is None or value != value or value is pd.NaT or str(value) == "":
            continue
        text = f"{value:%Y-%m-%d}" if name == "date" and hasattr(value, "strftime") else str(value)
        kind = "DateValue" if name == "date" else "TextValue"
        reference = f'<VariableRef targetGUID="{_guid("variable", name)}"/>'
        yield f"<VariableValue>{reference}<{kind}>{to_xml(text)}</{kind}></VariableValue>"


def _guid(kind: str, key: object) -> str:
    return str(uuid.uuid5(_ROOT, f"{kind}/{key}"))


def _attribute(text: object) -> str:
    return quoteattr(to_xml(" ".join(str(text).split()), quoted=False))
