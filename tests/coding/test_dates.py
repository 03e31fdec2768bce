"""Time expressions, what they mean, and which one dates an event."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.dates import iso, times, when_of
from dragoman.errors import PackError
from dragoman.pack import load_pack
from dragoman.pack.dates import find_times, load_dates, lower, resolve
from tests.coding.when_where_cases import cases

FRIDAY = date(2020, 10, 2)


def day_of(lang: str, text: str, direction: int = 0, published: date | None = FRIDAY) -> list[str | None]:
    words = load_pack(lang).dates
    return [iso(resolve(e, published, direction=direction)) for e in find_times(lower(text), words)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("fr", "le 1er octobre 2020", "2020-10-01"),
        ("fr", "le jeudi 1er octobre 2020", "2020-10-01"),
        ("fr", "ce jeudi 1er octobre", "2020-10-01"),
        ("fr", "le 3 mai", "2020-05-03"),
        ("fr", "le 14 décembre", "2020-12-14"),
        ("fr", "hier 1er octobre", "2020-10-01"),
        ("fr", "en février 2006", "2006-02"),
        ("fr", "en février", "2020-02"),
        ("fr", "mi-mars", "2020-03"),
        ("fr", "début septembre", "2020-09"),
        ("fr", "fin 2019", "2019"),
        ("fr", "en juin dernier", "2020-06"),
        ("fr", "en mars prochain", "2021-03"),
        ("fr", "en 1998", "1998"),
        ("fr", "jeudi soir", "2020-10-01"),
        ("fr", "vendredi", "2020-10-02"),
        ("fr", "vendredi dernier", "2020-09-25"),
        ("fr", "mardi prochain", "2020-10-06"),
        ("fr", "avant-hier", "2020-09-30"),
        ("fr", "aujourd’hui", "2020-10-02"),
        ("fr", "ce matin", "2020-10-02"),
        ("fr", "après-demain", "2020-10-04"),
        ("fr", "la semaine dernière", "2020-09"),
        ("fr", "le mois prochain", "2020-11"),
        ("fr", "ce mois-ci", "2020-10"),
        ("fr", "l'an dernier", "2019"),
        ("fr", "l'année prochaine", "2021"),
        ("fr", "au début de l'année", "2020"),
        ("fr", "il y a quinze ans", "2005"),
        ("fr", "il y a trois jours", "2020-09-29"),
        ("fr", "il y a près de six mois", "2020-04"),
        ("fr", "du 3 au 5 mai 2019", "2019-05"),
        ("fr", "l'été dernier", "2020"),
        ("fr", "dans les années 1990", None),
        ("fr", "entre 2015 et 2018", None),
        ("fr", "trois jours plus tôt", None),
        ("fr", "la veille", None),
        ("fr", "ces derniers jours", None),
        ("fr", "à 14h30", None),
        ("fr", "pendant trois mois", None),
        ("en", "October 7th", "2020-10-07"),
        ("en", "on October 1", "2020-10-01"),
        ("en", "7 Oct. 2019", "2019-10-07"),
        ("en", "Thursday, October 1, 2020", "2020-10-01"),
        ("en", "2020-10-01", "2020-10-01"),
        ("en", "in February 2006", "2006-02"),
        ("en", "in March", "2020-03"),
        ("en", "mid-March", "2020-03"),
        ("en", "last June", "2020-06"),
        ("en", "in early 2020", "2020"),
        ("en", "late last year", "2019"),
        ("en", "in 1991", "1991"),
        ("en", "on Thursday evening", "2020-10-01"),
        ("en", "last Friday", "2020-09-25"),
        ("en", "next Tuesday", "2020-10-06"),
        ("en", "yesterday", "2020-10-01"),
        ("en", "tonight", "2020-10-02"),
        ("en", "earlier this month", "2020-10"),
        ("en", "last week", "2020-09"),
        ("en", "next month", "2020-11"),
        ("en", "fifteen years ago", "2005"),
        ("en", "two weeks ago", "2020-09"),
        ("en", "from May 3 to May 5", "2020-05"),
        ("en", "May 3-5, 2019", "2019-05"),
        ("en", "this summer", "2020"),
        ("en", "in the 1980s", None),
        ("en", "from 2015 to 2018", None),
        ("en", "the day before", None),
        ("en", "for ten years", None),
        ("en", "in recent days", None),
        ("en", "at 5:30 pm", None),
        ("en", "since Dec. 5", "2019-12-05"),
        ("en", "this Dec. 13, 2018", "2018-12-13"),
        ("en", "last fall", "2019"),
        ("en", "in the fall of 1990", "1990"),
        ("en", "between December and February", None),
        ("fr", "depuis février 2015", "2015-02"),
        ("fr", "entre mars et mai 2018", "2018"),
    ],
)
def test_expression_means_its_days(lang, text, expected):
    assert day_of(lang, text) == [expected]


@pytest.mark.parametrize(
    "text", ["Il peut aller loin.", "Un deux-pièces de 45 m2.", "La somme de 1 500 euros.", "Six soldats."]
)
def test_french_without_a_time_has_none(text):
    assert day_of("fr", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "It may march on.",
        "She had a second try.",
        "Some 1,500 euros.",
        "A sun-lit room.",
        "Jabs for under-60s.",
        "It came in the fall of Mosul.",
    ],
)
def test_english_without_a_time_has_none(text):
    assert day_of("en", text) == []


@pytest.mark.parametrize(("lang", "text"), [("fr", "lundi"), ("en", "Monday")])
def test_bare_weekday_is_the_nearest_past_one_and_with_a_future_verb_the_next(lang, text):
    assert day_of(lang, text, -1) == ["2020-09-28"]
    assert day_of(lang, text, 1) == ["2020-10-05"]


@pytest.mark.parametrize(
    ("lang", "text"), [("fr", "jeudi"), ("en", "last week"), ("fr", "le 3 mai"), ("en", "in March")]
)
def test_without_a_publication_date_only_full_dates_tell(lang, text):
    assert day_of(lang, text, published=None) == [None]


def test_full_date_needs_no_publication_date():
    assert day_of("fr", "le 3 mai 2019", published=None) == ["2019-05-03"]


def test_day_that_no_calendar_has_is_unknown():
    assert day_of("fr", "le 31 février 2019") == [None]


def test_interval_keeps_both_ends():
    (expression,) = find_times("from 2015 to 2018", load_pack("en").dates)
    when = resolve(expression, None)
    assert (str(when.first), str(when.last), when.precision) == ("2015-01-01", "2018-12-31", "interval")


def test_early_and_late_narrow_a_month():
    (expression,) = find_times("fin septembre", load_pack("fr").dates)
    when = resolve(expression, FRIDAY)
    assert (str(when.first), str(when.last), when.precision) == ("2020-09-21", "2020-09-30", "month")


@pytest.mark.parametrize("case", cases())
def test_event_has_the_date_that_belongs_to_it(case):
    found = when_of(
        case.tree,
        case.trigger,
        case.trigger,
        pack=load_pack(case.lang),
        published=case.published,
        precision=case.precision,
    )
    assert (iso(found[0]) if found else None) == case.date
    if found:
        when, (reason,) = found
        assert reason.rule.startswith(f"{case.lang}/date/")
        assert reason.span == when.span
        assert when.span.of(case.document.text).strip()


def test_times_point_at_their_tokens():
    case = next(p.values[0] for p in cases() if "le 3 mai 2019" in p.values[0].document.text)
    (mention,) = times(case.tree, load_pack("fr"), case.published)
    words = [t.text for t in case.tree.tokens[mention.start_token : mention.end_token]]
    assert words == ["le", "3", "mai", "2019"]
    assert mention.when.span.of(case.document.text) == "le 3 mai 2019"


def test_both_languages_have_the_same_tables():
    fr, en = load_pack("fr").dates, load_pack("en").dates
    for name in fr.tables:
        assert set(fr.tables[name].values()) <= set(en.tables[name].values()) | {0, -1, 1, "whole"} | set(range(101)), (
            name
        )
    assert {rule for rule, _ in fr.patterns} == {rule for rule, _ in en.patterns}


def test_broken_pack_names_its_file(tmp_path):
    (tmp_path / "dates.toml").write_text("cues = []\n[months]\n", "utf-8")
    with pytest.raises(PackError, match=r"dates\.toml"):
        load_dates(tmp_path)


@given(st.text(max_size=120), st.sampled_from(["fr", "en"]))
def test_no_text_breaks_finding(text, lang):
    low = lower(text)
    assert len(low) == len(text)
    for expression in find_times(low, load_pack(lang).dates):
        assert 0 <= expression.start < expression.end <= len(text)
        when = resolve(expression, FRIDAY)
        assert when is None or when.first <= when.last


BITS = st.sampled_from(
    [
        "le",
        "31",
        "29",
        "février",
        "mai",
        "2019",
        "lundi",
        "dernier",
        "il y a",
        "99",
        "ans",
        "mois",
        "fin",
        "du",
        "au",
        "entre",
        "et",
    ]
)


@given(st.lists(BITS, max_size=8))
def test_no_mixture_of_time_words_breaks_meaning(bits):
    for expression in find_times(" ".join(bits), load_pack("fr").dates):
        for direction in (-1, 0, 1):
            when = resolve(expression, FRIDAY, direction=direction)
            assert when is None or when.first <= when.last
