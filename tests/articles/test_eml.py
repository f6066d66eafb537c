import email.policy
import io
import zipfile
from email.message import EmailMessage

import pytest
from articles_for_tests import (
    ARABIC,
    ARTICLES,
    ENGLISH,
    FRENCH,
    html_page,
    mutated,
    read_all,
    read_member,
    row,
    text_of,
    told_in_a_sentence,
)
from hypothesis import HealthCheck, given, settings

from press_themes.articles.formats import Unusable
from press_themes.articles.formats.eml import looks_like_eml, read_eml
from press_themes.errors import InputError


def message(article, plain=True, markup=False, **fields):
    made = EmailMessage()
    made["From"] = f'"{article.outlet}" <news@example.org>'
    made["To"] = "reader@example.org"
    made["Subject"] = article.title
    made["Date"] = "Thu, 05 Feb 2026 08:00:00 +0100"
    for name, value in fields.items():
        made[name.replace("_", "-")] = value
    if plain:
        made.set_content(text_of(article))
    if markup and plain:
        made.add_alternative(html_page(article), subtype="html")
    elif markup:
        made.set_content(html_page(article), subtype="html")
    made["Content-Language"] = article.language
    return made


def read(made):
    data = made if isinstance(made, bytes) else made.as_bytes()
    assert looks_like_eml(data)
    return read_all(read_eml, data, read_member)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.language)
def test_a_newsletter_is_read_back_whole(article):
    made = message(
        article, markup=True, List_Id="<news.example.org>", Archived_At="<https://x.org>"
    )
    (record,) = read(made)
    assert (record.title, record.text, record.outlet) == (
        article.title,
        text_of(article),
        article.outlet,
    )
    assert (record.language, record.url) == (article.language, "https://x.org")
    assert str(row(record)["date"]) == article.date


def test_only_a_mailing_list_is_an_outlet():
    assert read(message(FRENCH))[0].outlet is None
    assert read(message(FRENCH, Precedence="bulk"))[0].outlet == "Le Littoral"
    unnamed = message(FRENCH, List_Unsubscribe="<mailto:x@y.org>")
    unnamed.replace_header("From", "news@example.org")
    assert read(unnamed)[0].outlet == "example.org"


def test_the_html_part_stands_in_for_a_text_that_is_none():
    (record,) = read(message(FRENCH, plain=False, markup=True))
    # An e-mail has no other place for the headline of its page.
    assert record.text.endswith(text_of(FRENCH))
    assert "<" not in record.text
    short = message(FRENCH)
    short.set_content("View this in your browser.")
    short.add_alternative(html_page(FRENCH), subtype="html")
    assert FRENCH.body[2] in read(short)[0].text


def test_attachments_are_read_in_their_formats():
    made = message(FRENCH)
    made.add_attachment(
        html_page(ENGLISH).encode(), maintype="text", subtype="html", filename="a.html"
    )
    made.add_attachment(
        f"---\ntitle: {ARABIC.title}\n---\n{text_of(ARABIC)}".encode(),
        maintype="application",
        subtype="octet-stream",
        filename="../b.md",
    )
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    made.add_attachment(message(ENGLISH))
    found = read(made)
    assert [item.place for item in found] == ["", "a.html", "_b.md", "logo.png", "attachment 4.eml"]
    assert [item.position for item in found] == [0, 1, 2, None, 3]
    assert (found[1].title, row(found[1])["body"]) == (ENGLISH.title, text_of(ENGLISH))
    assert (found[2].title, found[2].text) == (ARABIC.title, text_of(ARABIC))
    assert found[3] == Unusable(
        None, "logo.png", "is no text (image/png)", "only its text can be read", "logo.png"
    )


def test_a_message_that_only_carries_an_article():
    made = message(FRENCH)
    made.set_content("\n")
    made.add_attachment(
        html_page(ENGLISH).encode(), maintype="text", subtype="html", filename="a.html"
    )
    (record,) = read(made)
    assert (record.position, record.title) == (0, ENGLISH.title)


def test_bad_charsets_and_flowed_lines():
    head = b"From: a@b.org\r\nSubject: =?utf-8?q?=C3=89t=C3=A9?=\r\nDate: Thu, 05 Feb 2026 08:00:00 +0100\r\n"
    for charset in (b"no-such-charset", b"us-ascii", b"utf-8"):
        kind = b"Content-Type: text/plain; charset=" + charset + b"; format=flowed\r\n\r\n"
        (record,) = read(head + kind + "L’été \r\nest long.\r\n".encode())
        assert (record.title, record.text) == ("Été", "L’été est long.")


def test_an_empty_message_is_told():
    made = message(FRENCH)
    made.set_content("\n")
    with pytest.raises(InputError, match="e-mail without text"):
        read(made)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Title: A page\nDate: 2026-02-05\nSource: X\n\nWords.",
        b"Words: and more words.\n\nDate: never.",
        b"From: a scraped page\nSubject: trams\n\nWords",
        bytes(range(256)),
    ],
)
def test_what_is_no_message(data):
    assert not looks_like_eml(data)


def test_messages_one_inside_the_other_end():
    made = message(FRENCH)
    for _ in range(60):
        outer = message(ENGLISH)
        outer.add_attachment(made)
        made = outer

    def reader(path, data):
        return read_eml(data, path, reader)

    found = read_all(read_eml, made.as_bytes(), reader)
    assert sum(not isinstance(item, Unusable) for item in found) == 4
    assert "too many" in found[-1].cause


def attached():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "Words.")
    made = message(FRENCH, markup=True, List_Id="<x.org>")
    made.add_attachment(buffer.getvalue(), maintype="application", subtype="zip", filename="a.zip")
    made.add_attachment(message(ENGLISH))
    return made.as_bytes(policy=email.policy.SMTP)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(attached()))
def test_whatever_is_broken_is_told(data):
    told_in_a_sentence(read_eml, data, read_member)
    assert looks_like_eml(data) in (True, False)
