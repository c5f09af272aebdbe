"""A series that was closed gives its files' memory back at once."""

import gc
import weakref

from tests.unit.studies import slices
from workstation.studies.decoder import Decoder


class Held(bytearray):
    """Bytes whose end can be seen."""


async def test_files_of_a_closed_series_do_not_wait_for_the_garbage() -> None:
    """Four series of 250 MiB one after the other must not be a gigabyte."""
    decoder = Decoder()
    held = [Held(slices.ct_file(number)) for number in range(1, 6)]
    watched = [weakref.ref(one) for one in held]
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        study = await decoder.open_series([memoryview(one) for one in held])
        held.clear()
        assert all(one() is not None for one in watched)
        await study.close()
        assert all(one() is None for one in watched)
    finally:
        if was_enabled:
            gc.enable()
        await decoder.close()
