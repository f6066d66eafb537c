"""Who speaks in Chinese and Japanese text, where no space parts the words.

The speaker is what stands between the last mark of punctuation and the verb.
"""

from __future__ import annotations

import re
from functools import lru_cache

from press_themes.voices.language_pages import plain_list, plain_verbs

Places = tuple[int, int]
#: Speaker ("pronoun" or "thing" where nobody is named) and verb.
Found = tuple[Places | str, Places]

_LONGEST = 16
_TIME = re.compile(
    r"^(?:(?:上周|本周|下周|周|星期|礼拜)[一二三四五六日天末]?|\d+月\d+日|\d+日|昨天|今天|近日|日前|此前|随后|之后|但是?|而且?|不过|然而|同时|因此|所以|另外|此外|其中|对此)+"
)
_TAIL = re.compile(
    r"(?:在[^，。]{1,14}[中上里时]|向[^，。]{1,8}|对[^，。]{1,8}|心情激动得|激动地|还|也|则|曾|已|又|并|就|均|都|再次|公开|随后|后来|这样|如此|\s)+$"
)
_NAME = re.compile(r"(?:[一-鿿]{1,6}[·・‧•]){1,3}[一-鿿]{1,6}$|[A-Z][\w.-]*(?:\s+[A-Z][\w.-]*)*$")
_REPORT = re.compile(r"据(?P<who>[^，。；：]{2,14}?)(?:报道|报导|称|透露|消息)")


@lru_cache(maxsize=8)
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    verbs = "|".join(map(re.escape, plain_verbs(language)))
    before = re.compile(
        rf"(?P<who>[^，。；！？：“”「」\n]*?)(?P<verb>{verbs})(?:道|过)?[:：，,\s]*$"
    )
    after = re.compile(
        rf"[，,\s]*(?P<who>[^，。；！？：“”「」\n]{{1,{_LONGEST}}}?)(?P<verb>{verbs})(?:道|过)?\s*(?=[，。；：:,]|$)"
    )
    clause = re.compile(
        rf"(?P<who>[^，。；！？：“”「」\n]{{0,40}}?)(?P<verb>{verbs})[，,：:]?\s*(?P<what>[^。！？\n]{{4,}})"
    )
    return before, after, clause


@lru_cache(maxsize=8)
def _compounds(language: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, plain_list(language, "compounds"))))


def _masked(text: str, language: str) -> str:
    """Hide words in which a verb of speech is only a part; places stay as they are."""
    return _compounds(language).sub(lambda match: "〇" * len(match.group()), text)


def words_before_name(name: str) -> int:
    """Return how many characters before a name with dots belong to the sentence, not to the name."""
    first = re.split("[·・‧•]", name)[0]
    if first == name:
        return 0
    cut = 0
    for word in plain_list("zh", "before_names"):
        place = first.rfind(word)
        if place >= 0 and place + len(word) < len(first):
            cut = max(cut, place + len(word))
    return max(cut, len(first) - 4)


def spoken_before(text: str, start: int, end: int, language: str) -> Found | None:
    """Find verb and speaker in what leads to a quotation; see `_result`."""
    match = _last(_patterns(language)[0], _masked(text, language), start, end)
    return _result(text, match, start, language) if match else None


def spoken_after(text: str, start: int, end: int, language: str) -> Found | None:
    """Find verb and speaker in what follows a quotation."""
    match = _patterns(language)[1].match(_masked(text, language), start, end)
    return _result(text, match, start, language) if match else None


def clauses_reported(
    text: str, start: int, end: int, language: str
) -> list[tuple[Places | str, Places, Places]]:
    """Find reported clauses of one sentence: verb and speaker as above, and the clause's places."""
    match = _patterns(language)[2].match(_masked(text, language), start, end)
    follows = text[match.end("verb")] if match else ""
    if match and match["verb"] in plain_list(language, "zero") and follows not in "的了过出":
        found = _result(text, match, start, language)
        if found:
            return [(*found, match.span("what"))]
    report = _REPORT.match(text, start, end)
    if report:
        after = report.end()
        while after < end and text[after] in "，,":
            after += 1
        return (
            [(report.span("who"), (report.start(), report.end()), (after, end))]
            if after < end
            else []
        )
    return []


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    cut = max((text.rfind(mark, start, end - 1) for mark in "。！？\n"), default=-1)
    from_ = max(start, cut + 1)
    comma = max(text.rfind(mark, from_, end) for mark in "，；")
    tail = text[comma + 1 : end].strip() if comma >= 0 else ""
    # "X said, “…”": the comma belongs to the verb.
    if comma >= 0 and tail:
        from_ = comma + 1
    elif comma >= 0:
        previous = max(text.rfind(mark, from_, comma) for mark in "，；")
        from_ = max(from_, previous + 1)
    return pattern.match(text, from_, end)


def _result(text: str, match: re.Match[str], start: int, language: str) -> Found | None:
    """Return places of speaker and verb; "pronoun" for a speaker who is not named, None if unsure."""
    begin, end = match.span("who")
    while begin < end and text[begin].isspace():
        begin += 1
    time = _TIME.match(text[begin:end])
    if time:
        begin += time.end()
    tail = _TAIL.search(text[begin:end])
    if tail:
        end = begin + tail.start()
    who = text[begin:end]
    if not who.strip() or who in plain_list(language, "pronouns"):
        return "thing" if who in ("它", "它们", "牠") else "pronoun", match.span("verb")
    name = _NAME.search(who)
    if name:
        start = begin + name.start() + words_before_name(name.group())
        return (start, end), match.span("verb")
    if len(who) > _LONGEST:
        return None
    return (begin, end), match.span("verb")
