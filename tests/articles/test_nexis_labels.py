import pytest

from press_themes.articles.formats.nexis_labels import Label, find_label, is_end, label_value


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Length: 1,204 words", Label.LENGTH),
        ("Longueur : 512 mots", Label.LENGTH),
        ("Länge:\xa0512 Wörter", Label.LENGTH),
        ("Longitud: 512 palabras", Label.LENGTH),
        ("Length: too long, she said", None),
        ("The length: 5 metres", None),
        ("Body", Label.BODY),
        ("Texto", Label.BODY),
        ("Body of evidence", None),
        ("Highlight: A short line", Label.HIGHLIGHT),
        ("Load-Date: May 5, 2020", Label.LOADED),
        ("Sprache: DEUTSCH", Label.LANGUAGE),
        ("Clasificación", Label.CLASSIFICATION),
        ("Language", None),
        ("", None),
    ],
)
def test_labels(line, label):
    assert find_label(line) is label


def test_values():
    assert label_value("Langue : FRENCH; FRANÇAIS") == "FRENCH; FRANÇAIS"
    assert label_value("Highlight: Two: three") == "Two: three"


@pytest.mark.parametrize(
    "line", ["End of Document", " END OF DOCUMENT", "Fin du document", "Ende des Dokuments"]
)
def test_ends(line):
    assert is_end(line)
    assert not is_end(f"{line}, he wrote in his last letter to the editors")
