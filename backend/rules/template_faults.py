"""What no form of a conclusion may say."""

from collections.abc import Iterator, Sequence

from backend_client.models.catalogue import ConclusionTemplate

Told = tuple[str, object, str]
"""Field behind «templates», its value, and what is wrong with it."""
LONGEST_TEXT = 20_000
"""Characters of a section."""


def template_faults(templates: Sequence[ConclusionTemplate]) -> Iterator[Told]:
    """All faults: a draft finds its version by code and version, and each section once."""
    seen: set[tuple[str, str]] = set()
    for place, one in enumerate(templates):
        at = f"[{place}]"
        if not one.code or not one.version:
            yield f"{at}.code", one.code, "a template has a code and a version"
        if (one.code, one.version) in seen:
            yield f"{at}.version", one.version, f"{one.code} has that version already"
        seen.add((one.code, one.version))
        if one.valid_to is not None and one.valid_to < one.valid_from:
            begins = one.valid_from.isoformat()
            yield f"{at}.valid_to", one.valid_to.isoformat(), f"before valid_from, {begins}"
        yield from _of_sections(one, at)


def _of_sections(template: ConclusionTemplate, at: str) -> Iterator[Told]:
    if not template.sections:
        yield f"{at}.sections", [], "a form has sections"
    names = [one.section for one in template.sections]
    for place, one in enumerate(template.sections):
        if one.section in names[:place]:
            yield f"{at}.sections[{place}].section", one.section.value, "it stands there twice"
        longest = max((len(text) for text in (one.text_ru, *one.phrases_ru)), default=0)
        if longest > LONGEST_TEXT:
            yield f"{at}.sections[{place}]", longest, f"more than {LONGEST_TEXT} characters"
