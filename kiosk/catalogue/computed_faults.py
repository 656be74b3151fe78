"""What is wrong with a form's computed answers; what passes can never make a form invalid by itself.

Nobody can correct a computed answer. So whatever its sources may be, the result has to keep to the schema.
"""

from collections.abc import Iterator

from kiosk.catalogue.files import ComputedRule, Json
from kiosk.catalogue.form_source import FormSource, is_group, is_list, is_whole, values_of

OLDEST = 150
"""An age has to be able to be this many years, or a very old applicant could not finish."""


def computed_faults(source: FormSource) -> Iterator[str]:
    """Yield what does not fit: the property and the reason."""
    for name, rule in source.ui.computed.items():
        if name not in source.properties:
            continue
        faults = (*_place_faults(source, name, rule), *_rule_faults(source, name, rule))
        yield from (f"{name}: {fault}" for fault in faults)


def _place_faults(source: FormSource, name: str, rule: ComputedRule) -> Iterator[str]:
    ui, paths = source.ui, source.properties | source.columns()
    for other in rule.sources():
        owner = other.partition(".")[0]
        if other not in paths:
            yield f"{other!r}: no such property"
        elif ui.order.index(owner) >= ui.order.index(name):
            yield f"{other!r} comes later"
        if name in source.required and owner not in source.required:
            yield f"is required, but {owner!r} need not be answered"
    if rule.age is not None and rule.age not in ui.past:
        yield f"{rule.age!r} may lie in the future"
    for key, names in (("prefill", ui.prefill), ("show", ui.show), ("fixed", ui.fixed)):
        if name in names:
            yield f"is in {key} as well"
    if name in source.required_when():
        yield "is required under a condition"


def _rule_faults(source: FormSource, name: str, rule: ComputedRule) -> Iterator[str]:
    paths = source.properties | source.columns()
    if not all(other in paths for other in rule.sources()):
        return
    own = source.properties[name]
    rules = [paths[other] for other in rule.sources()]
    if rule.copy_ is not None:
        if own != rules[0]:
            yield f"has other rules than {rule.copy_!r}"
        elif is_group(own):
            yield "a group is not copied"
        return
    if not is_whole(own) or own["minimum"] > 0:
        yield "must be a whole number from 0"
        return
    most = _most(source, rule)
    if most is None:
        yield "cannot be computed from such a property"
    elif own["maximum"] < most:
        yield f"can become {most}"


def _most(source: FormSource, rule: ComputedRule) -> int | None:
    """Return the largest result, None when there can be none."""
    paths = source.properties | source.columns()
    if rule.age is not None:
        return OLDEST if paths[rule.age].get("format") == "date" and "." not in rule.age else None
    if rule.count is not None:
        return _most_entries(paths[rule.count])
    terms = [_most_of_term(source, term) for term in rule.sum_ or ()]
    known = [term for term in terms if term is not None]
    return sum(known) if len(known) == len(terms) else None


def _most_of_term(source: FormSource, term: str) -> int | None:
    rules = (source.properties | source.columns())[term]
    if not is_whole(rules):
        return None
    owner = source.properties[term.partition(".")[0]]
    entries = _most_entries(owner) if "." in term else 1
    return None if entries is None else entries * int(rules["maximum"])


def _most_entries(rules: Json) -> int | None:
    if not is_list(rules):
        return None
    return int(rules.get("maxItems", len(values_of(rules))))
