"""DOCX files made part by part: twins of the sample, and broken ones."""

import io
import zipfile

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
RELATIONS = "word/_rels/document.xml.rels"


def zipped(parts: dict[str, bytes | str]) -> bytes:
    """A ZIP of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def docx(body: str, parts: dict[str, bytes | str] | None = None) -> bytes:
    """A document with that body and further parts."""
    main: dict[str, bytes | str] = {
        "word/document.xml": part("document", f"<w:body>{body}</w:body>")
    }
    return zipped(main | (parts or {}))


def part(root: str, content: str) -> str:
    """An XML part of WordprocessingML."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f"{head}<w:{root} {_NAMES}>{content}</w:{root}>"


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    letters = f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>{letters}</w:r></w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of words."""
    cells = ("".join(f"<w:tc>{paragraph(word)}</w:tc>" for word in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def drawing(relation: str, width_pt: float = 100, height_pt: float = 50) -> str:
    """A paragraph with a picture."""
    size = f'<wp:extent cx="{round(width_pt * 12700)}" cy="{round(height_pt * 12700)}"/>'
    inside = f'<wp:inline>{size}<a:blip r:embed="{relation}"/></wp:inline>'
    return f"<w:p><w:r><w:drawing>{inside}</w:drawing></w:r></w:p>"


def relations(targets: dict[str, tuple[str, str]]) -> str:
    """Relations by id: target and mode."""
    rows = (
        f'<Relationship Id="{name}" Type="x" Target="{target}" TargetMode="{mode}"/>'
        for name, (target, mode) in targets.items()
    )
    return f'<?xml version="1.0"?><Relationships>{"".join(rows)}</Relationships>'
