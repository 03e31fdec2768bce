"""Who says it, and by what channel."""

from __future__ import annotations

import pytest

from dragoman.errors import PackError
from dragoman.pack import load_pack
from dragoman.pack.speech import load_speech

from .told import rows, told


@pytest.mark.parametrize("case", rows("voice"), ids=lambda c: f"{c['lang']}: {c['text']} [{c['trigger']}]")
def test_speaker_of_words_is_found(case):
    text = told("voice", case["lang"], case["text"])
    tree, token = text.at(case["trigger"])
    found = text.voices.of(tree.sentence.number, token)
    voice = found[0] if found else None
    assert (voice.text if voice else "") == case["speaker"]
    assert ((voice and voice.country) or "") == case["country"]
    assert ((voice and voice.channel) or "") == case["channel"]
    if found:
        assert voice.span.of(text.document.text) == voice.text
        assert all(reason.rule.startswith(f"{case['lang']}/voice/") for reason in found[1])


@pytest.mark.parametrize(
    ("lang", "text", "word", "inner"),
    [
        ("fr", "Le journal rapporte que le ministre norvégien a affirmé que la Russie avait fermé la frontière.",
         "fermé", "le ministre norvégien"),
        ("en", "The newspaper reported that the Norwegian minister had said that Russia had closed the border.",
         "closed", "the Norwegian minister"),
    ],
)  # fmt: skip
def test_inner_voice_stands_within_the_outer_one(lang, text, word, inner):
    found = told("voice", lang, text)
    tree, token = found.at(word)
    voice, _ = found.voices.of(tree.sentence.number, token)
    assert [v.text for v in voice.says] == [inner]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_quotation_over_sentences_has_one_speaker(lang):
    case = next(c for c in rows("voice") if c["lang"] == lang and "Ruiz" in c["text"])
    text = told("voice", lang, case["text"])
    assert len(text.trees) == 3
    for tree in text.trees[:2]:
        voice, reasons = text.voices.of(tree.sentence.number, next(i for i, t in enumerate(tree.tokens) if t.head == i))
        assert voice.text == case["speaker"]
        assert reasons[0].rule == f"{lang}/voice/quotation-runs-on"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_packs_know_at_least_250_verbs_of_saying(lang):
    assert len(load_pack(lang).speech.verbs) >= 250


def test_unknown_kind_stops_the_load(tmp_path):
    (tmp_path / "speech.tsv").write_text(
        "lemma\tkind\tinverted\tinfinitive\tnominal\twith\nsay\tloud\tyes\tno\tno\t\n", "utf-8"
    )
    with pytest.raises(PackError, match=r"line 2: unknown kind 'loud'"):
        load_speech(tmp_path)


def test_wrong_number_of_columns_stops_the_load(tmp_path):
    (tmp_path / "speech.tsv").write_text("lemma\tkind\tinverted\tinfinitive\tnominal\twith\nsay\tneutral\n", "utf-8")
    with pytest.raises(PackError, match=r"line 2: 2 columns, 6 expected"):
        load_speech(tmp_path)
