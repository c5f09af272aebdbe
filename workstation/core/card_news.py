"""What a request's row says of its card."""

import msgspec

from backend_client.models.requests import RequestRow


def may_lack_files(before: RequestRow, row: RequestRow) -> bool:
    """Whether a card that was read with `before` may lack a file.

    The row counts the files of its checklist. Of one that belongs to no item, as a picture of the
    call, it is only told: then nothing but its number differs.
    """
    if _counts(before) != _counts(row):
        return True
    return row.seq > before.seq and msgspec.structs.replace(row, seq=before.seq) == before


def _counts(row: RequestRow) -> list[tuple[str, int]]:
    return [(item.code, item.file_count) for item in row.checklist]
