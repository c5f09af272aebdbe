"""Which consents close the documents of a request when they are withdrawn (SPB-13, SOK-2)."""

from datetime import UTC, datetime

import pytest

from backend_client.models.requests import Consent, ConsentKind
from tests.factories import changed_row, make_card, make_row
from workstation.core.withdrawal import files_are_closed, loses_consent

NOON = datetime(2026, 11, 20, 9, tzinfo=UTC)
GIVEN = Consent(kind=ConsentKind.DISCLOSURE, text_version="1", given_at=NOON)
NEVER = Consent(kind=ConsentKind.DISCLOSURE, text_version="1", given_at=None)
CLOSES = [ConsentKind.PERSONAL_DATA, ConsentKind.DISCLOSURE, ConsentKind.INTERVENTION]
PAID = ConsentKind.PAID_SERVICES


def withdrawn(kind: ConsentKind) -> Consent:
    return Consent(kind=kind, text_version="1", given_at=None, withdrawn_at=NOON)


@pytest.mark.parametrize("kind", [*CLOSES, ConsentKind.UNKNOWN])
def test_a_withdrawn_consent_closes_the_files(kind: ConsentKind) -> None:
    """SPB-13: one of a newer server, too."""
    assert files_are_closed(make_card(make_row(), consents=[GIVEN, withdrawn(kind)]))


@pytest.mark.parametrize("consents", [[], [GIVEN], [NEVER], [GIVEN, withdrawn(PAID)]])
def test_others_leave_them_open(consents: list[Consent]) -> None:
    """SOK-2: who pays no more still agrees to what the doctor reads."""
    assert not files_are_closed(make_card(make_row(), consents=consents))


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [
        ([], CLOSES[:1], True),
        (CLOSES[:1], CLOSES[:2], True),
        (CLOSES[:1], CLOSES[:1], False),
        (CLOSES[:2], CLOSES[:1], False),
        ([], [PAID], False),
    ],
)
def test_a_row_tells_that_a_consent_is_gone(
    before: list[ConsentKind], after: list[ConsentKind], *, lost: bool
) -> None:
    row = make_row(missing_consents=before)
    assert loses_consent(row, changed_row(row, missing_consents=after)) is lost
