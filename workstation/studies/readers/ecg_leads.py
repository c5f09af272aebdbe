"""Names of ECG leads and their order; the leads that follow from others."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from workstation.studies.ecg import FURTHER_LEADS, STANDARD_LEADS, EcgLead, SampleUnit

_CODE: Final = re.compile(r"(?:2:|5\.6\.3-9-)\s?(\d{1,3})")
"""ISO/IEEE 11073-10102 (DICOM CID 3001) and SCP-ECG number the leads alike."""

_BY_NUMBER: Final = {
    1: "I",
    2: "II",
    **{2 + n: f"V{n}" for n in range(1, 8)},
    **{8 + n: f"V{n}R" for n in range(2, 8)},
    16: "X",
    17: "Y",
    18: "Z",
    61: "III",
    62: "aVR",
    63: "aVL",
    64: "aVF",
    65: "-aVR",
    66: "V8",
    67: "V9",
    68: "V8R",
    69: "V9R",
}
_KNOWN: Final = {name.lower(): name for name in _BY_NUMBER.values()}
_MEANING: Final = re.compile(r"(?i)^(?:lead\s+)?(-?(?:I{1,3}|aV[RLF]|V\dR?|[XYZ]))(?:\b|$)")
_PREFIX: Final = re.compile(r"(?i)^(mdc_ecg_lead_|ecg[ _]|lead[ _])+")
_RANK: Final = {name: place for place, name in enumerate((*STANDARD_LEADS, *FURTHER_LEADS))}
_BASE: Final = re.compile(r" \(\d{1,3}\)$")
_MODIFIED: Final = re.compile(
    r"(?i)M(?:OD[ .-]*)?L?[ -]?(I{1,3})|(?:M(?:OD[ .-]*)?V|MCL|C[MSCR]) ?([1-6])"
)
"""Names of leads that stand for another one: the limb lead, or the number of the chest lead."""
_FRANK: Final = {"vx": "x", "vy": "y", "vz": "z"}
_DERIVED_FROM: Final = ("I", "II", "V1", "V2", "V3", "V4", "V5", "V6")
_FORMULAE: Final = {"III": (-1.0, 1.0), "aVR": (-0.5, -0.5), "aVL": (1.0, -0.5), "aVF": (-0.5, 1.0)}
"""Factors of I and II: Einthoven's law and Goldberger's leads."""


def lead_name(code: str, meaning: str) -> str | None:
    """The standard name by code, else by meaning ("Lead I (Einthoven)"); None for others."""
    numbered = _CODE.fullmatch(code.strip())
    if numbered:
        return _BY_NUMBER.get(int(numbered.group(1)))
    worded = _MEANING.match(meaning.strip())
    return _KNOWN.get(worded.group(1).lower()) if worded else None


def numbered_lead(number: int) -> str | None:
    """The standard name by its number in SCP-ECG, MFER and ISO/IEEE 11073-10102."""
    return _BY_NUMBER.get(number)


def labelled_lead(label: str) -> str | None:
    """The standard name that a label is ("avf", "ECG V3R", "MDC_ECG_LEAD_AVR", "vx")."""
    name = _PREFIX.sub("", label.strip()).lower()
    return _KNOWN.get(_FRANK.get(name, name))


def in_order(leads: Sequence[EcgLead]) -> tuple[EcgLead, ...]:
    """The twelve, posterior, right and Frank leads in their order, then all others in theirs.

    A lead of another name that says which lead it modifies stands behind that one, so that limb
    leads come before chest leads there, too: MLI, MLII, MLIII, "mod. V1" (Mason and Likar), MCL1,
    CM5, CS5, CC5, CR5 (bipolar chest leads). Its name stays the file's, and it is no standard lead.
    """
    return tuple(sorted(leads, key=lambda lead: lead_rank(lead.name)))


def lead_rank(name: str) -> tuple[int, bool]:
    """Where a lead stands among others (`in_order`)."""
    base = _BASE.sub("", name)  # a repeated name is numbered: "MLII (2)"
    if base in _RANK:
        return _RANK[base], base != name
    found = _MODIFIED.fullmatch(base)
    limb, chest = found.groups() if found else (None, None)
    if limb or chest:
        return _RANK[(limb or "").upper() or f"V{chest}"], True
    return len(_RANK), False


def distinct(names: Sequence[str]) -> list[str]:
    """The names, a repeated one numbered: nothing that was recorded is dropped."""
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return result


def can_derive(leads: Sequence[EcgLead]) -> bool:
    """Whether `derived` finds any."""
    calibrated = {lead.name for lead in leads if lead.unit is SampleUnit.MILLIVOLT}
    present = {lead.name for lead in leads}
    return calibrated.issuperset(_DERIVED_FROM) and not present.issuperset(_FORMULAE)


def derived(leads: Sequence[EcgLead]) -> list[EcgLead]:
    """III, aVR, aVL, aVF where the eight independent leads are there in mV and these are not."""
    if not can_derive(leads):
        return []
    found = {lead.name: lead for lead in leads if lead.unit is SampleUnit.MILLIVOLT}
    present = {lead.name for lead in leads}
    return [
        _combined(name, found["I"], found["II"], factors)
        for name, factors in _FORMULAE.items()
        if name not in present
    ]


def _combined(name: str, one: EcgLead, two: EcgLead, factors: tuple[float, float]) -> EcgLead:
    samples = np.float32(factors[0]) * one.samples + np.float32(factors[1]) * two.samples
    gaps = tuple(sorted({*one.gaps, *two.gaps}))
    for start, stop in gaps:
        samples[start:stop] = 0
    samples.flags.writeable = False
    return EcgLead(name, samples, derived=True, gaps=gaps)
