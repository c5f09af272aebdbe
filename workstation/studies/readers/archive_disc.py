"""A patient's disc in an archive, laid to exams and series by the headers of its files.

Study and series by their Instance UIDs (PS3.3 C.7.2.1, C.7.3.1), and by whom the file names: two
people under one UID are two series. DICOMDIR (PS3.10 8) is compared with, never followed.
"""

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from workstation.studies.disc import (
    DiscExam,
    DiscFile,
    DiscInfo,
    DiscItem,
    DiscKind,
    DiscSeries,
    LeftOut,
    LeftOutReason,
)
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.limits import DecoderLimits
from workstation.studies.readers.archive import ArchiveEntry, listed, unpacked
from workstation.studies.readers.archive_file_names import base_name, folder_of, viewers_folders
from workstation.studies.readers.archive_headers import FileHeader
from workstation.studies.readers.archive_looking import Directory, Look, Looked, look
from workstation.studies.readers.dicom_text import person, text
from workstation.studies.readers.dicom_values import day, moment, sex
from workstation.studies.readers.slice_facts import whole
from workstation.studies.warnings import StudyWarning

_SHARE: Final = 0.5
"""Of the decoder's time for one job, for looking at files: the rest is for laying them."""
_NAMED_AT_MOST: Final = 200
"""Files that are left out or missing: the others are counted."""
_HEADER: Final = b".hea"
_NAMES_WITHIN: Final = 64 * 1024
_LARGEST_DIRECTORY: Final = 64 * 1024 * 1024
_FILE_ID: Final = re.compile(rb"\x04\x00\x00\x15CS(..)", re.DOTALL)
"""Referenced File ID (0004,1500): explicit little endian, as PS3.10 8.6 demands."""
_UID: Final = re.compile(rb"\x04\x00\x11\x15UI(..)", re.DOTALL)
"""Referenced SOP Instance UID in File (0004,1511)."""
_UID_WITHIN: Final = 400
_QUIET: Final = (LeftOutReason.NOT_MEDICAL, LeftOutReason.PREVIEW)
"""Reasons that every disc has: named last."""


def read_disc(data: memoryview, limits: DecoderLimits | None = None) -> DiscInfo:
    """Everything that a disc holds; what cannot be looked at within the limits is named.

    Raises:
        UnreadableFile: as `listed`; LOCKED where all that could be opened asks for a password;
            NO_PICTURE where nothing of it can be opened.
    """
    until = time.process_time() + _SHARE * (limits or DecoderLimits()).cpu_seconds(len(data))
    found = listed(data)
    viewers = viewers_folders([entry.path for entry in found.entries])
    looked: list[Looked] = []
    directories: list[ArchiveEntry] = []
    left_out = list(found.left_out)
    for entry in found.entries:
        is_late = time.process_time() > until
        what = LeftOutReason.NOT_LOOKED if is_late else look(data, entry, viewers)
        if isinstance(what, Looked):
            looked.append(what)
        elif isinstance(what, Directory):
            directories.append(what.entry)
        else:
            left_out.append(LeftOut(entry.path, what))
    looked = _without_previews(looked, left_out)
    if not looked:
        raise UnreadableFile(_why_nothing(left_out))
    return _laid(data, looked, left_out, directories)


def is_record(data: memoryview) -> bool:
    """Whether an archive is to be read as a WFDB record (`wfdb_zip`): it has a header by its name,
    and nothing DICOM beside it. One that cannot be listed is left to that reader, too, where it
    names a header.
    """
    try:
        entries = listed(data).entries
    except UnreadableFile:
        return _HEADER in bytes(data[:_NAMES_WITHIN]) or _HEADER in bytes(data[-_NAMES_WITHIN:])
    if not any(entry.path.lower().endswith(".hea") for entry in entries):
        return False
    return not any(_is_dicom(look(data, entry, frozenset())) for entry in entries)


def _is_dicom(what: Look) -> bool:
    return isinstance(what, Directory) or (isinstance(what, Looked) and what.header is not None)


def _without_previews(looked: list[Looked], left_out: list[LeftOut]) -> list[Looked]:
    """Small pictures count as previews where there is something DICOM."""
    if all(one.header is None for one in looked):
        return looked
    previews = [one.entry.path for one in looked if one.is_preview]
    left_out += [LeftOut(path, LeftOutReason.PREVIEW) for path in previews]
    return [one for one in looked if not one.is_preview]


def _why_nothing(left_out: Sequence[LeftOut]) -> Unreadable:
    reasons = {one.reason for one in left_out}
    if LeftOutReason.ENCRYPTED in reasons:
        return Unreadable.LOCKED
    if LeftOutReason.TOO_LARGE in reasons:
        return Unreadable.TOO_LARGE
    if reasons - {*_QUIET, LeftOutReason.NESTED, LeftOutReason.NO_PICTURE}:
        return Unreadable.DAMAGED
    return Unreadable.NO_PICTURE if reasons else Unreadable.EMPTY


@dataclass(frozen=True, slots=True)
class _Key:
    """What keeps series apart."""

    study: str
    series: str
    patient: tuple[str, str]


@dataclass(slots=True)
class _Series:
    """A series on its way."""

    lead: Looked
    members: list[tuple[int, Looked]] = field(default_factory=list)
    """Numbers of files, and the files."""


def _laid(
    data: memoryview,
    looked: Sequence[Looked],
    left_out: list[LeftOut],
    directories: Sequence[ArchiveEntry],
) -> DiscInfo:
    files = tuple(DiscFile(one.entry.path, _uid(one), one.entry.place) for one in looked)
    grouped: dict[_Key, _Series] = {}
    for number, one in enumerate(looked):
        grouped.setdefault(_key(one), _Series(one)).members.append((number, one))
    guessed = _Guessed()
    series = [(key, _series(one, guessed)) for key, one in grouped.items()]
    missing = _missing(data, directories, files, {one.path for one in left_out})
    left_out.sort(key=lambda one: one.reason in _QUIET)
    return DiscInfo(
        exams=_exams(series, grouped, guessed),
        files=files,
        left_out=tuple(left_out[:_NAMED_AT_MOST]),
        left_out_count=len(left_out),
        missing=tuple(missing[:_NAMED_AT_MOST]),
        missing_count=len(missing),
        warnings=(StudyWarning.NAME_CHARSET_GUESSED,) if guessed.any else (),
    )


class _Guessed:
    """Whether some letters had to be guessed."""

    def __init__(self) -> None:
        self.any = False

    def person(self, header: FileHeader) -> str:
        found = person(header.dataset, "PatientName")
        self.any |= found.guessed
        return found.words[:200]

    def words(self, header: FileHeader, *keywords: str) -> str:
        """The first of them that says something."""
        for keyword in keywords:
            found = text(header.dataset, keyword)
            if found.words:
                self.any |= found.guessed
                return found.words[:200]
        return ""


def _uid(one: Looked) -> str:
    return one.header.plain.get("SOPInstanceUID", "")[:64] if one.header is not None else ""


def _key(one: Looked) -> _Key:
    if one.header is None:
        return _Key("", folder_of(one.entry.path), ("", ""))
    plain, study = one.header.plain, _study_of(one.header)
    series = plain.get("SeriesInstanceUID", "") or folder_of(one.entry.path)
    return _Key(study, series, (plain.get("PatientName", ""), plain.get("PatientID", "")))


def _study_of(header: FileHeader) -> str:
    """Study Instance UID; of a file without one its series' (never "": that is no DICOM)."""
    return (
        header.plain.get("StudyInstanceUID", "")
        or _plain_uid(header, "StudyInstanceUID")
        or header.plain.get("SeriesInstanceUID", "")
        or "?"
    )[:64]


def _plain_uid(header: FileHeader, keyword: str) -> str:
    return text(header.dataset, keyword).words if keyword in header.dataset else ""


def _series(one: _Series, guessed: _Guessed) -> DiscSeries:
    items = sorted(_items(one.members, guessed), key=_by_number)
    header = one.lead.header
    if header is None:
        folder = folder_of(one.lead.entry.path)
        return DiscSeries("", None, "", folder, None, None, "", None, tuple(items))
    taken_on, taken_at = _moment(header)
    return DiscSeries(
        uid=header.plain.get("SeriesInstanceUID", "")[:64],
        number=whole(header.plain, "SeriesNumber"),
        modality=header.plain.get("Modality", "")[:16],
        title=guessed.words(header, "SeriesDescription", "ProtocolName"),
        taken_on=taken_on,
        taken_at=taken_at,
        patient_name=guessed.person(header),
        patient_birth_date=day(header.dataset, "PatientBirthDate"),
        patient_sex=sex(header.dataset),
        items=tuple(items),
    )


def _moment(header: FileHeader) -> tuple[date | None, datetime | None]:
    return moment(header.dataset, "Acquisition", "Content", "Series", "Study")


def _items(members: Sequence[tuple[int, Looked]], guessed: _Guessed) -> Iterable[DiscItem]:
    """Slices of one picture each together; everything else by itself."""
    slices = [one for one in members if one[1].kind is DiscKind.STACK and _frames(one[1]) == 1]
    if slices:
        ordered = tuple(number for number, _ in sorted(slices, key=_by_instance))
        yield DiscItem(DiscKind.STACK, ordered, len(ordered), "", None)
    alone = {number for number, _ in slices}
    for number, one in members:
        if number in alone:
            continue
        header = one.header
        title = base_name(one.entry.path) if header is None else ""
        instance = whole(header.plain, "InstanceNumber") if header is not None else None
        yield DiscItem(one.kind, (number,), _frames(one), title, instance)


def _frames(one: Looked) -> int:
    return one.header.frames if one.header is not None else 1


def _by_instance(one: tuple[int, Looked]) -> tuple[int, int]:
    number, looked = one
    header = looked.header
    return (whole(header.plain, "InstanceNumber") or 0 if header is not None else 0), number


def _by_number(one: DiscItem) -> tuple[bool, int, int]:
    """The stack first, then as the device has counted them, then as they lie."""
    return one.kind is not DiscKind.STACK, one.number if one.number is not None else 0, one.files[0]


def _exams(
    series: Sequence[tuple[_Key, DiscSeries]], grouped: dict[_Key, _Series], guessed: _Guessed
) -> tuple[DiscExam, ...]:
    """The latest first; files that are no DICOM last."""
    held: dict[tuple[str, tuple[str, str]], list[tuple[_Key, DiscSeries]]] = {}
    for key, one in series:
        held.setdefault((key.study, key.patient), []).append((key, one))
    exams = [_exam(group, grouped, guessed) for group in held.values()]
    exams.sort(key=lambda exam: exam.taken_on or date.min, reverse=True)
    return tuple(sorted(exams, key=lambda exam: exam.uid == ""))


def _exam(
    group: Sequence[tuple[_Key, DiscSeries]], grouped: dict[_Key, _Series], guessed: _Guessed
) -> DiscExam:
    key = group[0][0]
    header = grouped[key].lead.header
    series = sorted((one for _, one in group), key=_by_series_number)
    if header is None:
        return DiscExam("", "", None, None, "", None, tuple(series))
    taken_on, taken_at = moment(header.dataset, "Study", "Series", "Acquisition", "Content")
    return DiscExam(
        uid=key.study,
        title=guessed.words(header, "StudyDescription"),
        taken_on=taken_on,
        taken_at=taken_at,
        patient_name=series[0].patient_name,
        patient_birth_date=series[0].patient_birth_date,
        series=tuple(series),
    )


def _by_series_number(one: DiscSeries) -> tuple[bool, int, str]:
    return one.number is None, one.number or 0, one.title


def _missing(
    data: memoryview,
    directories: Sequence[ArchiveEntry],
    files: Sequence[DiscFile],
    left_out: set[str],
) -> list[str]:
    """What the disc's own lists name, and is neither at that place nor anywhere under its UID."""
    there = {_comparable(one.path) for one in files} | {_comparable(path) for path in left_out}
    uids = {one.uid for one in files}
    found: list[str] = []
    for entry in directories:
        if entry.place.size > _LARGEST_DIRECTORY:
            continue
        folder = folder_of(entry.path)
        try:
            named = _named_in(bytes(unpacked(data, entry.place)))
        except UnreadableFile:
            continue  # it is no part of the disc's pictures
        for path, uid in named:
            whole_path = f"{folder}/{path}" if folder else path
            if _comparable(whole_path) not in there and uid not in uids:
                found.append(whole_path)
    return list(dict.fromkeys(found))


def _comparable(path: str) -> str:
    """Without case, and without the version and the dot that ISO 9660 adds."""
    return re.sub(r"\.?(;\d+)?$", "", path.casefold())


def _named_in(directory: bytes) -> Iterable[tuple[str, str]]:
    """Paths and UIDs of the files that a DICOMDIR refers to."""
    for one in _FILE_ID.finditer(directory):
        size = int.from_bytes(one[1], "little")
        path = directory[one.end() : one.end() + size].decode("latin-1").strip("\0 ")
        uid = _UID.search(directory, one.end(), one.end() + size + _UID_WITHIN)
        yield path.replace("\\", "/"), _value(directory, uid)


def _value(directory: bytes, found: re.Match[bytes] | None) -> str:
    if found is None:
        return "?"
    size = int.from_bytes(found[1], "little")
    return directory[found.end() : found.end() + size].decode("latin-1").strip("\0 ") or "?"
