"""Metrics: declared once, right from the first event on, right over all workers, and never a name or a prompt."""

from __future__ import annotations

import asyncio
import io
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client import multiprocess, values
from prometheus_client.parser import text_string_to_metric_families

from naming.claude.ask import AskClaude
from naming.claude.circuit import State
from naming.claude.client import Client
from naming.claude.endpoint import Endpoint
from naming.claude.instructions import load_instructions
from naming.claude.message import Call, Reply, Tokens
from naming.claude.reasons import STANDING
from naming.names import TaskName
from naming.observability import CallWatch, Log, Metrics, metrics
from naming.observability.metrics import (
    DEFINITIONS,
    MULTIPROCESS,
    PREFIX,
    SERIES,
    metrics_directory,
)
from naming.outcome import CannotName, Outcome, Reason, Source
from naming.request import Question, Request
from tests.fake_claude import FakeClaude, fails, names
from tests.in_process import in_process
from tests.running_service import Service, running_service, wait_for

NAME = TaskName("fix-hunter-door", "Fix hunter door")
OPERATING = (Path(__file__).parents[2] / "docs" / "operating.md").read_text("utf-8")


def read(page: str, series: str) -> float:
    """Read one series off a page as Prometheus does."""
    (found,) = [line for line in page.splitlines() if line.startswith(f"{series} ")]
    return float(found.rpartition(" ")[2])


def value(metrics: Metrics, series: str) -> float:
    return read(metrics.page().decode(), series)


def answers(source: str, reason: str) -> str:
    return f'naming_answers_total{{reason="{reason}",source="{source}"}}'


def metrics_table() -> str:
    """Write the metrics as the documentation's table: metric, type, unit, labels, meaning."""
    lines = ["| metric | type | unit | labels | meaning |", "|---|---|---|---|---|"]
    for each in DEFINITIONS:
        labels = ", ".join(f"`{label}`" for label in each.labels)
        lines.append(f"| `{each.name}` | {each.type} | {each.unit} | {labels} | {each.meaning} |")
    return "\n".join(lines)


def test_the_documents_table_is_the_one_that_the_declarations_write() -> None:
    assert metrics_table() in OPERATING


def test_the_page_shows_what_is_declared_and_nothing_else() -> None:
    metrics = Metrics()
    metrics.series("naming_requests_total", "/v1/names", "200").inc()
    CallWatch(metrics, Log("critical", io.StringIO())).paused(Reason.OVERLOADED, 1.0)
    families = list(text_string_to_metric_families(metrics.page().decode()))
    assert {(each.name, each.type, each.documentation) for each in families} == {
        (each.name.removesuffix("_total"), each.type, each.meaning) for each in DEFINITIONS
    }
    labels = {each.name.removesuffix("_total"): set(each.labels) for each in DEFINITIONS}
    for family in families:
        for sample in family.samples:
            assert set(sample.labels) - {"le"} == labels[family.name]


def test_names_and_units_follow_the_conventions_of_prometheus() -> None:
    assert {each.name for each in DEFINITIONS} >= set(SERIES)
    (pauses,) = [each for each in DEFINITIONS if each.name == "naming_claude_pauses_total"]
    assert set(re.findall(r"`(\w+)`", pauses.meaning)) == set(STANDING)
    for each in DEFINITIONS:
        assert re.fullmatch(r"naming_[a-z]+(_[a-z]+)*", each.name)
        assert each.name.endswith("_total") == (each.type == "counter")
        assert not each.name.endswith(("_count", "_sum", "_bucket"))
        assert len(DEFINITIONS) == len({other.name for other in DEFINITIONS})
        if each.type == "histogram":
            assert each.name.endswith(f"_{each.unit}")
            assert each.options["buckets"] == sorted(each.options["buckets"])
        assert each.meaning.endswith(".")


def test_a_gauge_is_never_left_behind_by_a_dead_worker() -> None:
    for each in DEFINITIONS:
        if each.type == "gauge":
            assert each.options["multiprocess_mode"].startswith("live")


def test_answers_are_counted_by_source_and_reason() -> None:
    metrics = Metrics()
    metrics.answered(Outcome(NAME, Source.CLAUDE), 0.3, 3.0)
    metrics.answered(Outcome(NAME, Source.PROMPT, Reason.DEADLINE), 3.0, 3.0)
    metrics.answered(Outcome(NAME, Source.PROMPT, Reason.DEADLINE), 3.0, 2.0)
    assert value(metrics, answers("claude", "none")) == 1
    assert value(metrics, answers("prompt", "deadline")) == 2
    assert value(metrics, answers("random", "deadline")) == 0
    assert value(metrics, "naming_answer_seconds_count") == 3
    assert value(metrics, "naming_answer_seconds_sum") == pytest.approx(6.3)


def test_an_answer_is_measured_against_its_callers_deadline() -> None:
    metrics = Metrics()
    metrics.answered(Outcome(NAME, Source.CLAUDE), 0.3, 3.0)
    metrics.answered(Outcome(NAME, Source.CLAUDE), 3.0, 2.0)
    metrics.answered(Outcome(NAME, Source.PROMPT, Reason.NOT_ASKED), 0.1, 0.0)
    assert value(metrics, 'naming_answer_deadline_ratio_bucket{le="0.1"}') == 1
    assert value(metrics, 'naming_answer_deadline_ratio_bucket{le="1.25"}') == 1
    assert value(metrics, 'naming_answer_deadline_ratio_bucket{le="1.5"}') == 2
    assert value(metrics, "naming_answer_deadline_ratio_count") == 2


def test_every_series_of_a_closed_set_is_there_from_the_start() -> None:
    metrics = Metrics()
    for reason in Reason:
        assert value(metrics, answers("prompt", reason)) == 0
        assert value(metrics, answers("random", reason)) == 0
        assert value(metrics, f'naming_claude_calls_total{{result="{reason}"}}') == 0
    assert value(metrics, answers("claude", "none")) == 0
    for state in State:
        assert value(metrics, f'naming_circuit_workers{{state="{state}"}}') == 0


def test_two_services_in_one_process_count_apart() -> None:
    one, other = Metrics(), Metrics()
    one.answered(Outcome(NAME, Source.CLAUDE), 0.1, 1.0)
    assert value(other, answers("claude", "none")) == 0


def test_requests_are_counted_by_path_and_status_and_while_they_last() -> None:
    with in_process() as service:
        service.name("fix the login button")
        for _ in range(2):
            service.send("GET", "/nothing")
        page = service.send("GET", "/metrics").body.decode()
        assert value(service.app.shared.metrics, "naming_requests_in_progress") == 0
    assert read(page, "naming_requests_in_progress") == 1
    assert read(page, 'naming_requests_total{path="/v1/names",status="200"}') == 1
    assert read(page, 'naming_requests_total{path="other",status="404"}') == 2


def test_calls_are_counted_by_what_they_came_to_with_time_and_tokens() -> None:
    metrics = Metrics()
    watch = CallWatch(metrics, Log("info", stream := io.StringIO()))
    watch.called(Call(None, 0.4, Reply("", Tokens(500, 20))))
    watch.called(Call(Reason.NOT_A_NAME, 0.6, Reply("", Tokens(300, 7, 40, 1000))))
    watch.called(Call(Reason.DEADLINE, 1.0))
    assert value(metrics, 'naming_claude_calls_total{result="named"}') == 1
    assert value(metrics, 'naming_claude_calls_total{result="not_a_name"}') == 1
    assert value(metrics, 'naming_claude_calls_total{result="deadline"}') == 1
    assert value(metrics, "naming_claude_call_seconds_count") == 3
    assert value(metrics, "naming_claude_call_seconds_sum") == pytest.approx(2.0)
    assert value(metrics, 'naming_claude_tokens_total{direction="input"}') == 800
    assert value(metrics, 'naming_claude_tokens_total{direction="output"}') == 27
    assert value(metrics, 'naming_claude_tokens_total{direction="cache_write"}') == 40
    assert value(metrics, 'naming_claude_tokens_total{direction="cache_read"}') == 1000
    assert stream.getvalue() == ""


def test_refusals_are_counted_by_the_policy_that_they_name() -> None:
    metrics = Metrics()
    watch = CallWatch(metrics, Log("info", io.StringIO()))
    watch.called(Call(Reason.REFUSED, 0.4, Reply("", Tokens(5, 1), Reason.REFUSED, "cyber")))
    assert value(metrics, 'naming_claude_refusals_total{category="cyber"}') == 1
    assert value(metrics, 'naming_claude_refusals_total{category="other"}') == 0
    assert value(metrics, 'naming_claude_tokens_total{direction="input"}') == 5


def test_a_model_that_is_due_to_retire_is_said_with_what_to_do() -> None:
    watch = CallWatch(Metrics(), Log("info", stream := io.StringIO()))
    watch.retires("claude-old", "2027-10-31")
    said = stream.getvalue()
    assert "model_retires" in said
    assert "2027-10-31" in said
    assert "ANTHROPIC_MODEL" in said


def test_calls_that_were_not_needed_are_counted() -> None:
    metrics = Metrics()
    watch = CallWatch(metrics, Log("info", io.StringIO()))
    for how in ("cache", "cache", "flight"):
        watch.reused(how)
    assert value(metrics, 'naming_reused_calls_total{how="cache"}') == 2
    assert value(metrics, 'naming_reused_calls_total{how="flight"}') == 1


def test_an_outage_shows_in_the_circuit_the_pauses_and_the_calls_under_way(
    claude: FakeClaude,
) -> None:
    metrics = Metrics()
    seen: list[tuple[float, ...]] = []

    class Clock:
        ahead = 0.0

        def __call__(self) -> float:
            return time.monotonic() + self.ahead

    def look() -> tuple[float, ...]:
        return tuple(
            value(metrics, f'naming_circuit_workers{{state="{state}"}}') for state in State
        )

    async def scene() -> None:
        instructions, clock = load_instructions(), Clock()
        client = Client(Endpoint("sk-test", "model", claude.url), instructions)
        watch = CallWatch(metrics, Log("critical", io.StringIO()))
        asker = AskClaude(
            client,
            instructions,
            max_calls=9,
            cache_seconds=0,
            observer=watch,
            now=clock,
        )
        seen.append(look())

        claude.behave = fails(529, "overloaded_error")
        for _ in range(5):
            with pytest.raises(CannotName):
                await asker(
                    Request("fix the door", Question("fix the door")),
                    asyncio.get_running_loop().time() + 0.3,
                )
        seen.append(look())
        clock.ahead += 11
        claude.behave = names(delay=0.1)
        probe = asyncio.create_task(
            asker(
                Request("fix the door", Question("fix the door")),
                asyncio.get_running_loop().time() + 5,
            ),
        )
        await asyncio.sleep(0.05)
        seen.append((value(metrics, "naming_claude_calls_in_progress"), *look()))
        await probe
        seen.append((value(metrics, "naming_claude_calls_in_progress"), *look()))
        await client.close()

    asyncio.run(scene())
    assert seen == [(1, 0, 0), (0, 1, 0), (1, 0, 0, 1), (0, 1, 0, 0)]  # closed, open, probing
    assert value(metrics, 'naming_claude_pauses_total{reason="overloaded"}') == 1


def test_no_name_stands_in_what_is_counted() -> None:
    metrics = Metrics()
    metrics.answered(Outcome(NAME, Source.PROMPT, Reason.BUSY), 0.1, 1.0)
    assert "hunter" not in metrics.page().decode()


# Several workers


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(metrics, "IN_MEMORY", tmp_path)
    before = values.ValueClass
    with metrics_directory() as made:
        yield made
    values.ValueClass = before


def worker(process: int) -> Metrics:
    """Count as the worker `process` would, whose library chooses its files by its own process id."""
    values.ValueClass = values.MultiProcessValue(lambda: process)  # type: ignore[no-untyped-call]
    return Metrics(shared=True)


@pytest.mark.usefixtures("directory")
def test_workers_add_up_and_what_a_dead_one_counted_stays() -> None:
    first = worker(1)
    first.answered(Outcome(NAME, Source.CLAUDE), 0.1, 1.0)
    first.series("naming_requests_in_progress").inc()
    second = worker(2)
    second.answered(Outcome(NAME, Source.CLAUDE), 0.2, 1.0)
    second.series("naming_requests_in_progress").inc()
    CallWatch(second, Log("critical", io.StringIO())).circuit_is(State.OPEN)
    for each in (first, second):
        assert value(each, answers("claude", "none")) == 2
        assert value(each, "naming_answer_seconds_count") == 2
        assert value(each, 'naming_answer_seconds_bucket{le="0.1"}') == 1
        assert value(each, "naming_requests_in_progress") == 2
        assert value(each, "naming_workers") == 2
        assert value(each, 'naming_circuit_workers{state="open"}') == 1
    multiprocess.mark_process_dead(2)  # type: ignore[no-untyped-call] # as the supervisor does
    assert value(first, "naming_workers") == 1
    assert value(first, "naming_requests_in_progress") == 1
    assert value(first, 'naming_circuit_workers{state="open"}') == 0
    third = worker(3)
    third.answered(Outcome(NAME, Source.CLAUDE), 0.3, 1.0)
    assert value(first, answers("claude", "none")) == 3
    assert value(first, "naming_workers") == 2
    assert value(first, "naming_requests_in_progress") == 1


def test_the_directory_is_private_and_gone_in_the_end(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(metrics, "IN_MEMORY", tmp_path)
    with metrics_directory() as made:
        assert made.stat().st_mode & 0o777 == 0o700
        assert os.environ[MULTIPROCESS] == str(made)
    assert not made.exists()
    assert MULTIPROCESS not in os.environ


def age(directory: Path) -> None:
    """Let it be an hour old."""
    hour_ago = time.time() - 3600
    os.utime(directory, (hour_ago, hour_ago), follow_symlinks=False)


def test_what_a_killed_supervisor_left_behind_is_removed(directory: Path) -> None:
    abandoned, starting = (directory.parent / f"{PREFIX}{word}" for word in ("old", "new"))
    for each in (abandoned, starting):
        each.mkdir(0o700)
        (each / "counter_1.db").touch()
    for each in (abandoned, directory):
        age(each)
    with metrics_directory():
        assert not abandoned.exists()
        assert starting.exists()  # its supervisor may be about to hold it
        assert directory.exists()  # its supervisor runs


def test_what_strangers_left_there_is_neither_followed_nor_waited_for(
    directory: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(0o700)
    (elsewhere / "kept").touch()
    link, pipe, file = (directory.parent / f"{PREFIX}{word}" for word in ("link", "pipe", "file"))
    link.symlink_to(elsewhere)
    os.mkfifo(pipe)
    file.touch()
    for each in (elsewhere, link, pipe, file):
        age(each)
    with metrics_directory():
        assert all(each.exists() for each in (link, pipe, file, elsewhere / "kept"))


def test_without_shared_memory_the_directory_is_made_among_temporary_files(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(metrics, "IN_MEMORY", tmp_path / "none")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with metrics_directory() as made:
        assert made.parent == tmp_path


def test_a_directory_meant_for_other_programs_is_left_alone(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from naming.observability import Metrics; print(Metrics().page().decode())",
        ],
        env=os.environ | {MULTIPROCESS: str(tmp_path / "none")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert read(done.stdout, answers("claude", "none")) == 0


AS_LONG_AS_IT_TAKES = 300.0


def live_gauges(directory: Path, process: int) -> list[Path]:
    return list(directory.glob(f"gauge_live*_{process}.db"))


def pages(service: Service) -> str:
    return service.send("GET", "/metrics").body.decode()


@pytest.mark.slow  # kills a worker
@pytest.mark.system
def test_a_service_of_several_workers_counts_them_all_also_after_one_was_killed() -> None:
    psutil = pytest.importorskip("psutil")
    if os.environ.get("SYSTEM_TEST_COMMAND"):
        pytest.skip("kills a process that is out of reach")
    with running_service("--workers", "2") as service:
        for number in range(20):
            service.name(f"fix the login button {number}")
        wait_for(lambda: read(pages(service), "naming_workers") == 2, AS_LONG_AS_IT_TAKES)
        assert read(pages(service), answers("prompt", "no_api_key")) == 20
        killed, *_ = [
            each
            for each in psutil.Process(service.process.pid).children()
            if "spawn_main" in " ".join(each.cmdline())
        ]
        directory = Path(killed.environ()[MULTIPROCESS])
        assert live_gauges(directory, killed.pid)
        killed.kill()
        wait_for(lambda: not live_gauges(directory, killed.pid), AS_LONG_AS_IT_TAKES)
        wait_for(lambda: read(pages(service), "naming_workers") == 2, AS_LONG_AS_IT_TAKES)
        assert read(pages(service), answers("prompt", "no_api_key")) == 20
        assert read(pages(service), "naming_requests_in_progress") == 1
        assert directory.exists()
    assert not directory.exists()


def test_nowhere_to_count_is_one_clear_line(tmp_path: Path) -> None:
    code = (
        "import pathlib, tempfile, sys\n"
        "from naming.observability import metrics\n"
        f"metrics.IN_MEMORY = pathlib.Path({str(tmp_path / 'none')!r})\n"
        f"tempfile.tempdir = {str(tmp_path / 'none')!r}\n"
        "from naming.cli import main\n"
        "sys.exit(main(['serve', '--workers', '2', '--port', '0']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].startswith("naming: TMPDIR: several workers count in files")
