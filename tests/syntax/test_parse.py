"""Parsing: our own models and CoNLL-U keep the same contract; contracted forms; screening; blocks."""

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import InputError, ParserError
from dragoman.model import Block, Document, Span
from dragoman.syntax import Parsed, load_parser, parse, read_conllu, split, to_conllu
from dragoman.syntax.language import detect
from dragoman.syntax.tokens import plain
from dragoman.syntax.trees import rooted

FRENCH = (
    "Le préfet du Nord a reçu les maires. « Rien n’est signé », a dit M. Durand. Les lettres auxquelles il répond ?"
)
ENGLISH = "The mayor didn’t sign the agreement. Troops were attacked by rebels in the north."


class Chain:
    """A stand-in parser: each word hangs on the one before it."""

    def parse(self, sentences):
        return [
            Parsed(
                lemmas=[w.text.lower() for w in words],
                upos=["ADP" if w.text.lower() in ("du", "au") else "X" for w in words],
                feats=[""] * len(words),
                heads=[max(0, i - 1) for i in range(len(words))],
                rels=["root" if i == 0 else "dep" for i in range(len(words))],
            )
            for words in sentences
        ]


def document(text, lang="fr", **more):
    return Document(id="d", text=text, lang=lang, **more)


def keeps_the_contract(doc, sentences):
    assert [s.number for s in sentences] == list(range(len(sentences)))
    for sentence in sentences:
        assert sentence.tokens
        assert sum(t.rel == "root" for t in sentence.tokens) == 1
        for i, token in enumerate(sentence.tokens):
            assert 0 <= token.head < len(sentence.tokens)
            assert (token.head == i) == (token.rel == "root")
            assert sentence.span.start <= token.start < token.end <= sentence.span.end
            assert token.upos.isupper()
            assert token.lemma
            shared = [t for t in sentence.tokens if (t.start, t.end) == (token.start, token.end)]
            if len(shared) == 1:
                assert token.text == plain(doc.text)[token.start : token.end]
        assert not _cycle(sentence)
        for first, last, label in sentence.entities:
            assert 0 <= first < last <= len(sentence.tokens)
            assert label.isupper()


def _cycle(sentence):
    for i in range(len(sentence.tokens)):
        at = i
        for _ in sentence.tokens:
            at = sentence.tokens[at].head
        if sentence.tokens[at].head != at:
            return True
    return False


@pytest.mark.parametrize(("lang", "text"), [("fr", FRENCH), ("en", ENGLISH)])
def test_our_models_keep_the_contract(lang, text):
    doc = document(text, lang)
    keeps_the_contract(doc, parse(doc))


def test_a_spacy_pipeline_by_its_path_keeps_the_contract():
    path = files("dragoman") / "packs" / "fr" / "parser"
    doc = document(FRENCH)
    keeps_the_contract(doc, parse(doc, parser=load_parser(f"spacy:{path}")))


def test_a_spacy_pipeline_without_trees_is_refused(tmp_path):
    spacy = pytest.importorskip("spacy")
    spacy.blank("xx").to_disk(tmp_path)
    with pytest.raises(ParserError, match="no parser"):
        load_parser(f"spacy:{tmp_path}")


@pytest.mark.parametrize(("lang", "text"), [("fr", FRENCH), ("en", ENGLISH)])
def test_conllu_keeps_the_contract_and_comes_back_as_it_went(lang, text, tmp_path):
    sentences = parse(document(text, lang))
    path = tmp_path / "a.conllu"
    path.write_text(to_conllu(sentences), "utf-8")
    ((doc, again),) = read_conllu(path)
    keeps_the_contract(doc, again)
    assert to_conllu(again) == to_conllu(sentences)
    assert doc.text.split() == plain(text).split()


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "La ministre a condamné l'attaque.", {"nsubj": "ministre", "obj": "attaque"}),
        ("fr", "Le président turc a reçu mardi son homologue grec.", {"nsubj": "président", "obj": "homologue"}),
        ("fr", "Le traité a été signé par les deux pays.", {"nsubj:pass": "traité", "obl:agent": "pays"}),
        ("fr", "« Nous attendons », a déclaré le porte-parole de l'armée.", {"nsubj": "porte-parole"}),
        ("fr", "La France et l'Italie ont rappelé leurs ambassadeurs.", {"nsubj": "France", "obj": "ambassadeurs"}),
        ("en", "The minister condemned the attack.", {"nsubj": "minister", "obj": "attack"}),
        ("en", "The treaty was signed by both countries.", {"nsubj:pass": "treaty", "obl:agent": "countries"}),
        ("en", "France and Italy recalled their ambassadors.", {"nsubj": "France", "obj": "ambassadors"}),
        ("en", "The president met his Greek counterpart on Tuesday.", {"nsubj": "president", "obj": "counterpart"}),
    ],
)
def test_who_does_what_is_found(lang, text, expected):
    (sentence,) = parse(document(text, lang))
    for rel, word in expected.items():
        assert word in [t.text for t in sentence.tokens if t.rel == rel]


def test_contracted_forms_are_two_words_on_the_same_characters():
    (sentence,) = parse(document("Il parle du Nord."))
    (of,) = [t for t in sentence.tokens if t.text == "de"]
    (the,) = [t for t in sentence.tokens if t.text == "le"]
    assert (of.start, of.end) == (the.start, the.end) == (9, 11)
    assert (of.rel, the.rel, the.lemma, the.upos) == ("case", "det", "le", "DET")
    assert sentence.tokens[of.head].text == sentence.tokens[the.head].text == "Nord"
    assert "\n3-4\tdu\t" in to_conllu([sentence])


def test_a_capitalised_contraction_keeps_its_capital():
    (sentence,) = parse(document("Au Nord"), parser=Chain())
    assert [t.text for t in sentence.tokens] == ["À", "le", "Nord"]


def test_sentences_not_kept_have_a_number_and_a_span_but_no_words():
    doc = document("Il pleut. Il signe. Il pleut.")
    sentences = parse(doc, parser=Chain(), keep=lambda text: "signe" in text)
    assert [bool(s.tokens) for s in sentences] == [False, True, False]
    assert [s.span.of(doc.text) for s in sentences] == ["Il pleut.", "Il signe.", "Il pleut."]


def test_only_coded_blocks_are_read_and_no_sentence_crosses_two():
    text = "Un titre\nPar Jean Dupont\nLe texte commence"
    blocks = (
        Block(kind="headline", span=Span(0, 8), reading="Un titre"),
        Block(kind="byline", span=Span(9, 24), reading="Par Jean Dupont"),
        Block(kind="body", span=Span(25, 42), reading="Le texte commence"),
    )
    sentences = parse(document(text, blocks=blocks), parser=Chain())
    assert [(s.block, s.paragraph, s.span.of(text)) for s in sentences] == [
        ("headline", 0, "Un titre"),
        ("body", 2, "Le texte commence"),
    ]


def test_words_put_back_keep_their_distant_places_and_do_not_stretch_the_sentence():
    text = "le maire\nIl a vu hier."
    reading = "Il a vu le maire hier."
    offsets = (*range(9, 17), *range(8), *range(16, 22))
    block = Block(kind="body", span=Span(9, 22), reading=reading, offsets=offsets)
    (sentence,) = parse(document(text, blocks=(block,)), parser=Chain())
    assert sentence.span == Span(9, 22)
    places = {t.text: (t.start, t.end) for t in sentence.tokens}
    assert places["maire"] == (3, 8)
    assert text[slice(*places["hier"])] == "hier"


def test_paragraphs_of_a_plain_text_are_its_lines():
    doc = document("Un.\nDeux. Trois.\n\nQuatre.")
    assert [(p.text, p.paragraph) for p in split(doc)] == [("Un.", 0), ("Deux.", 1), ("Trois.", 1), ("Quatre.", 2)]


def test_an_endless_sentence_is_parsed_in_parts():
    doc = document("mot " * 1000)
    sentences = parse(doc, parser=Chain())
    assert sum(len(s.tokens) for s in sentences) == 1000
    assert max(len(s.tokens) for s in sentences) <= 200


@given(st.text(max_size=300), st.sampled_from(["fr", "en"]))
def test_no_text_stops_the_reading_and_places_quote_it(text, lang):
    doc = document(text, lang)
    for sentence in parse(doc, parser=Chain()):
        for token in sentence.tokens:
            assert doc.text[token.start : token.end]


@settings(max_examples=15, deadline=None)
@given(st.text(st.sampled_from("aB é'’.-«»\"\n 10,:;!?…dusle\ud800😀\u0301"), max_size=80))
def test_no_text_stops_our_model(text):
    doc = document(text)
    keeps_the_contract(doc, parse(doc))


def test_parsing_twice_gives_the_same():
    doc = document(FRENCH)
    assert parse(doc) == parse(doc)


def test_of_several_roots_the_first_verb_is_kept():
    parsed = Parsed(lemmas="abc", upos=["NOUN", "VERB", "PUNCT"], feats=[""] * 3, heads=[0, 1, 2], rels=["root"] * 3)
    assert rooted(parsed) == ([1, 1, 1], ["parataxis", "root", "punct"])


def test_a_missing_parser_is_named():
    with pytest.raises(ParserError, match="'de'"):
        load_parser("de")


def test_a_wrong_line_of_conllu_is_named(tmp_path):
    path = tmp_path / "a.conllu"
    path.write_text("1\tOui\n", "utf-8")
    with pytest.raises(InputError, match=r"a\.conllu, line 1"):
        list(read_conllu(path))


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Le gouvernement a présenté hier son projet de loi.", "fr"),
        ("The government presented its bill yesterday.", "en"),
        ("Die Regierung hat gestern ihren Entwurf vorgestellt.", "de"),
        ("", None),
        ("12 / 34", None),
        ("\ud800", None),
    ],
)
def test_the_language_is_told_or_left_open(text, lang):
    assert detect(text) == lang
