"""Plots: the same series gives the same file, what is unknown leaves a gap, and what is drawn is in the legend."""

from __future__ import annotations

import sys

import pytest

from dragoman.errors import InputError
from dragoman.relations.plots import plot
from dragoman.relations.series import series
from tests.relations.test_series import PAIRS, cell
from tests.relations.told import DAY

pytest.importorskip("matplotlib")

RIVALS = [(a, b) for power in ("CHN", "RUS", "USA") for a, b in ((power, "KEN"), ("KEN", power))]


@pytest.fixture
def points():
    papers = {DAY(f"2020-0{month}-01"): 90 if month != 3 else 0 for month in range(1, 7)}
    cells = [cell("2020-01-01", 4), cell("2020-02-01", 1, -9.0, "ASSAULT"), cell("2020-05-01", 2, pair=("UGA", "KEN"))]
    return series(cells, PAIRS, volume=papers)


def drawn(points, path, **more):
    plot(points, path, title="Kenya and Uganda, 2020", **more)
    return path.read_text("utf-8")


def test_same_series_gives_the_same_svg_without_a_date(points, tmp_path):
    once = drawn(points, tmp_path / "one.svg")
    assert once == drawn(points, tmp_path / "other.svg")
    assert "<dc:date>" not in once


def test_svg_has_title_directions_and_legend_as_text(points, tmp_path):
    text = drawn(points, tmp_path / "plot.svg", names={"KEN": "Kenya", "UGA": "Uganda"})
    for words in ("Kenya and Uganda, 2020", "Kenya → Uganda", "Uganda → Kenya", "material conflict", "docs"):
        assert f">{words}</text>" in text
    assert "no documents: unknown" in text
    assert "verbal conflict" not in text


def test_volume_that_was_not_asked_has_no_panel(tmp_path):
    text = drawn(series([cell("2020-01-01", 4), cell("2020-06-01")], PAIRS), tmp_path / "plot.svg")
    assert ">events</text>" in text
    assert ">docs</text>" not in text


def test_png_is_written_whatever_the_case_of_its_ending(points, tmp_path):
    plot(points, tmp_path / "plot.PNG", title="Kenya")
    assert (tmp_path / "plot.PNG").read_bytes().startswith(b"\x89PNG")


def test_powers_stand_side_by_side_and_the_directions_above_each_other(tmp_path):
    cells = [cell("2020-01-01", 4, pair=("CHN", "KEN")), cell("2020-06-01", 2, pair=("KEN", "RUS"))]
    text = drawn(series(cells, RIVALS), tmp_path / "plot.svg")
    order = [text.index(f">{a} → {b}</text>") for a, b in RIVALS[::2] + RIVALS[1::2]]
    assert order == sorted(order)


def test_long_weekly_series_and_one_without_events_can_be_drawn(tmp_path):
    weeks = series([cell("2015-01-05"), cell("2020-01-06")], PAIRS, by="week")
    plot(weeks, tmp_path / "weeks.svg", title="Weeks")
    plot(series([], PAIRS, volume={DAY("2020-01-01"): 9}), tmp_path / "empty.svg", title="Nothing")


def test_other_endings_and_empty_series_are_refused_with_advice(points, tmp_path):
    with pytest.raises(InputError, match=r"plot\.jpg: a plot is an \.svg or a \.png file"):
        plot(points, tmp_path / "plot.jpg", title="")
    with pytest.raises(InputError, match="nothing to plot"):
        plot((), tmp_path / "plot.svg", title="")
    with pytest.raises(InputError, match="cannot be written"):
        plot(points, tmp_path / "nowhere" / "plot.svg", title="")


def test_missing_matplotlib_names_the_extra(points, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(InputError, match=r"pip install 'dragoman\[plot\]'"):
        plot(points, tmp_path / "plot.svg", title="")


def test_drawing_leaves_matplotlib_as_it_was(points, tmp_path):
    import matplotlib

    before = dict(matplotlib.rcParams)
    plot(points, tmp_path / "plot.svg", title="Kenya")
    assert dict(matplotlib.rcParams) == before
