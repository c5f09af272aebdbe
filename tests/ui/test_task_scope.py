"""Owners of coroutines."""

import asyncio
import logging

import pytest

from workstation.ui.task_scope import TaskScope


async def test_an_error_goes_to_its_owner_and_its_type_to_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fail() -> None:
        raise ValueError("name of a patient")

    errors: list[BaseException] = []
    scope = TaskScope(errors.append)
    with caplog.at_level(logging.WARNING):
        task = scope.start(fail(), name="x")
        assert task is not None
        await asyncio.wait([task])
        await asyncio.sleep(0)
    assert [type(error) for error in errors] == [ValueError]
    assert "ValueError" in caplog.text
    assert "name of a patient" not in caplog.text
    assert scope.is_idle


async def test_closing_cancels_waits_and_takes_no_more() -> None:
    ended: list[str] = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cleaned up")

    errors: list[BaseException] = []
    scope = TaskScope(errors.append)
    scope.start(work(), name="x")
    await asyncio.sleep(0)
    await scope.close()
    assert ended == ["cleaned up"]
    assert scope.start(work(), name="x") is None
    assert errors == [], "cancellation is no error"
    assert scope.is_idle


async def test_a_newer_task_replaces_those_of_its_name() -> None:
    done: list[str] = []

    async def work(text: str) -> None:
        await asyncio.sleep(0)
        done.append(text)

    scope = TaskScope(lambda error: None)
    scope.start(work("old"), name="search")
    scope.start(work("other"), name="counts")
    scope.cancel("search")
    newest = scope.start(work("new"), name="search")
    assert newest is not None
    await newest
    assert sorted(done) == ["new", "other"]
