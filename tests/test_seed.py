"""The golden test: the seed article of the project, coded whole, against what a person found in it.

The article and its gold stand in ../shared, beside the project. Wanted: every event, tie, claim and defect that is not
optional, with type, mode, status, countries, dates and voice right; no report in a passage that is no event.
"""

from __future__ import annotations

import json
from datetime import date

import pytest

from dragoman.faces.evaluate import found_act, gold_act, pairs
from dragoman.model import Coding, Span


@pytest.fixture(scope="module")
def gold(shared):
    path = shared / "gold" / "seed_article.json"
    if not path.is_file():
        pytest.skip(f"no gold of the seed article at {path}")
    return json.loads(path.read_text("utf-8"))


@pytest.fixture(scope="module")
def coding(shared, coder) -> Coding:
    path = shared / "seed" / "article.txt"
    if not path.is_file():
        pytest.skip(f"no seed article at {path}")
    return coder(path.read_text("utf-8"))


def asked(gold):
    return [event for event in gold["events"] if not event.get("optional")]


def passage(words: str, text: str) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))


def told(coding: Coding) -> str:
    """All reports in short, for the message of a failing test."""
    acts = [(found_act(r, coding), r) for r in coding.reports]
    return "\n".join(f"{r.type} {dict(a.fields)} {set(a.actors)} > {set(a.recipients)} “{a.words}”" for a, r in acts)


@pytest.fixture(scope="module")
def matched(gold, coding):
    """The report that was found for each asked-for event, by the event's id."""
    reports = [r for r in coding.reports if r.status != "habitual"]
    wanted = [gold_act(event, gold["text"]) for event in asked(gold)]
    found = {id(g): f for g, f in pairs(wanted, [found_act(r, coding) for r in reports])}
    return {event["id"]: found.get(id(act)) for event, act in zip(asked(gold), wanted, strict=True)}


def test_text_is_that_of_the_gold(gold, coding):
    assert coding.document.text == gold["text"]


def test_every_event_is_found(gold, coding, matched):
    missing = [f"{e['id']} {e['type']} “{e['trigger']}”" for e in asked(gold) if matched[e["id"]] is None]
    assert not missing, told(coding)


@pytest.mark.parametrize("field", ["mode", "status", "date", "attribution"])
def test_field_is_right_in_every_event(gold, coding, matched, field):
    """Places are judged by the text alone: an inferred place is welcome where the text states none."""
    wrong = []
    for event in asked(gold):
        act, wanted = matched[event["id"]], gold_act(event).fields[field]
        if act is None:
            continue
        got = act.fields[field]
        same = got == wanted
        if field == "attribution" and got and wanted:
            same = got in wanted or wanted in got
        if not same:
            wrong.append(f"{event['id']} {event['type']}: {field} is {wanted!r}, not {got!r}")
    assert not wrong, told(coding)


def test_countries_are_right_in_every_event(gold, coding, matched):
    wrong = []
    for event in asked(gold):
        act, wanted = matched[event["id"]], gold_act(event)
        if act is None:
            continue
        right = (wanted.actors, wanted.recipients) == (act.actors, act.recipients)
        if wanted.reciprocal:
            right = wanted.actors | wanted.recipients == act.actors | act.recipients
        if not right:
            wrong.append(f"{event['id']} {event['type']}: {set(act.actors)} > {set(act.recipients)}")
    assert not wrong, told(coding)


def test_people_are_known_by_name(coding):
    names = {a.name for r in coding.reports for a in (*r.actors, *r.recipients)}
    assert {"Mark Esper", "Abdelmadjid Tebboune", "Donald Rumsfeld"} <= names


def test_no_report_stands_in_a_passage_that_is_no_event(gold, coding):
    bad = [
        (report.type, report.trigger.of(gold["text"]), entry["why"])
        for entry in gold["not_events"]
        if not entry.get("optional")
        for report in coding.reports
        if report.status != "habitual" and report.trigger.overlaps(passage(entry["text"], gold["text"]))
    ]
    assert not bad


def test_every_tie_is_found(gold, coding):
    found = {(r.type, r.a.country, r.b.country) for r in coding.relations}
    missing = [r for r in gold["relations"] if (r["type"], r["a"], r["b"]) not in found]
    assert not missing, found


def test_every_claim_is_found_and_tied_to_its_event(gold, coding):
    reports = {r.id: r for r in coding.reports}
    for wanted in gold["claims"]:
        span = passage(wanted["text"], gold["text"])
        claims = [c for c in coding.claims if c.evidence.overlaps(span)]
        assert claims, wanted["text"]
        about = {reports[c.about].type for c in claims if c.about}
        assert about == {"CONSULT"}, wanted["text"]


def test_claim_on_rumsfeld_has_its_scope(coding):
    claim = next(c for c in coding.claims if c.since)
    assert claim.since.first == date(2006, 2, 1)
    assert (claim.from_country, claim.to_country) == ("USA", "DZA")
    implied = next(r for r in coding.reports if r.id == claim.implies)
    assert (implied.status, implied.actors[0].name) == ("historical", "Donald Rumsfeld")


def test_claim_in_years_has_its_scope(coding):
    claim = next(c for c in coding.claims if c.years)
    assert (claim.years, claim.approximate) == (15, "less")


def test_every_defect_is_found(gold, coding):
    found = [d.span for d in coding.document.defects]
    missing = [
        d["what"] for d in gold["defects"] if not any(passage(d["text"], gold["text"]).overlaps(s) for s in found)
    ]
    assert not missing


def test_torn_words_are_put_back(coding):
    torn = next(d for d in coding.document.defects if d.into is not None)
    text = coding.document.text
    assert torn.span.of(text) == "président Abdelmadjid Tebboune"
    assert text[: torn.into].rstrip().endswith("entretenu avec le")


def test_day_of_the_page_is_inferred_and_said_to_be(gold, coding):
    assert coding.document.published == date.fromisoformat(gold["date_inferred"])
    assert coding.document.published_basis in {"caption", "inferred"}
