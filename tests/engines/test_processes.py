from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from contract import EngineContract, double
from waiting import is_running, wait_for, wait_for_children

from geomap.config import Limits
from geomap.engines import available_cores, choose_engine
from geomap.engines.base import Engine, Handling
from geomap.engines.inline import InlineEngine
from geomap.engines.processes import ProcessEngine
from geomap.errors import ConfigurationError, GeomapError, UsageError


class TestProcessEngine(EngineContract):
    @pytest.fixture
    def engine(self) -> Engine:
        return ProcessEngine(2, patience=-1)


def process_id(_item: int) -> int:
    return os.getpid()


def die_at_fifty(number: int) -> int:
    if number == 50:
        os._exit(9)
    return number


def return_what_cannot_be_sent(_item: int) -> object:
    return lambda: None


class StubbornError(Exception):
    """Belongs neither to Python nor to geomap, and cannot be made again from its arguments."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} {two}")


def fail_stubbornly(_item: int) -> None:
    raise StubbornError("hard", "luck")


def test_work_is_spread_over_other_processes() -> None:
    found = set(ProcessEngine(2, patience=-1).map(process_id, range(400)))
    assert os.getpid() not in found
    assert len(found) == 2


def test_little_work_starts_no_process() -> None:
    assert set(ProcessEngine(2).map(process_id, range(400))) == {os.getpid()}


def test_one_chunk_is_not_worth_a_process() -> None:
    assert set(ProcessEngine(2, patience=-1).map(process_id, range(5))) == {os.getpid()}


def die_once(marker: Path, number: int) -> int:
    if number == 50 and not marker.exists():
        marker.touch()
        os._exit(9)
    return number


def die(_number: int) -> int:
    os._exit(9)


def tell_loss(number: int, reason: str) -> str:
    return f"{number}: {reason}"


TELL: Handling[int, Any] = Handling(give_up=tell_loss)


def test_what_a_killed_worker_was_doing_is_done_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    results = ProcessEngine(2, patience=-1).map(partial(die_once, tmp_path / "marker"), range(400))
    assert list(results) == list(range(400))
    (line,) = caplog.messages
    assert re.fullmatch(r"A worker process ended .*exit status 9.*done again\.", line)


@pytest.mark.slow
def test_an_item_that_no_process_survives_is_given_up_and_the_rest_goes_on() -> None:
    results = list(ProcessEngine(2, patience=-1).map(die_at_fifty, range(400), TELL))
    assert results[:50] + results[51:] == [*range(50), *range(51, 400)]
    assert results[50] == "50: the process that worked on it ended, twice: it may be too large"


def die_of_fifty(numbers: Sequence[int]) -> list[int]:
    return [die_at_fifty(number) for number in numbers]


@pytest.mark.slow
def test_of_many_items_only_the_one_that_no_process_survives_is_given_up() -> None:
    results = list(ProcessEngine(2, patience=-1).map_many(die_of_fifty, range(400), TELL))
    assert results[:50] + results[51:] == [*range(50), *range(51, 400)]
    assert results[50] == "50: the process that worked on it ended, twice: it may be too large"


@pytest.mark.slow
def test_without_a_way_to_give_up_it_is_one_clear_error() -> None:
    results = ProcessEngine(2, patience=-1).map(die_at_fifty, range(400))
    with pytest.raises(GeomapError, match=r"exit status 9.*--jobs 1"):
        list(results)


@pytest.mark.slow
def test_where_every_process_dies_it_ends_soon() -> None:
    results = ProcessEngine(2, patience=-1).map(die, range(400), TELL)
    with pytest.raises(GeomapError, match=r"exit status 9.*--jobs 1"):
        list(results)


def test_a_result_that_cannot_be_sent_is_an_error_not_a_hang() -> None:
    with pytest.raises(TypeError, match="cannot be sent between processes"):
        list(ProcessEngine(2, patience=-1).map(return_what_cannot_be_sent, range(400)))


def test_a_function_that_workers_cannot_import_is_an_error() -> None:
    with pytest.raises((AttributeError, TypeError)):
        list(ProcessEngine(2, patience=-1).map(lambda number: number, range(400)))


def test_an_error_that_cannot_be_sent_arrives_as_its_description() -> None:
    with pytest.raises(RuntimeError, match="StubbornError: hard luck"):
        list(ProcessEngine(2, patience=-1).map(fail_stubbornly, range(400)))


def test_large_items_go_one_by_one() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(100):
            taken += 1
            yield number

    results = ProcessEngine(2, patience=-1).map(double, items(), Handling(lambda _: 10_000_000))
    next(results)
    assert taken <= 6
    results.close()


def test_leaving_early_ends_the_workers() -> None:
    results = ProcessEngine(2, patience=-1).map(process_id, range(400))
    workers = {next(results) for _ in range(40)}
    results.close()
    for worker in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)


SCRIPT = """
    import itertools, time
    from geomap.engines.processes import ProcessEngine

    def main():
        for worker in ProcessEngine(2, patience=-1).map({function}, {items}):
            print(worker, flush=True)

    main()  # no guard: as users write scripts
"""


def _start(tmp_path: Path, function: str, items: str) -> subprocess.Popen[str]:
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(SCRIPT.format(function=function, items=items)))
    return subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        process_group=0,
    )


def test_a_script_without_main_guard_runs_once(tmp_path: Path) -> None:
    with _start(tmp_path, "abs", "range(2000)") as process:
        output, errors = process.communicate(timeout=60)
    assert [int(line) for line in output.splitlines()] == list(range(2000))
    assert errors == ""


@pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")
def test_ctrl_c_ends_everything_without_tracebacks_of_workers(tmp_path: Path) -> None:
    with _start(tmp_path, "time.sleep", "itertools.repeat(0.001)") as process:
        assert process.stdout is not None
        process.stdout.readline()  # workers are at work
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert errors.count("Traceback") == 1  # the script's own, which does not catch it
    assert "KeyboardInterrupt" in errors


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds processes in /proc")
def test_workers_end_when_their_driver_is_killed(tmp_path: Path) -> None:
    with _start(tmp_path, "abs", "itertools.count()") as process:
        workers = wait_for_children(process.pid, 2)
        process.kill()
        process.communicate(timeout=20)
    assert len(workers) == 2
    wait_for(lambda: not any(map(is_running, workers)), seconds=20)


def test_jobs_choose_the_engine() -> None:
    assert isinstance(choose_engine(1), InlineEngine)
    assert isinstance(choose_engine(2), ProcessEngine)
    assert available_cores() >= 1
    with pytest.raises(UsageError, match="not 0"):
        choose_engine(0)


def test_a_project_names_the_engine() -> None:
    assert isinstance(choose_engine(2, "inline"), InlineEngine)
    assert isinstance(choose_engine(1, "processes"), ProcessEngine)
    with pytest.raises(ConfigurationError, match=r"run\.engine.*inline, processes.*not 'dask'"):
        choose_engine(2, "dask")


def loiter_at_fifty(number: int) -> int:
    if number == 50:
        time.sleep(600)  # much longer than it may take
    return number


def take_all_at_fifty(number: int) -> int:
    return len(bytearray(8_000_000_000)) if number == 50 else number


def loiter_with_fifty(numbers: Sequence[int]) -> list[int]:
    return [loiter_at_fifty(number) for number in numbers]


TIME, MEMORY = "that takes more than 1 seconds", "that takes more than 500 MB of memory"
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
BOUNDED = [
    pytest.param("map", loiter_at_fifty, TIME, id="time", marks=pytest.mark.slow),
    pytest.param("map_many", loiter_with_fifty, TIME, id="time of many", marks=pytest.mark.slow),
    pytest.param("map", take_all_at_fifty, MEMORY, id="memory", marks=on_linux),
]


def say_why(number: int, reason: str) -> str:
    return f"{number}: {reason}"


@pytest.mark.slow
@pytest.mark.parametrize(("verb", "function", "reason"), BOUNDED)
def test_an_item_that_takes_too_much_is_given_up_and_the_rest_goes_on(
    verb: str, function: Callable[..., int], reason: str, capfd: pytest.CaptureFixture[str]
) -> None:
    handling: Handling[int, Any] = Handling(give_up=say_why, limits=Limits(seconds=1, memory_mb=500))
    results = list(getattr(ProcessEngine(2, patience=-1), verb)(function, range(400), handling))
    assert results[50].startswith(f"50: {reason}")
    assert "under [limits] in geomap.toml" in results[50]
    assert [*results[:50], *results[51:]] == [number for number in range(400) if number != 50]
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(("verb", "function", "reason"), BOUNDED)
def test_a_long_item_is_held_to_the_limits_whatever_the_number_of_processes(
    verb: str, function: Callable[..., int], reason: str, jobs: int
) -> None:
    limits = Limits(seconds=1, memory_mb=500)
    handling: Handling[int, Any] = Handling(lambda number: number * 5_000, say_why, limits)
    before, found, after = getattr(choose_engine(jobs), verb)(function, [30, 50, 31], handling)
    assert (before, after) == (30, 31)
    assert found.startswith(f"50: {reason}")


@pytest.mark.slow
def test_many_items_that_take_too_long_do_not_stop_the_others() -> None:
    handling: Handling[int, Any] = Handling(lambda _: 1_000_000, say_why, Limits(seconds=1))
    assert len(list(choose_engine(1).map(loiter_at_fifty, [50] * 3 + [1], handling))) == 4


@pytest.mark.parametrize("jobs", [1, 2])
def test_short_items_and_what_cannot_be_sent_stay_in_line(jobs: int) -> None:
    engine: Engine = choose_engine(jobs)
    handling: Handling[int, Any] = Handling(lambda number: number, say_why, Limits())
    here = os.getpid()
    assert list(engine.map(process_id, [1, 199_999], handling)) == [here] * 2
    assert here not in list(engine.map(process_id, [200_000], handling))
    assert list(engine.map(lambda _: os.getpid(), [200_000], handling)) == [here]
