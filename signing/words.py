"""A report in plain English: for the command line, and as the source of the window's own words."""

from typing import Final

from signing.report import (
    Coverage,
    Edit,
    LaterChange,
    LaterEdit,
    Level,
    Problem,
    SignatureReport,
    SignatureResult,
    Verdict,
)

VERDICTS: Final = {
    Verdict.VALID: "The signatures are valid.",
    Verdict.INVALID: "The signatures are NOT valid.",
    Verdict.INDETERMINATE: "Nothing was altered, yet the signatures cannot be relied upon.",
}
UNCHECKED: Final = "The signatures were not verified: nothing here knows GOST."
PROBLEMS: Final = {
    Problem.UNREADABLE: "the file or a signature in it cannot be read",
    Problem.NOT_SIGNED: "the file is not signed",
    Problem.WRONG_SIGNER_COUNT: "the number of signatures is not the expected one",
    Problem.ALTERED: "signed content was altered",
    Problem.FORGED: "the signature does not belong to the certificate or to this file",
    Problem.CHANGED_AFTER: "something was changed after signing that the signature forbids",
    Problem.NOT_COVERED: "part of the file is covered by no signature",
    Problem.TIMESTAMP_BROKEN: "a time stamp does not hold",
    Problem.UNTRUSTED: "the certificate does not lead to a trusted root",
    Problem.EXPIRED: "the certificate has expired and no time stamp shows that it was valid",
    Problem.NOT_YET_VALID: "the certificate is not valid yet",
    Problem.REVOKED: "the certificate was revoked",
    Problem.WRONG_KEY_USAGE: "the certificate is not for signing documents",
    Problem.GOST_UNCHECKED: "it is a GOST signature, and no program here can check those",
    Problem.OPEN_FORM_FIELDS: "the file has form fields that can be filled in after signing",
}
COVERAGES: Final = {
    Coverage.WHOLE_FILE: "the whole file",
    Coverage.EARLIER_REVISION: "the file as it was then",
    Coverage.UNCLEAR: "an unclear part of the file",
}
_TIMED: Final = (Level.B_T, Level.B_LT, Level.B_LTA)
CHANGES: Final = {
    LaterChange.NOTHING: "nothing",
    LaterChange.SIGNATURES: "further signatures, as allowed",
    LaterChange.UPKEEP: "time stamps and revocation data, as allowed",
    LaterChange.FORBIDDEN: "something that is not allowed",
}


EDITS: Final = {
    Edit.PAGES_ADDED: "pages were added",
    Edit.PAGES_REMOVED: "pages were taken away",
    Edit.PAGE_DRAWN: "what is shown on page {}",
    Edit.PAGE_MARKED: "stamps, notes or fields on page {}",
    Edit.ELSEWHERE: "something that no page shows",
}


def report_lines(report: SignatureReport) -> list[str]:
    """The verdict first, then what is wrong with the file, then each signature."""
    is_open = Problem.GOST_UNCHECKED in report.all_problems
    is_open = is_open and report.verdict is Verdict.INDETERMINATE
    lines = [UNCHECKED if is_open else VERDICTS[report.verdict]]
    lines += [f"  - {PROBLEMS[problem]}" for problem in report.problems]
    for number, result in enumerate(report.signatures, start=1):
        lines += _result_lines(number, result)
    return lines


def _result_lines(number: int, result: SignatureResult) -> list[str]:
    signer = result.signer
    kind = "qualified" if signer.is_qualified else "not qualified"
    return [
        f"{number}. {signer.name}: {result.verdict.value}",
        f"   certificate {signer.number} of {signer.issuer}, {signer.algorithm.value}, {kind}",
        f"   signed at {_moment(result)}, level {result.level.value}",
        f"   covers {COVERAGES[result.covered]}; added later: {CHANGES[result.changed_after]}",
        *(f"   - changed: {edit_words(edit)}" for edit in result.edits),
        *(f"   - {PROBLEMS[problem]}" for problem in result.problems),
    ]


def edit_words(edit: LaterEdit) -> str:
    """«what is shown on pages 1, 3»."""
    return EDITS[edit.kind].format(", ".join(map(str, edit.pages)))


def _moment(result: SignatureResult) -> str:
    if result.signed_at is None:
        return "an unknown time"
    proven = "" if result.level in _TIMED else " (the signer's own word)"
    return f"{result.signed_at:%Y-%m-%d %H:%M:%S %Z}{proven}"


def report_record(report: SignatureReport) -> dict[str, object]:
    """The report as plain values for JSON."""
    return {
        "verdict": report.verdict.value,
        "sha256": report.sha256,
        "problems": [problem.value for problem in report.problems],
        "signatures": [_result_record(result) for result in report.signatures],
    }


def _result_record(result: SignatureResult) -> dict[str, object]:
    signer = result.signer
    return {
        "field": result.field,
        "verdict": result.verdict.value,
        "problems": [problem.value for problem in result.problems],
        "name": signer.name,
        "organization": signer.organization,
        "issuer": signer.issuer,
        "certificate": signer.number,
        "valid_from": signer.valid_from.isoformat(),
        "valid_to": signer.valid_to.isoformat(),
        "algorithm": signer.algorithm.value,
        "qualified": signer.is_qualified,
        "signed_at": None if result.signed_at is None else result.signed_at.isoformat(),
        "level": result.level.value,
        "certifies": result.certifies,
        "covered": result.covered.value,
        "covered_bytes": result.covered_bytes,
        "changed_after": result.changed_after.value,
        "edits": [{"kind": e.kind.value, "pages": list(e.pages)} for e in result.edits],
    }
