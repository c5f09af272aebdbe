"""Work that ends once it is begun: for a caller who has gone, and not beyond its service."""

import asyncio

import pytest

from workstation.services.whole_work import WholeWork


async def test_it_goes_on_without_its_caller() -> None:
    work, may_end, done = WholeWork(), asyncio.Event(), list[int]()

    async def slowly() -> None:
        await may_end.wait()
        done.append(1)

    caller = asyncio.create_task(work.run(slowly()))
    await asyncio.sleep(0)
    caller.cancel()
    await asyncio.gather(caller, return_exceptions=True)
    may_end.set()
    await work.finish()
    assert done == [1]


async def test_its_error_is_the_callers() -> None:
    async def fail() -> None:
        raise KeyError("no")

    with pytest.raises(KeyError):
        await WholeWork().run(fail())


async def test_it_ends_with_its_service() -> None:
    work = WholeWork()
    caller = asyncio.create_task(work.run(asyncio.Event().wait()))
    await asyncio.sleep(0)
    await work.close()
    with pytest.raises(asyncio.CancelledError):
        await caller
