"""Near-copies share a lineage, the same whatever the order in which documents come."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.record.copies import Page, bands, copied, jaccard, lineages, signature

STORY = (
    "The foreign minister of Norway arrived in Lima on Monday for two days of talks on fishing rights in the southern "
    "ocean, her ministry said. She will meet the Peruvian president and sign a treaty that both parliaments have yet "
    "to ratify. The two countries have argued about the catch since last winter, when a Norwegian trawler was held."
)
CUT = STORY.rsplit(".", 2)[0] + "."
OTHER = (
    "Police in Windhoek used tear gas against teachers who marched to the ministry on Tuesday to ask for higher pay, a "
    "union leader said. Eleven people were held and later let go without a charge, according to their lawyer."
)
DAY = date(2031, 5, 12)


def page(id: str, text: str, day: int | None = 0) -> Page:
    return Page(id=id, published=DAY + timedelta(day) if day is not None else None, signature=signature(text))


def test_a_shortened_copy_has_the_lineage_of_the_earlier_text() -> None:
    found = lineages([page("b", CUT, 1), page("c", STORY), page("a", OTHER)])
    assert found.of == {"a": "a", "b": "c", "c": "c"}


def test_another_story_is_no_copy() -> None:
    assert jaccard(signature(STORY), signature(OTHER)) < 0.1
    assert not set(bands(signature(STORY))) & set(bands(signature(OTHER)))


def test_a_text_that_comes_out_again_next_year_is_a_new_telling() -> None:
    assert copied(page("a", STORY), page("b", STORY, 9))
    assert not copied(page("a", STORY), page("b", STORY, 360))


def test_a_few_words_are_nobodys_copy() -> None:
    assert signature("Norway and Peru sign treaty") == b""
    assert lineages([page("a", "Norway signs"), page("b", "Norway signs")]).of == {"a": "a", "b": "b"}


def test_two_lineages_that_meet_become_one_and_say_so() -> None:
    old = [
        Page(id="x", published=DAY, signature=signature(STORY), lineage="w", since=DAY - timedelta(2)),
        Page(id="y", published=DAY, signature=signature(CUT), lineage="v", since=DAY - timedelta(1)),
    ]
    found = lineages([page("n", STORY, 1)], old)
    assert found.of == {"n": "w"}
    assert found.moved == {"v": "w"}


TEXTS = (STORY, CUT, OTHER, STORY + " " + OTHER, OTHER + " " + CUT)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(TEXTS), st.sampled_from((0, 1, 3, 12, 20, None))), max_size=8), st.data())
def test_batches_give_the_lineages_of_the_whole(given: list[tuple[str, int | None]], data: st.DataObject) -> None:
    pages = [page(f"p{number}", text, day) for number, (text, day) in enumerate(given)]
    whole = lineages(pages).of
    standing: dict[str, str] = {}
    by_id = {one.id: one for one in pages}
    for new in data.draw(st.permutations(pages)):
        known = [
            Page(id=id, published=by_id[id].published, signature=by_id[id].signature, lineage=lineage,
                 since=by_id[lineage].published)
            for id, lineage in standing.items()
            if set(bands(by_id[id].signature)) & set(bands(new.signature))
        ]  # fmt: skip
        found = lineages([new], known)
        standing = {id: found.moved.get(lineage, lineage) for id, lineage in standing.items()} | found.of
    assert standing == whole
