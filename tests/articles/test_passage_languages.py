import pytest
from stand_ins import WordEncoder, make_articles

from press_themes.articles.passage_languages import MixtureSettings, tell_languages
from press_themes.articles.passages import split_passages

FRENCH = [
    "Le conseil municipal a voté lundi soir la rénovation des quatre écoles du quartier du port, "
    "dont les façades n'avaient pas été reprises depuis plus de quarante ans.",
    "Les travaux commenceront au printemps et dureront deux ans. Les élèves seront accueillis dans "
    "des salles provisoires, que la mairie promet bien chauffées.",
    "L'opposition dénonce un chantier trop cher et demande que les habitants soient consultés avant "
    "que les premières commandes ne soient passées aux entreprises.",
    "La maire répond que le budget a été débattu à trois reprises et que chaque dépense peut être "
    "consultée en ligne par ceux qui le souhaitent.",
]
ENGLISH = [
    "The council voted on Monday evening to renovate the four schools of the harbour district, "
    "whose fronts had not been repaired for more than forty years.",
    "Work is to begin in spring and will last two years. Pupils will be taught in temporary rooms, "
    "which the town hall promises to keep warm through both winters.",
    "The opposition says that the works are too expensive and wants residents to be asked before "
    "the first orders are placed with the builders.",
    "The mayor answers that the budget was debated three times and that every expense can be looked "
    "up on the web by those who wish to do so.",
]
QUOTED = "“We will not go back to the rooms that we were given last winter, and nobody asked us.”"
BRANDS = (
    "Google Cloud, Amazon Web Services, Microsoft Azure, Apple iCloud, Dropbox Business, Meta "
    "Workplace, Slack Enterprise, Zoom Rooms, Oracle Fusion, Salesforce Marketing Cloud, Adobe "
    "Creative Cloud, Spotify Premium"
)
FRENCH_CORPUS = MixtureSettings(corpus=frozenset(("fr",)))
BOTH = MixtureSettings(corpus=frozenset(("fr", "en")))


def told(texts, article="fr", settings=BOTH):
    return tell_languages(texts, WordEncoder().count_tokens(texts), article, settings)


def test_an_article_half_french_half_english():
    assert told(FRENCH + ENGLISH) == ["fr"] * 4 + ["en"] * 4
    assert told(ENGLISH + FRENCH) == ["en"] * 4 + ["fr"] * 4
    # Whatever the article is said to be, and even where no other article is in English.
    assert told(FRENCH + ENGLISH, "en") == ["fr"] * 4 + ["en"] * 4
    assert told(FRENCH + ENGLISH, settings=FRENCH_CORPUS) == ["fr"] * 4 + ["en"] * 4


def test_no_passage_holds_two_languages():
    bodies = ["\n\n".join(FRENCH + ENGLISH), "\n\n".join(FRENCH)]
    passages = split_passages(make_articles(bodies, "fr"), WordEncoder())
    mixed = passages[passages["article_id"] == passages["article_id"].iloc[0]]
    assert mixed["language"].tolist() == sorted(mixed["language"], reverse=True)
    assert set(mixed["language"]) == {"fr", "en"}
    for passage in passages.itertuples():
        own, other = (FRENCH, ENGLISH) if passage.language == "fr" else (ENGLISH, FRENCH)
        assert any(paragraph in passage.text for paragraph in own)
        assert not any(paragraph in passage.text for paragraph in other)


@pytest.mark.parametrize(
    "foreign",
    [QUOTED, BRANDS, "“Never again.”", " ".join([FRENCH[1], QUOTED, FRENCH[2]]), ENGLISH[0][:60]],
    ids=[
        "a quoted sentence",
        "names of brands",
        "a slogan",
        "a quotation within",
        "half a sentence",
    ],
)
def test_what_is_short_or_quoted_changes_nothing(foreign):
    assert told([*FRENCH[:2], foreign, *FRENCH[2:]]) == ["fr"] * 5


def test_a_language_of_the_corpus_needs_less_than_one_that_no_article_has():
    texts, lengths = [*FRENCH[:2], *ENGLISH[:2], *FRENCH[2:]], [40] * 6
    assert tell_languages(texts, lengths, "fr", BOTH)[2:4] == ["en", "en"]
    assert tell_languages(texts, lengths, "fr", FRENCH_CORPUS)[2:4] == ["fr", "fr"]
    assert tell_languages(texts, [50] * 6, "fr", FRENCH_CORPUS)[2:4] == ["en", "en"]


def test_a_short_line_goes_with_what_it_heads_and_another_with_what_it_follows():
    texts = [*FRENCH, "Why now", *ENGLISH, "Enough!", "Fin"]
    assert told(texts) == ["fr"] * 4 + ["en"] * 7


def test_scripts_without_capitals():
    chinese = [
        "三座社区图书馆昨日同时开馆，全年免费开放，周末延长到晚上九点。居民可以在家门口借书还书。"
        * 3
    ] * 3
    assert told([*chinese, *ENGLISH], "zh") == ["zh"] * 3 + ["en"] * 4
    arabic = ["افتتحت البلدية صباح اليوم أول سوق دائم للمزارعين في وسط المدينة القديمة. " * 4] * 3
    assert told([*FRENCH, *arabic]) == ["fr"] * 4 + ["ar"] * 3


def test_a_language_that_nobody_knows_and_nothing_at_all():
    assert told(["Brezhoneg " * 3], "xx") == ["xx"]
    assert told([]) == []
