"""Whether counts could have come about by chance."""

import math


def chi_square(counts: list[int]) -> tuple[float, int]:
    """Pearson's statistic against equal shares, and its degrees of freedom."""
    expected = sum(counts) / len(counts)
    return sum((count - expected) ** 2 / expected for count in counts), len(counts) - 1


def survival(statistic: float, degrees: int) -> float:
    """The probability of a χ² of at least this size, by the series of the incomplete gamma."""
    shape, half = degrees / 2, statistic / 2
    if half <= 0:
        return 1.0
    term = total = 1 / shape
    step = shape
    while term > total * 1e-15:
        step += 1
        term *= half / step
        total += term
    return max(0.0, 1 - total * math.exp(-half + shape * math.log(half) - math.lgamma(shape)))


def probability(strata: dict[int, list[int]]) -> float:
    """How likely counts as uneven as these are if every place in each stratum is as likely."""
    parts = [chi_square(counts) for counts in strata.values()]
    return survival(sum(part[0] for part in parts), sum(part[1] for part in parts))
