import re

import pytest

from press_themes.articles.lines import Line
from press_themes.articles.noise import line_kind
from press_themes.articles.vocabulary import field_names, fold_name, fold_pattern, kinds, pattern


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Il reste 40% de l'article à découvrir.", "paywall note"),
        ("60 % of this article remains", "paywall note"),
        ("Te queda por leer un 30 % del artículo", "paywall note"),
        ("Noch 35 % des Artikels", "paywall note"),
        ("Ti resta il 70% dell'articolo", "paywall note"),
        ("Falta ler 20% do artigo", "paywall note"),
        ("تبقى ٤٠٪ من المقال", "paywall note"),
        ("还剩30%的内容", "paywall note"),
        ("Already a subscriber? Log in", "subscriber prompt"),
        ("Melden Sie sich für unseren Newsletter an", "newsletter"),
        ("We use cookies to improve your experience.", "cookie notice"),
        ("Haz una donación a nuestro periodismo", "donation appeal"),
        ("Partager sur Facebook", "share widget"),
        ("شارك المقال", "share widget"),
        ("12 commentaires", "comment section"),
        ("发表评论", "comment section"),
        ("Your email address will not be published.", "comment form"),
        ("Leggi anche: Chi controlla le dighe?", "source link"),
        ("© 2024 Le Littoral", "copyright notice"),
        ("Crédit photo : Marc Ohlin", "caption"),
        ("Le quai rénové – photo Marc Ohlin", "caption"),
        (
            "La maire, Odile Garance (à gauche), et son adjoint devant les bains du canal.",
            "caption",
        ),
        ("Maud Ellery (second from left) with ferry workers on the quay last week", "caption"),
        ("Die Bürgermeisterin (in der Mitte) beim ersten Spatenstich am Hafen", "caption"),
        ("Los vecinos del puerto, con la consejera (a la derecha), en el pleno", "caption"),
        ("市长陆川（左二）与居民在图书馆门前", "caption"),
        ("图为居民在新图书馆借书。", "caption"),
        ("Pictured here: the old harbour wall before the storm.", "caption"),
        ("Nella foto: la diga dopo i lavori.", "caption"),
        ("Le vieux port avant les travaux. Photo d’archives", "caption"),
        ("Das Rathaus am Abend – Symbolbild", "caption"),
        ("（责任编辑：陆川）", "author note"),
        ("Anzeige", "advertisement"),
        ("Skip to main content", "reader chrome"),
        ("* * *", "separator"),
        ("18:41", "clock time"),
        ("14:20 GMT", "clock time"),
        ("00:00/05:12", "clock time"),
        ("1 2 3 … 48", "counter"),
        ("👍 214   👎 9", "counter"),
        ("Sie haben 30 % des Artikels gelesen.", "paywall note"),
        ("Vous avez lu 60 % de cet article.", "paywall note"),
        ("您已阅读本文的40%", "paywall note"),
        ("Entre no nosso canal do WhatsApp", "newsletter"),
        ("请输入您的邮箱", "newsletter"),
        ("Sostieni la stampa libera. Bastano 3 euro al mese. Dona ora", "donation appeal"),
        ("Diesen Beitrag teilen", "share widget"),
        ("Partager ce post", "share widget"),
        ("شارك هذا الحوار", "share widget"),
        ("1,240 shares", "share widget"),
        ("4 comentários:", "comment section"),
        ("Cet article vous a-t-il plu ?", "reader poll"),
        ("Haben Sie einen Fehler gefunden?", "reader poll"),
        ("هل أعجبك هذا المقال؟", "reader poll"),
        ("من العدد نفسه", "source link"),
        ("Altri articoli di Carla Finzi", "source link"),
        ("Riproduzione riservata", "copyright notice"),
        ("未经本报书面授权，不得转载。", "copyright notice"),
        ("Las opiniones de los autores no reflejan la línea del diario.", "disclaimer"),
        ("Das Wichtigste in Kürze", "summary label"),
        ("L’essentiel", "summary label"),
        ("老街修缮一新。记者 周明 摄", "caption"),
        ("الكاتبة في بيتها. تصوير: رامي عبود", "caption"),
        ("Das Gespräch führte Karl Ott.", "author note"),
    ],
)
def test_kinds_in_every_language(line, kind):
    assert line_kind(Line(1, line, True)) == kind


@pytest.mark.parametrize(
    "line",
    [
        "Partager la rue est devenu un acte politique dans la vieille ville.",
        "Les plus anciens se souviennent du bac.",
        "Le site propose un contenu réservé aux abonnés, ce que la régie conteste.",
        "Copyright law in Europe is changing, and publishers want a share.",
        "Help for the victims came in the form of donations from abroad.",
        "La newsletter du ministère cite un rapport publié en mars.",
        "Cookies remain the main way of following readers, the study found.",
        "Il a publié une capture d'écran de la conversation.",
        "Weitere Kommentare wollte die Sprecherin nicht abgeben.",
        "图书馆全年免费开放，周末延长到晚上九点。",
        "Par ailleurs, il reste 40 % de bâtiments à isoler dans le quartier.",
        " ».",
        "1984",
        "Ukraine will Mitglied werden.",
        "The country wants to become a member.",
        "Sie haben 30 % mehr Strom verbraucht.",
        "The remaining 30% went to the harbour fund.",
        "Die Antwort kam per E-Mail.",
        "Ela viu a mensagem no seu celular.",
        "Sie forderte mit Nachdruck eine Antwort.",
        "About 300 people marched to the town hall.",
        "Help for the victims",
        "¿Le gustó la ciudad?",
        "Ti è piaciuto lavorare in Francia?",
        "Más de la mitad de los vecinos",
        "Mais de mil pessoas esperam casa.",
        "Réactions",
        "其余70%的资金来自银行。",
        "Sur la photo que la police a publiée, on reconnaît le suspect.",
        "In the picture that emerges, the harbour pays for everything.",
        "He moved to the left (right) of his party. Voters did not follow.",
        "Le parti (de gauche) a voté contre le budget du port.",
        "Il a conservé dans un tiroir une photo d’archives de la grève.",
        "Ständerätin Anna Roth (Mitte) stimmte gegen den Antrag.",
        "Auf dem Bild war der Hafen noch zu sehen, heute steht dort ein Hotel.",
    ],
)
def test_prose_about_the_same_things_is_kept(line):
    assert line_kind(Line(1, line, True)) is None


def test_patterns_are_folded_but_escapes_are_not():
    assert fold_pattern(r"É\W(?P<Share>Ç)") == r"e\W(?P<Share>c)"
    assert re.compile(fold_pattern(r"\bÀ\b"))


def test_every_pattern_compiles_and_matches_no_empty_line():
    assert len(kinds()) >= 10
    for kind in kinds():
        assert not kind.pattern.search("")
    assert pattern("byline").search("par jean dupont")


def test_field_names_in_several_languages():
    for name, field in {
        "Titre": "title", "Überschrift": "title", "النص": "text", "正文": "text",
        "Date de publication": "date", "Source": "outlet", "Língua": "language",
    }.items():  # fmt: skip
        known = field_names().get(fold_name(name))
        assert known == field or name == "Língua"


def test_patterns_for_the_beginning_of_a_line_do_not_match_behind_it():
    advertisement = next(kind for kind in kinds() if kind.name == "advertisement")
    assert advertisement.pattern.search("werbung")
    assert not advertisement.pattern.search("die werbung")
    caption = next(kind for kind in kinds() if kind.name == "caption")
    assert caption.pattern.search("le quai (photo marc)")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("MIRA TAMBIÉN", "source link"),
        ("Ähnliche Beiträge", "source link"),
        ("Você pode gostar...", "source link"),
        ("Czytaj także: Most nad Odrą", "source link"),
        ("Читайте также", "source link"),
        ("Διαβάστε επίσης", "source link"),
        ("İlgili haberler", "source link"),
        ("Baca juga: Harga beras turun", "source link"),
        ("あわせて読みたい", "source link"),
        ("관련 기사", "source link"),
        ("यह भी पढ़ें", "source link"),
        ("Läs också: Hamnen stänger", "source link"),
        ("Dieser Eintrag wurde veröffentlicht in Hafen und verschlagwortet mit Kai", "disclaimer"),
        ("Posted in Harbour, Council", "disclaimer"),
        ("Please log in here to leave a comment.", "comment form"),
        ("Оставить комментарий", "comment form"),
        ("The quay after the works, photo: Marc Ohlin", "caption"),
        ("Die Fähre am Kai von Lindau © Nora Wiek", "caption"),
    ],
)
def test_what_stands_around_articles_in_further_languages(line, kind):
    assert line_kind(Line(1, line, True)) == kind


@pytest.mark.parametrize(
    "line",
    [
        "Publicado en 1962, el libro sigue siendo la mejor historia del puerto de Hontalba.",
        "The latest figures say that the quay handled fewer ships than it did a year ago.",
        "Ver más allá de la dársena fue siempre el sueño de los armadores de la villa.",
        "Relacionado con el puerto desde niño, Ochoa dirige ahora la lonja de pescado.",
    ],
)
def test_sentences_that_open_with_such_words_are_text(line):
    assert line_kind(Line(1, line, True)) is None
