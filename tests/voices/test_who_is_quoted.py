import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spoken_passages import PASSAGES

from press_themes.voices.quotations import COLUMNS, QuotationSettings, find_quotations


def _table(*texts, language="en", article="a1"):
    return pd.DataFrame(
        {
            "passage_id": [f"p{n}" for n in range(len(texts))],
            "article_id": article,
            "position": range(len(texts)),
            "text": texts,
            "language": language,
        }
    )


def _said(text, language="en"):
    return find_quotations(_table(text, language=language))


@pytest.mark.parametrize("spoken", PASSAGES, ids=[passage.language for passage in PASSAGES])
def test_each_language_tells_who_says_what(spoken):
    found = _said(spoken.text, spoken.language)
    for kind, words, speaker, verb in spoken.said:
        rows = found[(found["kind"] == kind) & found["text"].str.contains(words, regex=False)]
        assert len(rows) == 1, f"{words}\n{found[['kind', 'text', 'speaker', 'verb']]}"
        assert tuple(rows.iloc[0][["speaker", "verb"]]) == (speaker, verb)


@pytest.mark.parametrize("spoken", PASSAGES, ids=[passage.language for passage in PASSAGES])
def test_places_point_to_the_words_and_to_the_speaker(spoken):
    for row in _said(spoken.text, spoken.language).itertuples():
        assert spoken.text[row.start : row.end] == row.text
        if row.speaker_start >= 0:
            assert spoken.text[row.speaker_start : row.speaker_end] == row.speaker


def test_a_title_or_a_term_between_marks_is_no_quotation():
    found = _said("The film “Long Water” won the “golden oar” in the port of Marl.")
    assert not len(found)


def test_long_words_between_marks_without_a_verb_name_nobody():
    (row,) = _said("A banner hung there: “No bridge without the people who use it.”").to_dict(
        "records"
    )
    assert (row["speaker"], row["certainty"]) == ("", "low")


def test_two_people_around_one_quotation_leave_the_speaker_empty():
    text = "Anna Bell said “the tide will take the lower bridge”, added Carl Dorn."
    (row,) = _said(text).query("kind == 'direct'").to_dict("records")
    assert row["speaker"] == ""


def test_a_pronoun_gets_the_only_person_named_before():
    text = "Anna Bell runs the mill. “The wheel has turned for two hundred years,” she said."
    (row,) = _said(text).query("kind == 'direct'").to_dict("records")
    assert (row["speaker"], row["speaker_basis"], row["certainty"]) == (
        "Anna Bell",
        "pronoun",
        "medium",
    )


def test_a_pronoun_stays_open_between_two_people():
    text = "Anna Bell met Carla Dorn. “The wheel has turned for two hundred years,” she said."
    (row,) = _said(text).query("kind == 'direct'").to_dict("records")
    assert (row["speaker"], row["speaker_basis"]) == ("", "pronoun")


def test_it_is_never_taken_for_a_person():
    text = "Anna Bell sued the mill. The new wheel was safe, it said in a long report on Monday."
    assert "Anna Bell" not in set(_said(text)["speaker"])


def test_a_quotation_that_runs_over_two_passages_keeps_its_speaker():
    table = _table(
        "Anna Bell said: “The wheel has turned for two hundred years. ",
        "It will not stop because a clerk wants it to.” Nobody answered.",
    )
    found = find_quotations(table)
    assert list(found["speaker"]) == ["Anna Bell", "Anna Bell"]
    assert list(found["speaker_basis"]) == ["named", "continued"]
    assert list(found["certainty"]) == ["low", "low"]


def test_dashes_open_turns_of_speech_only_where_somebody_speaks():
    turns = "— Nous fermons demain, dit Lucie Ferrand.\n— Alors nous partirons sans vous."
    assert list(_said(turns, "fr")["kind"]).count("direct") == 2
    assert not len(_said("- farine de blé\n- deux œufs\n- une pincée de sel", "fr"))


def test_an_unknown_language_keeps_its_marks_and_names_nobody():
    (row,) = _said("Katru sanoi: ”Silta avataan ennen pakkasia, lupasi mestari.”", "fi").to_dict(
        "records"
    )
    assert (row["kind"], row["speaker"]) == ("direct", "")


def test_indirect_speech_can_be_left_out():
    text = "The mayor said that the toll would stay at two pounds."
    assert len(_said(text)) == 1
    assert not len(find_quotations(_table(text), QuotationSettings(indirect=False)))


def test_the_order_of_rows_changes_nothing():
    table = pd.concat(
        [
            _table(p.text, language=p.language, article=f"a{n}").assign(passage_id=f"p{n}")
            for n, p in enumerate(PASSAGES)
        ]
    )
    shuffled = table.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(find_quotations(table), find_quotations(shuffled))


def test_no_passages_give_an_empty_table_with_all_columns():
    found = find_quotations(_table("").iloc[:0])
    assert list(found.columns) == COLUMNS
    assert found["start"].dtype == "int64"


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from(" .,:;!?“”„«»\"'‘’—–-\nsaid that Anna Bell dit il 说他表示قال")
    ),
    st.sampled_from(["en", "fr", "de", "es", "ar", "zh", "ru", "xx"]),
)
def test_any_text_gives_quotations_that_lie_in_it(text, language):
    last = 0
    for row in _said(text, language).query("kind == 'direct'").itertuples():
        assert last <= row.start <= row.end <= len(text)
        assert text[row.start : row.end] == row.text
        last = row.end


@pytest.mark.parametrize(
    ("language", "text", "words", "speaker"),
    [
        ("es", "La alcaldesa afirmó no haber visto el informe del puerto.", "no haber", "La alcaldesa"),
        ("pt", "A autarca disse ter recebido o relatório em maio.", "ter recebido", "A autarca"),
        ("fr", "La maire a affirmé ne pas avoir lu le rapport du port.", "ne pas", "La maire"),
    ],
)  # fmt: skip
def test_an_infinitive_after_a_verb_of_speech_is_what_is_said(language, text, words, speaker):
    (row,) = _said(text, language).to_dict("records")
    assert row["text"].startswith(words)
    assert (row["kind"], row["speaker"]) == ("indirect", speaker)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "La alcaldesa lo dijo ayer en el puerto, ante los vecinos del barrio viejo."),
        ("fr", "La maire l’a dit hier au port, devant les habitants du vieux quartier."),
        ("pt", "A autarca contou moedas antigas no porto, diante dos vizinhos do bairro."),
    ],
)
def test_a_day_or_a_thing_after_a_verb_of_speech_is_nothing_said(language, text):
    assert not len(_said(text, language))


def test_a_word_between_commas_does_not_part_that_from_its_verb():
    (row,) = _said("The harbour office noted in May, however, that the steel was late.").to_dict(
        "records"
    )
    assert row["text"].startswith("the steel was late")


def test_a_body_of_capitals_speaks_at_the_head_of_a_sentence():
    (row,) = _said("UN engineers say the old bridge will not last the winter.").to_dict("records")
    assert row["speaker"] == "UN engineers"


def test_a_gerund_after_a_comma_goes_on_with_who_spoke_before_it():
    text = "“The tide took the rail,” said Anna Bell, adding that the steel was late."
    rows = _said(text)
    assert rows["speaker"].tolist() == ["Anna Bell", "Anna Bell"]
    assert rows["speaker_basis"].tolist() == ["named", "continued"]
