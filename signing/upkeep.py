"""What is appended to a signed file so that it can be proven for longer (EN 319 142-1, 5.4, 5.5).

A security store (DSS) with certificates and answers about revocation, and a time stamp over all of
the file. Both are incremental updates: the bytes before stay as they are.
"""

import io
from collections.abc import Callable, Collection, Iterable
from hashlib import sha256
from typing import Any, Final

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_byterange import DocumentTimestamp, PreparedByteRangeDigest
from pyhanko.sign.validation.dss import DocumentSecurityStore

from signing.errors import UnreadableDocument
from signing.fields import refusing_the_unreadable
from signing.revocation import Proof

ROOM_FOR_TOKEN: Final = 6 * 1024
"""Bytes that are kept for a time stamp with its certificates."""
_DIGEST: Final = "sha256"
_PDF_2: Final = (2, 0)


def with_proofs(pdf: bytes, proofs: Collection[Proof]) -> bytes:
    """The file with the proofs in its security store; the same bytes where there is nothing new."""
    with refusing_the_unreadable():
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        if not _store(writer, proofs):
            return pdf
        written = io.BytesIO()
        writer.write(written)  # type: ignore[no-untyped-call]  # no types
    return written.getvalue()


def with_time_stamp(
    pdf: bytes,
    proofs: Collection[Proof],
    stamp: Callable[[bytes], bytes],
    room: int = ROOM_FOR_TOKEN,
) -> bytes:
    """The file with the proofs in its store and a time stamp over all of it, in one update.

    `stamp` gives a token (DER) over the bytes it gets; what it raises goes through. A token that is
    larger than its `room` (bytes) is asked for once more, over a file with more room. Raises
    UnreadableDocument.
    """
    for _ in range(2):
        steps, prepared, output = _prepared(pdf, proofs, room)
        with output.getbuffer() as written:
            token = stamp(covered_bytes(written, prepared))
        if len(token) <= room:
            steps.send(token)
            return bytes(output.getvalue())
        room = 2 * len(token)
    raise UnreadableDocument("the time stamps grow with each question")


def covered_bytes(written: memoryview, prepared: PreparedByteRangeDigest) -> bytes:
    """All but the room that is kept for the signature."""
    start, end = prepared.reserved_region_start, prepared.reserved_region_end
    return bytes(written[:start]) + bytes(written[end:])


def _prepared(
    pdf: bytes, proofs: Collection[Proof], room: int
) -> tuple[Any, PreparedByteRangeDigest, io.BytesIO]:
    """The laid-out file that waits for its token; pyHanko's generator has no types."""
    with refusing_the_unreadable():
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        if writer.output_version < _PDF_2:
            writer.register_extension(ESIC_EXTENSION_1)
        if proofs:
            _store(writer, proofs)
        name = f"Timestamp-{sha256(pdf).hexdigest()[:16]}"
        steps = PdfCMSEmbedder(new_field_spec=SigFieldSpec(name)).write_cms(name, writer)
        next(steps)
        kept = DocumentTimestamp(bytes_reserved=2 * room)  # type: ignore[no-untyped-call]  # no types
        steps.send(SigObjSetup(sig_placeholder=kept))
        prepared, output = steps.send(SigIOSetup(md_algorithm=_DIGEST))
    return steps, prepared, output


def _store(writer: IncrementalPdfFileWriter, proofs: Iterable[Proof]) -> bool:
    """Puts the proofs in, each object once; whether any was new."""
    gathered = list(proofs)
    store = DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None,
        certs=_each_once(one for proof in gathered for one in proof.certificates),
        ocsps=_each_once(one for proof in gathered for one in proof.ocsps),
        crls=_each_once(one for proof in gathered for one in proof.crls),
    )
    return bool(store.modified)


def _each_once(objects: Iterable[Any]) -> list[Any]:
    return list({bytes(one.dump()): one for one in objects}.values())
