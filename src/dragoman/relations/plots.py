"""A series as a picture: events as bars, mean score with its interval as a line, and how much was told below them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from math import nan
from pathlib import Path
from typing import Any

from dragoman.errors import InputError
from dragoman.model import Point
from dragoman.record.cells import QUADS
from dragoman.relations.intervals import SCALE
from dragoman.relations.series import Pair

# Okabe and Ito's colours, told apart by those who see no red or green: blues for cooperation, oranges for conflict
COLOURS = dict(zip(QUADS, ("#56B4E9", "#0072B2", "#E69F00", "#D55E00"), strict=True))
SCORE, PAPER, UNSEEN = "#222222", "#9A9A9A", "#EDEDED"
WHISKERS = 40  # periods up to which the counts' intervals are drawn: beyond, they would hide the bars
HANDLE = 2.2  # inches that an entry of the legend takes
ACROSS = 3  # pairs beside each other where they have no country in common
STYLE = {
    "svg.hashsalt": "dragoman",  # the same series gives the same file
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#666666",
    "axes.labelcolor": "#333333",
    "xtick.color": "#555555",
    "ytick.color": "#555555",
    "axes.titlesize": 10,
    "hatch.linewidth": 0.5,
}


def plot(points: Sequence[Point], path: str | Path, *, title: str, names: Mapping[str, str] | None = None) -> None:
    """Draw a series to an SVG or PNG file, one column of panels a pair, all on the same axes.

    Several powers' series with one country stand side by side, what they do to it above what it does to them. `names`
    are what countries are called in the picture. The score's line has gaps where it is unknown; periods without
    documents are shaded.
    """
    path = Path(path)
    ending = path.suffix.lower().removeprefix(".")
    if ending not in {"svg", "png"}:
        raise InputError(f"{path}: a plot is an .svg or a .png file")
    if not points:
        raise InputError(f"{path}: nothing to plot: the series has no period; ask a span that the record covers")
    try:
        import matplotlib
    except ImportError as problem:
        raise InputError("plots need matplotlib: pip install 'dragoman[plot]'") from problem
    metadata = {"Date": None, "Creator": "dragoman"} if ending == "svg" else {"Software": "dragoman"}
    drawn = BytesIO()
    with matplotlib.rc_context(STYLE):
        _figure(points, title, names or {}).savefig(drawn, format=ending, dpi=150, metadata=metadata)
    try:
        path.write_bytes(drawn.getvalue())
    except OSError as problem:
        raise InputError(f"{path}: cannot be written: {problem.strerror}") from problem


def _figure(points: Sequence[Point], title: str, names: Mapping[str, str]) -> Any:
    """All panels, with one legend."""
    from matplotlib.figure import Figure

    by_pair: dict[Pair, list[Point]] = {}
    for point in points:
        by_pair.setdefault((point.source, point.target), []).append(point)
    rows = _arranged(list(by_pair))
    across = max(len(row) for row in rows)
    volume = any(p.documents is not None for p in points)
    figure = Figure(figsize=(max(7.5, 1.2 + 3.9 * across), 0.9 + 4.1 * len(rows)), layout="constrained")
    figure.suptitle(title, x=0.01, ha="left", fontsize=13, fontweight="bold", color="#222222")
    heights = ([5, 5, 1.3] if volume else [1, 1]) * len(rows)
    grid = figure.subplots(len(heights), across, sharex=True, sharey=False, squeeze=False, height_ratios=heights)
    most = _most(points)
    for number, row in enumerate(rows):
        step = len(heights) // len(rows)
        panels = grid[number * step : (number + 1) * step]
        for column in range(across):
            own = [panel[column] for panel in panels]
            if column >= len(row):
                for axes in own:
                    axes.remove()
                continue
            pair = row[column]
            own[0].set_title(
                f"{names.get(pair[0], pair[0])} → {names.get(pair[1], pair[1])}", loc="left", color="#222222"
            )
            _column(own, by_pair[pair], most, labelled=column == 0)
    _dated(grid, by_pair)
    handles = _legend(points, volume)
    beside = max(2, int(figure.get_figwidth() / HANDLE))
    figure.legend(handles=handles, loc="outside lower left", ncols=min(len(handles), beside), frameon=False)
    figure.align_ylabels()
    return figure


def _arranged(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Pairs in rows: towards the country that all have in common above, from it below; else as they come."""
    common = set(pairs[0]).intersection(*pairs)
    if len(pairs) > 2 and len(common) == 1:
        (country,) = common
        towards, back = ([p for p in pairs if p[end] == country] for end in (1, 0))
        return [row for row in (towards, back) if row]
    return [list(pairs[at : at + ACROSS]) for at in range(0, len(pairs), ACROSS)]


def _most(points: Sequence[Point]) -> tuple[float, float]:
    """The upper ends of the axes of events and of documents, the same in all panels."""
    few = len({p.first for p in points}) <= WHISKERS
    events = max(max(p.events, p.rate_high or 0) if few else p.events for p in points)
    return max(1.0, events) * 1.05, max(1.0, *(float(p.documents or 0) for p in points)) * 1.1


def _column(axes: Sequence[Any], points: Sequence[Point], most: tuple[float, float], *, labelled: bool) -> None:
    """One pair: events, score and, where it was asked, the volume of coverage."""
    _events(axes[0], points, most[0])
    _scores(axes[1], points)
    labels = ["events", "mean PLOVER score"]
    if len(axes) > 2:
        _volume(axes[2], points, most[1])
        labels.append("docs")
    for one, label in zip(axes, labels, strict=True):
        one.tick_params(length=2.5, labelleft=labelled)
        if labelled:
            one.set_ylabel(label)
        for point in points:
            if point.documents == 0:
                one.axvspan(*_edges(point), color=UNSEEN, linewidth=0, zorder=0)


def _events(axes: Any, points: Sequence[Point], most: float) -> None:
    from matplotlib.ticker import MaxNLocator

    left, width = [_edges(p)[0] for p in points], [_edges(p)[1] - _edges(p)[0] for p in points]
    few = len(points) <= WHISKERS
    wide = [0.86 * w if few else w for w in width]  # many thin bars with gaps between them would flicker
    bottom = [0] * len(points)
    for quad, colour in COLOURS.items():
        heights = [dict(p.quads).get(quad, 0) for p in points]
        if any(heights):
            axes.bar(
                left, heights, [0.86 * w for w in width], bottom, align="edge", color=colour, linewidth=0, zorder=2
            )
            bottom = [b + h for b, h in zip(bottom, heights, strict=True)]
    if few:
        for point, start, whole in zip(points, left, wide, strict=True):
            if point.rate_high is not None and point.events:
                axes.vlines(
                    start + whole / 2, point.rate_low, point.rate_high, color="#444444", linewidth=0.7, zorder=3
                )
    axes.set_ylim(0, most)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True, min_n_ticks=1))
    axes.grid(axis="y", color="#E4E4E4", linewidth=0.6, zorder=0)
    axes.set_axisbelow(True)


def _scores(axes: Any, points: Sequence[Point]) -> None:
    """Means as a line that stops where they are unknown; intervals as a band of one step a period."""
    axes.axhline(0, color="#666666", linewidth=0.8, zorder=1)
    for point in points:
        if point.plover_low is not None and point.plover_high is not None:
            start, end = _edges(point)
            height = point.plover_high - point.plover_low
            axes.bar(
                start, height, end - start, point.plover_low, align="edge", color="#CC79A7", alpha=0.28, linewidth=0
            )
    middle = [sum(_edges(p)) / 2 for p in points]
    means = [nan if p.plover_score is None else p.plover_score for p in points]
    size = 3.2 if len(points) <= 3 * WHISKERS else 1.8
    axes.plot(middle, means, color=SCORE, linewidth=1.1, marker="o", markersize=size, zorder=3, clip_on=False)
    axes.set_ylim(-SCALE, SCALE)
    axes.set_yticks([-10, -5, 0, 5, 10], labels=["−10", "−5", "0", "+5", "+10"])
    axes.grid(axis="y", color="#E4E4E4", linewidth=0.6)
    axes.set_axisbelow(True)


def _volume(axes: Any, points: Sequence[Point], most: float) -> None:
    from matplotlib.ticker import MaxNLocator

    edges = [_edges(p) for p in points]
    thin = [p.caution is not None for p in points]
    axes.bar(
        [start for start, _ in edges],
        [p.documents or 0 for p in points],
        [end - start for start, end in edges],
        align="edge",
        color=[PAPER if not few else "#D0D0D0" for few in thin],
        linewidth=0,
    )
    axes.set_ylim(0, most)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=2, integer=True))


def _edges(point: Point) -> tuple[float, float]:
    """Where a period begins and ends on the axis of days."""
    from matplotlib.dates import date2num

    return float(date2num(point.first)), float(date2num(point.last)) + 1


def _dated(grid: Any, by_pair: Mapping[Pair, Sequence[Point]]) -> None:
    """The common axis of time; its labels below the lowest panel of each column."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    every = [p for own in by_pair.values() for p in own]
    for axes in (one for row in grid for one in row if one.figure is not None):
        axes.set_xlim(min(_edges(p)[0] for p in every), max(_edges(p)[1] for p in every))
        locator = AutoDateLocator(minticks=3, maxticks=7)
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))


def _legend(points: Sequence[Point], volume: bool) -> list[Any]:
    """A handle for each thing that is drawn."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    told = {quad for p in points for quad, _ in p.quads}
    handles: list[Any] = [Patch(color=colour, label=quad) for quad, colour in COLOURS.items() if quad in told]
    if any(p.plover_score is not None for p in points):
        handles.append(
            Line2D([], [], color=SCORE, marker="o", markersize=3.2, linewidth=1.1, label="mean PLOVER score")
        )
        handles.append(Patch(color="#CC79A7", alpha=0.28, label="its 95 % interval"))
    if len({p.first for p in points}) <= WHISKERS and told:
        handles.append(Line2D([], [], color="#444444", linewidth=0.7, label="95 % interval, events"))
    if volume:
        pale = " (pale: few)" if any(p.caution for p in points) else ""
        handles.append(Patch(color=PAPER, label=f"documents{pale}"))
    if any(p.documents == 0 for p in points):
        handles.append(Patch(color=UNSEEN, label="no documents: unknown"))
    return handles
