"""The door for programs, from outside: `POST /v1/names`, its errors, and what operators need beside it."""

from __future__ import annotations

import concurrent.futures
import json
import re
import time

import pytest

from naming.web.errors import ALLOWED
from tests.fake_claude import BEHAVIOURS, FakeClaude, hangs, names
from tests.in_process import InProcess
from tests.in_process import in_process as started
from tests.running_service import Service, running_service
from tests.test_cli import naming

pytestmark = pytest.mark.system

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SECRET = "correct-horse-battery-staple-9-q"


def test_a_prompt_gets_claudes_names_with_a_suffix_that_keeps_them_apart(
    service_with_claude: Service, upstream: FakeClaude
) -> None:
    upstream.behave = names("fix-login-button", "Fix login button")
    answer = service_with_claude.name("please fix the login button")
    assert re.fullmatch("fix-login-button-[bcdfghjkmnpqrstvwxz23456789]{4}", answer.pop("name"))
    assert answer == {"display_name": "Fix login button", "source": "claude", "reason": None}


@pytest.mark.parametrize(
    ("taken", "name"),
    [
        ([], "fix-login-button"),
        (["other"], "fix-login-button"),
        (["Fix-Login-Button"], "fix-login-button-2"),
        (["fix-login-button", "fix-login-button-2"], "fix-login-button-3"),
    ],
)
def test_with_the_taken_names_known_the_name_is_bare_or_numbered(
    service_with_claude: Service, upstream: FakeClaude, taken: list[str], name: str
) -> None:
    upstream.behave = names("fix-login-button", "Fix login button")
    assert service_with_claude.name("please fix the login button", taken=taken)["name"] == name


CALLED = {"name": "fix-login-button-x4kq", "display_name": "Fix login button"}
MESSAGES = [
    {"role": "user", "content": "please fix the login button"},
    {"role": "assistant", "content": "Fixed."},
    {"role": "user", "content": "now add a dark mode to the settings"},
]


def test_a_conversation_is_named_and_a_name_that_fits_stays_as_it_is(
    service_with_claude: Service, upstream: FakeClaude
) -> None:
    upstream.behave = names("fix-login-button", "Fix login button")
    fresh = service_with_claude.post({"messages": MESSAGES, "taken": []}).json
    assert (fresh["name"], fresh["source"]) == ("fix-login-button", "claude")
    for more in ({}, {"taken": [CALLED["name"]]}):
        body = {"messages": MESSAGES, "current": CALLED} | more
        kept = service_with_claude.post(body).json
        assert kept == CALLED | {"source": "current", "reason": None}


def test_a_task_that_has_moved_on_gets_a_new_name_with_all_that_new_ones_have(
    service_with_claude: Service, upstream: FakeClaude
) -> None:
    upstream.behave = names("add-dark-mode", "Add dark mode")
    body = {"messages": MESSAGES, "current": CALLED}
    moved = service_with_claude.post(body | {"taken": ["add-dark-mode"]}).json
    assert (moved["name"], moved["source"]) == ("add-dark-mode-2", "claude")
    assert re.fullmatch("add-dark-mode-[a-z0-9]{4}", service_with_claude.post(body).json["name"])


def test_without_claude_a_name_stays_and_one_that_is_no_name_is_replaced(
    in_process: InProcess,
) -> None:
    kept = in_process.post({"messages": MESSAGES, "current": CALLED}).json
    assert kept == CALLED | {"source": "current", "reason": None}
    for legacy in ("task-python-a1b2", "Fix_Login", "x" * 33, ""):
        body = {"prompt": "please fix the login button", "current": CALLED | {"name": legacy}}
        answer = in_process.post(body | {"taken": []}).json
        assert (answer["name"], answer["source"]) == ("fix-login-button", "prompt")


def test_null_means_left_out(service_with_claude: Service, upstream: FakeClaude) -> None:
    upstream.behave = names("fix-login-button", "Fix login button")
    answer = service_with_claude.name("please fix the login button", taken=None, deadline_ms=None)
    assert (answer["source"], len(answer["name"])) == ("claude", len("fix-login-button-xxxx"))


def test_without_time_claude_is_not_asked(
    service_with_claude: Service, upstream: FakeClaude
) -> None:
    before = len(upstream.requests)
    answer = service_with_claude.name("please fix the login button", deadline_ms=0)
    assert (answer["source"], answer["reason"]) == ("prompt", "not_asked")
    assert len(upstream.requests) == before


@pytest.mark.parametrize("nothing", ["", " \n\t", "🔥🚀", "???", "\u200b"])
def test_a_prompt_that_holds_nothing_to_name_gets_a_random_name(
    service_with_claude: Service, upstream: FakeClaude, nothing: str
) -> None:
    before = len(upstream.requests)
    answer = service_with_claude.name(nothing)
    assert (answer["source"], answer["reason"]) == ("random", "not_asked")
    assert not answer["name"].startswith("task")
    assert len(upstream.requests) == before


def test_a_lone_surrogate_in_the_json_is_no_error(
    service_with_claude: Service, upstream: FakeClaude
) -> None:
    upstream.behave = names("fix-login-button", "Fix login button")
    answer = service_with_claude.post(b'{"prompt": "fix the \\ud83d login button"}')
    assert (answer.status, answer.json["source"]) == (200, "claude")


STANDING = {"spend_limit", "authentication", "model_not_found"}


@pytest.mark.parametrize(
    "misbehaviour", [name for name, (_, reason) in BEHAVIOURS.items() if reason not in STANDING]
)
def test_whatever_claude_does_the_answer_is_200_and_lawful(
    service_with_claude: Service, upstream: FakeClaude, misbehaviour: str
) -> None:
    upstream.behave = names()
    assert (
        service_with_claude.name("please fix the login button", deadline_ms=10_000)["reason"]
        is None
    )  # no failures in a row
    upstream.behave, reason = BEHAVIOURS[misbehaviour]
    patience_ms = (
        500 if reason == "deadline" else 10_000
    )  # a busy machine alone may take half a second
    answer = service_with_claude.name("please fix the login button", deadline_ms=patience_ms)
    assert answer["reason"] == reason
    assert SLUG.fullmatch(answer["name"])
    assert answer["source"] == ("claude" if reason is None else "prompt")


def test_twenty_calls_at_once_to_a_hanging_upstream_are_answered_in_time(
    service_with_claude: Service, upstream: FakeClaude
) -> None:
    upstream.behave = hangs
    service_with_claude.name("warm up", deadline_ms=50)

    def timed(number: int, deadline_ms: int) -> float:
        start = time.perf_counter()
        answer = service_with_claude.name(
            f"please fix the login button {number}", deadline_ms=deadline_ms
        )
        assert answer["source"] == "prompt"
        # `not_asked` if it took us all of 40 ms.
        assert answer["reason"] in {"deadline", "circuit_open", "not_asked"}
        return time.perf_counter() - start

    for deadline_ms in (50, 300, 1000):
        with concurrent.futures.ThreadPoolExecutor(20) as pool:
            slowest = max(pool.map(timed, range(20), [deadline_ms] * 20))
        # The promise is 50 ms on an idle machine, which this may not be.
        assert slowest < deadline_ms / 1000 + 1.0


@pytest.mark.parametrize(
    ("body", "field", "said"),
    [
        ({}, "prompt", "prompt is required"),
        ({"prompt": 1}, "prompt", "must be a string"),
        ({"prompt": None}, "prompt", "must be a string"),
        ({"prompt": ["x"]}, "prompt", "must be a string"),
        ({"promt": "x", "prompt": "x"}, "promt", "unknown field"),
        ({"prompt": "x", "taken": "a,b"}, "taken", "list of at most 10,000 strings"),
        ({"prompt": "x", "taken": ["a", 1]}, "taken", "list of at most 10,000 strings"),
        ({"prompt": "x", "taken": ["a"] * 10_001}, "taken", "list of at most 10,000 strings"),
        ({"prompt": "x", "deadline_ms": "100"}, "deadline_ms", "from 0 to 60000"),
        ({"prompt": "x", "deadline_ms": True}, "deadline_ms", "from 0 to 60000"),
        ({"prompt": "x", "deadline_ms": 0.5}, "deadline_ms", "from 0 to 60000"),
        ({"prompt": "x", "deadline_ms": -1}, "deadline_ms", "from 0 to 60000"),
        ({"prompt": "x", "deadline_ms": 60_001}, "deadline_ms", "from 0 to 60000"),
        ({"prompt": "x", "deadline_ms": 10**30}, "deadline_ms", "from 0 to 60000"),
        ({"prompt": "x", "messages": MESSAGES}, "messages", "only without prompt"),
        ({"prompt": None, "messages": None}, "prompt", "or messages in its place"),
        ({"messages": []}, "messages", "1 to 200 objects of role (user or assistant)"),
        ({"messages": MESSAGES * 67}, "messages", "1 to 200 objects"),
        ({"messages": "x"}, "messages", "1 to 200 objects"),
        ({"messages": [{"role": "system", "content": "x"}]}, "messages", "user or assistant"),
        ({"messages": [{"role": "user", "content": ["x"]}]}, "messages", "content, a string"),
        ({"messages": [{"role": "user"}]}, "messages", "content, a string"),
        ({"messages": [MESSAGES[0] | {"id": 1}]}, "messages", "content, a string"),
        ({"prompt": "x", "current": "y"}, "current", "name and display_name, both strings"),
        ({"prompt": "x", "current": {"name": "y"}}, "current", "name and display_name"),
        ([], None, "one JSON object"),
        ("x", None, "one JSON object"),
        (None, None, "one JSON object"),
        (b"", None, "JSON"),
        (b'{"prompt": "' + SECRET.encode(), None, "not JSON"),
        (b'{"prompt": "x"} x', None, "not JSON"),
        (b'{"prompt": "\xff"}', None, "UTF-8"),
        (b"[" * 100_000, None, "JSON"),
    ],
)
def test_a_malformed_body_is_a_problem_that_names_the_field(
    in_process: InProcess, body: object, field: str | None, said: str
) -> None:
    answer = in_process.post(body)
    assert (answer.status, answer.headers["content-type"]) == (400, "application/problem+json")
    assert (answer.json["status"], answer.json.get("field")) == (400, field)
    assert said in answer.json["detail"]


@pytest.mark.parametrize(
    "body",
    [
        {"prompt": [SECRET]},
        {SECRET: SECRET, "prompt": ""},
        {"prompt": SECRET, "taken": {SECRET: 1}},
        {"prompt": SECRET, "deadline_ms": SECRET},
        {f"{SECRET} {SECRET}": 1},
        f'{{"prompt": "{SECRET}'.encode(),
        f'{{"prompt": "{SECRET}\xff"}}'.encode("latin-1"),
    ],
)
def test_no_error_repeats_the_prompt(in_process: InProcess, body: object) -> None:
    answer = in_process.post(body)
    assert answer.status == 400
    if not (
        isinstance(body, dict) and SECRET in body
    ):  # a short unknown field is named: it is most likely a typo
        assert SECRET.encode() not in answer.body
    assert SECRET not in str(in_process.log_lines())


def test_a_body_over_the_limit_is_413_whether_its_length_is_announced_or_not(
    service: Service,
) -> None:
    large = json.dumps({"prompt": "a" * (5 << 20)}).encode()
    assert service.post(large).status == 413
    chunked = service.send(  # a body without a length goes out in chunks
        "POST",
        "/v1/names",
        iter([large[at : at + 65_536] for at in range(0, len(large), 65_536)]),  # type: ignore[arg-type]
        {"content-type": "application/json"},
    )
    assert (chunked.status, chunked.headers["content-type"]) == (413, "application/problem+json")


def test_a_prompt_of_a_megabyte_is_named(in_process: InProcess) -> None:
    assert in_process.name("fix the login button " + "a" * (1 << 20))["source"] == "prompt"


def test_another_content_type_is_415(in_process: InProcess) -> None:
    for given in (
        {"content_type": "text/plain"},
        {"content_type": "application/x-www-form-urlencoded"},
    ):
        assert in_process.post({"prompt": "x"}, **given).status == 415
    assert (
        in_process.post({"prompt": "x"}, content_type="Application/JSON; charset=utf-8").status
        == 200
    )


def test_unknown_paths_and_methods_are_problems_too(in_process: InProcess) -> None:
    missing, wrong = in_process.send("GET", "/nothing-here"), in_process.send("GET", "/v1/names")
    assert (missing.status, missing.headers["content-type"]) == (404, "application/problem+json")
    assert (wrong.status, wrong.headers["content-type"]) == (405, "application/problem+json")
    assert "POST" in wrong.headers["allow"]


@pytest.mark.parametrize(
    "path", ["/v1/names", "/nothing-here", "/health/live", "/metrics", "/schema/openapi.json"]
)
def test_every_answer_carries_a_request_id_and_its_timing(in_process: InProcess, path: str) -> None:
    answer = in_process.send("GET", path, headers={"x-request-id": "abc.DEF_1-2"})
    assert answer.headers["x-request-id"] == "abc.DEF_1-2"
    assert re.fullmatch(r"total;dur=\d+\.\d\d", answer.headers["server-timing"])


@pytest.mark.parametrize("odd", ["", "a b", "a" * 129, "ü", "a\tb", "<script>"])
def test_an_odd_request_id_is_replaced(in_process: InProcess, odd: str) -> None:
    answer = in_process.send(
        "GET", "/health/live", headers={"x-request-id": odd.encode().decode("latin-1")}
    )
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["x-request-id"])


def test_one_log_line_a_request_tells_the_outcome_and_not_the_prompt(in_process: InProcess) -> None:
    in_process.post({"prompt": f"fix {SECRET}"}, x_request_id="one-line")
    (line,) = [line for line in in_process.log_lines() if line["request_id"] == "one-line"]
    assert (line["event"], line["status"], line["source"], line["reason"]) == (
        "request",
        200,
        "prompt",
        "no_api_key",
    )
    assert line["path"] == "/v1/names"
    assert SECRET not in str(in_process.log_lines())


def test_health_says_live_and_ready(in_process: InProcess) -> None:
    assert in_process.send("GET", "/health/live").json == {"status": "live"}
    assert in_process.send("GET", "/health/ready").json == {"status": "ready"}


def test_metrics_count_answers_by_source_and_reason(in_process: InProcess) -> None:
    def count() -> float:
        page = in_process.send("GET", "/metrics")
        assert page.headers["content-type"].startswith("text/plain; version=0.0.4")
        found = re.search(
            rb'naming_answers_total\{reason="no_api_key",source="prompt"\} ([0-9.]+)', page.body
        )
        assert found is not None
        return float(found[1])

    before = count()
    in_process.name("fix the login button")
    assert count() == before + 1


def test_the_openapi_document_describes_the_endpoint(in_process: InProcess) -> None:
    document = in_process.send("GET", "/schema/openapi.json").json
    assert set(document["paths"]) == {"/v1/names", "/health/live", "/health/ready", "/metrics"}
    request = document["components"]["schemas"]["NameRequest"]
    assert set(request["properties"]) == set(ALLOWED)
    assert request["additionalProperties"] is False


def test_where_keys_are_set_one_of_them_must_be_shown() -> None:
    with started(NAMING_API_KEYS="alpha-key, beta-key") as service:
        body = {"prompt": "fix the login button"}
        for wrong in (
            "",
            "Bearer",
            "Bearer ",
            "Bearer wrong",
            "Basic alpha-key",
            "alpha-key",
            "Bearer alpha-key,beta-key",
        ):
            refused = service.post(body, authorization=wrong)
            assert (refused.status, refused.headers["content-type"]) == (
                401,
                "application/problem+json",
            )
            assert refused.headers["www-authenticate"] == "Bearer"
        for right in ("Bearer alpha-key", "bearer beta-key"):
            assert service.post(body, authorization=right).status == 200
        assert service.send("GET", "/metrics").status == 401
        assert service.send("GET", "/schema/openapi.json").status == 401
        assert (
            service.send("GET", "/metrics", headers={"authorization": "Bearer alpha-key"}).status
            == 200
        )
        assert service.send("GET", "/health/live").status == 200
        assert service.send("GET", "/health/ready").status == 200
    assert "alpha-key" not in str(service.log_lines())


def test_several_workers_share_the_port() -> None:
    with running_service("--workers", "2") as service:
        assert {service.name("fix the login button")["source"] for _ in range(8)} == {"prompt"}


def test_at_the_start_the_service_says_where_names_come_from(
    service: Service, service_with_claude: Service
) -> None:
    assert "no ANTHROPIC_API_KEY" in service.log[0]
    assert "Claude (claude-haiku-5-5 at http:" in service_with_claude.log[0]


def test_a_port_in_use_is_one_clear_line(service: Service) -> None:
    done = naming("serve", settings={"NAMING_PORT": str(service.port)})
    assert (done.returncode, done.stdout) == (2, "")
    told = f"cannot listen on 127.0.0.1 port {service.port}: Address already in use"
    assert done.stderr == f"naming: NAMING_PORT: {told}\n"
