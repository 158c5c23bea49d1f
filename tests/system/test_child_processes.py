"""Processes of our own answer until they end, and how they end is told."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from threading import Thread

import pytest

from geomap.errors import ChildDiedError
from geomap.system.child_processes import ChildProcess, is_late, is_out_of_memory


@pytest.fixture
def start() -> Iterator[Callable[..., ChildProcess]]:
    processes: list[ChildProcess] = []

    def start_one(function: str, *arguments: int, **options: object) -> ChildProcess:
        processes.append(ChildProcess(f"answering:{function}", *arguments, **options))
        return processes[-1]

    yield start_one
    for process in processes:
        process.end()


def test_messages_of_any_size_are_answered_and_noise_gets_nowhere_between(start: Callable[..., ChildProcess]) -> None:
    process = start("echo", quiet=True)
    for size in (0, 1, 5_000_000):
        assert process.ask(b"x" * size, b"\n{") == b"x" * size + b"\n{"
    assert process.is_alive()


@pytest.mark.skipif(sys.platform == "win32", reason="process groups of POSIX")
def test_it_stands_outside_the_terminals_group_and_gets_what_nobody_has_set(
    start: Callable[..., ChildProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GIVEN", raising=False)
    group, given = start("tell_group_and_variable", environment={"GIVEN": "one"}).ask(b"").split()
    assert int(group) != os.getpgid(0)
    assert given == b"one"
    monkeypatch.setenv("GIVEN", "two")
    assert start("tell_group_and_variable", environment={"GIVEN": "one"}).ask(b"").endswith(b" two")


def test_how_it_ended_is_told_once_and_it_can_be_ended_again(start: Callable[..., ChildProcess]) -> None:
    process = start("exit_with", 7)
    with pytest.raises(ChildDiedError, match="exit status 7") as caught:
        process.ask(b"")
    assert not is_out_of_memory(caught.value)
    assert not is_late(caught.value, 0)
    assert process.end() == 7
    with pytest.raises(ChildDiedError):
        process.ask(b"")


def test_it_is_ended_at_its_deadline(start: Callable[..., ChildProcess], capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ChildDiedError) as caught:
        start("loiter", 1).ask(b"")
    assert is_late(caught.value, 1)
    assert not is_late(caught.value, 60)
    assert capfd.readouterr().err == ""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold a process to its memory")
def test_it_says_that_it_lacks_memory(start: Callable[..., ChildProcess]) -> None:
    with pytest.raises(ChildDiedError) as caught:
        start("take_all", 100_000_000).ask(b"")
    assert is_out_of_memory(caught.value)


def test_an_answer_that_is_too_large_is_none(start: Callable[..., ChildProcess]) -> None:
    process = start("echo", quiet=True)
    assert process.ask(b"x" * 100, b"", most=100) == b"x" * 100
    with pytest.raises(ChildDiedError):
        process.ask(b"x" * 101, b"", most=100)
    assert not process.is_alive()


def test_whoever_waits_is_freed_when_another_thread_ends_it(start: Callable[..., ChildProcess]) -> None:
    process = start("loiter", 0)
    caught: list[BaseException] = []

    def wait() -> None:
        try:
            process.ask(b"")
        except ChildDiedError as death:
            caught.append(death)

    waiting = Thread(target=wait)
    waiting.start()
    process.end()
    waiting.join(timeout=30)
    assert len(caught) == 1
