import pytest

from press_themes.articles.languages import (
    PLAUSIBLE,
    UNKNOWN,
    detect_language,
    known_languages,
    language_code,
)

SENTENCES = {
    "fr": "Les bibliothèques de la ville ouvriront plus tard le soir.",
    "en": "The council approved the tram line after six hours of debate.",
    "es": "Los regantes piden que se revise el reparto del agua.",
    "de": "Die Stadtwerke haben den Vertrag am Dienstag unterzeichnet.",
    "it": "La regione ha firmato il contratto per consolidare la diga.",
    "pt": "Os pescadores voltaram ao mar depois de três semanas de greve.",
    "ar": "افتتحت البلدية صباح اليوم أول سوق دائم للمزارعين.",
    "zh": "三座社区图书馆昨日同时开馆，全年免费开放。",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_one_sentence_is_enough(code):
    assert detect_language(SENTENCES[code]).language == code


def test_only_plausible_languages_are_answered():
    assert detect_language(SENTENCES["de"], ("fr", "en")).language in ("fr", "en")
    assert detect_language("", ("fr",)).language == "fr"
    assert detect_language(SENTENCES["fr"]).probability > 0.9
    assert set(PLAUSIBLE) <= known_languages()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("fr", "fr"),
        ("pt-BR", "pt"),
        ("EN_us", "en"),
        ("fra", "fr"),
        ("Français", "fr"),
        ("Deutsch", "de"),
        ("العربية", "ar"),
        ("Spanish", "es"),
        ("klingon", None),
        ("", None),
    ],
)
def test_names_of_languages(name, code):
    assert language_code(name) == code


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("th", "เทศบาลเปิดห้องสมุดใหม่สามแห่งในเช้าวันนี้"),
        ("hi", "नगर परिषद ने ट्राम लाइन की योजना को मंजूरी दे दी है।"),
        ("sw", "Baraza la mji limeidhinisha mpango wa reli mpya ya mji baada ya mjadala."),
        ("am", "የከተማው ምክር ቤት አዲሱን የባቡር መስመር አጸደቀ።"),
        ("ka", "ქალაქის საბჭომ ტრამვაის ახალი ხაზი დაამტკიცა."),
        ("ko", "시의회가 여섯 시간의 토론 끝에 전차 노선을 승인했다."),
        ("bn", "নগর পরিষদ নতুন ট্রাম লাইনের পরিকল্পনা অনুমোদন করেছে।"),
        ("ha", "Majalisar birnin ta amince da sabon layin jirgin kasa bayan muhawara."),
        ("uk", "Міська рада схвалила нову трамвайну лінію після обговорення."),
    ],
)
def test_languages_of_the_world_are_named(code, sentence):
    assert detect_language(sentence).language == code


@pytest.mark.parametrize("text", ["", "12 : 7", "Verano 3 Lérac 2"])
def test_a_language_that_is_not_told_is_unknown(text):
    assert detect_language(text).language == UNKNOWN
