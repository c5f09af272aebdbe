"""Calm words for what may go wrong with a signature, and no grand ones for what it is."""

from datetime import datetime, timedelta

import pytest

from backend_client.errors import Conflict, Rejected, Unreachable
from backend_client.models.common import ProblemCode
from signing import errors
from signing.certificates import KeyAlgorithm
from tests.ui.conclusion_scene import make_certificate
from tests.ui.queue_scene import SCENE_NOW
from workstation.ui.error_text import user_message
from workstation.ui.widgets.signing_words import (
    LEVEL,
    Fitness,
    SigningWords,
    fitness,
    is_signing_error,
    is_wrong_pin,
)
from workstation.ui.wording import Wording

ALL = (
    errors.NoCertificate(),
    errors.WrongPin(),
    errors.PinWanted(),
    errors.TokenMissing(),
    errors.NotYetValid("01"),
    errors.Expired("01"),
    errors.Revoked("01"),
    errors.WrongKeyUsage("01"),
    errors.WrongPerson("01"),
    errors.UntrustedIssuer("01"),
    errors.RevocationUnknown("01"),
    errors.ClockWrong(timedelta(hours=1)),
    errors.LevelNotReached("B-B", ("no_time_service",)),
    errors.BadPolicy("level"),
    errors.TimestampFailed(),
    errors.UnreadableDocument(),
    errors.NotPrepared(),
    errors.AlreadySigned(),
    errors.NotCertified(),
    errors.AlteredDocument(("altered",)),
    Rejected(422, ProblemCode.BAD_SIGNATURE),
    Conflict(ProblemCode.FILE_CHANGED),
)


def test_each_trouble_has_words_of_its_own(wording: Wording) -> None:
    words = SigningWords()
    titles = [words.message(error).title for error in ALL]
    assert len(set(titles)) == len(ALL)
    assert all(words.message(error).detail for error in ALL)


def test_errors_of_other_rooms_keep_their_words(wording: Wording) -> None:
    assert SigningWords().message(Unreachable()) == user_message(Unreachable())
    assert not is_signing_error(Unreachable())


def test_a_new_kind_of_error_is_still_told(wording: Wording) -> None:
    class Unheard(errors.SigningError):
        pass

    words = SigningWords()
    assert words.message(Unheard()).title == words.message(errors.SigningError()).title
    assert is_signing_error(Unheard())


def test_only_a_wrong_pin_asks_for_another_one() -> None:
    assert [error for error in ALL if is_wrong_pin(error)] == [*ALL[1:3]]


def test_a_signature_is_never_called_more_than_it_is(wording: Wording, russian: object) -> None:
    """«УКЭП» only where the certificate itself says that it is a qualified one."""
    words = SigningWords()
    plain = make_certificate()
    qualified = make_certificate(algorithm=KeyAlgorithm.GOST, is_qualified=True)
    assert "УКЭП" not in words.certificate_details(plain, wording)
    assert "не квалифицированная" in words.certificate_details(plain, wording)
    assert "УКЭП" in words.certificate_details(qualified, wording)
    assert words.certificate(plain, wording) == "Левашова Мария Олеговна, до 14.08.2027"
    assert LEVEL == "PAdES"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Fitness.FIT),
        ({"valid_to": SCENE_NOW + timedelta(days=3)}, Fitness.ENDS_SOON),
        ({"valid_to": SCENE_NOW - timedelta(seconds=1)}, Fitness.EXPIRED),
        ({"valid_from": SCENE_NOW + timedelta(seconds=1)}, Fitness.NOT_YET_VALID),
        ({"may_sign": False}, Fitness.WRONG_KEY_USAGE),
    ],
)
def test_what_a_certificate_says_of_now(
    changes: dict[str, datetime | bool], expected: Fitness, wording: Wording
) -> None:
    facts = make_certificate(**changes)
    assert fitness(facts, SCENE_NOW) is expected
    refused = SigningWords().unfit(facts, wording) is not None
    assert refused is (expected not in (Fitness.FIT, Fitness.ENDS_SOON))
