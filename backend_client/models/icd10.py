"""ICD-10 as the national directory 1.2.643.5.1.13.13.11.1005 publishes it."""

from datetime import date
from typing import Annotated

import msgspec

from backend_client.models.common import Count, UtcTime, Wire

DIRECTORY = "1.2.643.5.1.13.13.11.1005"
"""Object identifier of the national directory."""
VersionName = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,4}(\.[0-9]{1,4}){1,3}$")]
"""«2.27»."""


class Icd10Code(Wire, frozen=True, kw_only=True, omit_defaults=True):
    """One heading: a disease by its code, or a block or chapter above it."""

    code: str
    """«I35.0»; of a block «I30-I52», of a chapter its Roman number."""
    title: str
    parent: str = ""
    """Code of what it stands under; empty: of nothing."""
    valid_from: date | None = None
    """None: as long as there is the directory."""
    valid_to: date | None = None
    """The first day on which it is no more; None: it is in force."""


class Icd10Version(Wire, frozen=True, kw_only=True):
    """One version of the directory that this server has."""

    version: VersionName
    valid_from: date
    imported_at: UtcTime
    sha256: str
    """Of the published file."""
    size: Count
    """Headings."""


class Icd10Versions(Wire, frozen=True, kw_only=True):
    """All that were imported, the newest first; empty: none was."""

    versions: list[Icd10Version]


class Icd10Directory(Wire, frozen=True, kw_only=True):
    """One version whole."""

    about: Icd10Version
    codes: list[Icd10Code]
