"""Pages with wounds, and clean pages that must stay as they are."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.pack import load_pack
from dragoman.readers import document_of, repair

PAGES = Path(__file__).parent / "pages"


def pages(*, clean: bool = False) -> list:
    found = []
    for path in sorted(PAGES.glob("*.toml")):
        for page in tomllib.loads(path.read_text("utf-8"))["page"]:
            text = page["text"].lstrip("\n")
            if page.get("escapes"):
                text = text.replace("\\u200b", "\u200b").replace("\\u009d", "\u009d").replace("\\u00a0", "\u00a0")
            if page.get("clean") or not clean:
                found.append(pytest.param(path.stem, text, page, id=f"{path.stem}: {page['id']}"))
    return found


@pytest.mark.parametrize(("lang", "text", "page"), pages())
def test_page_is_read_as_expected(lang, text, page):
    repaired = repair(document_of(text, lang=lang), load_pack(lang))
    shown = [(b.kind, b.reading) for b in repaired.blocks]
    assert [kind for kind, _ in shown] == [kind for kind, _ in page["blocks"]], shown
    for (kind, reading), (_, begins) in zip(shown, page["blocks"], strict=True):
        assert reading.startswith(begins), (kind, reading)
    for kind, quote in page["defects"]:
        found = [d for d in repaired.defects if d.kind == kind and d.span.of(text).find(quote) >= 0]
        assert found, (kind, quote, [(d.kind, d.span.of(text)) for d in repaired.defects])
    assert {d.kind for d in repaired.defects} == {kind for kind, _ in page["defects"]}
    assert repaired.published == (None if "published" not in page else _day(page["published"]))
    assert repaired.published_basis == page.get("basis")


def _day(text: str):
    from datetime import date

    return date.fromisoformat(text)


@pytest.mark.parametrize(("lang", "text", "page"), pages(clean=True))
def test_clean_page_stays_untouched(lang, text, page):
    repaired = repair(document_of(text, lang=lang), load_pack(lang))
    assert repaired.defects == ()
    assert all(b.offsets is None and b.reading == b.span.of(text) for b in repaired.blocks)


@pytest.mark.parametrize(("lang", "text", "page"), pages())
def test_offsets_lead_back_to_the_same_words(lang, text, page):
    for block in repair(document_of(text, lang=lang), load_pack(lang)).blocks:
        offsets = block.offsets or range(block.span.start, block.span.end)
        assert len(offsets) == len(block.reading)
        assert all(0 <= at < len(text) for at in offsets)
        same = sum(text[at] == char for at, char in zip(offsets, block.reading, strict=True))
        assert same >= 0.7 * len(block.reading)


def test_torn_out_words_say_where_they_went():
    text = (
        "ministre Ousmane Kaboré\n\nElle s’est entretenue mardi à Dakar avec le, également chef du parti, et son frère."
    )
    (defect,) = repair(document_of(text, lang="fr"), load_pack("fr")).defects
    assert defect.into == text.index(", également")
    assert "avec le" in defect.repair
    assert 0.5 < defect.sure <= 1


def test_of_two_gaps_the_fragment_goes_where_gender_and_number_agree():
    text = (
        "présidente du tribunal\n\nIls ont rencontré mardi à Niamey le, venu de loin pour les entendre. "
        "Puis ils ont vu la, qui leur a promis une réponse."
    )
    repaired = repair(document_of(text, lang="fr"), load_pack("fr"))
    assert "ont vu la présidente du tribunal, qui" in repaired.blocks[1].reading


def test_fragment_without_a_gap_is_left_out_and_reported():
    text = "chef de file des députés\n\nLe vote aura lieu lundi à Rabat. Les deux camps se disent confiants."
    repaired = repair(document_of(text, lang="fr"), load_pack("fr"))
    assert [b.kind for b in repaired.blocks] == ["fragment", "body"]
    (defect,) = repaired.defects
    assert (defect.kind, defect.into) == ("torn-words", None)


def test_given_date_is_not_overruled_by_the_page():
    text = "Un accord à Lusaka\n\nPublié le 3 mai 2016\n\nLes deux ministres ont signé un accord."
    repaired = repair(document_of(text, lang="fr", published="2016-05-09"), load_pack("fr"))
    assert (str(repaired.published), repaired.published_basis) == ("2016-05-09", "given")


def test_page_that_tells_no_date_has_none():
    text = "Un accord à Lusaka\n\nLes deux ministres ont signé jeudi un accord sur la pêche conclu en 2014."
    assert repair(document_of(text, lang="fr"), load_pack("fr")).published is None


def test_seed_article_has_the_defects_of_the_gold_file(shared):
    import json

    gold = json.loads((shared / "gold/seed_article.json").read_text("utf-8"))
    text = (shared / "seed/article.txt").read_text("utf-8")
    repaired = repair(document_of(text, lang="fr"), load_pack("fr"))
    kinds = {
        "displaced link text": "torn-words",
        'date missing after "Publié le"': "empty-date",
        "standfirst quotation without its speaker": "unattributed-quotation",
        "photo caption inside the text": "caption",
        "trailing navigation": "navigation",
    }
    for wound in gold["defects"]:
        at = text.index(wound["text"])
        assert any(d.kind == kinds[wound["what"]] and d.span.start <= at < d.span.end for d in repaired.defects), wound
    assert str(repaired.published) == gold["date_inferred"]
    assert any("entretenu avec le président Abdelmadjid Tebboune, aussi" in b.reading for b in repaired.blocks)


@given(st.text(max_size=300))
def test_no_text_breaks_repair(text):
    for lang in ("fr", "en"):
        repaired = repair(document_of(text, lang=lang), load_pack(lang))
        for block in repaired.blocks:
            offsets = block.offsets or range(block.span.start, block.span.end)
            assert len(offsets) == len(block.reading)
            assert all(0 <= at < len(text) for at in offsets)
        assert all(0 <= d.span.start <= d.span.end <= len(text) for d in repaired.defects)


PIECES = st.sampled_from(
    ["le,", "président Diallo", "\n\n", "\n", ".", "Le", "« ", " »", "(X / AFP)", "Lire la suite »", "Ã©", "&amp;",
     "<p>", "Publié le", "3 mai 2019", "jeudi soir", "­", "PARIS (AFP) –", "a dit", "- Titre -", "finUne",
     "mot", " ", "-\n"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25))
def test_no_mixture_of_wounds_breaks_repair(pieces):
    text = "".join(pieces)
    once = repair(document_of(text, lang="fr"), load_pack("fr"))
    assert once == repair(document_of(text, lang="fr"), load_pack("fr"))
    for block in once.blocks:
        offsets = block.offsets or range(block.span.start, block.span.end)
        assert len(offsets) == len(block.reading)
        assert all(0 <= at < len(text) for at in offsets)


def test_lone_surrogate_is_never_parsed():
    from dragoman.model import Document

    (block,) = repair(Document(id="x", text="Un \ud83d mot de trop."), load_pack("fr")).blocks
    assert block.reading == "Un \ufffd mot de trop."


def test_word_that_begins_with_an_apostrophe_is_no_opener():
    text = (
        "Les jeunes 'Outsiders ont gagné 'À Rabat "
        + "et leurs partisans ont fêté cela toute la nuit dans les rues. " * 2
    )
    assert [b.kind for b in repair(document_of(text, lang="fr"), load_pack("fr")).blocks] == ["body"]


def test_name_goes_where_a_loose_comma_shows_that_one_is_lacking():
    text = (
        "Awa Ndiaye\n\nUn accord à Dakar\n\nLa ministre , venue de Thiès, a signé mardi le texte avec trois syndicats."
    )
    repaired = repair(document_of(text, lang="fr"), load_pack("fr"))
    assert "La ministre Awa Ndiaye, venue" in repaired.blocks[2].reading.replace(" ,", ",")


def test_sentence_cut_by_an_empty_line_is_one_again():
    text = "La route a été coupée mardi dans le nord du pays,\n\nqui attend toujours des vivres. Deux ponts ont cédé."
    (block,) = repair(document_of(text, lang="fr"), load_pack("fr")).blocks
    assert block.reading.startswith("La route a été coupée mardi dans le nord du pays, qui attend")
