"""No sentence that a unit fires on may be left unparsed."""

from __future__ import annotations

import pytest

from dragoman.coding.screen import screen
from dragoman.pack import load_pack


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_units_example_passes_the_screen(lang: str) -> None:
    pack = load_pack(lang)
    keep = screen(pack)
    units = [u for u in pack.lexicon.all_units() if u.concept.type is not None]
    lost = [u.id for u in units if not keep(u.says.partition(" => ")[0])]
    # Irregular forms that the tables of forms lack may be lost: one in a hundred at most.
    assert len(lost) <= len(units) // 100, lost[:20]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("fr", "Le ciel était bleu et les oiseaux chantaient."), ("en", "The sky was blue and the birds were singing.")],
)
def test_a_sentence_in_which_nothing_can_be_coded_is_left_out(lang: str, sentence: str) -> None:
    assert not screen(load_pack(lang))(sentence)
