"""DOCX and plain texts on pages: what is read, what is left out and said, what is refused."""

import io
import zipfile

import numpy as np
import pytest
from docx import Document as new_document
from PIL import Image

from tests.shared_data import needs_shared_data, shared_file
from tests.unit.studies import docx_factory as make
from tests.unit.studies.reading import drawn
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.imaging import PdfInfo
from workstation.studies.readers.flow import Paragraph, Table
from workstation.studies.readers.opening import open_file
from workstation.studies.readers.pdf import PdfFile
from workstation.studies.readers.word_document import read_flow
from workstation.studies.warnings import StudyWarning

DISCHARGE = "Выписной эпикриз. Диагноз: тяжёлая преэклампсия.\nАД 160/110 мм рт. ст., ЧСС 92.\n"


def opened(data: bytes) -> PdfFile:
    found = open_file(memoryview(data))
    assert isinstance(found, PdfFile)
    return found


def info_of(data: bytes) -> PdfInfo:
    return opened(data).info


def words(data: bytes, page: int = 0) -> str:
    return " ".join(opened(data).text(page).text.split())


def refusal(data: bytes) -> Unreadable:
    with pytest.raises(UnreadableFile) as raised:
        open_file(memoryview(data))
    return raised.value.reason


@needs_shared_data
def test_the_sample_document() -> None:
    """The truths of doc/discharge_ru.docx: five paragraphs and a table of 1 x 2."""
    data = shared_file("doc/discharge_ru.docx")
    blocks = read_flow(memoryview(data)).blocks
    assert [type(block) for block in blocks] == [Paragraph] * 5 + [Table]
    table = blocks[-1]
    assert isinstance(table, Table)
    assert [len(row) for row in table.rows] == [2]
    found = opened(data)
    assert (found.info.format, found.info.page_count, found.info.warnings) == ("DOCX", 1, ())
    assert len(found.find(0, "преэклампсия").hits) == 1
    assert "ФВ 62 %" in words(data)


def test_words_of_paragraphs_and_tables_stand_on_the_page() -> None:
    data = make.docx(make.paragraph("Диагноз: миопия") + make.table(("ФВ", "62 %"), ("АД", "120")))
    assert words(data) == "Диагноз: миопия ФВ 62 % АД 120"
    assert np.mean(drawn(data)[..., :3]) < 255


def test_markup_in_the_words_is_words() -> None:
    data = make.docx(make.paragraph("&lt;b&gt;АД&lt;/b&gt; &lt;img src=http://x/&gt;"))
    assert words(data) == "<b>АД</b> <img src=http://x/>"


def test_headings_lists_and_looks() -> None:
    styles = make.part(
        "styles",
        '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>',
    )
    numbering = make.part(
        "numbering",
        '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>',
    )
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
    body = (
        make.paragraph("Эпикриз", '<w:pStyle w:val="1"/>')
        + make.paragraph("первое", listed)
        + make.paragraph("второе", listed, "<w:b/><w:i/>")
    )
    data = make.docx(body, {"word/styles.xml": styles, "word/numbering.xml": numbering})
    heading, first, second = read_flow(memoryview(data)).blocks
    assert isinstance(heading, Paragraph)
    assert isinstance(first, Paragraph)
    assert isinstance(second, Paragraph)
    assert heading.is_heading
    assert heading.runs[0].look.size == 16
    assert (first.mark, second.mark) == ("1)", "2)")
    assert second.runs[0].look.bold
    assert second.runs[0].look.italic
    assert words(data) == "Эпикриз 1) первое 2) второе"


def test_a_picture_is_drawn() -> None:
    file = io.BytesIO()
    Image.new("RGB", (40, 20), (200, 0, 0)).save(file, "PNG")
    rels = make.relations({"p": ("media/one.png", "Internal")})
    data = make.docx(
        make.drawing("p"), {make.RELATIONS: rels, "word/media/one.png": file.getvalue()}
    )
    pixels = drawn(data)
    red = (pixels[..., 2] > 150) & (pixels[..., 1] < 60)
    assert red.sum() > 300
    assert info_of(data).warnings == ()


def test_a_picture_outside_the_file_is_never_fetched() -> None:
    """No network: its place is a frame, and that is said."""
    rels = make.relations({"p": ("http://127.0.0.1:1/one.png", "External")})
    data = make.docx(make.paragraph("a") + make.drawing("p"), {make.RELATIONS: rels})
    assert info_of(data).warnings == (StudyWarning.PARTS_LEFT_OUT,)


def test_a_picture_that_claims_absurd_sizes_is_left_out() -> None:
    picture = bytearray(_bmp())
    picture[18:26] = (65_500).to_bytes(4, "little") * 2
    rels = make.relations({"p": ("media/one.bmp", "Internal")})
    parts: dict[str, bytes | str] = {make.RELATIONS: rels, "word/media/one.bmp": bytes(picture)}
    data = make.docx(make.paragraph("a") + make.drawing("p"), parts)
    assert info_of(data).warnings == (StudyWarning.PARTS_LEFT_OUT,)


def _bmp() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "BMP")
    return file.getvalue()


def test_macros_and_objects_are_said_and_not_opened() -> None:
    parts: dict[str, bytes | str] = {"word/vbaProject.bin": b"x", "word/embeddings/a.bin": b"x"}
    assert info_of(make.docx(make.paragraph("текст"), parts)).warnings == (
        StudyWarning.ACTIVE_CONTENT,
        StudyWarning.FILES_INSIDE,
    )


def test_what_is_struck_or_hidden_is_said() -> None:
    hidden = make.paragraph("тайное", run="<w:vanish/>")
    data = make.docx(make.paragraph("явное") + hidden)
    assert words(data) == "явное"
    assert StudyWarning.PARTS_LEFT_OUT in info_of(data).warnings


def test_letters_that_turn_others_round_are_squares() -> None:
    data = make.docx(make.paragraph("АД \u202e021/08"))
    assert words(data) == "АД □021/08"
    assert StudyWarning.LETTERS_MISSING in info_of(data).warnings


def test_a_zip_bomb_is_refused() -> None:
    bomb = make.part("document", "<w:body>" + " " * 40_000_000 + "</w:body>")
    assert refusal(make.zipped({"word/document.xml": bomb})) is Unreadable.TOO_LARGE


def test_an_entity_bomb_is_refused() -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    xml = f'<?xml version="1.0"?>{entities}<x><body>&b;</body></x>'
    assert refusal(make.zipped({"word/document.xml": xml})) is Unreadable.DAMAGED


def test_parts_without_end_are_refused() -> None:
    parts: dict[str, bytes | str] = {f"word/{n}": b"" for n in range(5_100)}
    assert refusal(make.docx(make.paragraph("a"), parts)) is Unreadable.TOO_LARGE


def test_a_cut_off_document_is_damaged() -> None:
    data = make.docx(make.paragraph("a" * 500))
    broken = data[:60] + b"\xff" * 40 + data[100:]
    assert refusal(broken) is Unreadable.DAMAGED


def test_a_locked_part_is_damaged() -> None:
    data = bytearray(make.docx(make.paragraph("a")))
    place = data.rindex(b"PK\x01\x02")
    data[place + 8] |= 1
    assert refusal(bytes(data)) is Unreadable.DAMAGED


def test_a_very_long_document_ends_with_a_word_on_it() -> None:
    """What it may cost is `benchmarks/imaging/documents.py`'s to say."""
    row = tuple("Показатель гемоглобин 120 г/л" for _ in range(5))
    short = info_of(make.docx(make.table(*(row for _ in range(200)))))
    long = info_of(make.docx(make.table(*(row for _ in range(1_500)))))
    longer = info_of(make.docx(make.table(*(row for _ in range(3_000)))))
    assert StudyWarning.TEXT_CUT not in short.warnings
    assert StudyWarning.TEXT_CUT in longer.warnings
    assert short.page_count < long.page_count == longer.page_count


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "DOC"),
        (b"{\\rtf1\\ansi \\'c0\\'c4}", "RTF"),
    ],
)
def test_other_programs_files_are_refused_with_advice(head: bytes, name: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        open_file(memoryview(head))
    assert (raised.value.reason, raised.value.detail) == (Unreadable.SAVE_AS_DOCUMENT, name)


def test_an_odt_is_known_by_its_first_part() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    assert refusal(file.getvalue()) is Unreadable.SAVE_AS_DOCUMENT


@pytest.mark.parametrize(
    ("encoding", "name", "guessed"),
    [
        ("utf-8", "UTF-8", False),
        ("utf-8-sig", "UTF-8", False),
        ("utf-16", "UTF-16", False),
        ("utf-16-le", "UTF-16", True),
        ("utf-16-be", "UTF-16", True),
        ("cp1251", "Windows-1251", True),
        ("koi8-r", "KOI8-R", True),
        ("cp866", "CP866", True),
    ],
)
def test_letters_of_plain_texts(encoding: str, name: str, guessed: bool) -> None:
    data = DISCHARGE.encode(encoding)
    info = info_of(data)
    assert (info.format, info.letters) == ("TXT", name)
    assert (StudyWarning.TEXT_CHARSET_GUESSED in info.warnings) is guessed
    assert words(data) == " ".join(DISCHARGE.split())


def test_control_characters_are_seen() -> None:
    data = ("Диагноз\x1b[31m и\x07 далее\x00." + " Всё спокойно." * 20).encode()
    assert words(data).startswith("Диагноз␛[31m и␇ далее␀. Всё спокойно.")


def test_a_line_without_end_is_broken() -> None:
    """What it may cost is `benchmarks/imaging/documents.py`'s to say."""
    info = info_of(("щ" * 5_000_000).encode())
    assert info.warnings == (StudyWarning.TEXT_CUT,)
    assert words(("щ" * 1_000).encode()).replace(" ", "") == "щ" * 1_000


def test_a_form_feed_is_a_new_page() -> None:
    data = b"first page\x0csecond page"
    assert (words(data), words(data, 1)) == ("first page", "second page")


@pytest.mark.parametrize(
    "data", [b"x", b"<?xml version='1.0'?><a>some words here</a>", b"\x01" * 99]
)
def test_what_is_no_text_is_not_taken_for_one(data: bytes) -> None:
    assert refusal(data) is Unreadable.NOT_RECOGNISED


def test_a_document_of_another_writer() -> None:
    """By python-docx: its styles, lists, merged cells, picture, head and foot."""
    picture = io.BytesIO()
    Image.new("RGB", (200, 100), (200, 0, 0)).save(picture, "PNG")
    picture.seek(0)
    written = new_document()
    written.add_heading("Выписной эпикриз", 0)
    written.add_paragraph("Основной: ").add_run("преэклампсия").bold = True
    written.add_paragraph("первый", style="List Number")
    written.add_paragraph("второй", style="List Number")
    cells = written.add_table(2, 2)
    cells.cell(0, 0).merge(cells.cell(0, 1)).text = "вместе"
    written.add_picture(picture)
    written.sections[0].header.paragraphs[0].text = "Областная больница"
    written.add_page_break()  # type: ignore[no-untyped-call]  # of python-docx
    written.add_paragraph("дальше")
    file = io.BytesIO()
    written.save(file)
    data = file.getvalue()
    expected = (
        "Областная больница Выписной эпикриз Основной: преэклампсия 1. первый 2. второй вместе"
    )
    assert words(data) == expected
    assert words(data, 1) == "дальше"
    assert info_of(data).warnings == ()
    assert info_of(data).page_sizes_pt[0] == (612, 792)
