"""What of a request is no business of those who count requests (decision 0018)."""

import msgspec

from backend_client.models.requests import Diagnosis, ProfileMatch, RequestRow


def without_medical_content(row: RequestRow) -> RequestRow:
    """Who, where it stands, what papers lack and when it is due; not what the person has."""
    return msgspec.structs.replace(
        row,
        diagnosis=Diagnosis(icd10=None, text=""),
        profile_match=ProfileMatch.NOT_DETERMINED,
        checklist=[msgspec.structs.replace(item, reason="") for item in row.checklist],
    )
