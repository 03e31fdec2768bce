"""Repairs of trees: what they change, and what they must leave alone."""

from dragoman.syntax.mend import Draft, mended
from dragoman.syntax.tokens import token_rules, words


def draft(rows, lang="fr"):
    """Rows of (word, UPOS, head, relation, lemma)."""
    text = " ".join(row[0] for row in rows)
    cut = words(text, token_rules(lang))
    assert [w.text for w in cut] == [row[0] for row in rows]
    heads, rels = [row[2] for row in rows], [row[3] for row in rows]
    made = Draft(cut, (heads, rels), ([row[4] for row in rows], [row[1] for row in rows], [""] * len(rows)))
    mended(made, token_rules(lang))
    return made


def test_an_article_inside_a_name_is_part_of_it():
    made = draft(
        [
            ("Yves", "PROPN", 3, "nsubj", "Yves"),
            ("Le", "DET", 2, "det", "le"),
            ("Goff", "PROPN", 0, "appos", "Goff"),
            ("parle", "VERB", 3, "root", "parler"),
        ]
    )
    assert made.rels[:3] == ["nsubj", "flat:name", "flat:name"]
    assert made.heads[:3] == [3, 0, 0]
    assert made.upos[1] == "PROPN"


def test_an_article_before_a_name_stays_one():
    made = draft(
        [
            ("Yves", "PROPN", 1, "nsubj", "Yves"),
            ("aime", "VERB", 1, "root", "aimer"),
            ("Le", "DET", 3, "det", "le"),
            ("Havre", "PROPN", 1, "obj", "Havre"),
        ]
    )
    assert made.rels == ["nsubj", "root", "det", "obj"]


def test_a_first_of_several_subjects_that_was_cut_off_is_joined_again():
    made = draft(
        [
            ("Rome", "PROPN", 5, "parataxis", "Rome"),
            (",", "PUNCT", 0, "punct", ","),
            ("Oslo", "PROPN", 5, "nsubj", "Oslo"),
            ("et", "CCONJ", 4, "cc", "et"),
            ("Berne", "PROPN", 2, "conj", "Berne"),
            ("protestent", "VERB", 5, "root", "protester"),
        ]
    )
    assert made.rels == ["nsubj", "punct", "conj", "cc", "conj", "root"]
    assert made.heads == [5, 2, 0, 4, 0, 5]


def test_a_place_before_one_subject_stays_where_it_is():
    rows = [
        ("Rome", "PROPN", 3, "parataxis", "Rome"),
        (",", "PUNCT", 0, "punct", ","),
        ("Oslo", "PROPN", 3, "nsubj", "Oslo"),
        ("proteste", "VERB", 3, "root", "protester"),
    ]
    assert draft(rows).rels == [row[3] for row in rows]


def test_a_subject_joined_to_the_phrase_before_it_is_freed():
    made = draft(
        [
            ("Selon", "ADP", 1, "case", "selon"),
            ("Oslo", "PROPN", 4, "obl", "Oslo"),
            (",", "PUNCT", 3, "punct", ","),
            ("Berne", "PROPN", 1, "conj", "Berne"),
            ("proteste", "VERB", 4, "root", "protester"),
        ]
    )
    assert (made.heads[3], made.rels[3]) == (4, "nsubj")


def test_two_joined_nouns_before_a_verb_without_subject_stay_joined():
    rows = [
        ("Selon", "ADP", 1, "case", "selon"),
        ("Oslo", "PROPN", 4, "obl", "Oslo"),
        ("et", "CCONJ", 3, "cc", "et"),
        ("Berne", "PROPN", 1, "conj", "Berne"),
        ("proteste", "VERB", 4, "root", "protester"),
    ]
    assert draft(rows).rels == [row[3] for row in rows]


def test_a_past_with_be_is_not_passive():
    made = draft(
        [
            ("Ils", "PRON", 2, "nsubj:pass", "lui"),
            ("sont", "AUX", 2, "aux:pass", "être"),
            ("venus", "VERB", 2, "root", "venir"),
        ]
    )
    assert made.rels == ["nsubj", "aux:tense", "root"]


def test_a_true_passive_stays_passive():
    rows = [
        ("Ils", "PRON", 2, "nsubj:pass", "lui"),
        ("sont", "AUX", 2, "aux:pass", "être"),
        ("reçus", "VERB", 2, "root", "recevoir"),
    ]
    assert draft(rows).rels == ["nsubj:pass", "aux:pass", "root"]


GUARDS = [
    ("Guards", "NOUN", 1, "nsubj:pass", "guard"),
    ("shot", "VERB", 1, "root", "shoot"),
    ("at", "ADP", 3, "case", "at"),
    ("farmers", "NOUN", 1, "obl", "farmer"),
]


def test_a_full_sentence_without_be_is_not_passive():
    made = draft([*GUARDS, (".", "PUNCT", 1, "punct", ".")], "en")
    assert made.rels[0] == "nsubj"
    assert "VerbForm=Fin" in made.feats[1]


def test_a_headline_may_be_passive_without_be():
    assert draft(GUARDS, "en").rels[0] == "nsubj:pass"


def test_a_passive_with_be_stays_one():
    rows = [("Guards", "NOUN", 2, "nsubj:pass", "guard"), ("were", "AUX", 2, "aux:pass", "be"),
            ("shot", "VERB", 2, "root", "shoot"), (".", "PUNCT", 2, "punct", ".")]  # fmt: skip
    assert draft(rows, "en").rels[0] == "nsubj:pass"


def test_an_infinitive_that_hangs_on_a_noun_qualifies_it():
    rows = [("le", "DET", 1, "det", "le"), ("ministre", "NOUN", 1, "root", "ministre"),
            ("à", "ADP", 3, "mark", "à"), ("venir", "VERB", 1, "xcomp", "venir")]  # fmt: skip
    cut = words("le ministre à venir", token_rules("fr"))
    columns = ([r[4] for r in rows], [r[1] for r in rows], ["", "", "", "VerbForm=Inf"])
    made = Draft(cut, ([r[2] for r in rows], [r[3] for r in rows]), columns)
    mended(made, token_rules("fr"))
    assert made.rels[3] == "acl"
