"""Finding a service among as many as a district has: what each key typed costs."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from statistics import quantiles
from time import perf_counter

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.eligibility import Known, offers
from kiosk.catalogue.loader import load_builtin
from kiosk.domain.text import Language
from tests.bench.row import Measured, Row, of_median
from tests.support.catalogue_load import DISTRICT, load_of

KEY_LIMIT_MS = 50.0
REPEATS = 5
_GOAL = "goal"
_MS = 1000.0
_TYPED = (
    "gaolinglaorenjintie",
    "gljt",
    "gaoling jintie",
    "shbzk",
    "juzhuzheng",
    "高龄老人津贴",
    "居住登记",
    "結婚登記",
    "民政局",
    "公共场所卫生许可",
    "linshizhanyongdaolu",
    "old-age allowance",
    "residence registration",
    "fire safety inspection",
)
_MISTYPED = (
    "gaolignjintei",
    "高领精贴",
    "juzhuzhegnqianzhu",
    "residnce regsitration",
    "qqqqqqqq",
    "结婚登计处里",
)
_NOTES = (
    f"{DISTRICT} items: those that come with the program, and invented guides.",
    f"Every beginning of {len(_TYPED)} queries is searched in each of three languages, {REPEATS} times.",
    "A mistyped query finds nothing, so the nearest spellings are looked for: the slowest search there is.",
)


def measure() -> Measured:
    """Build the index, type, mistype, and ask for offers."""
    builtin = load_builtin()
    # The program reads them once and keeps them; what that costs is asked of the function behind the memory.
    load_s = [_took_s(lambda: load_builtin.__wrapped__().prepare()) for _ in range(REPEATS)]
    catalogue = load_of(DISTRICT)
    index_s = [_took_s(Catalogue(catalogue.entries, 0, datetime.now(UTC)).prepare) for _ in range(REPEATS)]
    catalogue.prepare()
    typed = sorted(_keys_ms(catalogue, _TYPED))
    mistyped = sorted(_keys_ms(catalogue, _MISTYPED))
    known = Known(date(1990, 1, 1), "2", "广东省深圳市宝安区", {"family.child_born": ("2021-03-12",)})
    offers_ms = [
        _MS * _took_s(lambda: offers(catalogue.items, known, date(2026, 11, 25))) for _ in range(REPEATS)
    ]
    name = f"search over {DISTRICT} items"
    rows = (
        Row(f"{name}: p95 per key", _p95(typed), "ms", KEY_LIMIT_MS, "≤", _GOAL),
        Row(f"{name}: longest key", typed[-1], "ms"),
        Row(f"{name}, mistyped: p95 per key", _p95(mistyped), "ms", KEY_LIMIT_MS, "≤", _GOAL),
        Row(f"{name}, mistyped: longest key", mistyped[-1], "ms"),
        of_median(f"index of {DISTRICT} items built", index_s, "s"),
        of_median(f"{len(builtin.items)} built-in items read, checked and indexed", load_s, "s"),
        of_median(f"offers out of {DISTRICT} items", offers_ms, "ms"),
    )
    return Measured(rows, _NOTES)


def _keys_ms(catalogue: Catalogue, queries: tuple[str, ...]) -> Iterator[float]:
    for _ in range(REPEATS):
        for query in queries:
            for length in range(1, len(query) + 1):
                for language in Language:
                    begun = perf_counter()
                    catalogue.search(query[:length], language)
                    yield _MS * (perf_counter() - begun)


def _took_s(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]
