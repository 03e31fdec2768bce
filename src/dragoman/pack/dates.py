"""The words of dates.toml: time expressions found in a text, and the days they mean."""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from dragoman.errors import PackError
from dragoman.model import When

_YEAR = r"(?:1[6-9]\d\d|20\d\d)"
_FIXED = {  # placeholders that are numbers in every language
    "year": _YEAR,
    "isoyear": _YEAR,
    "isomonth": r"(?:1[0-2]|0?[1-9])",
    "isoday": r"(?:3[01]|[12]\d|0?[1-9])",
    "decade": r"(?:(?:1[89]|20)\d0|[1-9]0)",
    "clock": r"\d\d?[:h]\d\d",
}
_ORDINAL = r"(?:3[01]|[12]?\d)(?:er|st|nd|rd|th)?(?!\d)"
_VALUES = {  # placeholder → table of dates.toml
    "month": "months", "weekday": "weekdays", "offset": "offsets", "season": "seasons", "unit": "units",
    "number": "numbers", "shift": "shifts", "this": "these", "part": "parts",
}  # fmt: skip
_TOKEN = re.compile(r"\w+")
_NUMBER = re.compile(r"(?:1[6-9]|20)\d\d|\d\d?h|\d0s\Z|[123]?\d(?:er|st|nd|rd|th)?\Z")
WIDE, AFTER = 7, 48  # words before, characters after a cue: the longest expressions of the tests need no more
_PLACEHOLDER = re.compile(r"\{([a-z]+)(2?)\}")
FAR = {"day": 400, "week": 100, "month": 60}  # more units than this are a duration's figure, no date


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression: its characters, its pattern's id, its fields, and how it relates (since, until…)."""

    start: int
    end: int
    rule: str
    fields: dict[str, int | str]
    relation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """The time words of one language, compiled."""

    finder: re.Pattern[str]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    tables: dict[str, dict[str, int | str]]
    cues: frozenset[str]  # a text without any of these words, and without digits, has no time in it
    relations: dict[str, str]
    relation_end: re.Pattern[str]
    future_verbs: frozenset[str]
    future_participles: frozenset[str]
    present_is_future: bool
    speech: frozenset[str]
    light: frozenset[str]
    of: frozenset[str]
    same_time: frozenset[str]
    same_time_cases: frozenset[str]
    that: frozenset[str]
    perfect: frozenset[str]


@cache
def load_dates(folder: Path) -> DateWords:
    """dates.toml of a pack, checked."""
    path = folder / "dates.toml"
    try:
        with path.open("rb") as file:
            data = tomllib.load(file)
        return _words(data)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, re.error) as problem:
        raise PackError(f"{path}: {type(problem).__name__} {problem}; compare with another pack's") from problem


def _words(data: dict[str, Any]) -> DateWords:
    tables = {name: dict(data[table]) for name, table in _VALUES.items()}
    patterns, bare = [], []
    for entry in data["pattern"]:
        for template in entry["match"]:
            patterns.append((str(entry["id"]), re.compile(_compile(template, tables, named=True))))
            bare.append(_compile(template, tables, named=False))
    cues = {
        word for name in ("month", "weekday", "offset", "season", "unit") for p in tables[name] for word in _words_of(p)
    }
    relations = data["relations"]
    return DateWords(
        finder=re.compile(rf"(?<![\w])(?:{'|'.join(sorted(bare, key=len, reverse=True))})(?![\w])"),
        patterns=tuple(patterns),
        tables=tables,
        cues=frozenset(cues | set(data["cues"])) - set(data["no_cues"]),
        relations=dict(relations),
        relation_end=re.compile(rf"(?<!\w)(?:{_any(list(relations))})\s*\Z"),
        future_verbs=frozenset(data["future"]["verbs"]),
        future_participles=frozenset(data["future"]["participles"]),
        present_is_future=bool(data["future"]["present"]),
        speech=frozenset(data["speech"]["verbs"]),
        light=frozenset(data["speech"]["light"]),
        of=frozenset(data["attach"]["of"]),
        same_time=frozenset(data["attach"]["same_time"]),
        same_time_cases=frozenset(data["attach"]["same_time_cases"]),
        that=frozenset(data["attach"]["that"]),
        perfect=frozenset(data["attach"]["perfect"]),
    )


def _words_of(phrase: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", phrase)


def _any(words: list[str]) -> str:
    return "|".join(_literal(re.escape(w)) for w in sorted(words, key=len, reverse=True))


def _literal(template: str) -> str:
    spaces = template.replace(r"\ ", " ").replace(" ?", r"\s*").replace(" ", r"\s+")
    return re.sub(r"'(\??)", lambda m: r"['’]?" if m.group(1) else r"['’]\s?", spaces)


def _compile(template: str, tables: dict[str, dict[str, int | str]], *, named: bool) -> str:
    def fill(match: re.Match[str]) -> str:
        name, second = match.groups()
        if name == "shifts":  # the plural of the shifts, in any gender
            inner = "|".join(_literal(re.escape(w)) + "e?s?" for w in tables["shift"])
        elif name == "day":
            inner = _ORDINAL
        elif name in _FIXED:
            inner = _FIXED[name]
        elif name == "number":
            inner = rf"(?:\d{{1,3}}|{_any(list(tables[name]))})"
        else:
            inner = _any(list(tables[name]))
        return f"(?P<{name}{second}>{inner})" if named else f"(?:{inner})"

    parts = _PLACEHOLDER.split(template)
    out = [_literal(parts[0])]
    for i in range(1, len(parts), 3):
        placeholder = _PLACEHOLDER.fullmatch(f"{{{parts[i]}{parts[i + 1]}}}")
        assert placeholder is not None
        out += [fill(placeholder), _literal(parts[i + 2])]
    return "".join(out)


def lower(text: str) -> str:
    """Lower case, character for character, so that offsets stay."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


# --- finding ------------------------------------------------------------------------------------------------------


def find_times(text: str, words: DateWords) -> list[Expression]:
    """The time expressions of a text in lower case (see `lower`), longest first at each place, in order."""
    found = []
    at = 0
    for start, end in _windows(text, words):
        at = max(at, start)
        while match := words.finder.search(text, at, max(at, end)):
            expression = _longest(text, match.start(), words)
            at = expression.end if expression else match.end()
            if expression:
                found.append(expression)
    return found


def _windows(text: str, words: DateWords) -> Iterator[tuple[int, int]]:
    """The stretches around words that times are made of: nothing else is searched."""
    start = end = -1
    begins = [0] * WIDE
    for match in _TOKEN.finditer(text):
        begins.append(match.start())
        word = match.group()
        if word not in words.cues and not (word[0].isdigit() and _NUMBER.match(word)):
            continue
        first = begins[-WIDE]
        if first > end:
            if start >= 0:
                yield start, end
            start = first
        end = match.end() + AFTER
    if start >= 0:
        yield start, end


def _longest(text: str, start: int, words: DateWords) -> Expression | None:
    best: tuple[int, str, re.Match[str]] | None = None
    for rule, pattern in words.patterns:
        match = pattern.match(text, start)
        if (
            match
            and (match.end() == len(text) or not text[match.end()].isalnum())
            and (best is None or match.end() > best[0])
        ):
            best = match.end(), rule, match
    if best is None:
        return None
    end, rule, match = best
    fields = _fields(match, words)
    return Expression(start, end, rule, fields, _relation(text, start, match.group(), words))


def _relation(text: str, start: int, matched: str, words: DateWords) -> str | None:
    """since, until, before or after: by the expression's own first words, or the words before it."""
    before = words.relation_end.search(text, max(0, start - 24), start)
    if before:
        return words.relations[_plain(before.group())]
    inner = [w for w in words.relations if matched.startswith(w + " ")]
    return words.relations[max(inner, key=len)] if inner else None


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split())


def _fields(match: re.Match[str], words: DateWords) -> dict[str, int | str]:
    fields: dict[str, int | str] = {}
    for key, text in match.groupdict().items():
        if text is None:
            continue
        name = key.rstrip("2")
        if name in {"year", "decade", "isoyear", "isomonth", "isoday"}:
            fields[key.replace("iso", "")] = int(text)
        elif name == "day":
            fields[key] = int(re.match(r"\d+", text).group())  # type: ignore[union-attr]
        elif name == "number" and text.isdigit():
            fields[key] = int(text)
        elif name == "shifts":
            fields["shift"] = next(v for w, v in words.tables["shift"].items() if text.startswith(w[:6]))
        elif name != "clock":
            fields[key] = words.tables[name][_plain(text)]
    return fields


# --- meaning ------------------------------------------------------------------------------------------------------


def resolve(
    expression: Expression, published: date | None, *, precision: str | None = "day", direction: int = 0
) -> When | None:
    """The days an expression means, seen from the publication date; None when it does not tell.

    `direction` is 1 with a future verb, -1 with a past one, 0 where no verb tells. `precision` is that of `published`:
    a page of "October 2020" knows last month, but not last Tuesday.
    """
    f = expression.fields
    if expression.relation == "since" and direction == 0:
        direction = -1
    day_known = published is not None and precision in {None, "day"}
    month_known = published is not None and precision in {None, "day", "month"}
    try:
        if expression.rule in {"anaphoric", "clock", "for"}:
            return _since(f, published) if expression.relation == "since" and day_known else None
        if "day2" in f or "year2" in f or "month2" in f or "weekday2" in f:
            return _range(f, published if day_known else None, direction)
        if "month" in f:
            return _of_month(f, published if month_known else None, direction)
        if "season" in f:
            return _season(f, published if month_known else None, direction)
        if "decade" in f:
            return _decade(f)
        if "year" in f:
            return _of_year(f)
        if published is None:
            return None
        return _relative(expression, published, day_known, month_known, direction)
    except (ValueError, OverflowError):
        return None  # no such day: 31 June, year 0


def _relative(e: Expression, published: date, day_known: bool, month_known: bool, direction: int) -> When | None:
    f = e.fields
    if "weekday" in f or "offset" in f:
        return _of_day(f, published, direction) if day_known else None
    if "day" in f:
        return _of_day_number(int(f["day"]), published, direction) if day_known else None
    if "number" in f and e.rule in {"ago", "in"}:
        step = int(f["number"]) * (-1 if e.rule == "ago" else 1)
        return _steps(str(f["unit"]), step, published, day_known, month_known)
    if "unit" in f and "number" not in f:
        return _unit(f, e.rule, published, day_known, month_known)
    return None


def _of_day_number(day: int, published: date, direction: int) -> When | None:
    """A bare day of the month ("le 17", "the 17th"): the last one that was, or with a future verb the next."""
    months = [_add_months(published.replace(day=1), step) for step in ((0, 1) if direction == 1 else (0, -1))]
    days = [m.replace(day=day) for m in months if day <= calendar.monthrange(m.year, m.month)[1]]
    fitting = [d for d in days if (d >= published if direction == 1 else d <= published)]
    return _one_day(fitting[0]) if fitting else None


def _when(first: date, last: date, precision: str, *, stated: bool = False) -> When:
    return When(first=first, last=last, precision=precision, basis="stated" if stated else "relative")


def _one_day(day: date | None) -> When | None:
    return None if day is None else _when(day, day, "day")


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _of_month(f: dict[str, int | str], published: date | None, direction: int) -> When | None:
    month = int(f["month"])
    stated = "year" in f
    if "day" in f:
        day = int(f["day"])
        if stated:
            exact = date(int(f["year"]), month, day)
            return _when(exact, exact, "day", stated=True)
        if published is None:
            return None
        shift = int(f.get("shift", f.get("offset", direction)))
        years = (published.year - 1, published.year, published.year + 1)
        days = [date(y, month, day) for y in years if day <= calendar.monthrange(y, month)[1]]
        return _one_day(_nearest(days, published, shift))
    year = int(f["year"]) if stated else None
    if year is None:
        if published is None:
            return None
        shift = int(f.get("shift", direction))
        starts = [date(y, month, 1) for y in (published.year - 1, published.year, published.year + 1)]
        chosen = _nearest(starts, published.replace(day=1), shift, strict="shift" in f)
        if chosen is None:
            return None
        year = chosen.year
    first, last = date(year, month, 1), _month_end(year, month)
    part = f.get("part")
    if part == "early":
        last = first.replace(day=10)
    elif part == "mid":
        first, last = first.replace(day=11), first.replace(day=20)
    elif part == "late":
        first = first.replace(day=21)
    return _when(first, last, "month", stated=stated)


def _nearest(days: list[date], published: date, direction: int, *, strict: bool = False) -> date | None:
    """The latest day up to `published` (direction < 0), the first from it on (> 0), or the nearest one."""
    if direction < 0:
        return max((d for d in days if d < published or (d == published and not strict)), default=None)
    if direction > 0:
        return min((d for d in days if d > published or (d == published and not strict)), default=None)
    # where no verb tells, news looks back: a coming day must be three times nearer
    return min(
        days, key=lambda d: ((published - d).days if d <= published else 3 * (d - published).days, d), default=None
    )


def _of_year(f: dict[str, int | str]) -> When:
    year = int(f["year"])
    first, last = date(year, 1, 1), date(year, 12, 31)
    part = f.get("part")
    if part == "early":
        last = date(year, 4, 30)
    elif part == "mid":
        first, last = date(year, 5, 1), date(year, 8, 31)
    elif part == "late":
        first = date(year, 9, 1)
    return _when(first, last, "year", stated=True)


def _decade(f: dict[str, int | str]) -> When:
    year = int(f["decade"])
    year = year if year > 99 else 1900 + year
    return _when(date(year, 1, 1), date(year + 9, 12, 31), "decade", stated=True)


def _season(f: dict[str, int | str], published: date | None, direction: int) -> When | None:
    month = int(f["season"])

    def start(year: int) -> date:
        return date(year - (month == 12), month, 1)

    if "year" in f:
        first = start(int(f["year"]))
    elif published is None:
        return None
    else:
        starts = [start(y) for y in (published.year - 1, published.year, published.year + 1)]
        shift = int(f.get("shift", direction or -1))
        if "shift" in f and shift < 0:  # the last one is over
            starts = [s for s in starts if _add_months(s, 3) <= published]
        chosen = _nearest(starts, published, shift, strict="shift" in f)
        if chosen is None:
            return None
        first = chosen
    end_month, end_year = (first.month + 2, first.year) if first.month < 11 else (2, first.year + 1)
    return _when(first, _month_end(end_year, end_month), "season", stated="year" in f)


def _of_day(f: dict[str, int | str], published: date, direction: int) -> When | None:
    if "offset" in f:
        day = published + timedelta(days=int(f["offset"]))
        return _when(day, day, "day")
    weekday = int(f["weekday"])
    if "day" in f:  # "jeudi 14": the nearest day that is both
        near = [published + timedelta(days=n) for n in range(-62, 63)]
        both = [d for d in near if d.day == f["day"] and d.weekday() == weekday]
        return _one_day(_nearest(both, published, direction))
    back, ahead = (published.weekday() - weekday) % 7, (weekday - published.weekday()) % 7
    if "unit" in f:  # "Monday of last week"
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=int(f.get("shift", 0)))
        day = monday + timedelta(days=weekday)
    elif "number" in f:  # "lundi en huit"
        day = published + timedelta(days=(ahead or 7) + 7)
    elif "shift" in f and f["shift"] != 0:
        day = published + timedelta(days=(ahead or 7) if int(f["shift"]) > 0 else -(back or 7))
    elif direction > 0 or ("shift" in f and f["shift"] == 0 and direction == 0 and ahead <= 3):
        day = published + timedelta(days=ahead)
    else:
        day = published - timedelta(days=back)
    return _when(day, day, "day")


def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _steps(unit: str, step: int, published: date, day_known: bool, month_known: bool) -> When | None:
    """So many units before or after the publication date, as precise as the unit."""
    if unit in FAR and abs(step) > FAR[unit]:
        return None
    if unit == "day" and day_known:
        day = published + timedelta(days=step)
        return _when(day, day, "day")
    if unit == "hour" and day_known and abs(step) <= 72:
        day = published + timedelta(hours=step) if abs(step) >= 24 else published
        return _when(min(day, published), max(day, published), "day")
    if unit in {"week", "fortnight"} and day_known:
        day = published + timedelta(weeks=step * (2 if unit == "fortnight" else 1))
        monday = day - timedelta(days=day.weekday())
        return _when(monday, monday + timedelta(days=6), "week")
    if unit == "month" and month_known:
        day = _add_months(published, step)
        return _when(day.replace(day=1), _month_end(day.year, day.month), "month")
    if unit in {"year", "decade"}:
        year = published.year + step * (10 if unit == "decade" else 1)
        return _when(date(year, 1, 1), date(year, 12, 31), "year")
    return None


def _unit(f: dict[str, int | str], rule: str, published: date, day_known: bool, month_known: bool) -> When | None:
    """This, the last, the next week, month, year; with a plural ("recent") the days up to or from today."""
    unit, shift = str(f["unit"]), int(f.get("shift", f.get("this", 0)))
    if rule == "recent":
        return None
    if unit == "day":
        return None
    if unit in {"week", "weekend"} and day_known:
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=shift)
        if unit == "weekend":
            saturday = monday + timedelta(days=5)
            return _when(saturday, saturday + timedelta(days=1), "interval")
        return _when(monday, monday + timedelta(days=6), "week")
    if unit == "month" and month_known:
        month = _add_months(published, shift)
        return _relatively(_of_month({**f, "month": month.month, "year": month.year, "unit": 0}, None, 0))
    if unit == "year":
        return _relatively(_of_year({**f, "year": published.year + shift}))
    return None


def _relatively(when: When | None) -> When | None:
    return when and replace(when, basis="relative")


def _since(f: dict[str, int | str], published: date | None) -> When | None:
    """ "For three months": from then up to the publication date."""
    if published is None or "number" not in f or "unit" not in f:
        return None
    start = _steps(str(f["unit"]), -int(f["number"]), published, True, True)
    return start and _when(start.first, published, "interval")


def _range(f: dict[str, int | str], published: date | None, direction: int) -> When | None:
    if "weekday2" in f and "month2" not in f:
        if published is None:
            return None
        last = _of_day({"weekday": f["weekday2"]}, published, direction)
        return last and _when(last.first - timedelta(days=1), last.last, "interval")
    if "month2" not in f and "month" not in f:
        first, last_year = int(f["year"]), int(f["year2"])
        if not 0 < last_year - first < 120:
            return None
        return _when(date(first, 1, 1), date(last_year, 12, 31), "interval", stated=True)
    month2 = f.get("month2", f.get("month"))
    end = {
        "month": month2,
        **({"day": f["day2"]} if "day2" in f else {}),
        **({"year": f["year2"]} if "year2" in f else {}),
    }
    last = _of_month(end, published, direction)  # type: ignore[arg-type]
    if last is None:
        return None
    begin = {
        "month": f.get("month", month2),
        "year": f.get("year", last.last.year),
        **({"day": f["day"]} if "day" in f else {}),
    }
    start = _of_month(begin, None, 0)  # type: ignore[arg-type]
    if start is None:
        return None
    if start.first > last.last and "year" not in f:
        start = _of_month({**begin, "year": last.last.year - 1}, None, 0)  # type: ignore[dict-item]
    if start is None or start.first > last.last:
        return None
    return _when(start.first, last.last, "interval", stated="year2" in f)


def iso(when: When | None) -> str | None:
    """The date as precise as its words: a day, else the month or the year that it lies in; None for longer."""
    if when is None or when.precision == "decade":
        return None
    if when.precision == "day":
        return when.first.isoformat()
    same_year, same_month = when.first.year == when.last.year, when.first.month == when.last.month
    if when.precision == "year" or (same_year and not same_month):
        return f"{when.first.year:04d}" if same_year else None
    return f"{when.first.year:04d}-{when.first.month:02d}" if same_year else None
