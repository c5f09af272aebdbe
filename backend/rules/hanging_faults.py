"""What no hanging of a catalogue may say: nobody could go by it."""

from collections.abc import Collection, Iterator

from backend_client.models.hanging import AT_ONCE, Hanging, HangingRule

Found = tuple[str, object, str]
"""A field, as a path into the hanging, its value, and what is wrong with it."""


def hanging_faults(hanging: Hanging, items: Collection[str]) -> Iterator[Found]:
    """All that is wrong; `items`: the codes of the catalogue's checklist."""
    for number, rule in enumerate(hanging.rules):
        path = f"rules[{number}]"
        yield from _unknown(rule.items, items, f"{path}.items")
        yield from _faults_of(rule, path)
    yield from _unknown(hanging.order, items, "order")


def _faults_of(rule: HangingRule, path: str) -> Iterator[Found]:
    widths = [one.from_px for one in rule.places]
    if not widths or widths[0] != 0:
        yield f"{path}.places", widths, "the first one counts from 0"
    if widths != sorted(set(widths)):
        yield f"{path}.places", widths, "wider ones come later, each once"
    for number, one in enumerate(rule.places):
        if one.places not in AT_ONCE:
            yield f"{path}.places[{number}].places", one.places, f"one of {AT_ONCE}"
    for number, other in enumerate(rule.beside):
        if not other.kinds:
            yield f"{path}.beside[{number}].kinds", [], "it names no kind"


def _unknown(codes: list[str], items: Collection[str], path: str) -> Iterator[Found]:
    for number, code in enumerate(codes):
        if code not in items:
            known = ", ".join(items)
            yield f"{path}[{number}]", code, f"the checklist has: {known}"
