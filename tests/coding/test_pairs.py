"""`between`: what a given actor does to a given recipient."""

from __future__ import annotations

import pytest

import dragoman


def spans(text: str) -> tuple[str, tuple[int, int] | None, tuple[int, int] | None]:
    """The text without its marks, and the places of [actor] and {recipient}."""
    plain = text.translate(str.maketrans("", "", "[]{}"))
    found = []
    for first, last in ("[]", "{}"):
        if first not in text:
            found.append(None)
            continue
        inner = text[text.index(first) + 1 : text.index(last)]
        start = plain.index(inner)
        found.append((start, start + len(inner)))
    return plain, found[0], found[1]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "[Norway] condemned the arrest of {three Belarusian activists} in Minsk.", "ACCUSE"),
        ("en", "[The court] sentenced {the former minister} to six years.", "SANCTION"),
        ("en", "[Kenya] promised to send police officers to {Haiti} after the talks.", "AGREE"),
        ("en", "[The rebels] released {two Turkish engineers}.", "RETREAT"),
        ("en", "[The Kenyan army] began shelling {a besieged Chadian town}.", "ASSAULT"),
        ("en", "[The ministry] denied the visiting {Peruvian reporter} entry.", "REJECT"),
        ("fr", "[La Suède] a rappelé son ambassadeur en {Iran} après l'exécution.", "SANCTION"),
        ("fr", "[Le Qatar] a livré de l'aide humanitaire à {la Libye}.", "AID"),
        ("fr", "Des soldats ont été tués, et [l'Inde] a accusé {le Pakistan} d'abriter les auteurs.", "ACCUSE"),
    ],
)
def test_the_unit_that_joins_the_pair_gives_the_type(lang: str, text: str, expected: str) -> None:
    plain, actor, recipient = spans(text)
    report = dragoman.between(plain, actor, recipient, lang=lang)
    assert report is not None
    assert report.type == expected


def test_a_side_may_be_unnamed() -> None:
    text = "Thousands of students have demonstrated in Lima."
    report = dragoman.between(text, (0, 21), None, lang="en")
    assert report is not None
    assert (report.type, report.recipients) == ("PROTEST", ())


def test_no_unit_between_the_spans_gives_none() -> None:
    text = "Peru and Chile are neighbours."
    assert dragoman.between(text, (0, 4), (9, 14), lang="en") is None
