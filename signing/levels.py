"""The levels of PAdES (ETSI EN 319 142-1, clause 6): signing as high as the services allow.

What was wanted, what was reached and why not more is in the answer (`signed_file.SignedFile`).
Nothing is written anywhere: whoever calls gets the whole file or an error.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from cryptography import x509
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1

from signing.cades import signature_value, with_time_stamp
from signing.certificates import check_certificate, check_person
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
)
from signing.gost import GostSignatureValidator
from signing.hushed import hush_libraries
from signing.pades import Crown, approve, certify
from signing.policy import is_lower
from signing.report import Level, Problem, Verdict
from signing.revocation import CLOCK_TOLERANCE, Inquiry, Proof, Standing
from signing.signed_file import Revocation, SignedFile, Terms, Why
from signing.signer import Signer, chain_of
from signing.stamp import Stamp
from signing.survey import NOTHING_SIGNED, Party, Survey, survey
from signing.timestamps import Token, time_stamp
from signing.upkeep import ROOM_FOR_TOKEN
from signing.upkeep import with_proofs as _with_proofs
from signing.upkeep import with_time_stamp as _sealed
from signing.verify import verify_pdf
from signing.wire import ServiceTrouble, Trouble, Wire

RENEWED_BEFORE: Final = timedelta(days=90)
"""So long before the certificate of the last time stamp ends, a lifting stamps the file again."""
_SLACK: Final = 512
"""Bytes."""
_TIME_TROUBLE: Final = {
    Trouble.UNREACHABLE: Why.TIME_UNREACHABLE,
    Trouble.TIMED_OUT: Why.TIME_TIMED_OUT,
    Trouble.REFUSED: Why.TIME_REFUSED,
    Trouble.UNUSABLE: Why.TIME_UNUSABLE,
}
_NOT_HEARD: Final = {
    None: (Revocation.NOT_OFFERED, Why.REVOCATION_NOT_OFFERED),
    Trouble.UNREACHABLE: (Revocation.UNREACHABLE, Why.REVOCATION_UNREACHABLE),
    Trouble.REFUSED: (Revocation.UNREACHABLE, Why.REVOCATION_UNREACHABLE),
    Trouble.TIMED_OUT: (Revocation.TIMED_OUT, Why.REVOCATION_TIMED_OUT),
    Trouble.UNUSABLE: (Revocation.UNUSABLE, Why.REVOCATION_UNUSABLE),
}


def certify_with(pdf: bytes, signer: Signer, stamp: Stamp, terms: Terms) -> SignedFile:
    """The doctor's signature, as high as the policy wants and the services allow.

    `pdf` comes from `fields.prepare_fields`. Blocks for as long as the services take; not to be
    called in a running loop. Raises as `pades.certify` does, and WrongPerson, UntrustedIssuer,
    Revoked, RevocationUnknown, ClockWrong, LevelNotReached.
    """

    def make(at: datetime, crown: Crown) -> bytes:
        return certify(pdf, signer, stamp, at=at, crown=crown)

    return _Work(terms).signed(signer, make, NOTHING_SIGNED)


def approve_with(pdf: bytes, signer: Signer, stamp: Stamp, terms: Terms) -> SignedFile:
    """The approver's signature in the second field; what is missing to the doctor's is added too.

    Raises as `certify_with` does, and as `pades.approve`: AlteredDocument, NotCertified.
    """

    def make(at: datetime, crown: Crown) -> bytes:
        return approve(pdf, signer, stamp, terms.trust_roots, at=at, crown=crown)

    return _Work(terms).signed(signer, make, survey(pdf))


def extend(pdf: bytes, terms: Terms) -> SignedFile:
    """Lifts a signed file, as one that was signed offline; its own bytes stay as they are.

    Where no more can be reached now, the file comes back as it was, with the reasons. One of the
    highest level gets a further time stamp where the last one's certificate ends soon. Raises
    NotCertified where it is not signed, AlteredDocument where its signatures are not valid,
    Revoked, ClockWrong, UnreadableDocument.
    """
    work = _Work(terms)
    report = verify_pdf(pdf, terms.trust_roots, at=work.now(), gost=terms.gost)
    if Problem.NOT_SIGNED in report.all_problems:
        raise NotCertified("the file is not signed")
    if report.verdict is not Verdict.VALID:
        raise AlteredDocument(tuple(problem.value for problem in report.all_problems))
    return work.lifted(pdf, survey(pdf))


class _NoStamp(Exception):
    """No time stamp; why is noted."""


class _Work:
    """One file being signed or lifted. It is also what crowns the fresh signature."""

    room = ROOM_FOR_TOKEN

    def __init__(self, terms: Terms) -> None:
        hush_libraries()
        self._terms = terms
        self._policy = terms.policy
        self._at = terms.at or datetime.now(UTC)
        self._begun = time.monotonic()
        self._checks = GostSignatureValidator(terms.gost)
        self._roots = [translate_pyca_cryptography_cert_to_asn1(r) for r in terms.trust_roots]
        self._proofs: dict[bytes, Proof] = {}
        self._why: dict[Why, None] = {}
        self._revocation: Revocation | None = None
        self._signing: x509.Certificate | None = None
        self._own_stamp: Party | None = None
        self._last_size = 0

    def now(self) -> datetime:
        """The moment of signing and what has passed since, by the clock that was given."""
        return self._at + timedelta(seconds=time.monotonic() - self._begun)

    def signed(
        self, signer: Signer, make: Callable[[datetime, Crown], bytes], before: Survey
    ) -> SignedFile:
        """Checks the certificate, signs, lifts; `before` is what the file had. Raises as
        `certify_with` says."""
        party = self._checked(signer)
        pdf = make(self._at, self)
        answer = self.lifted(pdf, before.with_signature(party, self._own_stamp))
        if is_lower(answer.reached, self._policy.at_least):
            reasons = tuple(why.value for why in answer.why)
            raise LevelNotReached(answer.reached.value, reasons)
        return answer

    def over(self, signature: bytes) -> bytes:
        """The signature with a time stamp; as it was where there is none to be had."""
        if not self._wants(Level.B_T):
            return signature
        try:
            token = self._token(signature_value(signature))
        except _NoStamp:
            return signature
        if self._signing is not None:  # two honest clocks differ, and that one counts from now on
            check_certificate(self._signing, token.time)
        crowned = with_time_stamp(signature, token.der)
        if len(crowned) - len(signature) > self.room:
            return signature  # the file gets its own time stamp instead
        self._own_stamp = Party(token.certificate, token.others, token.time)
        return crowned

    def lifted(self, pdf: bytes, found: Survey) -> SignedFile:
        """Adds what is missing to the wanted level, as far as it can be had."""
        if self._wants(Level.B_T) and not found.is_timed and not self._why:
            pdf, found = self._timed(pdf, found)
        reached = Level.B_T if found.is_timed else Level.B_B
        if found.is_timed and self._wants(Level.B_LT):
            pdf, reached = self._proven(pdf, found)
        short = is_lower(reached, self._policy.level)
        return SignedFile(
            pdf=pdf,
            wanted=self._policy.level,
            reached=reached,
            why=tuple(self._why) if short else (),
            revocation=self._revocation or self._standing_of_signers(found),
            at=self._at,
        )

    def _wants(self, level: Level) -> bool:
        return not is_lower(self._policy.level, level)

    def _checked(self, signer: Signer) -> Party:
        """All that may speak against a certificate, before its key is touched."""
        others = tuple(translate_pyca_cryptography_cert_to_asn1(one) for one in chain_of(signer))
        party = Party(translate_pyca_cryptography_cert_to_asn1(signer.certificate), others, None)
        try:
            facts = check_certificate(signer.certificate, self._at)
            self._signing = signer.certificate
        except (NotYetValid, Expired):
            self._ask([party])  # it may be the clock
            raise
        if self._terms.person is not None:
            check_person(facts, self._terms.person)
        (proof,) = self._ask([party])
        _refuse(proof, facts.number)
        self._revocation = _revocation(proof)
        if self._policy.must_know_revocation and self._revocation is not Revocation.GOOD:
            raise RevocationUnknown(facts.number)
        return party

    def _timed(self, pdf: bytes, found: Survey) -> tuple[bytes, Survey]:
        """With a time stamp over the file, for signatures that have none."""
        try:
            stamped = _sealed(pdf, (), self._stamp, self._room_for_stamp)
        except _NoStamp:
            return pdf, found
        return stamped, survey(stamped)

    def _proven(self, pdf: bytes, found: Survey) -> tuple[bytes, Level]:
        """With all proofs in the file, and sealed where that is wanted."""
        new = self._missing_proofs(found)
        if new is None:
            return pdf, Level.B_T
        if found.is_sealed and not new:
            return self._renewed(pdf, found), Level.B_LTA
        if self._wants(Level.B_LTA):
            try:
                return _sealed(pdf, new, self._stamp, self._room_for_stamp), Level.B_LTA
            except _NoStamp:
                pass
        return _with_proofs(pdf, new), Level.B_LT

    def _renewed(self, pdf: bytes, found: Survey) -> bytes:
        """With a further time stamp where the certificate of the last one ends soon; the same bytes
        where it does not, or the service has none that lasts longer.

        A first stamp, which is not kept, tells whose the next one will be: what is known of that
        service goes into the file under its own stamp.
        """
        last = found.time_services[-1].certificate
        if not _ends_soon(last, self.now()):
            return pdf
        try:
            told = self._token(pdf)
            if told.certificate.not_valid_after <= last.not_valid_after:
                return pdf
            known = self._ask([Party(told.certificate, told.others, told.time)])
            new = [one for one in known if one.standing is Standing.GOOD]
            return _sealed(pdf, new, self._stamp, self._room_for_stamp)
        except _NoStamp:
            return pdf

    def _missing_proofs(self, found: Survey) -> list[Proof] | None:
        """What the file's own store does not show yet; None where it cannot be had."""
        lacking = [one for one in found.parties if not self._is_shown(one, found)]
        proofs = self._ask(lacking)
        for party, proof in zip(lacking, proofs, strict=True):
            if proof.standing is Standing.REVOKED and party in found.signers:
                raise Revoked(f"{party.certificate.serial_number:X}")
            if proof.standing is not Standing.GOOD:
                self._why[_NOT_HEARD[proof.trouble][1]] = None
        return proofs if all(proof.standing is Standing.GOOD for proof in proofs) else None

    def _is_shown(self, party: Party, found: Survey) -> bool:
        """Whether the file's store shows that it was good when it was used."""
        if party.proven_at is None or not (found.ocsps or found.crls):
            return False
        inquiry = Inquiry(
            None,
            self._roots,
            party.proven_at,
            checks=self._checks,
            known_ocsps=found.ocsps,
            known_crls=found.crls,
        )
        proof = asyncio.run(inquiry.about(party.certificate, party.others))
        return proof.standing is Standing.GOOD

    def _standing_of_signers(self, found: Survey) -> Revocation:
        """For a file that was lifted: what is known of its signers."""
        known = [self._proofs.get(one.certificate.sha256) for one in found.signers]
        heard = [_revocation(proof) for proof in known if proof is not None]
        return next((one for one in heard if one is not Revocation.GOOD), Revocation.GOOD)

    def _ask(self, parties: Sequence[Party]) -> list[Proof]:
        """What is known of each now. Raises ClockWrong."""
        unknown = [one for one in parties if one.certificate.sha256 not in self._proofs]
        if unknown:
            asyncio.run(self._asked(unknown))
        return [self._proofs[one.certificate.sha256] for one in parties]

    async def _asked(self, parties: Sequence[Party]) -> None:
        async with Wire(self._policy.timeout) as wire:
            inquiry = Inquiry(wire, self._roots, self.now(), checks=self._checks)
            for party in parties:
                proof = await inquiry.about(party.certificate, party.others)
                self._proofs[party.certificate.sha256] = proof
            self._compare_clocks(wire.dates)

    @property
    def _room_for_stamp(self) -> int:
        """A little more than the last one took: what is kept is read by all who open the file."""
        return self.room if self._last_size == 0 else self._last_size + _SLACK

    def _stamp(self, data: bytes) -> bytes:
        """As `_token`, in DER."""
        return self._token(data).der

    def _token(self, data: bytes) -> Token:
        """A token over `data` by the first service in good standing. Raises ClockWrong where those
        that answered tell another time; _NoStamp with the last one's reason noted."""
        why, wrong = Why.NO_TIME_SERVICE, None
        for address in self._policy.time_services:
            try:
                token = asyncio.run(self._stamped(address, data))
                self._compare_clocks([token.time])
                if self._is_of_a_service(token):
                    self._last_size = len(token.der)
                    return token
                why = Why.TIME_UNTRUSTED
            except ServiceTrouble as error:
                why = _TIME_TROUBLE[error.trouble]
            except ClockWrong as error:
                wrong = error
        if wrong is not None:
            raise wrong
        raise self._without(why)

    def _is_of_a_service(self, token: Token) -> bool:
        """Whether its certificate is for time stamps (RFC 3161, 2.3) and in good standing."""
        purposes = token.certificate.extended_key_usage_value
        if purposes is None or "time_stamping" not in purposes.native:
            return False
        (proof,) = self._ask([Party(token.certificate, token.others, token.time)])
        return proof.standing in (Standing.GOOD, Standing.UNKNOWN)

    def _without(self, why: Why) -> _NoStamp:
        self._why[why] = None
        return _NoStamp()

    async def _stamped(self, address: str, data: bytes) -> Token:
        async with Wire(self._policy.timeout) as wire:
            return await time_stamp(wire, [address], data, self._terms.gost)

    def _compare_clocks(self, told: Sequence[datetime]) -> None:
        """Raises ClockWrong where every service tells another time than we do."""
        off = [self.now() - moment for moment in told]
        if off and min(map(abs, off)) > CLOCK_TOLERANCE:
            raise ClockWrong(min(off, key=abs))


def _ends_soon(certificate: Any, now: datetime) -> bool:
    """Whether what it has stamped is to be stamped again (EN 319 142-1, 5.5): a quarter of a year
    before its end, for one of a short life in its last quarter. asn1crypto has no types."""
    end, start = certificate.not_valid_after, certificate.not_valid_before
    before = min(RENEWED_BEFORE, (end - start) / 4)
    return bool(end - now < before)


def _refuse(proof: Proof, number: str) -> None:
    if proof.standing is Standing.REVOKED:
        raise Revoked(number)
    if proof.standing is Standing.NOT_YET_VALID:
        raise NotYetValid(number)
    if proof.standing is Standing.EXPIRED:
        raise Expired(number)
    if proof.standing is Standing.UNTRUSTED:
        raise UntrustedIssuer(number)


def _revocation(proof: Proof) -> Revocation:
    return Revocation.GOOD if proof.standing is Standing.GOOD else _NOT_HEARD[proof.trouble][0]
