"""What a verification found, in words: one sentence of verdict, then the reasons line by line.

Only what was looked at is claimed. Whether the certificate was revoked is not: there is no service
to ask yet, and the line says so.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from PySide6.QtCore import QObject

from backend_client.models.conclusions import Approval
from backend_client.models.requests import RequestStatus
from signing.report import (
    Coverage,
    Edit,
    Level,
    Problem,
    SignatureReport,
    SignatureResult,
    Verdict,
)
from workstation.services.answers import SignedPdf
from workstation.ui.widgets.signing_words import SigningWords
from workstation.ui.widgets.standing_words import StandingWords, falls_short
from workstation.ui.wording import Wording

_OF_CERTIFICATE = (
    Problem.UNTRUSTED,
    Problem.EXPIRED,
    Problem.NOT_YET_VALID,
    Problem.REVOKED,
    Problem.WRONG_KEY_USAGE,
    Problem.GOST_UNCHECKED,
)
_BEFORE_CERTIFICATE = {Problem.ALTERED, Problem.FORGED}
"""With these nobody asks any more who stands behind the certificate."""


class Tone(Enum):
    """How a line reads: its glyph, its colour, and the ground of a verdict."""

    GOOD = ("check-circle", "ok.text", "ok.soft")
    OPEN = ("question", "warn.text", "warn.soft")
    """Not decided, or not looked at."""
    WARNING = ("warning", "warn.text", "warn.soft")
    BAD = ("x-circle", "danger.text", "danger.soft")
    PLAIN = ("info", "text.secondary", "bg.sunken")

    @property
    def glyph(self) -> str:
        """Name of the Phosphor glyph."""
        return self.value[0]

    @property
    def color(self) -> str:
        """Token of the glyph and of a title that is not good."""
        return self.value[1]

    @property
    def ground(self) -> str:
        """Token of the soft ground."""
        return self.value[2]


@dataclass(frozen=True, slots=True)
class Reason:
    """A fact with its explanation; `is_number` for what is read letter by letter."""

    tone: Tone
    title: str
    detail: str = ""
    is_number: bool = False


class SignatureWords(QObject):
    """Says it in the words of the interface."""

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._signing = SigningWords(self)
        self._standing = StandingWords(self)

    def verdict(self, verdict: Verdict, signed: SignedPdf) -> Reason:
        """The one sentence, and what follows of it."""
        if verdict is Verdict.VALID and not _is_of_author(signed):
            detail = self.tr("The document was not changed. Make sure who signed, or return it.")
            return Reason(Tone.WARNING, self.tr("Not its author has signed"), detail)
        if verdict is Verdict.VALID:
            detail = self.tr("The document was not changed after signing. It can be approved.")
            return Reason(Tone.GOOD, self.tr("The doctor's signature is good"), detail)
        if verdict is Verdict.INVALID:
            detail = self.tr("It must not be approved. Return it: the doctor signs anew.")
            return Reason(Tone.BAD, self.tr("The doctor's signature is not good"), detail)
        if Problem.GOST_UNCHECKED in signed.report.all_problems:
            return self._unchecked()
        detail = self.tr("The document was not changed, but who has signed it is not certain.")
        return Reason(Tone.OPEN, self.tr("The signature is not established"), detail)

    def changed_file(self) -> Reason:
        """The verdict where the server's file is not the signed one."""
        title = self.tr("The file on the server is not the one that the doctor has signed")
        detail = self.tr("It must not be approved, and it is not shown.")
        return Reason(Tone.BAD, title, detail)

    def what_to_do(self) -> Reason:
        """The way out of that."""
        todo = self.tr(
            "Return it to the doctor to be signed anew, and tell the administrator of the server: "
            "somebody or something has changed the file on its disk."
        )
        return Reason(Tone.PLAIN, self.tr("What to do"), todo)

    def decided(self, status: RequestStatus | None) -> Reason:
        """Somebody else was first."""
        titles = {
            RequestStatus.APPROVED: self.tr("A colleague has approved it already"),
            RequestStatus.DELIVERED: self.tr("A colleague has approved it already"),
            RequestStatus.CLOSED: self.tr("A colleague has approved it already"),
            RequestStatus.RETURNED: self.tr("A colleague has returned it already"),
            RequestStatus.DRAFTING: self.tr("A colleague has returned it already"),
        }
        title = titles.get(status) if status is not None else None
        detail = self.tr("Nothing is left to decide here. Go on to the next one.")
        return Reason(Tone.PLAIN, title or self.tr("It does not wait any more"), detail)

    def renewed(self) -> Reason:
        """The doctor has signed another version while the former one was read."""
        detail = self.tr("The newest version is shown: read it again.")
        return Reason(Tone.WARNING, self.tr("The doctor has signed it anew"), detail)

    def lifted(self, level: str) -> Reason:
        """Time stamps were added to the file while it was read."""
        title = self.tr("The signature was raised to {}").format(level)
        detail = self.tr("The text is the same; the newest file is shown.")
        return Reason(Tone.PLAIN, title, detail)

    def reasons(self, signed: SignedPdf) -> list[Reason]:
        """Everything that was looked at, what is wrong first."""
        report, approval = signed.report, signed.approval
        lines = self._of_document(report)
        for result in report.signatures:
            lines += self._of_signature(result, approval)
        lines.append(self._of_server(report, approval))
        return sorted(lines, key=lambda line: line.tone is not Tone.BAD)

    def file_verdict(self, report: SignatureReport) -> Reason:
        """Of any PDF that somebody holds: the one sentence, and what follows of it."""
        if Problem.NOT_SIGNED in report.problems:
            detail = self.tr("Who made it and whether it was changed cannot be told.")
            return Reason(Tone.OPEN, self.tr("The file is not signed"), detail)
        if Problem.UNREADABLE in report.problems and not report.signatures:
            detail = self.tr(
                "It is damaged, or made to mislead: no signature in it says anything. Ask for it "
                "anew where it comes from."
            )
            return Reason(Tone.BAD, self.tr("The file cannot be read as a PDF"), detail)
        if report.verdict is Verdict.VALID:
            count = self.tr("%n signature(s)", None, len(report.signatures))
            detail = self.tr("{}. The document was not changed after it was signed.")
            return Reason(Tone.GOOD, self.tr("All signatures are good"), detail.format(count))
        if report.verdict is Verdict.INVALID:
            detail = self.tr("Do not rely on this file: ask for it anew where it comes from.")
            return Reason(Tone.BAD, self.tr("The signatures are not good"), detail)
        if Problem.GOST_UNCHECKED in report.all_problems:
            return self._unchecked()
        detail = self.tr("The document was not changed, but who has signed it is not certain.")
        return Reason(Tone.OPEN, self.tr("The signature is not established"), detail)

    def file_reasons(self, report: SignatureReport) -> list[Reason]:
        """Who, when, by which certificate, what is covered, what came after, which level."""
        lines = [
            one for one in self._of_document(report) if Problem.NOT_SIGNED not in report.problems
        ]
        for result in report.signatures:
            good = result.verdict is Verdict.VALID
            name = result.signer.name or self.tr("nobody's name")
            lines += [
                Reason(Tone.GOOD if good else Tone.PLAIN, name, self._moment(result.signed_at)),
                self._of_certificate(result),
                *self._of_coverage(result),
                self._of_level(result),
            ]
        number = Reason(Tone.PLAIN, "SHA-256", report.sha256, is_number=True)
        return [*lines, number]

    def _unchecked(self) -> Reason:
        """Nobody here knows GOST."""
        detail = self.tr("Who has signed, and whether it was changed, cannot be told here.")
        return Reason(Tone.OPEN, self.tr("No program here can check a GOST signature"), detail)

    def _edits(self, result: SignatureResult) -> str:
        """What was changed after the signature, page by page."""
        words = {
            Edit.PAGES_ADDED: self.tr("pages were added"),
            Edit.PAGES_REMOVED: self.tr("pages were taken away"),
            Edit.PAGE_DRAWN: self.tr("another picture or text on page {}"),
            Edit.PAGE_MARKED: self.tr("other stamps, notes or fields on page {}"),
            Edit.ELSEWHERE: self.tr("something that no page shows"),
        }
        said = (words[one.kind].format(", ".join(map(str, one.pages))) for one in result.edits)
        return "; ".join(said)

    def _of_signature(self, result: SignatureResult, approval: Approval) -> list[Reason]:
        return [
            self._of_signer(result, approval),
            self._of_certificate(result),
            *self._of_coverage(result),
            *self._of_standing(result, approval),
        ]

    def _of_signer(self, result: SignatureResult, approval: Approval) -> Reason:
        when = self._moment(result.signed_at)
        name = result.signer.name
        if not is_name_of(approval.author_name, name):
            detail = self.tr("The author of the conclusion is {}, the certificate is another's. {}")
            title = self.tr("Signed by: {}").format(name or self.tr("nobody's name"))
            return Reason(Tone.WARNING, title, detail.format(approval.author_name, when))
        if result.verdict is not Verdict.VALID:
            return Reason(Tone.PLAIN, self.tr("In the certificate: {}").format(name), when)
        detail = self.tr("{}; the name is that of the conclusion's author").format(when)
        return Reason(Tone.GOOD, name, detail)

    def _of_certificate(self, result: SignatureResult) -> Reason:
        facts, day = result.signer, self._date
        dates = self.tr("From {} till {}, issued by: {}")
        detail = dates.format(day(facts.valid_from), day(facts.valid_to), facts.issuer or "?")
        if result.level in (Level.B_LT, Level.B_LTA):
            detail += ". " + self.tr("Not revoked: the proof of it is in the file")
        else:
            detail += ". " + self.tr("Whether it was revoked was not checked")
        if set(result.problems) & _BEFORE_CERTIFICATE:
            title = self.tr("The certificate was not verified")
            return Reason(Tone.PLAIN, title, detail)
        found = [problem for problem in _OF_CERTIFICATE if problem in result.problems]
        if not found:
            title = self.tr("The certificate is valid and trusted")
            return Reason(Tone.GOOD, title, detail)
        tone = Tone.BAD if Problem.REVOKED in found else Tone.OPEN
        return Reason(tone, self._problem(found[0]), detail)

    def _of_coverage(self, result: SignatureResult) -> list[Reason]:
        wrong = [one for one in result.problems if one not in _OF_CERTIFICATE]
        if wrong:
            edits = self._edits(result)
            return [
                Reason(Tone.BAD, self._problem(one), edits if one is Problem.CHANGED_AFTER else "")
                for one in wrong
            ]
        if result.covered is Coverage.WHOLE_FILE:
            detail = self.tr("Nothing was added after it")
            tone = Tone.PLAIN if Problem.GOST_UNCHECKED in result.problems else Tone.GOOD
            return [Reason(tone, self.tr("The signature covers the whole file"), detail)]
        detail = self.tr("Only what a signature allows was added after it")
        return [Reason(Tone.PLAIN, self.tr("The signature covers the file as it was"), detail)]

    def _of_level(self, result: SignatureResult) -> Reason:
        kind = self.tr("Signature: {}").format(self._signing.kind(result.signer))
        if result.level in (Level.B_T, Level.B_LT, Level.B_LTA):
            title = self.tr("The time stamp is good, level {}").format(result.level.value)
            if result.level is Level.B_LTA:
                lasts = self.tr("It can be verified after the certificate has ended.")
                return Reason(Tone.GOOD, title, f"{lasts} {kind}")
            return Reason(Tone.GOOD, title, kind)
        if result.level is Level.B_B:
            title = self.tr("Level B-B, without a time stamp")
            detail = self.tr("The time is that of the doctor's computer.")
            return Reason(Tone.PLAIN, title, f"{detail} {kind}")
        return Reason(Tone.WARNING, self.tr("The signature is not of the PAdES kind"), kind)

    def _of_standing(self, result: SignatureResult, approval: Approval) -> list[Reason]:
        """The level that was reached, against what the centre asks for; who has still to sign."""
        words, wanted, level = self._standing, approval.wanted, self._of_level(result)
        if not (approval.level or wanted):  # an edition of the archive: the file alone speaks
            return [level]
        said = words.signatures(approval.signers, approval.signers_wanted)
        rest = words.still_to_sign(approval.signers, approval.signers_wanted)
        signed = f"{said}. {rest}" if rest else said
        if falls_short(approval.level, wanted):
            later = self.tr("It may be approved: the level is raised when the services answer")
            asked = words.level(approval.level, wanted)
            return [Reason(Tone.WARNING, asked, f"{later}. {signed}"), level]
        if not wanted:
            return [replace(level, detail=f"{level.detail}. {signed}")]
        reached = words.level(approval.level, wanted)
        stamp = level.title
        if result.level in (Level.B_T, Level.B_LT, Level.B_LTA):
            stamp = self.tr("The time stamp is good")
        return [replace(level, title=reached, detail=f"{stamp}. {level.detail}. {signed}")]

    def _of_document(self, report: SignatureReport) -> list[Reason]:
        open_form = Problem.OPEN_FORM_FIELDS
        return [
            Reason(Tone.OPEN if problem is open_form else Tone.BAD, self._problem(problem))
            for problem in report.problems
        ]

    def _of_server(self, report: SignatureReport, approval: Approval) -> Reason:
        number = short_hash(report.sha256)
        if report.sha256 == approval.sha256:
            title = self.tr("The file is the one on the server")
            return Reason(Tone.GOOD, title, number, is_number=True)
        title = self.tr("The file is not the one that the server names")
        return Reason(Tone.BAD, title, number, is_number=True)

    def _moment(self, at: datetime | None) -> str:
        if at is None:
            return self.tr("It does not say when it was signed")
        day, clock = self._date(at), self._wording.time(at)
        return self.tr("Signed on {} at {}").format(day, clock)

    def _date(self, at: datetime) -> str:
        return self._wording.full_date(self._wording.day(at))

    def _problem(self, problem: Problem) -> str:
        return {
            Problem.UNREADABLE: self.tr("The file or a signature in it cannot be read"),
            Problem.NOT_SIGNED: self.tr("There is no signature in the file"),
            Problem.WRONG_SIGNER_COUNT: self.tr("There are not as many signatures as expected"),
            Problem.ALTERED: self.tr("The signed part was changed"),
            Problem.FORGED: self.tr("The signature was not made with the certificate's key"),
            Problem.CHANGED_AFTER: self.tr("The document was changed after it was signed"),
            Problem.NOT_COVERED: self.tr("A part of the file is covered by no signature"),
            Problem.TIMESTAMP_BROKEN: self.tr("The time stamp is broken"),
            Problem.UNTRUSTED: self.tr("No trusted root stands behind the certificate"),
            Problem.EXPIRED: self.tr("The certificate has expired"),
            Problem.NOT_YET_VALID: self.tr("The certificate is not valid yet"),
            Problem.REVOKED: self.tr("The certificate was revoked"),
            Problem.WRONG_KEY_USAGE: self.tr("The certificate is not for signing documents"),
            Problem.GOST_UNCHECKED: self.tr("No program here can check a GOST signature"),
            Problem.OPEN_FORM_FIELDS: self.tr("The file has fields that can be filled in unseen"),
        }[problem]


def short_hash(sha256: str) -> str:
    """«9f3c 71d0 … 4be2»."""
    return f"{sha256[:4]} {sha256[4:8]} … {sha256[-4:]}"


def _is_of_author(signed: SignedPdf) -> bool:
    signers = [result.signer.name for result in signed.report.signatures]
    return all(is_name_of(signed.approval.author_name, name) for name in signers)


def is_name_of(short: str, full: str) -> bool:
    """Whether «Левашова М. О.» may be the name of «Левашова Марина Олеговна»."""
    author, person = _names(short), _names(full)
    if not author or not person or author[0] != person[0]:
        return False
    given = list(zip(author[1:], person[1:], strict=False))
    return bool(given) and all(
        one[:1] == other[:1] if len(one) == 1 else one == other for one, other in given
    )


def _names(text: str) -> list[str]:
    return text.casefold().replace("ё", "е").replace(".", " ").split()
