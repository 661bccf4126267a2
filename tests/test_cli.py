"""The door for people: what they type, what they read, and the exit status."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from naming.cli import main
from naming.settings import RULES, variable
from tests.fake_claude import FakeClaude, names
from tests.running_service import command_line, running_service

pytestmark = pytest.mark.system


def naming(
    *arguments: str, stdin: bytes = b"", settings: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, with `settings` as its only settings."""
    command, environment = command_line(*arguments, **(settings or {}))
    done = subprocess.run(
        command, env=environment, input=stdin, capture_output=True, timeout=60, check=False
    )
    return subprocess.CompletedProcess(
        command, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


class Typed:
    """The command line inside this process, for what needs none of its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *arguments: str, **settings: str) -> tuple[int, str, str]:
        """Give the exit status, standard output and standard error."""
        with self._monkeypatch.context() as patched:
            for name, value in settings.items():
                patched.setenv(name, value)
            try:
                status = main(arguments)
            except SystemExit as left:
                status = int(left.code or 0)
        said = self._capsys.readouterr()
        return status, said.out, said.err


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    return Typed(monkeypatch, capsys)


def test_a_prompt_gives_one_name_on_standard_output_and_nothing_else() -> None:
    done = naming("name", "please fix the login button")
    assert re.fullmatch(
        r"[a-z0-9-]*login[a-z0-9-]*-[bcdfghjkmnpqrstvwxz23456789]{4}\n", done.stdout
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_dash_reads_the_prompt_from_standard_input_whatever_its_bytes() -> None:
    done = naming("name", "-", "--taken", "", stdin=b"fix the login button \xff\xfe")
    assert (done.returncode, done.stdout) == (0, "fix-login-button\n")


def test_json_tells_both_names_source_and_reason() -> None:
    done = naming("name", "--json", "--taken", "FIX-login-button,other", "fix the login button")
    assert json.loads(done.stdout) == {
        "name": "fix-login-button-2",
        "display_name": "Fix the login button",
        "source": "prompt",
        "reason": "no_api_key",
    }


def test_with_a_key_claude_is_asked(claude: FakeClaude, typed: Typed) -> None:
    claude.behave = names("mend-login", "Mend the login")
    key = {"ANTHROPIC_API_KEY": "sk-test", "ANTHROPIC_BASE_URL": claude.url}
    done = naming("name", "--json", "--taken", "", "fix the login button", settings=key)
    assert json.loads(done.stdout) == {
        "name": "mend-login",
        "display_name": "Mend the login",
        "source": "claude",
        "reason": None,
    }
    _, out, _ = typed("name", "--json", "--deadline-ms", "0", "fix it", **key)
    assert json.loads(out)["reason"] == "not_asked"


def test_naming_without_a_key_imports_neither_the_sdk_nor_the_framework() -> None:
    code = (
        "import sys; from naming.cli import main; main(['name', 'fix the login button']);"
        "print([m for m in ('anthropic', 'litestar', 'prometheus_client', 'uvicorn', 'psycopg') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1] == "[]"


def test_wrong_usage_is_status_2_with_nothing_on_standard_output(typed: Typed) -> None:
    for arguments in (
        ("nonsense",),
        ("name", "x", "y"),
        ("name", "x", "--lines"),
        ("serve", "--workers", "0"),
    ):
        status, out, err = typed(*arguments)
        assert (status, out) == (2, ""), arguments
        assert "usage: naming" in err
    done = naming()
    assert (done.returncode, done.stdout) == (2, "")
    assert "usage: naming" in done.stderr


@pytest.mark.parametrize("command", [("name", "x"), ("serve",)])
@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("NAMING_PROT", "1"),
        ("NAMING_PORT", "65536"),
        ("NAMING_PORT", "http"),
        ("NAMING_DEADLINE_MS", "-1"),
        ("NAMING_DEADLINE_MS", "3.5"),
        ("NAMING_LOG_LEVEL", "loud"),
        ("NAMING_MAX_CONCURRENT_CALLS", "0"),
        ("ANTHROPIC_BASE_URL", "ftp://x"),
        ("ANTHROPIC_API_KEY", "two words"),
        ("ANTHROPIC_API_KEY_FILE", "/does/not/exist"),
    ],
)
def test_a_refused_setting_is_one_line_that_names_it(
    command: tuple[str, ...], variable: str, value: str, typed: Typed
) -> None:
    status, out, err = typed(*command, **{variable: value})
    assert (status, out) == (2, "")
    (line,) = err.splitlines()
    assert variable in line
    assert value not in line.replace(variable, "") or value in {"NAMING_PROT", "1", "0"}


def test_an_option_that_stands_for_a_setting_is_refused_as_that() -> None:
    for typed, name in (("--deadline-ms", "NAMING_DEADLINE_MS"), ("--url", "NAMING_URL")):
        for value in ("-1", "60001", "soon"):
            done = naming("name", "x", typed, value)
            assert (done.returncode, done.stdout) == (2, "")
            assert done.stderr.startswith(f"naming: {name}: ")


def test_a_key_can_come_from_a_file(claude: FakeClaude, tmp_path: Path, typed: Typed) -> None:
    file = tmp_path / "key"
    file.write_text("sk-from-file\n")
    key = {"ANTHROPIC_API_KEY_FILE": str(file), "ANTHROPIC_BASE_URL": claude.url}
    typed("name", "fix the login button", **key)
    assert claude.requests[0].headers["authorization"] == "Bearer sk-from-file"


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m naming name 'fix the login' | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (("nmae", "x"), "name"),
        (("name", "x", "--taekn", "SECRET"), "--taken"),
        (("name", "--jsno=SECRET", "x"), "--json"),
        (("serve", "--prot", "1"), "--port"),
        (("rename", "paln", "SECRET"), "plan"),
        (("rename", "show", "x", "--format", "tabel"), "table"),
    ],
)
def test_a_mistyped_word_is_asked_about_and_never_repeated(
    arguments: tuple[str, ...], meant: str, typed: Typed
) -> None:
    status, out, err = typed(*arguments)
    assert (status, out) == (2, "")
    assert f"did you mean {meant}?" in err
    assert "SECRET" not in err


def test_a_word_like_none_there_is_is_not_guessed_at(typed: Typed) -> None:
    for arguments in (("name", "x", "--zzz"), ("zzz",), ("name", "a", "SECRET")):
        err = typed(*arguments)[2]
        assert "did you mean" not in err
        assert "SECRET" not in err


def test_a_mistyped_setting_is_asked_about(typed: Typed) -> None:
    assert (
        "NAMING_PROT: unknown setting; did you mean NAMING_PORT?"
        in typed("name", "x", NAMING_PROT="5")[2]
    )


def test_settings_are_listed_with_where_they_come_from_and_no_secret(
    tmp_path: Path, typed: Typed
) -> None:
    file = tmp_path / "key"
    file.write_text("sk-from-file\n")
    given = {"NAMING_API_KEYS": "alpha-key", "ANTHROPIC_API_KEY_FILE": str(file)}
    given |= {"NAMING_ALLOWED_HOSTS": "a.example,b.example", "NAMING_PLAYGROUND": "1"}
    status, out, err = typed("settings", **given)
    assert (status, err) == (0, "")
    rows = {line.split()[0]: line.split(None, 2)[1:] for line in out.splitlines()}
    assert rows["NAMING_API_KEYS"] == ["hidden", "environment"]
    assert rows["ANTHROPIC_API_KEY"] == ["hidden", "the file that ANTHROPIC_API_KEY_FILE names"]
    assert rows["NAMING_ALLOWED_HOSTS"] == ["a.example,b.example", "environment"]
    assert rows["NAMING_PLAYGROUND"] == ["true", "environment"]
    assert rows["NAMING_PORT"] == ["8000", "default"]
    assert rows.keys() - {"variable"} == {variable(field) for field in RULES}
    assert "alpha-key" not in out
    assert "sk-from-file" not in out


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_can_be_asked_for(option: str) -> None:
    done = naming(option)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"naming \d+\.\d+\.\d+\n", done.stdout)


def test_a_shell_completes_commands_options_choices_and_files(tmp_path: Path, typed: Typed) -> None:
    (tmp_path / "tasks.csv").touch()
    script = typed("completion", "bash")[1] + (
        'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _shtab_naming naming "${!#}"; echo "${COMPREPLY[*]}"'
    )
    for words, completed in (
        ("re", "rename"),
        ("rename pl", "plan"),
        ("name --ta", "--taken"),
        ("completion z", "zsh"),
        ("rename plan ta", "tasks.csv"),
    ):
        command = ["bash", "-c", script, "bash", "naming", *words.split()]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
        assert done.stdout == f"{completed}\n", words


@pytest.mark.parametrize("shell", ["zsh", "fish", "tcsh"])
def test_there_is_a_completion_for_other_shells_too(shell: str, typed: Typed) -> None:
    status, out, err = typed("completion", shell)
    assert (status, err) == (0, "")
    assert "rename" in out


def test_ctrl_c_ends_a_running_service_quietly_with_status_130() -> None:
    with running_service() as service:
        service.process.send_signal(signal.SIGINT)
        assert service.process.wait(20) == 130
    assert "Traceback" not in "".join(service.log)
