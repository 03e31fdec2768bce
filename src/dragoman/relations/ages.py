"""How long ago: distances between days known to the day, month or year, held against "nearly ten years"."""

from __future__ import annotations

from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date, timedelta

# What words of distance allow, as shares of the years named. They are choices, from how newspapers round: they name
# multiples of five or ten once a decade is over, and completed years below.
NEARLY = 0.1  # "nearly fifteen": from thirteen and a half; nobody says it of thirteen
NEARLY_AT_LEAST = 0.25  # years: "nearly three" is said from two years and nine months
ABOUT = 0.2  # "some ten years": eight to twelve
ROUNDED = 0.1  # "ten years" is said a little early …
ROUNDED_AT_MOST = 0.5  # … but never more than half a year
COMPLETED = 1.0  # … and until the next year is full: ten years and eleven months are "ten years"
COMPLETED_SHARE = 0.5  # of short times half the time named: "two months" until three
MORE = 0.5  # "more than twenty": thirty-one would be told as "more than thirty"
GRACE = 0.006  # years, two days: claims have their years to two decimals ("three weeks": 0.06), and days have hours

YEAR = 365.2425
SHORT = 62  # days: shorter distances are told in days


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """The day of something, known to lie between two (both in)."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"not a span of days: {self.first} to {self.last}")

    def before(self, other: Days) -> bool:
        """Whether it surely was earlier."""
        return self.last < other.first

    def meets(self, other: Days) -> bool:
        """Whether the two may be the same day."""
        return self.first <= other.last and other.first <= self.last

    def near(self, other: Days, days: int) -> bool:
        """Whether the two may be no more than so many days apart."""
        return (self.first - other.last).days <= days and (other.first - self.last).days <= days


def whole(first: date, precision: str | None, last: date | None = None) -> Days:
    """All days that a date of some precision may mean."""
    if precision == "day":
        return Days(first, first)
    if last is not None and last >= first:
        return Days(first, last)
    if precision == "month":
        return Days(first, first.replace(day=monthrange(first.year, first.month)[1]))
    if precision == "year":
        return Days(first, date(first.year, 12, 31))
    return Days(first, first)


def years_between(older: date, newer: date) -> float:
    """Years from one day to another; 10.0 on the tenth anniversary."""
    full = newer.year - older.year
    if _plus_years(older, full) > newer:
        full -= 1
    start = _plus_years(older, full)
    return full + (newer - start).days / (_plus_years(older, full + 1) - start).days


def back(day: date, years: float) -> date:
    """The day so many years before."""
    full = int(years)
    if day.year - full <= 1:
        return date.min
    return _plus_years(day, -full) - timedelta(days=round((years - full) * YEAR))


def _plus_years(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


# --- does it fit? ---------------------------------------------------------------------------------------------


def allowed(years: float, approximate: str | None) -> tuple[float, float]:
    """The distances, in years, that "in N years" admits: less ("nearly"), more ("more than"), about, or plain."""
    if approximate == "less":
        margin = max(NEARLY * years, NEARLY_AT_LEAST if years >= 2 else 0.0)
        return years - margin - GRACE, years + GRACE
    if approximate == "more":
        return years - GRACE, years * (1 + MORE) + COMPLETED
    if approximate == "about":
        return years * (1 - ABOUT) - GRACE, years * (1 + ABOUT) + GRACE
    early = min(ROUNDED * years, ROUNDED_AT_MOST)
    late = max(ROUNDED * years, min(COMPLETED, COMPLETED_SHARE * years))
    return years - early - GRACE, years + late + GRACE


def fits(older: Days, newer: Days, years: float, approximate: str | None) -> str:
    """How a distance stands to a claim's: holds | shorter | longer | may be shorter | may be longer."""
    low, high = allowed(years, approximate)
    least, most = _least(older, newer), years_between(older.first, newer.last)
    if most < low:
        return "shorter"
    if least > high:
        return "longer"
    if least < low:
        return "may be shorter"
    return "may be longer" if most > high else "holds"


def _least(older: Days, newer: Days) -> float:
    return max(0.0, years_between(older.last, newer.first)) if older.before(newer) else 0.0


# --- in words -------------------------------------------------------------------------------------------------


def day_words(days: Days) -> str:
    """ "February 2006", "1 October 2020", "2006", or both ends."""
    first, last = days.first, days.last
    if first == last:
        return f"{first.day} {month_name[first.month]} {first.year}"
    full = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if full and (first.year, first.month) == (last.year, last.month):
        return f"{month_name[first.month]} {first.year}"
    if full and first.month == 1 and last.month == 12:
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {last.day} {month_name[first.month]} {first.year}"
    return f"between {day_words(Days(first, first))} and {day_words(Days(last, last))}"


def distance_words(older: Days, newer: Days) -> str:
    """ "14 years and 7 to 8 months", "10 years", "12 to 19 days"."""
    start = min(older.last, newer.first)
    least, most = (newer.first - start).days, (newer.last - older.first).days
    if most <= SHORT:
        return f"{least} to {most} days" if least != most else _count(most, "day")
    low, high = _months(start, newer.first), _months(older.first, newer.last)
    if low == high:
        return _length(low)
    (years, months), (more_years, more_months) = divmod(low, 12), divmod(high, 12)
    if years == more_years and years and months:
        return f"{_count(years, 'year')} and {months} to {more_months} months"
    if years == more_years == 0:
        return f"{months} to {more_months} months"
    return f"{_length(low)} to {_length(high)}"


def named(years: float, approximate: str | None) -> str:
    """The distance as the claim has it: "nearly 15 years", "more than 3 weeks"."""
    adverb = {"less": "nearly ", "more": "more than ", "about": "about "}.get(approximate or "", "")
    if years >= 1:
        return f"{adverb}{years:g} {'year' if years == 1 else 'years'}"
    months, weeks = years * 12, years * YEAR / 7
    if abs(months - round(months)) < 0.1 and round(months):
        return adverb + _count(round(months), "month")
    return adverb + (_count(round(weeks), "week") if weeks >= 0.9 else _count(max(1, round(years * YEAR)), "day"))


def _months(older: date, newer: date) -> int:
    """Full months from one day to another."""
    return (newer.year - older.year) * 12 + newer.month - older.month - (newer.day < older.day)


def _length(months: int) -> str:
    years, rest = divmod(months, 12)
    parts = [_count(years, "year")] if years else []
    if rest or not years:
        parts.append(_count(rest, "month"))
    return " and ".join(parts)


def _count(number: int, unit: str) -> str:
    return f"{number} {unit if number == 1 else unit + 's'}"
