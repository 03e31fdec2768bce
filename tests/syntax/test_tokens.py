"""Words: what is cut, and that every place quotes the text."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import PackError
from dragoman.syntax.split import cuts
from dragoman.syntax.tokens import plain, token_rules, words

CASES = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
SPLITS = tomllib.loads((Path(__file__).parent / "splits.toml").read_text("utf-8"))
LANGS = ("fr", "en")
texts = st.text() | st.text(st.sampled_from("aB é'’.-«»\"\n 10,:;!?…L'dM.\ud800😀\u0301"))


@pytest.mark.parametrize(("lang", "case"), [(lang, case) for lang in LANGS for case in CASES[lang]])
def test_words_are_cut_as_in_the_treebanks(lang, case):
    found = words(plain(case["text"]), token_rules(lang))
    assert "|".join(word.text for word in found) == case["words"]


@pytest.mark.parametrize(("lang", "case"), [(lang, case) for lang in LANGS for case in SPLITS[lang]])
def test_sentences_end_where_a_reader_ends_them(lang, case):
    text = plain(case["text"])
    assert [text[a:b] for a, b in cuts(text, token_rules(lang))] == case["gives"], case["why"]


@given(texts, st.sampled_from(LANGS))
def test_words_quote_the_text_in_order_and_leave_only_space(text, lang):
    text = plain(text)
    at = 0
    for word in words(text, token_rules(lang)):
        assert word.text == text[word.start : word.end]
        assert word.start < word.end
        assert not text[at : word.start].strip()
        at = word.end
    assert not text[at:].strip()


@given(texts, st.sampled_from(LANGS))
def test_sentences_lose_no_character_but_space(text, lang):
    text = plain(text)
    at = 0
    for start, end in cuts(text, token_rules(lang)):
        assert start < end
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@given(st.text())
def test_plain_text_keeps_every_character_in_its_place(text):
    assert len(plain(text)) == len(text)


def test_the_parser_sees_one_kind_of_quotation_mark_and_the_reader_the_texts_own():
    first, *_ = words("« Oui »", token_rules("fr"))
    assert (first.text, first.form) == ("«", '"')


def test_both_languages_have_the_same_keys():
    packs = Path(__file__).parents[2] / "src" / "dragoman" / "packs"
    keys = [set(tomllib.loads((packs / lang / "tokens.toml").read_text("utf-8"))) for lang in LANGS]
    assert keys[0] == keys[1]


def test_an_unknown_language_is_named():
    with pytest.raises(PackError, match="'xx'"):
        token_rules("xx")
