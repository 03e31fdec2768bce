"""What bench/merging.py counts, on a case small enough to count by hand; and that the clusters are well made."""

from __future__ import annotations

import importlib.util
import sys
from collections import defaultdict

import pytest
from tests.conftest import ROOT

from dragoman.model import Actor, Report, Span
from dragoman.ontology import known_type

TEXT = "Oslo's minister went to Lima. He met his host. Quito expelled two diplomats. Bern expelled one."


@pytest.fixture(scope="module")
def merging():
    spec = importlib.util.spec_from_file_location("bench_merging", ROOT / "bench" / "merging.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_merging"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def span(words):
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def report(id, type, words, *, trigger=None, who=None, whom=None, status=None):
    def side(country):
        return (Actor(text=country, span=Span(0, 1), country=country),) if country else ()

    return Report(
        id=id, document="a", sentence=0, type=type, concept="x", evidence=span(words), trigger=span(trigger or words),
        status=status, actors=side(who), recipients=side(whom),
    )  # fmt: skip


def mention(merging, key, type, words, *, who=(), whom=(), part_of=None, article="a", status=None):
    return merging.Mention(
        article=article, key=key, part_of=part_of, types=(type,), status=status, who=who, whom=whom,
        span=span(words), words=words,
    )  # fmt: skip


def test_report_belongs_to_the_happening_whose_words_it_acts_on(merging):
    mentions = [
        mention(merging, "visit", "CONSULT", "went to Lima", who=("NOR",), whom=("PER",)),
        mention(merging, "quito", "SANCTION", "Quito expelled two diplomats", who=("ECU",)),
        mention(merging, "bern", "SANCTION", "Bern expelled one", who=("CHE",)),
    ]
    reports = [
        report("1", "CONSULT", "went to Lima", who="NOR"),
        report("2", "SANCTION", "Quito expelled two diplomats", who="ECU"),
        report("3", "SANCTION", "Quito expelled two diplomats. Bern expelled one.", trigger="Bern expelled"),
        report("4", "ACCUSE", "went to Lima", who="NOR"),  # another type
        report("5", "CONSULT", "went to Lima", who="FRA"),  # another country
        report("6", "CONSULT", "went to Lima", who="NOR", status="future"),  # another status
    ]
    assert merging.assign(reports, mentions) == {"1": "visit", "2": "quito", "3": "bern"}


def test_report_of_the_rest_of_the_sentence_takes_only_a_free_mention(merging):
    mentions = [mention(merging, "visit", "CONSULT", "went to Lima")]
    near = report("1", "CONSULT", "Oslo's minister went to Lima", trigger="Oslo's minister")
    assert merging.assign([near], mentions) == {"1": "visit"}
    assert merging.assign([near, report("2", "CONSULT", "went to Lima")], mentions) == {"2": "visit"}


def test_rows_and_pairs_are_counted(merging):
    mentions = [mention(merging, key, "SANCTION", "Bern expelled one") for key in ("one", "two", "three")]
    belongs = {"a1": "one", "a2": "one", "a3": "one", "b1": "two", "b2": "two"}
    events = [["a1", "a2", "b1", "other"], ["a3"], ["b2"]]
    score = merging.score(events, belongs, mentions, dict.fromkeys(belongs, "words"))
    assert (score.happenings, score.found, score.told_again) == (3, 2, 2)
    assert score.rows == 2.0  # "one" lies in two events, "two" in two
    alone = merging.score([*events, ["c1"]], belongs | {"c1": "three"}, mentions, dict.fromkeys([*belongs, "c1"], ""))
    assert (alone.rows, alone.rows_again) == (pytest.approx(5 / 3), 2.0)
    assert (score.pairs_right, score.pairs_merged, score.pairs_asked) == (1, 3, 4)
    assert score.b_precision == pytest.approx((2 / 3 + 2 / 3 + 1 + 1 / 3 + 1) / 5)
    assert score.b_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 / 2 + 1 / 2) / 5)
    assert [key for key, _ in score.split] == ["one", "two"]
    assert [entry[:3] for entry in score.thrown] == [["one", "two", 2]]


def test_talk_within_a_visit_may_be_kept_apart_or_not(merging):
    mentions = [
        mention(merging, "visit", "CONSULT", "went to Lima"),
        mention(merging, "talk", "CONSULT", "met his host", part_of="visit"),
    ]
    belongs = {"1": "visit", "2": "visit", "3": "talk"}
    for events in ([["1", "2"], ["3"]], [["1", "2", "3"]]):
        score = merging.score(events, belongs, mentions, dict.fromkeys(belongs, "words"))
        assert (score.rows, score.pair_precision, score.pair_recall, score.b_precision) == (1.0, 1.0, 1.0, 1.0)
        assert not score.thrown


@pytest.mark.parametrize("half", ["tune", "watch"])
def test_clusters_are_well_made(merging, half):
    rows = merging.read(half)
    ids = [row["id"] for row in rows]
    assert len(set(ids)) == len(ids)
    told = defaultdict(set)
    for row in rows:
        for one in merging.mentions_of(row):  # raises where the words do not stand in the text
            assert [known_type(type) for type in one.types]
            assert one.status in {None, "future", "historical", "negation", "hypothetical"}, (row["id"], one.key)
            told[one.key].add((one.types, one.status, one.who, one.whom, one.part_of))
    assert all(len(ways) == 1 for ways in told.values()), "a key stands for one happening"
    assert all(part is None or part in told for ways in told.values() for *_, part in ways)


def test_no_story_is_in_both_halves(merging):
    keys = [{told["key"] for row in merging.read(half) for told in row["happenings"]} for half in ("tune", "watch")]
    assert not keys[0] & keys[1]


def test_real_articles_are_coded_and_belong(merging):
    rows = merging.read("tune")[:2]
    mentions = [one for row in rows for one in merging.mentions_of(row)]
    told = merging.coded(rows)
    belongs = merging.assign([one.report for one in told], mentions)
    assert belongs
    score = merging.score(merging.naive(told), belongs, mentions, {one.report.id: one.evidence for one in told})
    assert score.found
    assert score.rows >= 1
