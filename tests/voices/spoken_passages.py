"""Invented passages in eleven languages, with who says what in each."""

from __future__ import annotations

from typing import NamedTuple


class Spoken(NamedTuple):
    """A passage, and for each quotation its kind, a part of its words, its speaker and its verb."""

    language: str
    text: str
    said: tuple[tuple[str, str, str, str], ...]


PASSAGES = (
    Spoken(
        "en",
        "“We will open the bridge before the frost,” said Martha Quill, the harbour engineer. “The "
        "steel arrived last week.” Tom Averill, who owns the ferry, told the council: “Nobody asked "
        "the people who cross every day.” The mayor said that the toll would stay at two pounds.",
        (
            ("direct", "open the bridge", "Martha Quill", "said"),
            ("direct", "The steel arrived", "Martha Quill", ""),
            ("direct", "Nobody asked", "Tom Averill", "told"),
            ("indirect", "the toll would stay", "The mayor", "said"),
        ),
    ),
    Spoken(
        "fr",
        "« Nous ouvrirons le pont avant les gelées », promet Marthe Quillard, ingénieure du port. "
        "Thomas Avril, le patron du bac, a répondu : « Personne n’a demandé leur avis aux usagers du "
        "matin. » Selon la mairie, le péage restera à deux euros.\n"
        "— Vous partirez sans nous, lance Lucie Ferrand.",
        (
            ("direct", "ouvrirons le pont", "Marthe Quillard", "promet"),
            ("direct", "Personne n’a demandé", "Thomas Avril", "répondu"),
            ("indirect", "le péage restera", "la mairie", "Selon"),
        ),
    ),
    Spoken(
        "de",
        "„Wir öffnen die Brücke noch vor dem Frost“, sagte Marthe Quill. Der Fährmann Tomas Averill "
        "erklärte: „Niemand hat die Leute gefragt, die jeden Tag übersetzen.“ Die Stadt teilte mit, "
        "dass die Maut bei zwei Euro bleibt. »Das glaube ich erst am Jahresende«, so Averill.",
        (
            ("direct", "öffnen die Brücke", "Marthe Quill", "sagte"),
            ("direct", "Niemand hat", "Tomas Averill", "erklärte"),
            ("indirect", "die Maut bei", "Die Stadt", "teilte"),
            ("direct", "Das glaube ich", "Averill", "so"),
        ),
    ),
    Spoken(
        "es",
        "«Abriremos el puente antes de las heladas», afirmó Marta Quiroga, ingeniera del puerto. "
        "“Nadie preguntó a quienes cruzan cada día”, dijo el dueño del transbordador. La alcaldesa "
        "explicó que el peaje seguirá en dos euros.",
        (
            ("direct", "Abriremos el puente", "Marta Quiroga", "afirmó"),
            ("direct", "Nadie preguntó", "el dueño del transbordador", "dijo"),
            ("indirect", "el peaje seguirá", "La alcaldesa", "explicó"),
        ),
    ),
    Spoken(
        "it",
        "«Apriremo il ponte prima del gelo», ha detto Marta Quilici. Tommaso Averno ha risposto: "
        "“Nessuno ha chiesto niente a chi attraversa ogni giorno”. La sindaca ha spiegato che il "
        "pedaggio resterà a due euro.",
        (
            ("direct", "Apriremo il ponte", "Marta Quilici", "ha detto"),
            ("direct", "Nessuno ha chiesto", "Tommaso Averno", "risposto"),
            ("indirect", "il pedaggio resterà", "La sindaca", "spiegato"),
        ),
    ),
    Spoken(
        "pt",
        "“Vamos abrir a ponte antes da geada”, afirmou Marta Quintela, engenheira do porto. O dono da "
        "balsa respondeu: “Ninguém perguntou a quem atravessa todos os dias.” A prefeita garantiu que "
        "o pedágio continuará em dois reais.",
        (
            ("direct", "Vamos abrir a ponte", "Marta Quintela", "afirmou"),
            ("direct", "Ninguém perguntou", "O dono da balsa", "respondeu"),
            ("indirect", "o pedágio continuará", "A prefeita", "garantiu"),
        ),
    ),
    Spoken(
        "nl",
        "“We openen de brug nog voor de vorst”, zei Marthe Kuil. De veerman Tom Averink antwoordde: "
        "“Niemand heeft gevraagd wat de reizigers ervan vinden.” De burgemeester vertelde dat de tol "
        "twee euro blijft.",
        (
            ("direct", "We openen de brug", "Marthe Kuil", "zei"),
            ("direct", "Niemand heeft", "Tom Averink", "antwoordde"),
            ("indirect", "de tol", "De burgemeester", "vertelde"),
        ),
    ),
    Spoken(
        "pl",
        "„Otworzymy most jeszcze przed mrozami” – powiedziała Marta Kwilecka. Tomasz Awerski "
        "odpowiedział: „Nikt nie zapytał ludzi, którzy przeprawiają się codziennie”. Burmistrz "
        "zapewnił, że opłata się nie zmieni.",
        (
            ("direct", "Otworzymy most", "Marta Kwilecka", "powiedziała"),
            ("direct", "Nikt nie zapytał", "Tomasz Awerski", "odpowiedział"),
            ("indirect", "opłata się nie", "Burmistrz", "zapewnił"),
        ),
    ),
    Spoken(
        "ru",
        "«Мы откроем мост ещё до морозов», – сказала Марта Квилева. Владелец парома Фома Аверин "
        "ответил: «Никто не спросил тех, кто переправляется каждый день». Мэр сообщил, что плата "
        "останется прежней.",
        (
            ("direct", "Мы откроем мост", "Марта Квилева", "сказала"),
            ("direct", "Никто не спросил", "Фома Аверин", "ответил"),
            ("indirect", "плата останется", "Мэр", "сообщил"),
        ),
    ),
    Spoken(
        "ar",
        "قالت مرتا كويلي: «سنفتح الجسر قبل موسم الصقيع بأسابيع». وأضاف توما أفريل: «لم يسأل أحد الناس "
        "الذين يعبرون كل يوم». وأكد المجلس أن رسم العبور سيبقى كما هو.",
        (
            ("direct", "سنفتح الجسر", "مرتا كويلي", "قالت"),
            ("direct", "لم يسأل أحد", "توما أفريل", "وأضاف"),
            ("indirect", "رسم العبور سيبقى", "المجلس", "وأكد"),
        ),
    ),
    Spoken(
        "zh",
        "港口工程师马莎·奎尔说：“我们会在霜冻之前开放这座大桥。”渡船主汤姆·埃弗里尔回应：“没有人问过每天过河的人。”"
        "市政府表示，过桥费将保持不变。",
        (
            ("direct", "我们会在霜冻之前", "马莎·奎尔", "说"),
            ("direct", "没有人问过", "汤姆·埃弗里尔", "回应"),
            ("indirect", "过桥费将保持", "市政府", "表示"),
        ),
    ),
)
