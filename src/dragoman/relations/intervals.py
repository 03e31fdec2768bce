"""95 % intervals that stay honest with few events. docs/relations.md has the formulae and what was measured."""

from __future__ import annotations

from math import sqrt

Interval = tuple[float, float]

MISS = 0.05  # how often an interval may miss
SCALE = 10.0  # PLOVER and Goldstein scores lie between -SCALE and SCALE


def count_interval(events: int) -> Interval:
    """Of the rate behind a count, as if Poisson: Garwood's exact interval (0 events: up to 3.7)."""
    from scipy.special import gammaincinv

    low = float(gammaincinv(events, MISS / 2)) if events else 0.0
    return low, float(gammaincinv(events + 1, 1 - MISS / 2))


def share_interval(part: int, whole: int) -> Interval | None:
    """Of a share, by Clopper and Pearson's exact interval; None where there is nothing to share."""
    from scipy.special import betaincinv

    if not whole:
        return None
    low = float(betaincinv(part, whole - part + 1, MISS / 2)) if part else 0.0
    high = float(betaincinv(part + 1, whole - part, 1 - MISS / 2)) if part < whole else 1.0
    return low, high


def ratio_interval(events: int, base: int) -> tuple[float, float | None] | None:
    """Of the ratio of two Poisson rates, exact given their sum; no upper end (None) where the base has no event."""
    shares = share_interval(events, events + base)
    if shares is None:
        return None
    low, high = shares
    return low / (1 - low), high / (1 - high) if high < 1 else None


def mean_interval(mean: float, spread: float | None, number: int) -> Interval:
    """Of the mean of scores that can only lie on the scale, whatever their distribution. One event: the whole scale.

    Student's t fails here: ten visits in a row do not tell that an attack is impossible, but their spread is 0. As in
    Gaffke's bound for the mean of a bounded variable, each end of the interval is found as if one more event had had
    the score of that end of the scale. Only moments are kept of the scores, so the bound's distribution is matched by
    a beta distribution.
    """
    if number < 2 or spread is None:
        return -SCALE, SCALE
    return _end(mean, spread, number, -SCALE, MISS / 2), _end(mean, spread, number, SCALE, 1 - MISS / 2)


def _end(mean: float, spread: float, number: int, worst: float, quantile: float) -> float:
    """A quantile of the weighted mean of the scores and `worst`, weights drawn uniformly from all that sum to 1."""
    from scipy.special import betaincinv

    centre = (number * mean + worst) / (number + 1)
    squares = (number - 1) * spread**2 + number * (mean - centre) ** 2 + (worst - centre) ** 2
    part = (centre + SCALE) / (2 * SCALE)
    variance = squares / (number + 1) / (number + 2) / (2 * SCALE) ** 2
    if variance < 1e-12:  # all scores at that very end
        return worst
    weight = part * (1 - part) / variance - 1
    return float(2 * SCALE * betaincinv(part * weight, (1 - part) * weight, quantile) - SCALE)


def difference_interval(one: tuple[float, Interval], other: tuple[float, Interval]) -> Interval:
    """Of the difference of two means, from the mean and interval of each (Zou and Donner's way)."""
    (mean, (low, high)), (mean_other, (low_other, high_other)) = one, other
    difference = mean - mean_other
    return (
        difference - sqrt((mean - low) ** 2 + (high_other - mean_other) ** 2),
        difference + sqrt((high - mean) ** 2 + (mean_other - low_other) ** 2),
    )


def tails(number: int, mean: float, variance: float) -> tuple[float, float]:
    """The chances of at most and of at least so many events: Poisson, or negative binomial where more scattered."""
    from scipy.special import betainc, gammainc, gammaincc

    if mean <= 0:
        return 1.0, 0.0 if number else 1.0
    if variance <= mean * (1 + 1e-9):
        return float(gammaincc(number + 1, mean)), float(gammainc(number, mean)) if number else 1.0
    size = mean**2 / (variance - mean)
    success = mean / variance
    at_least = float(betainc(number, size, 1 - success)) if number else 1.0
    return float(betainc(size, number + 1, success)), at_least
