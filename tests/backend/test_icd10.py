"""The national directory of ICD-10: imported whole or not at all, served as it was published;
beside it doctors' own phrases and what a patient was told before."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from backend.__main__ import main
from backend.icd10.kept import Import, keep
from backend.icd10.published import CHAPTERS, BadFile, read_published
from backend.settings import Settings
from backend_client.models.common import Page, ProblemCode
from backend_client.models.conclusions import ConclusionForm, EarlierConclusion
from backend_client.models.icd10 import Icd10Directory, Icd10Versions
from backend_client.models.phrases import Phrase, Phrases
from tests.backend.clinic import PATIENT, ClinicMaker, demo_of, id_of, problem, read
from tests.backend.operations import OWN, REQUESTS
from tests.backend.world import EVERYBODY, World, clinic_maker

HEAD = "ID;REC_CODE;MKB_CODE;MKB_NAME;ID_PARENT;ADDL_CODE;ACTUAL;DATE"
PUBLISHED = Path(__file__).parents[3] / "shared/data/icd10/1.2.643.5.1.13.13.11.1005_2.27.csv"
NAME = "1.2.643.5.1.13.13.11.1005_9.{}.csv"


def rows() -> list[str]:
    """A small whole directory: all chapters, one block, some headings, one of them no more."""
    chapters = [f'{n};{n};"{code}";"ГЛАВА {code}";;;1;' for n, code in enumerate(CHAPTERS, 1)]
    return [
        HEAD,
        *chapters,
        '100;;"I30-I52";"ДРУГИЕ БОЛЕЗНИ СЕРДЦА";9;;1;',
        '101;;"I35";"Неревматические поражения аортального клапана";100;;1;',
        '102;;"I35.0";"Аортальный (клапанный) стеноз";101;;1;',
        '103;;"I35.9";"Поражение; неуточненное";101;;1;"07.10.2020"',
        '104;;"C14.1";"Злокачественное новообразование гортаноглотки";2;;0;"07.10.2020"',
    ]


def written(folder: Path, lines: list[str], number: int = 1) -> Path:
    file = folder / NAME.format(number)
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'server.db'}"


@pytest.fixture
def clinics(settings: Settings, tmp_path: Path) -> ClinicMaker:
    return clinic_maker(settings, tmp_path)


def test_validity_of_headings_is_kept() -> None:
    found = {one.code: one for one in read_published("\n".join(rows()).encode()).codes}
    assert found["I35.0"].parent == "I35"
    assert found["I35.0"].valid_from is found["I35.0"].valid_to is None
    assert str(found["I35.9"].valid_from) == "2020-10-07"
    assert found["I35.9"].title == "Поражение; неуточненное", "a semicolon in quotes"
    assert str(found["C14.1"].valid_to) == "2020-10-07"


def test_the_archive_of_the_portal_is_taken_too() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("directory.csv", "\ufeff" + "\r\n".join(rows()))
    assert len(read_published(packed.getvalue()).codes) == len(rows()) - 1


@pytest.mark.parametrize(
    ("place", "line", "told"),
    [
        (0, "ID;MKB_CODE", "no column"),
        (23, '100;;"I30-I52";"x"', "not as many fields"),
        (24, '101;;"I3";"x";100;;1;', "not a code"),
        (24, '101;;"I35";"";100;;1;', "MKB_NAME has 0"),
        (24, '101;;"I35";"x";100;;2;', "ACTUAL"),
        (24, '101;;"I35";"x";999;;1;', "999 is not in the file"),
        (25, '101;;"I35.0";"x";100;;1;', "ID 101 stands in line 25"),
        (25, '102;;"I35";"x";100;;1;', "I35 stands in line 25"),
        (27, '104;;"C14.1";"x";2;;0;', "says not since when"),
        (27, '104;;"C14.1";"x";2;;0;"2020-10-07"', "not a day"),
        (27, '104;;"C14.1";"x', "unexpected end"),
        (22, '22;;"I99";"x";;;1;', "no chapter XXII"),
    ],
)
def test_a_file_with_a_fault_is_refused_by_its_line(place: int, line: str, told: str) -> None:
    lines = rows()
    lines[place] = line
    with pytest.raises(BadFile, match=told):
        read_published("\n".join(lines).encode())


def test_bytes_that_are_no_text_are_refused() -> None:
    for data in (
        b"\xff\xfe\x00",
        b"PK\x03\x04 no archive",
        b"",
        "\n".join(rows()).encode("cp1251"),
    ):
        with pytest.raises(BadFile):
            read_published(data)


def test_import_is_whole_or_not_at_all_and_can_be_repeated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = written(tmp_path, rows())
    command = ["import-icd10", str(whole), "--database", url(tmp_path)]
    assert main(command) == 0
    assert "version 9.1 imported: 27 headings, 26 in force" in capsys.readouterr().out
    assert main(command) == 0
    assert "is there already" in capsys.readouterr().out
    cut = written(tmp_path, rows()[:20])
    assert main(["import-icd10", str(cut), "--database", url(tmp_path)]) == 1
    assert "nothing was changed: it is not whole" in capsys.readouterr().err
    written(tmp_path, rows()[:-1])
    assert main(command) == 1, "the same version with other words"
    assert main([*command[:3], url(tmp_path), "--version", "x"]) == 1
    assert main(["import-icd10", str(tmp_path / "none.csv"), "--database", url(tmp_path)]) == 2


async def test_versions_stand_beside_each_other(clinics: ClinicMaker, tmp_path: Path) -> None:
    async with clinics.open_demo(demo_of(REQUESTS, EVERYBODY)) as clinic:
        world = World(clinic)
        caller = await world.caller()
        assert read(await caller.get("/icd10"), Icd10Versions).versions == []
        codes = read_published("\n".join(rows()).encode()).codes
        async with clinic.parts.database.write() as connection:
            for version in ("2.9", "2.27"):
                given = Import(version, clinic.parts.now().date(), version * 8, codes)
                assert await keep(connection, given, clinic.parts.now())
        listed = read(await caller.get("/icd10"), Icd10Versions).versions
        assert [one.version for one in listed] == ["2.27", "2.9"]
        whole = read(await caller.get("/icd10/2.9"), Icd10Directory)
        assert (whole.about.size, whole.codes) == (27, list(codes))
        assert problem(await caller.get("/icd10/3.1")).code is ProblemCode.NOT_FOUND


async def test_phrases_are_an_accounts_own(clinics: ClinicMaker) -> None:
    async with clinics.open_demo(demo_of(REQUESTS, EVERYBODY)) as clinic:
        world = World(clinic)
        mine, other = await world.caller(), await world.caller("orlov")
        wanted = Phrases(phrases=[Phrase(name="ст", text="{возраст} лет\0")])
        kept = read(await mine.put("/phrases", wanted), Phrases)
        assert (kept.revision, kept.phrases[0].text) == (1, "{возраст} лет")
        assert read(await mine.get("/phrases"), Phrases) == kept
        assert read(await other.get("/phrases"), Phrases) == Phrases()
        refused = problem(await mine.put("/phrases", wanted))
        assert refused.code is ProblemCode.STALE_VERSION
        blank = Phrases(revision=1, phrases=[Phrase(text="  ")])
        assert problem(await mine.put("/phrases", blank)).code is ProblemCode.INVALID


async def test_what_the_patient_was_told_before(clinics: ClinicMaker) -> None:
    """Delivered conclusions of other requests, none of the request itself."""
    theirs = [replace(one, patient=PATIENT) for one in REQUESTS]
    async with clinics.open_demo(demo_of(theirs, EVERYBODY)) as clinic:
        world = World(clinic)
        caller = await world.caller()
        one, two = (id_of(OWN[name]) for name in ("read_conclusion", "conclusion_pdf"))
        await world.delivered(two)
        path = f"/requests/{one}/earlier-conclusions"
        found = read(await caller.get(path), Page[EarlierConclusion]).items
        assert [item.request_id for item in found] == [two]
        assert isinstance(found[0].form, ConclusionForm)
        own = f"/requests/{two}/earlier-conclusions"
        assert read(await caller.get(own), Page[EarlierConclusion]).items == []


@pytest.mark.skipif(not PUBLISHED.exists(), reason=f"{PUBLISHED} is not here")
def test_the_directory_as_it_is_published() -> None:
    published = read_published(PUBLISHED.read_bytes())
    found = {one.code: one for one in published.codes}
    assert len(found) == 15_038
    assert sum(one.valid_to is not None for one in published.codes) == 101
    assert found["I25.1"].title == "Атеросклеротическая болезнь сердца"
    assert str(published.newest_change) == "2021-04-07"
