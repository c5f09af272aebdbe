"""Levels B-B to B-LTA against real services: what was wanted, what was reached, and why less."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import cms  # type: ignore[import-untyped]  # no types

from signing.certificates import Person
from signing.errors import (
    AlteredDocument,
    ClockWrong,
    Expired,
    LevelNotReached,
    NotCertified,
    NotYetValid,
    RevocationUnknown,
    Revoked,
    UntrustedIssuer,
    WrongPerson,
)
from signing.levels import approve_with, certify_with, extend
from signing.policy import LEVELS, Policy
from signing.report import Level, Verdict
from signing.signed_file import Revocation, SignedFile, Terms, Why
from signing.survey import survey
from signing.verify import verify_pdf
from tests.signing.byte_ranges import covered_by_signatures
from tests.signing.clinic import STAMP, Clinic
from tests.signing.gost_clinic import INSTALL as INSTALL_GOST
from tests.signing.gost_clinic import GostAuthority, has_gost
from tests.signing.outside_validators import (
    INSTALL,
    openssl,
    openssl_refusals,
    pyhanko_accepts,
)
from tests.signing.pki import (
    APPROVER,
    DOCTOR,
    DOCTOR_EC,
    ENDED,
    REVOKED,
    TO_COME,
    Fault,
    PkiServer,
)

SHORT = 3.0
"""Seconds that a service may take where one is to be found hanging and another has to answer."""
IN_VAIN = 0.5
"""The same where none has to."""
HOUR = timedelta(hours=1)


def terms(pki: PkiServer, **changed: object) -> Terms:
    """The highest level with the PKI's services; `changed` are parts of the policy."""
    return Terms(replace(pki.policy(), **changed), [pki.root])  # type: ignore[arg-type]  # names


def patient(pki: PkiServer, fault: Fault) -> Terms:
    """Waits long, but where it is sure to wait in vain."""
    return terms(pki, timeout=SHORT if fault in (Fault.HANGS, Fault.DRIPS) else 30.0)


@pytest.fixture(scope="module")
def offline(clinic: Clinic, pki: PkiServer) -> SignedFile:
    """Signed where there was no network: B-B."""
    with pki.failing(tsa=Fault.CLOSED, ocsp=Fault.CLOSED, crls=Fault.CLOSED):
        return certify_with(clinic.prepared, pki.signer(DOCTOR_EC), STAMP, terms(pki))


@pytest.fixture(scope="module")
def highest(clinic: Clinic, pki: PkiServer) -> SignedFile:
    return certify_with(clinic.prepared, pki.signer(), STAMP, terms(pki))


@pytest.mark.parametrize("who", [DOCTOR, DOCTOR_EC], ids=["rsa", "ecdsa"])
@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.value)
def test_each_level_is_reached_where_the_services_answer(
    clinic: Clinic, pki: PkiServer, level: Level, who: str
) -> None:
    signed = certify_with(clinic.prepared, pki.signer(who), STAMP, terms(pki, level=level))
    assert (signed.wanted, signed.reached, signed.why) == (level, level, ())
    assert signed.revocation is Revocation.GOOD
    found = survey(signed.pdf)
    assert found.is_timed == (level is not Level.B_B)
    assert bool(found.ocsps) == (level in (Level.B_LT, Level.B_LTA))
    assert found.is_sealed == (level is Level.B_LTA)
    assert verify_pdf(signed.pdf, [pki.root], 1).verdict is Verdict.VALID


def test_the_default_is_the_highest(highest: SignedFile) -> None:
    assert Policy().level is highest.reached is Level.B_LTA
    assert not highest.can_be_lifted


def test_two_signatures_at_the_highest_level_hold_for_every_judge(
    highest: SignedFile, pki: PkiServer, tmp_path: Path
) -> None:
    both = approve_with(highest.pdf, pki.signer(APPROVER), STAMP, terms(pki))
    assert both.reached is Level.B_LTA
    assert both.pdf.startswith(highest.pdf)
    assert verify_pdf(both.pdf, [pki.root], 2).verdict is Verdict.VALID
    assert pyhanko_accepts(both.pdf, [pki.root]) == [True, True]
    program = openssl()
    if program is None:
        pytest.skip(INSTALL)
    assert openssl_refusals(program, both.pdf, [pki.root], tmp_path) == [""] * 4


def test_what_is_kept_with_the_conclusion_is_plain(offline: SignedFile) -> None:
    kept = json.loads(json.dumps(offline.level_kept))
    assert (kept["wanted"], kept["level"]) == ("B-LTA", "B-B")
    assert kept["why_lower"] == ["time_unreachable"]
    assert kept["revocation"] == "unreachable"
    assert repr(offline.pdf[:20]) not in repr(offline)


def test_what_was_signed_offline_is_lifted_later(offline: SignedFile, pki: PkiServer) -> None:
    lifted = extend(offline.pdf, terms(pki))
    assert (offline.reached, lifted.reached, lifted.why) == (Level.B_B, Level.B_LTA, ())
    assert lifted.pdf.startswith(offline.pdf)
    assert lifted.revocation is Revocation.GOOD
    assert verify_pdf(lifted.pdf, [pki.root], 1).verdict is Verdict.VALID
    assert pyhanko_accepts(lifted.pdf, [pki.root]) == [True]


def test_what_was_time_stamped_alone_is_lifted_with_one_stamp_more(
    clinic: Clinic, pki: PkiServer
) -> None:
    stamped = certify_with(clinic.prepared, pki.signer(), STAMP, terms(pki, level=Level.B_T))
    lifted = extend(stamped.pdf, terms(pki))
    assert lifted.reached is Level.B_LTA
    assert lifted.pdf.startswith(stamped.pdf)
    assert len(covered_by_signatures(lifted.pdf)) == len(covered_by_signatures(stamped.pdf)) + 1


def test_what_is_at_the_highest_level_stays_byte_for_byte(
    highest: SignedFile, pki: PkiServer
) -> None:
    with pki.failing(tsa=Fault.CLOSED, ocsp=Fault.CLOSED, crls=Fault.CLOSED) as services:
        services.asked.clear()
        again = extend(highest.pdf, terms(pki))
    assert (again.pdf, again.reached, again.why) == (highest.pdf, Level.B_LTA, ())
    assert services.asked == []


def test_the_approval_lifts_the_doctors_signature_too(offline: SignedFile, pki: PkiServer) -> None:
    both = approve_with(offline.pdf, pki.signer(APPROVER), STAMP, terms(pki))
    assert both.reached is Level.B_LTA
    assert survey(both.pdf).is_timed
    assert verify_pdf(both.pdf, [pki.root], 2).verdict is Verdict.VALID


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (Fault.CLOSED, Why.TIME_UNREACHABLE),
        (Fault.HANGS, Why.TIME_TIMED_OUT),
        (Fault.DRIPS, Why.TIME_TIMED_OUT),
        (Fault.REFUSES, Why.TIME_REFUSED),
        (Fault.REJECTS, Why.TIME_REFUSED),
        (Fault.RUBBISH, Why.TIME_UNUSABLE),
        (Fault.OTHER_DATA, Why.TIME_UNUSABLE),
    ],
)
def test_without_a_time_stamp_it_is_signed_and_said(
    clinic: Clinic, pki: PkiServer, fault: Fault, why: Why
) -> None:
    with pki.failing(tsa=fault):
        signed = certify_with(clinic.prepared, pki.signer(DOCTOR_EC), STAMP, patient(pki, fault))
    assert (signed.wanted, signed.reached, signed.why) == (Level.B_LTA, Level.B_B, (why,))
    assert signed.revocation is Revocation.GOOD
    assert verify_pdf(signed.pdf, [pki.root], 1).verdict is Verdict.VALID


@pytest.mark.parametrize(
    ("fault", "why", "known"),
    [
        (Fault.CLOSED, Why.REVOCATION_UNREACHABLE, Revocation.UNREACHABLE),
        (Fault.REFUSES, Why.REVOCATION_UNREACHABLE, Revocation.UNREACHABLE),
        (Fault.HANGS, Why.REVOCATION_TIMED_OUT, Revocation.TIMED_OUT),
        (Fault.RUBBISH, Why.REVOCATION_UNUSABLE, Revocation.UNUSABLE),
    ],
)
def test_where_nobody_tells_of_revocation_it_is_never_called_good(
    clinic: Clinic, pki: PkiServer, fault: Fault, why: Why, known: Revocation
) -> None:
    signer = pki.signer(DOCTOR_EC)
    timed = certify_with(clinic.prepared, signer, STAMP, terms(pki, level=Level.B_T))
    known_by = terms(pki, timeout=IN_VAIN if fault is Fault.HANGS else 30.0)
    alone = replace(known_by, policy=replace(known_by.policy, level=Level.B_B))
    with pki.failing(ocsp=fault, crls=fault):
        signed = certify_with(clinic.prepared, signer, STAMP, alone)
        lifted = extend(timed.pdf, known_by)
    assert (signed.reached, signed.revocation) == (Level.B_B, known)
    assert (lifted.reached, lifted.why, lifted.revocation) == (Level.B_T, (why,), known)


def test_without_ocsp_the_lists_are_asked(clinic: Clinic, pki: PkiServer) -> None:
    with pki.failing(ocsp=Fault.CLOSED) as services:
        services.asked.clear()
        signed = certify_with(clinic.prepared, pki.signer(DOCTOR_EC), STAMP, terms(pki))
    assert (signed.reached, signed.revocation) == (Level.B_LTA, Revocation.GOOD)
    assert survey(signed.pdf).crls
    assert any("crls" in path for path in services.asked)


def test_the_next_time_service_is_asked_where_the_first_is_gone(
    clinic: Clinic, pki: PkiServer
) -> None:
    both = (pki.url + "/clinic/nowhere/tsa", pki.tsa)
    signed = certify_with(
        clinic.prepared, pki.signer(DOCTOR_EC), STAMP, terms(pki, time_services=both)
    )
    assert signed.reached is Level.B_LTA


def test_no_time_service_and_a_strange_one_are_named(clinic: Clinic, pki: PkiServer) -> None:
    for addresses, why in (
        ((), Why.NO_TIME_SERVICE),
        ((pki.strange_tsa,), Why.TIME_UNTRUSTED),
    ):
        signed = certify_with(
            clinic.prepared, pki.signer(DOCTOR_EC), STAMP, terms(pki, time_services=addresses)
        )
        assert (signed.reached, signed.why) == (Level.B_B, (why,))


def test_only_services_of_time_are_believed_and_the_next_is_asked(
    clinic: Clinic, pki: PkiServer
) -> None:
    """Any key can sign what looks like a time stamp; every validator asks what it is for."""
    plain = terms(pki, time_services=(pki.plain_tsa,))
    signed = certify_with(clinic.prepared, pki.signer(DOCTOR_EC), STAMP, plain)
    assert (signed.reached, signed.why) == (Level.B_B, (Why.TIME_UNTRUSTED,))
    assert verify_pdf(signed.pdf, [pki.root], 1).verdict is Verdict.VALID
    several = terms(pki, time_services=(pki.plain_tsa, pki.strange_tsa, pki.tsa))
    assert extend(signed.pdf, several).reached is Level.B_LTA


def test_a_certificate_that_names_nobody_to_ask_is_not_called_good(clinic: Clinic) -> None:
    known = Terms(Policy(), [clinic.authority.root])
    signed = certify_with(clinic.prepared, clinic.doctor, STAMP, known)
    assert signed.revocation is Revocation.NOT_OFFERED
    with pytest.raises(RevocationUnknown):
        certify_with(
            clinic.prepared,
            clinic.doctor,
            STAMP,
            replace(known, policy=Policy(must_know_revocation=True)),
        )


@pytest.mark.parametrize("level", [Level.B_B, Level.B_LTA], ids=lambda level: level.value)
@pytest.mark.parametrize(
    ("who", "error"), [(REVOKED, Revoked), (ENDED, Expired), (TO_COME, NotYetValid)]
)
def test_a_certificate_that_is_no_good_signs_at_no_level(
    clinic: Clinic, pki: PkiServer, level: Level, who: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        certify_with(clinic.prepared, pki.signer(who), STAMP, terms(pki, level=level))


def test_a_revoked_certificate_is_known_from_the_list_too(clinic: Clinic, pki: PkiServer) -> None:
    with pki.failing(ocsp=Fault.CLOSED), pytest.raises(Revoked):
        certify_with(clinic.prepared, pki.signer(REVOKED), STAMP, terms(pki))


def test_a_chain_to_nowhere_is_refused(clinic: Clinic, pki: PkiServer) -> None:
    with pytest.raises(UntrustedIssuer):
        certify_with(clinic.prepared, clinic.doctor, STAMP, terms(pki))


def test_somebody_elses_certificate_is_refused(clinic: Clinic, pki: PkiServer) -> None:
    mine = replace(terms(pki), person=Person("Левашова  МАРИНА Олеговна"))
    assert certify_with(clinic.prepared, pki.signer(), STAMP, mine).reached is Level.B_LTA
    with pytest.raises(WrongPerson):
        certify_with(clinic.prepared, pki.signer(APPROVER), STAMP, mine)


@pytest.mark.parametrize("off", [HOUR, -HOUR])
@pytest.mark.parametrize("who", [DOCTOR_EC, TO_COME])
def test_a_clock_that_is_wrong_by_an_hour_is_named(
    clinic: Clinic, pki: PkiServer, off: timedelta, who: str
) -> None:
    with pki.shifted(-off), pytest.raises(ClockWrong) as refusal:
        certify_with(clinic.prepared, pki.signer(who), STAMP, terms(pki))
    assert abs(refusal.value.off_by - off) < timedelta(minutes=1)


def test_a_wrong_clock_is_seen_by_the_time_stamp_alone(clinic: Clinic, pki: PkiServer) -> None:
    late = replace(terms(pki), at=datetime.now(UTC) + HOUR)
    with pki.failing(ocsp=Fault.CLOSED, crls=Fault.CLOSED), pytest.raises(ClockWrong):
        certify_with(clinic.prepared, pki.signer(DOCTOR_EC), STAMP, late)


def test_below_the_centres_least_level_nothing_is_signed(clinic: Clinic, pki: PkiServer) -> None:
    least = terms(pki, at_least=Level.B_T)
    with pki.failing(tsa=Fault.REFUSES), pytest.raises(LevelNotReached) as refusal:
        certify_with(clinic.prepared, pki.signer(DOCTOR_EC), STAMP, least)
    assert (refusal.value.reached, refusal.value.reasons) == ("B-B", ("time_refused",))


def test_only_what_holds_is_lifted(clinic: Clinic, pki: PkiServer, offline: SignedFile) -> None:
    with pytest.raises(NotCertified):
        extend(clinic.prepared, terms(pki))
    damaged = bytearray(offline.pdf)
    damaged[damaged.index(b"/Title") + 12] ^= 1
    with pytest.raises(AlteredDocument):
        extend(bytes(damaged), terms(pki))
    with pytest.raises(AlteredDocument):
        extend(clinic.certified, terms(pki))


def test_lifting_without_services_gives_the_file_back(offline: SignedFile, pki: PkiServer) -> None:
    with pki.failing(tsa=Fault.CLOSED, ocsp=Fault.CLOSED, crls=Fault.CLOSED):
        again = extend(offline.pdf, terms(pki))
    assert (again.pdf, again.reached) == (offline.pdf, Level.B_B)
    assert again.why == (Why.TIME_UNREACHABLE,)


def test_a_seal_that_fails_leaves_what_was_reached_before(clinic: Clinic, pki: PkiServer) -> None:
    """The service of time goes away between the two stamps."""
    stamped = certify_with(clinic.prepared, pki.signer(), STAMP, terms(pki, level=Level.B_T))
    with pki.failing(tsa=Fault.CLOSED):
        lifted = extend(stamped.pdf, terms(pki))
    assert (lifted.reached, lifted.why) == (Level.B_LT, (Why.TIME_UNREACHABLE,))
    assert lifted.pdf.startswith(stamped.pdf)
    assert extend(lifted.pdf, terms(pki)).reached is Level.B_LTA


def test_the_time_stamp_changes_nothing_that_was_signed(highest: SignedFile) -> None:
    """The token is among the unsigned attributes; the times are the service's."""
    doctor = covered_by_signatures(highest.pdf)[0]
    (signer,) = cms.ContentInfo.load(doctor.cms)["content"]["signer_infos"]
    assert [one["type"].native for one in signer["unsigned_attrs"]] == [
        "signature_time_stamp_token"
    ]
    assert "signing_time" not in [one["type"].native for one in signer["signed_attrs"]]
    assert re.search(rb"/SubFilter\s*/ETSI.RFC3161", highest.pdf)


@pytest.mark.skipif(not has_gost(), reason=INSTALL_GOST)
def test_a_gost_signature_gets_its_time_stamp_and_is_lifted(
    clinic: Clinic, pki: PkiServer, tmp_path: Path
) -> None:
    """Its authority names no service of revocation: more than B-T is not to be had, and is said."""
    authority = GostAuthority(tmp_path)
    signer = authority.issue("Левашова Марина Олеговна", qualified=True).signer()
    known = replace(terms(pki, time_services=()), trust_roots=[pki.root, authority.root])
    offline = certify_with(clinic.prepared, signer, STAMP, known)
    lifted = extend(offline.pdf, replace(known, policy=pki.policy()))
    assert (offline.reached, lifted.reached) == (Level.B_B, Level.B_T)
    assert lifted.why == (Why.REVOCATION_NOT_OFFERED,)
    assert verify_pdf(lifted.pdf, known.trust_roots, 1).verdict is Verdict.VALID
