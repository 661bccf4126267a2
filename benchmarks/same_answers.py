"""Do two checkouts give the same answers? Names, judged replies, HTTP answers, command lines, rename plans.

    python -m benchmarks.same_answers OTHER_CHECKOUT [--prompts FILE.jsonl ...] [--only PART]

Each checkout runs with its own `.venv`, and is driven from outside. What is new at every run (times, request ids, random
names) is left out. Prints counts and every difference; exit status 1 where there is one. Takes two minutes.
"""

from __future__ import annotations

import concurrent.futures
import csv
import http.client
import json
import os
import random
import re
import socket
import string
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.running import running
from benchmarks.usage import usage
from tests.corpus import read_complaints, read_corpus
from tests.fake_claude import BEHAVIOURS, FakeClaude, fake_claude, names, says

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Iterator

HERE: Final = Path(__file__).parents[1]
JUDGED: Final = [
    each
    for name in ("must_go", "must_stay", "other_language", "own_language")
    for each in read_corpus(name)
]
NEW_EVERY_TIME: Final = {"date", "content-length", "x-request-id", "server-timing"}
ENDLESS: Final = {"gzip bomb", "never ends"}
"""Replies that end by their size or by the deadline, whichever comes first."""

API_KEY: Final = "a-key-of-forty-characters-for-this-run--"
FIX: Final[dict[str, Any]] = {"prompt": "please fix the login button", "taken": []}
GOOD: Final = '{"name": "fix-login-button", "display_name": "Fix login button"}'
BROKEN: Final = [
    f"```json\n{GOOD}\n```", f"Here is the name:\n{GOOD}", f"{GOOD}\nHope this helps!", GOOD * 2, f"[{GOOD}]", GOOD[:-1],
    GOOD.replace('"', "'"), GOOD[:-3], GOOD[:20], "{}", "[]", "null", "", "fix-login-button", '"Fix login button"',
    GOOD.replace("name", "title"), "\ufeff" + GOOD, "\x00" + GOOD, GOOD.upper(), GOOD.replace("}", ', "why": "so"}'),
    GOOD.replace("}", ",}"), GOOD.replace(":", ""), f"<thinking>{GOOD}</thinking>", "I cannot help with that.",
    f"name: fix-login\ndisplay_name: Fix\n{GOOD}", '{"name": 3, "display_name": null}', '{"name": "fix-login-button"}',
    '{"name": {"name": "fix"}, "display_name": ["Fix it"]}', GOOD.replace("button", "button " * 30),
    '{"name": "Fix Login!", "display_name": "=cmd|fix"}', GOOD.replace("Fix login", "Fix\\nlogin \\u202e"),
    '{"name": "task-login-4f2a", "display_name": "Fix login"}', '{"display_name": "Fix login"}', GOOD.replace("i", "\\ud800"),
]  # fmt: skip


@dataclass(frozen=True)
class Checkout:
    """A checkout with its virtual environment, and a folder to work in."""

    root: Path
    folder: Path

    def command(self, *arguments: str) -> list[str]:
        # -P: where this runs lies a package of the same name.
        return [str(self.root / ".venv/bin/python"), "-P", "-m", "naming", *arguments]

    @contextmanager
    def service(self, **settings: str) -> Iterator[int]:
        """Run the service and give its port."""
        own = {
            "PYTHONPATH": str(self.root),
            "NAMING_PORT": "0",
            "NAMING_DRAIN_MS": "0",
            "NAMING_CACHE_SECONDS": "0",
        }
        with running(
            self.command("serve"), own | {"NAMING_LOG_LEVEL": "error"} | settings, "listening on"
        ) as it:
            yield it.port

    def run(self, *arguments: str, **settings: str) -> list[str]:
        """Run a command and give its exit status and all that it wrote, line by line."""
        environment = {
            "PYTHONPATH": str(self.root),
            "PATH": os.environ["PATH"],
            "COLUMNS": "100",
            **settings,
        }
        done = subprocess.run(self.command(*arguments), cwd=self.folder, env=environment, input="fix the login button",
                              capture_output=True, text=True, check=False, timeout=600)  # fmt: skip
        written = re.sub(
            r'[\d.,]+ (ms|s|rows/s)\b|127\.0\.0\.1:\d+|"latency_ms": {[^}]*}',
            "#",
            done.stdout + done.stderr,
        )
        return [
            f"exit status {done.returncode}",
            *written.replace(str(self.folder), "FOLDER").splitlines(),
        ]


Found = list[tuple[str, Any]]
"""What was asked, and what came of it."""


def name(port: int, body: dict[str, Any]) -> dict[str, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=70)
    connection.request("POST", "/v1/names", json.dumps(body), {"content-type": "application/json"})
    answer = dict(json.loads(connection.getresponse().read()))
    connection.close()
    return answer | ({"name": "", "display_name": ""} if answer.get("source") == "random" else {})


def prompts_of(files: list[Path]) -> list[str]:
    """Collect the prompts of the corpora, the labelled cases and `files`; placeholders of secrets are filled in."""
    draw = random.Random(1)  # noqa: S311 # the same each time
    prompts = [case.prompt for case in JUDGED] + [
        each for found in read_complaints() for each in found.prompts
    ]
    for file in ("no_secrets", "secrets"):
        prompts += (HERE / f"tests/corpora/{file}.txt").read_text("utf-8").splitlines()
    for path in [*sorted((HERE / "prompts/cases").glob("*.jsonl")), *files]:
        prompts += [
            json.loads(line)["prompt"]
            for line in path.read_text("utf-8").splitlines()
            if line.strip()
        ]
    letters = string.ascii_letters + string.digits
    return [re.sub(r"<<\w+:(\d+)>>", lambda it: "".join(draw.choices(letters, k=int(it[1]))), each)
            for each in dict.fromkeys(prompts)]  # fmt: skip


def name_prompts(checkout: Checkout, prompts: list[str]) -> Found:
    with checkout.service() as port, concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = pool.map(lambda prompt: name(port, {"prompt": prompt, "taken": []}), prompts)
        return list(zip(prompts, answers, strict=True))


def judge_replies(checkout: Checkout, _prompts: list[str]) -> Found:
    """Have Claude reply and misbehave, a good answer in between lest the circuit opens."""
    titles = [(case.prompt, case.title) for case in JUDGED]
    titles += [
        (found.prompts[0], title) for found in read_complaints() for title in found.titles[::7]
    ]
    replies = [
        (prompt, json.dumps({"name": "fix-it", "display_name": title})) for prompt, title in titles
    ]
    replies += [(FIX["prompt"], reply) for reply in BROKEN]
    found: Found = []
    with fake_claude() as claude:
        settings = {"ANTHROPIC_API_KEY": "none", "ANTHROPIC_BASE_URL": claude.url}
        with checkout.service(**settings) as port:
            for prompt, reply in replies:
                claude.behave = says(reply)
                found.append((f"{prompt!r} {reply!r}", _name_by(claude, port, prompt)))
                if len(found) % 4 == 0:
                    claude.behave = names()
                    name(port, FIX)
        for behaviour in sorted(BEHAVIOURS.keys() - ENDLESS):
            with checkout.service(**settings) as port:  # some pause the calls for minutes
                claude.behave = BEHAVIOURS[behaviour][0]
                found.append(
                    (behaviour, _name_by(claude, port, "fix the sign-in form", deadline_ms=1500))
                )
    return found


def _name_by(claude: FakeClaude, port: int, prompt: str, **more: int) -> tuple[object, object]:
    """Give the answer, and what Claude was asked for it."""
    claude.requests.clear()
    answer = name(port, {"prompt": prompt, "taken": []} | more)
    return answer, [re.sub(r"task_prompt_\w{8}", "TAG", each.user_text) for each in claude.requests]


def _request(
    body: object,
    *heads: str,
    to: str = "POST /v1/names",
    kind: str = "content-type: application/json",
) -> bytes:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"{to} HTTP/1.1", *heads, "connection: close", f"content-length: {len(raw)}", kind]
    lines += [] if "host:" in "".join(heads) else ["host: localhost"]
    return "\r\n".join(filter(None, lines)).encode() + b"\r\n\r\n" + raw


def http_requests() -> Iterator[bytes]:
    """Make requests of every kind: good, refused and broken ones."""
    deadlines = (0, 60_000, 60_001, -1, "100", True, 0.5, None, 1e400)
    lists = (
        "fix",
        [3],
        {"a": 1},
        None,
        ["FIX-LOGIN-BUTTON"],
        ["fix-login-button", "fix-login-button-2"],
        ["x"] * 10_001,
    )
    bodies: list[object] = [
        FIX, {"prompt": "fix it"}, {"prompt": ""}, {}, [], None, 3, "text", {"prompt": None}, {"prompt": 3},
        {"prompt": ["fix"]}, {"prompt": "fix", "promt": "x"}, {"prompt": "x" * 300_000, "taken": []}, FIX | {"prompt": "\0"},
        {"prompt": "x" * 3_000_000}, *(FIX | {"deadline_ms": each} for each in deadlines), *(FIX | {"taken": each} for each in lists),
        b"", b"{", b"{}}", b'{"prompt": "fix"', b'{"prompt": "\xff"}', b'{"prompt": "\\ud800 fix", "taken": []}', b"[" * 100_000,
        b'{"prompt": "a", "prompt": "fix the login", "taken": []}', b'{"prompt": NaN}', b'\xef\xbb\xbf{"prompt": "fix", "taken": []}',
    ]  # fmt: skip
    for body in bodies:
        yield _request(body)
    for kind in ("", "text/plain", "application/problem+json", ";", "application/json; charset=utf-8", "APPLICATION/JSON",
                 "application/json; charset=latin-1", "application/x-www-form-urlencoded"):  # fmt: skip
        yield _request(FIX, kind=kind and f"content-type: {kind}")
    for head in ("x-request-id: mine-1.2_3", "x-request-id: not sane", f"x-request-id: {'a' * 129}", "content-encoding: gzip",
                 "authorization: Bearer x", f"authorization: Bearer {API_KEY}", f"authorization: Basic {API_KEY}",
                 f"authorization: bearer  {API_KEY}", "accept: text/html", "origin: https://evil.example", "host: evil.example",
                 "host: 127.0.0.1:1", "host: [::1]", "transfer-encoding: chunked"):  # fmt: skip
        yield _request(FIX, head)
    for to in ("GET /v1/names", "PUT /v1/names", "DELETE /v1/names", "HEAD /v1/names", "OPTIONS /v1/names", "POST /v1/names/",
               "POST /v1/names?x=1", "GET /", "GET /nothing", "POST /nothing", "GET /%00", "GET /v1", "GET /../etc/passwd",
               "GET /health/live", "GET /health/ready", "HEAD /health/live", "POST /health/live", "GET /metrics", "POST /metrics",
               "GET /schema", "GET /schema/openapi.json", "GET /schema/swagger", "GET /playground", "TRACE /", "BREW /v1/names",
               "GET http://localhost/health/live"):  # fmt: skip
        yield _request(b"" if to.startswith(("GET", "HEAD")) else FIX, to=to)
        yield _request(b"", f"authorization: Bearer {API_KEY}", to=to, kind="")
    yield b"hello\r\n\r\n"
    yield b"POST /v1/names HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}"
    yield b"GET /health/live HTTP/1.1\r\nconnection: close\r\n\r\n"
    yield b"GET /health/live HTTP/1.0\r\n\r\n"
    yield b"GET / HTTP/1.1\r\nhost: localhost\r\nx: " + b"y" * 200_000 + b"\r\n\r\n"


def send_requests(checkout: Checkout, _prompts: list[str]) -> Found:
    found: Found = []
    for settings in ({}, {"NAMING_API_KEYS": API_KEY, "NAMING_MAX_BODY_BYTES": "200000"}):
        with checkout.service(**settings) as port:
            found += [
                (f"{raw[:400]!r} {list(settings)}", _exchange(port, raw)) for raw in http_requests()
            ]
    return found


def _exchange(port: int, raw: bytes) -> tuple[str, list[str], list[str]]:
    """Send bytes and give the status line, the headers and the body of what comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        answer: bytes = b""
        try:
            client.sendall(raw)
            while part := client.recv(1 << 16):
                answer += part
        except OSError:  # cut off before all was sent: what came back is what counts
            pass
    head, _, rest = answer.decode("utf-8", "replace").partition("\r\n\r\n")
    status, *lines = head.split("\r\n")
    headers = {
        key.lower(): value.strip() for key, _, value in (line.partition(":") for line in lines)
    }
    made = headers.get("x-request-id") or "none"
    shown = [
        f"{key}: {'' if key in NEW_EVERY_TIME else value}" for key, value in sorted(headers.items())
    ]
    body: str = re.sub(r'-[b-df-hj-np-tv-xz2-9]{4}(?=")', "-XXXX", rest.replace(made, "ID"))
    body = re.sub(
        r"^((?!naming_answers_total)\w+(?:\{.*\})?) [\d.e+-]+$", r"\1", body, flags=re.MULTILINE
    )
    random_name = '"source":"random"' in body
    return (
        status,
        [*shown, f"kept: {made.encode() in raw}"],
        [] if random_name else body.splitlines(),
    )


def run_commands(checkout: Checkout, _prompts: list[str]) -> Found:
    cases = str(HERE / "prompts/cases")
    lines = ["", "--help", "--version", "nothing", "settings", "name fix-the-login --taken x", "name - --json --taken a,fix-login-button",
             "name", "name x --deadline-ms -1", f"eval {cases}", f"eval {cases}/code.jsonl --format json", "eval nowhere",
             f"eval {cases} --tag none", f"eval {cases} --model a", "eval - --concurrency 0", "rename", "rename plan nothing.csv",
             *(f"{each} --help" for each in ("serve", "name", "rename", "eval")),
             *(f"rename {each} --help" for each in ("plan", "show", "apply", "undo"))]  # fmt: skip
    found: Found = [(line, checkout.run(*line.split())) for line in lines]
    bad = {
        "NAMING_PORT": "x",
        "NAMING_PROT": "1",
        "ANTHROPIC_BASE_URL": "nowhere",
        "NAMING_LOG_LEVEL": "loud",
    }
    return found + [
        (variable, checkout.run("serve", **{variable: value})) for variable, value in bad.items()
    ]


def rename_tasks(checkout: Checkout, prompts: list[str]) -> Found:
    """Plan, show, apply and undo 300 tasks in a CSV and a JSONL: without Claude, with it, and only display names."""
    rows = [{"id": f"00000000-0000-4000-8000-{n:012}", "owner_id": f"owner-{n % 7}", "prompt": prompt,
             "name": f"task-python-debug-{n:x}" if n % 5 else f"fix-login-button-{n}", "display_name": f"Debug {n % 50}",
             "deleted_at": "" if n % 11 else "2026-01-01T00:00:00Z"}
            for n, prompt in enumerate(prompts[:: len(prompts) // 300][:300])]  # fmt: skip
    with (checkout.folder / "tasks.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    (checkout.folder / "tasks.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    titles = {case.prompt: case.title for case in JUDGED}

    async def reply(request: Any, writer: asyncio.StreamWriter) -> None:  # noqa: ANN401 # of the fake
        title = next(
            (titles[each] for each in titles if each in request.user_text), "Fix login button"
        )
        await names("fix-it", title)(request, writer)

    found: Found = []
    with fake_claude() as claude:
        claude.behave = reply
        for source in ("tasks.csv", "tasks.jsonl"):
            for options in ("--no-claude", "--concurrency=1", "--display-only --no-claude"):
                plan = f"{source}{options.split()[0]}.plan"
                for line in (f"plan {source} {options} --estimate", f"plan {source} --plan {plan} {options}", f"show {plan}",
                             *(f"show {plan} --format {each}" for each in ("csv", "jsonl", "html")),
                             f"apply {plan} --dry-run", f"apply {plan}", f"apply {plan}", f"undo {plan}"):  # fmt: skip
                    ran = checkout.run(
                        "rename",
                        *line.split(),
                        ANTHROPIC_API_KEY="none",
                        ANTHROPIC_BASE_URL=claude.url,
                    )
                    files = [
                        path.read_text("utf-8")
                        for path in map(checkout.folder.joinpath, (source, plan))
                        if path.exists()
                    ]
                    texts = [
                        text.replace(str(checkout.folder), "FOLDER").splitlines() for text in files
                    ]
                    found.append((line, [ran, *texts]))
    return found


def differences(ours: Any, theirs: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401 # lists in lists
    """Tell what differs, down to the line."""
    if isinstance(ours, list | tuple) and len(ours) == len(theirs):
        for at, (mine, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from differences(mine, other, f"{path}[{at}]")
    elif ours != theirs:
        yield f"{path}\n    here:  {str(ours)[:600]}\n    other: {str(theirs)[:600]}"


PARTS: Final = {
    "names": name_prompts,
    "replies": judge_replies,
    "http": send_requests,
    "commands": run_commands,
    "rename": rename_tasks,
}


def main() -> int:
    parser = usage(__doc__)
    parser.add_argument("other", type=Path, metavar="OTHER_CHECKOUT")
    parser.add_argument(
        "--prompts",
        type=Path,
        nargs="*",
        default=[],
        metavar="FILE.jsonl",
        help="more prompts to name",
    )
    parser.add_argument(
        "--only", choices=PARTS, action="append", help="one of the parts; may be repeated"
    )
    given = parser.parse_args()
    prompts, status = prompts_of(given.prompts), 0
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        both = Checkout(HERE, Path(one)), Checkout(given.other.resolve(), Path(two))
        for part in given.only or PARTS:
            with concurrent.futures.ThreadPoolExecutor() as pool:
                ours, theirs = pool.map(PARTS[part], both, [prompts, prompts])
            told = [f"{asked}: {each}" for (asked, mine), (_, other) in zip(ours, theirs, strict=True)
                    for each in differences(mine, other)]  # fmt: skip
            print(
                f"{part}: {len(ours):,} asked, {len(told):,} differ", *told, sep="\n  ", flush=True
            )
            status = status or int(bool(told))
    return status


if __name__ == "__main__":
    sys.exit(main())
