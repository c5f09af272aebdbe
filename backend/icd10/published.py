"""The published file of the directory 1.2.643.5.1.13.13.11.1005, read whole or not at all.

A CSV in UTF-8 with semicolons, as the portal of normative information of the Ministry of Health
(nsi.rosminzdrav.ru) gives it, or the archive that holds it. Columns that are read: ID, MKB_CODE,
MKB_NAME, ID_PARENT, ACTUAL (1: in force, 0: no more), DATE (day of the last change of that;
empty: never changed). The version stands in the file's name, «..._2.27.csv».
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from backend_client.models.icd10 import DIRECTORY, Icd10Code

COLUMNS: Final = ("ID", "MKB_CODE", "MKB_NAME", "ID_PARENT", "ACTUAL", "DATE")
LARGEST: Final = 64 * 1024 * 1024
"""Bytes of the CSV."""
LONGEST_TITLE: Final = 500
_NAME: Final = re.compile(re.escape(DIRECTORY) + r"_([0-9]+(?:\.[0-9]+)+)")
_CODE: Final = re.compile(r"[A-Z][0-9]{2}(\.[0-9]{1,2})?|[A-Z][0-9]{2}-[A-Z][0-9]{2}|[IVX]{1,5}")
"""A heading or subheading, a block, a chapter."""
CHAPTERS: Final = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI"),
    *("XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX", "XXI", "XXII"),
)
"""Without one of them a file is cut off."""


class BadFile(ValueError):
    """Not that directory, or not whole: the text says where and what."""


@dataclass(frozen=True, slots=True)
class Published:
    """What the file holds; `newest_change`: the latest day that any heading names."""

    codes: tuple[Icd10Code, ...]
    newest_change: date | None


def version_in(name: str) -> str | None:
    """The version that a published file's name carries; None where it carries none."""
    match = _NAME.search(name)
    return None if match is None else match[1]


def read_published(data: bytes) -> Published:
    """All headings in the file's order. Raises BadFile."""
    text = _text(_unpacked(data))
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    try:
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            raise BadFile(f"line 1: no column {', '.join(missing)}")
        found = list(_rows(rows))
    except csv.Error as error:
        raise BadFile(f"line {rows.line_num}: {error}") from error
    there = {row.code for row in found}
    lost = [chapter for chapter in CHAPTERS if chapter not in there]
    if lost:
        raise BadFile(f"it is not whole: no chapter {', '.join(lost)}")
    return _published(found)


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    id: str
    parent: str
    code: str
    title: str
    is_actual: bool
    changed: date | None


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(b"PK\x03\x04"):
        return _bounded(data, len(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            tables = [one for one in archive.infolist() if one.filename.lower().endswith(".csv")]
            if len(tables) != 1:
                raise BadFile(f"the archive holds {len(tables)} CSV files, not one")
            _bounded(b"", tables[0].file_size)
            return archive.read(tables[0])
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
        raise BadFile(f"the archive cannot be opened: {error}") from error


def _bounded(data: bytes, size: int) -> bytes:
    if size > LARGEST:
        raise BadFile(f"{size} bytes: no more than {LARGEST} are read")
    return data


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(f"byte {error.start}: it is not UTF-8") from error


def _rows(rows: "csv.DictReader[str]") -> Iterator[_Row]:
    for row in rows:
        line = rows.line_num
        if None in row or None in row.values():  # more or fewer fields than columns
            raise BadFile(f"line {line}: not as many fields as columns")
        yield _row(line, row)


def _row(line: int, row: Mapping[str, str]) -> _Row:
    code, title = row["MKB_CODE"].strip(), " ".join(row["MKB_NAME"].split())
    if not row["ID"].strip().isdigit():
        raise BadFile(f"line {line}: ID is {row['ID']!r}, not a number")
    if _CODE.fullmatch(code) is None:
        raise BadFile(f"line {line}: MKB_CODE is {code!r}, not a code")
    if not title or len(title) > LONGEST_TITLE:
        raise BadFile(f"line {line}: MKB_NAME has {len(title)} characters")
    if row["ACTUAL"].strip() not in ("0", "1"):
        raise BadFile(f"line {line}: ACTUAL is {row['ACTUAL']!r}, not 0 or 1")
    return _Row(
        line=line,
        id=row["ID"].strip(),
        parent=row["ID_PARENT"].strip(),
        code=code,
        title=title,
        is_actual=row["ACTUAL"].strip() == "1",
        changed=_day(line, row["DATE"].strip()),
    )


def _day(line: int, text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d.%m.%Y").date() if text else None
    except ValueError as error:
        raise BadFile(f"line {line}: DATE is {text!r}, not a day as 07.10.2020") from error


def _published(rows: list[_Row]) -> Published:
    by_id: dict[str, _Row] = {}
    lines: dict[str, int] = {}
    for row in rows:
        if by_id.setdefault(row.id, row) is not row:
            raise BadFile(f"line {row.line}: ID {row.id} stands in line {by_id[row.id].line}, too")
        if lines.setdefault(row.code, row.line) != row.line:
            raise BadFile(f"line {row.line}: {row.code} stands in line {lines[row.code]}, too")
    codes = tuple(_code(row, by_id) for row in rows)
    changes = [row.changed for row in rows if row.changed is not None]
    return Published(codes, max(changes, default=None))


def _code(row: _Row, by_id: Mapping[str, _Row]) -> Icd10Code:
    above = by_id.get(row.parent)
    if row.parent and above is None:
        raise BadFile(f"line {row.line}: ID_PARENT {row.parent} is not in the file")
    if not row.is_actual and row.changed is None:
        raise BadFile(f"line {row.line}: {row.code} is not in force, and DATE says not since when")
    return Icd10Code(
        code=row.code,
        title=row.title,
        parent="" if above is None else above.code,
        valid_from=row.changed if row.is_actual else None,
        valid_to=None if row.is_actual else row.changed,
    )
