"""Forgeries that fit together in themselves: only what was kept of the audit before finds them."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from backend.__main__ import main
from backend.audit.seals import Kept, NoSeal, kept, written
from backend.database import Database
from backend.tables import audit_chains, audit_entries
from tests.backend.clinic import ClinicMaker
from tests.backend.test_audit import some_entries, tamper

SEALS = st.builds(
    Kept, st.integers(1, 2**31 - 1), st.integers(0, 2**53 - 1), st.binary(min_size=32, max_size=32)
)
Forgery = Callable[[ClinicMaker], Awaitable[None]]
Captured = pytest.CaptureFixture[str]


async def command(clinics: ClinicMaker, capsys: Captured, *more: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `verify-audit`."""
    words = ["verify-audit", "--database", clinics.settings.database_url, *more]
    code = await asyncio.to_thread(main, words)
    said = capsys.readouterr()
    return code, said.out, said.err


async def sealed(clinics: ClinicMaker, capsys: Captured, file: Path) -> None:
    """Two chains, and their lines in the file."""
    await some_entries(clinics)
    await some_entries(clinics)
    code, lines, said = await command(clinics, capsys, "--seal")
    assert code == 0
    assert [line.split()[0] for line in lines.splitlines()] == ["1", "2"]
    assert "the audit is whole" in said
    await asyncio.to_thread(file.write_text, lines, "utf-8")


async def last_two(clinics: ClinicMaker) -> tuple[int, bytes]:
    """Length of the newest chain, and the hash of the entry before its last."""
    database = Database(clinics.settings.database_url)
    of_newest = select(audit_entries.c.number, audit_entries.c.hash).where(
        audit_entries.c.chain == 2
    )
    async with database.read() as connection:
        found = await connection.execute(of_newest.order_by(audit_entries.c.number.desc()).limit(2))
        last, before = found.all()
    await database.close()
    return last.number, before.hash


async def shorten(clinics: ClinicMaker) -> None:
    """The last row is taken away, and its chain told so."""
    last, head = await last_two(clinics)
    row = (audit_entries.c.chain == 2) & (audit_entries.c.number == last)
    chain = update(audit_chains).where(audit_chains.c.number == 2)
    await tamper(
        clinics, delete(audit_entries).where(row), chain.values(length=last - 1, head=head)
    )


async def take_the_newest_chain(clinics: ClinicMaker) -> None:
    await tamper(
        clinics,
        delete(audit_entries).where(audit_entries.c.chain == 2),
        delete(audit_chains).where(audit_chains.c.number == 2),
    )


async def empty_both_tables(clinics: ClinicMaker) -> None:
    await tamper(clinics, delete(audit_entries), delete(audit_chains))


@pytest.mark.parametrize(
    ("forge", "finding"),
    [
        (shorten, "removed since the lines were kept"),
        (take_the_newest_chain, "chain 2: removed since the lines were kept"),
        (empty_both_tables, "chain 1: removed since the lines were kept"),
    ],
)
async def test_kept_lines_find_what_fits_together(
    clinics: ClinicMaker, capsys: Captured, tmp_path: Path, forge: Forgery, finding: str
) -> None:
    file = tmp_path / "audit.seal"
    await sealed(clinics, capsys, file)
    await forge(clinics)
    assert (await command(clinics, capsys))[0] == 0  # in itself nothing is wrong with it
    code, said, _ = await command(clinics, capsys, "--since", str(file))
    assert code == 1
    assert finding in said


async def test_audit_that_has_grown_holds_what_was_kept(
    clinics: ClinicMaker, capsys: Captured, tmp_path: Path
) -> None:
    """The chains themselves, and new ones behind them."""
    file = tmp_path / "audit.seal"
    await sealed(clinics, capsys, file)
    await some_entries(clinics)
    code, said, _ = await command(clinics, capsys, "--since", str(file))
    assert (code, said.count("\n")) == (0, 1)


async def test_chain_that_was_written_anew_is_found(
    clinics: ClinicMaker, capsys: Captured, tmp_path: Path
) -> None:
    """Another audit of the same shape: its rows fit, its heads are others."""
    file = tmp_path / "audit.seal"
    await sealed(clinics, capsys, file)
    lines = kept(file.read_text("utf-8"))
    others = [Kept(one.chain, one.length, bytes(32)) for one in lines]
    file.write_text(written(others), "utf-8")
    code, said, _ = await command(clinics, capsys, "--since", str(file))
    assert code == 1
    assert said.count("not the one that the kept lines have") == 2


@pytest.mark.parametrize("text", ["", "\n", "1 2", "1 2 zz", "-1 2 " + "0" * 64, "0 0 " + "0" * 64])
def test_file_without_lines_of_a_seal_is_refused(text: str) -> None:
    with pytest.raises(NoSeal):
        kept(text)


async def test_command_cannot_do_without_the_file_it_was_given(
    clinics: ClinicMaker, capsys: Captured, tmp_path: Path
) -> None:
    await some_entries(clinics)
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    for name in ("nowhere", "empty", "binary"):
        code, _, said = await command(clinics, capsys, "--since", str(tmp_path / name))
        assert code == 2
        assert "Traceback" not in said


@given(seal=st.lists(SEALS, min_size=1, max_size=5))
def test_lines_say_what_was_kept(seal: list[Kept]) -> None:
    assert kept(written(seal)) == seal
