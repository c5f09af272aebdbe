"""Whether a diagnosis is on the centre's list of diseases (OZ-3, OZ-5)."""

from collections.abc import Iterable

from backend_client.models.catalogue import DiseaseGroup
from backend_client.models.requests import ProfileMatch


def profile_match(icd10: str | None, diseases: Iterable[DiseaseGroup]) -> ProfileMatch:
    """By ICD-10 prefixes; without a code the answer is "not determined", never "out"."""
    code = (icd10 or "").strip().upper()
    if not code:
        return ProfileMatch.NOT_DETERMINED
    listed = any(code.startswith(prefix) for group in diseases for prefix in group.icd10_prefixes)
    return ProfileMatch.IN_PROFILE if listed else ProfileMatch.OUT_OF_PROFILE
