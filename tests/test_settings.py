"""Every variable: what it takes, what it refuses, and the one line that says so without showing the value."""

from __future__ import annotations

import ast
import os
import re
import socket
import subprocess
import sys
from dataclasses import FrozenInstanceError
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naming.settings import PRIVATE, RULES, BadSetting, read_settings, variable
from naming.settings import shown as settings_shown

if TYPE_CHECKING:
    from collections.abc import Mapping

PLANTED = "s3cret-Value"

DEFAULTS: dict[str, Any] = {
    "ANTHROPIC_API_KEY": None,
    "ANTHROPIC_AUTH_TOKEN": None,
    "ANTHROPIC_CUSTOM_HEADERS": (),
    "ANTHROPIC_BASE_URL": None,
    "ANTHROPIC_MODEL": "claude-haiku-5-5",
    "NAMING_FALLBACK_MODEL": None,
    "NAMING_CLAUDE": "anthropic",
    "NAMING_URL": None,
    "NAMING_HOST": "127.0.0.1",
    "NAMING_PORT": 8000,
    "NAMING_DEADLINE_MS": 3000,
    "NAMING_API_KEYS": (),
    "NAMING_ALLOWED_HOSTS": (),
    "NAMING_ALLOW_OPEN": False,
    "NAMING_PLAYGROUND": False,
    "NAMING_MAX_REQUESTS": 1000,
    "NAMING_RECEIVE_TIMEOUT_MS": 20_000,
    "NAMING_DRAIN_MS": 2000,
    "NAMING_MAX_BODY_BYTES": 4 << 20,
    "NAMING_MAX_HELD_BYTES": 256 << 20,
    "NAMING_MAX_CONNECTIONS": 4096,
    "NAMING_MAX_CONCURRENT_CALLS": 64,
    "NAMING_CALL_TIMEOUT_MS": 10_000,
    "NAMING_CACHE_SECONDS": 300,
    "NAMING_CACHE_URL": None,
    "NAMING_TEMPLATE": "{slug}",
    "NAMING_MAX_LENGTH": 32,
    "NAMING_GUIDE": "",
    "NAMING_LANGUAGE": None,
    "NAMING_LOG_LEVEL": "info",
    "NAMING_TRACES": "off",
}
BOUNDS = {
    "NAMING_PORT": (0, 65_535),
    "NAMING_DEADLINE_MS": (0, 60_000),
    "NAMING_MAX_BODY_BYTES": (1024, 1 << 30),
    "NAMING_MAX_REQUESTS": (1, 100_000),
    "NAMING_MAX_HELD_BYTES": (1024, 1 << 36),
    "NAMING_MAX_CONNECTIONS": (1, 100_000),
    "NAMING_RECEIVE_TIMEOUT_MS": (10, 600_000),
    "NAMING_DRAIN_MS": (0, 60_000),
    "NAMING_MAX_CONCURRENT_CALLS": (1, 10_000),
    "NAMING_CALL_TIMEOUT_MS": (10, 600_000),
    "NAMING_CACHE_SECONDS": (0, 86_400),
    "NAMING_MAX_LENGTH": (12, 63),
}
FIELDS = {variable(field): field for field in RULES}
ROOT = Path(__file__).parents[1]
CLASSES = ast.parse(ROOT.joinpath("naming", "settings.py").read_text("utf-8")).body
MEANINGS = {
    ast.unparse(field.target): " ".join(ast.literal_eval(said.value).split())
    for each in CLASSES
    if isinstance(each, ast.ClassDef)
    for field, said in pairwise(each.body)
    if isinstance(field, ast.AnnAssign) and isinstance(said, ast.Expr)
}


def value_of(name: str, given: str) -> Any:
    return getattr(read_settings({name: given}), FIELDS[name])


def refusal(environ: Mapping[str, str]) -> str:
    with pytest.raises(BadSetting) as refused:
        read_settings(environ)
    said = str(refused.value)
    assert len(said.splitlines()) == 1
    return said


def test_with_nothing_set_every_setting_has_its_default() -> None:
    settings = read_settings({})
    assert {name: getattr(settings, field) for name, field in FIELDS.items()} == DEFAULTS


def test_the_table_of_the_page_is_made_of_the_fields() -> None:
    rows = [
        f"| `{variable(field)}` | {default(field)} | {allowed(rule.must)} | {MEANINGS[field]} |"
        for field, rule in RULES.items()
    ]
    page = ROOT.joinpath("docs", "settings.md").read_text("utf-8")
    assert [line for line in page.splitlines() if line.startswith("| `")] == rows
    assert all(meaning.endswith(".") for meaning in MEANINGS.values())


def default(field: str) -> str:
    shown = settings_shown(getattr(read_settings({}), field))
    return shown if shown == "none" else f"`{shown}`"


def allowed(must: str) -> str:
    return must.removeprefix("a whole number from ").removeprefix("one of ").replace("'", "`")


@pytest.mark.parametrize("empty", ["", " ", "\t\n"])
def test_an_empty_variable_counts_as_not_set(empty: str) -> None:
    usual = dict(DEFAULTS)
    if empty:
        del usual["NAMING_API_KEYS"]  # below: it was to be a lock
    assert {name: value_of(name, empty) for name in usual} == usual


@pytest.mark.parametrize(("name", "bounds"), BOUNDS.items())
def test_a_number_is_taken_within_its_bounds(name: str, bounds: tuple[int, int]) -> None:
    least, most = bounds
    assert value_of(name, str(least)) == least
    assert value_of(name, f" {most}\n") == most
    assert value_of(name, f"00{least}") == least
    for beyond in {str(most + 1), str(max(0, least - 1))} - {"0" if least == 0 else ""}:
        said = f"{name}: must be a whole number from {least} to {most}"
        assert refusal({name: beyond}) == said


@pytest.mark.parametrize(
    "wrong",
    ["abc", "1.5", "1e3", "-1", "+1", "0x10", "1_000", "1 000", "٣", "9" * 13, "true", "9" * 5000],
)
def test_what_is_no_whole_number_is_refused(wrong: str) -> None:
    for name in BOUNDS:
        assert refusal({name: wrong}).startswith(f"{name}: must be a whole number from ")


@given(
    st.sampled_from(sorted(FIELDS)),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1),
)
def test_any_value_is_either_taken_or_refused_in_one_line_that_never_shows_it(
    name: str, text: str
) -> None:
    value = f"{PLANTED}{text}{PLANTED}"
    refused = None
    try:
        settings = read_settings({name: value})
    except BadSetting as error:
        refused = error
    if refused is None:
        assert getattr(settings, FIELDS[name]) != DEFAULTS[name]
        return
    assert PLANTED not in str(refused)
    assert str(refused).startswith(f"{name}: ")
    assert len(str(refused).splitlines()) == 1
    assert refused.__suppress_context__  # else a traceback would show the error that it comes from


def test_bytes_that_are_no_text_are_refused_in_one_line() -> None:
    for name in FIELDS:
        assert refusal({name: "\udcff\udcfe"}).startswith(f"{name}: ")


@pytest.mark.parametrize(
    ("level", "read"),
    [
        ("debug", "debug"),
        ("INFO", "info"),
        ("Warning", "warning"),
        (" error ", "error"),
        ("CRITICAL", "critical"),
    ],
)
def test_log_levels_are_taken_in_any_case(level: str, read: str) -> None:
    assert value_of("NAMING_LOG_LEVEL", level) == read


@pytest.mark.parametrize("wrong", ["loud", "10", "warn", "info debug"])
def test_another_log_level_is_refused_with_those_there_are(wrong: str) -> None:
    said = refusal({"NAMING_LOG_LEVEL": wrong})
    assert (
        said == "NAMING_LOG_LEVEL: must be one of 'debug', 'info', 'warning', 'error' or 'critical'"
    )


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8080",
        "https://api.example.com/v1",
        "http://127.0.0.1:9/",
        "https://[::1]:443",
        "http://x:65535",
        "HTTPS://x.example",
    ],
)
def test_an_address_is_taken(url: str) -> None:
    assert value_of("ANTHROPIC_BASE_URL", url) == url


@pytest.mark.parametrize(
    "url",
    [
        "https://user@api.example.com",
        "https://user:pass@api.example.com",
        "https://:pass@api.example.com",
        "https://@api.example.com",
        "https://api.example.com/v1?key=1",
        "https://api.example.com/?",
        "https://api.example.com/#x",
        "https://api.example.com#",
        "ftp://x.example",
        "localhost:8080",
        "//x.example",
        "http://",
        "https:///path",
        "http://x:99999",
        "http://x:65536",
        "http://x:65540",
        "http://x:0",
        "http://x:y",
        "http://[::1",
        "http://a b",
        "http://exämple.com",
        "http://x\ny",
        "x",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    assert refusal({"ANTHROPIC_BASE_URL": url}) == (
        "ANTHROPIC_BASE_URL: must be an http:// or https:// address without a user, a query or a fragment"
    )


@pytest.mark.parametrize("name", ["ANTHROPIC_MODEL", "NAMING_HOST"])
def test_a_word_is_printable_ascii_of_bounded_length(name: str) -> None:
    longest = {"ANTHROPIC_MODEL": 200, "NAMING_HOST": 255}[name]
    assert value_of(name, "x" * longest) == "x" * longest
    for wrong in ("x" * (longest + 1), "a b", "ä", "a\nb", "a\x7f"):
        assert refusal({name: wrong}).startswith(f"{name}: must be printable ASCII without spaces")


@pytest.mark.parametrize("name", ["ANTHROPIC_API_KEY", "ANTHROPIC_MODEL", "NAMING_API_KEYS"])
@pytest.mark.parametrize("given", ['"sk-1"', "'sk-1'", "`sk-1`", '"sk-1', "sk-1'"])
def test_what_stands_in_quotation_marks_is_refused(name: str, given: str) -> None:
    assert "in no quotation marks" in refusal({name: given})


def test_a_key_is_printable_ascii_and_white_space_around_it_goes() -> None:
    key = value_of("ANTHROPIC_API_KEY", " sk-ant-1\n")
    assert key.text == "sk-ant-1"
    for wrong in ("sk ant", "sk-änt", "a\nb", "\x7f"):
        said = refusal({"ANTHROPIC_API_KEY": wrong})
        assert said.startswith("ANTHROPIC_API_KEY: must be printable ASCII without spaces")


@pytest.mark.parametrize(
    ("given", "keys"),
    [
        ("a", ["a"]),
        ("a,b", ["a", "b"]),
        (" a , b ,", ["a", "b"]),
        ("a\nb\n", ["a", "b"]),
        ("a,,b", ["a", "b"]),
    ],
)
def test_callers_keys_are_separated_by_commas_or_lines(given: str, keys: list[str]) -> None:
    assert [key.text for key in value_of("NAMING_API_KEYS", given)] == keys


@pytest.mark.parametrize("given", [",", " , ,", "\n,\n,", " ", "\n", "\t \r\n"])
def test_a_list_of_no_keys_is_refused_rather_than_open_to_everybody(given: str) -> None:
    assert refusal({"NAMING_API_KEYS": given}) == (
        "NAMING_API_KEYS: must be keys of printable ASCII without spaces, and in no quotation marks"
    )


def test_hosts_are_names_or_addresses_separated_by_commas() -> None:
    given = "Names.example, *.svc.cluster.local,[2001:db8::1] , 10.0.0.7"
    assert value_of("NAMING_ALLOWED_HOSTS", given) == (
        "names.example",
        "*.svc.cluster.local",
        "[2001:db8::1]",
        "10.0.0.7",
    )
    for wrong in (
        "names.example:8000",
        "http://names.example",
        "a b",
        ",",
        "2001:db8::1",
        "é.example",
    ):
        assert refusal({"NAMING_ALLOWED_HOSTS": wrong}) == (
            "NAMING_ALLOWED_HOSTS: must be names or addresses (of IPv6 in brackets) without a port, "
            "separated by commas"
        )


@pytest.mark.parametrize("value", ["1", "true", "TRUE", "Yes", "on", " true\n"])
def test_a_switch_is_turned_on(value: str) -> None:
    assert value_of("NAMING_ALLOW_OPEN", value) is True


@pytest.mark.parametrize("value", ["0", "false", "NO", "Off"])
def test_a_switch_is_turned_off(value: str) -> None:
    assert value_of("NAMING_ALLOW_OPEN", value) is False


@pytest.mark.parametrize("value", ["2", "maybe", "truе", "-", "10"])
def test_another_word_is_no_switch(value: str) -> None:
    assert refusal({"NAMING_ALLOW_OPEN": value}) == "NAMING_ALLOW_OPEN: must be true or false"


def test_a_callers_key_with_a_space_within_is_refused() -> None:
    said = refusal({"NAMING_API_KEYS": "good,b ad"})
    assert said.startswith("NAMING_API_KEYS: must be keys of printable ASCII without spaces")


def test_secrets_are_hidden_wherever_settings_are_shown() -> None:
    settings = read_settings(
        {"ANTHROPIC_API_KEY": PLANTED, "NAMING_API_KEYS": f"{PLANTED}1,{PLANTED}2"}
    )
    for shown in (
        repr(settings),
        str(settings),
        repr(settings.api_keys),
        f"{settings.anthropic_api_key}",
    ):
        assert PLANTED not in shown


def test_settings_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        read_settings({}).port = 1  # type: ignore[misc] # as mypy says too


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("NAMING_PROT", "did you mean NAMING_PORT?"),
        ("NAMING_HOST_FILE", "did you mean NAMING_HOST?"),
        ("NAMING_PORT_", "did you mean NAMING_PORT?"),
        ("NAMING_API_KEY_FILE", "did you mean NAMING_API_KEYS_FILE?"),
        ("NAMING_ANTHROPIC_API_KEY", "did you mean ANTHROPIC_API_KEY?"),
        ("NAMING_port", "did you mean NAMING_PORT?"),
        ("NAMING_", "docs/settings.md lists those there are"),
        ("NAMING_XYZZY", "docs/settings.md lists those there are"),
    ],
)
def test_an_unknown_variable_stops_the_start(name: str, meant: str) -> None:
    assert refusal({name: PLANTED}) == f"{name}: unknown setting; {meant}"


def test_an_unknown_variable_with_an_odd_name_is_said_in_one_line() -> None:
    assert refusal({"NAMING_\n\x1bé": "x"}).startswith("NAMING_???: unknown setting")
    assert len(refusal({"NAMING_" + "X" * 5000: "x"})) < 200


def test_variables_of_others_are_nobodys_business() -> None:
    assert read_settings(
        {"PATH": "/bin", "ANTHROPIC_LOG": "debug", "MY_NAMING_X": "1", "naming_x": "1"}
    ) == read_settings({})


def test_the_first_unknown_variable_by_name_is_said() -> None:
    assert refusal({"NAMING_Z": "", "NAMING_A": ""}).startswith("NAMING_A:")


def test_what_the_command_line_says_wins_and_is_checked_like_the_rest() -> None:
    environ = {"NAMING_PORT": "1", "NAMING_HOST": "a"}
    settings = read_settings(environ, {"port": "2"})
    assert (settings.host, settings.port) == ("a", 2)
    assert read_settings({}, {"port": "2"}).port == 2
    with pytest.raises(BadSetting, match=r"^NAMING_PORT: must be a whole number from 0 to 65535$"):
        read_settings(environ, {"port": "70000"})
    with pytest.raises(BadSetting, match=r"^NAMING_HOST: must be printable"):
        read_settings({}, {"host": ""})


# Secrets in files


@pytest.fixture
def secret_file(tmp_path: Path) -> Path:
    return tmp_path / "secret"


def test_only_secrets_and_a_guide_can_come_from_files() -> None:
    assert {variable(field) for field in PRIVATE} == {
        "ANTHROPIC_API_KEY",
        "ANTHROPIC_AUTH_TOKEN",
        "ANTHROPIC_CUSTOM_HEADERS",
        "NAMING_API_KEYS",
        "NAMING_CACHE_URL",
        "NAMING_GUIDE",
    }


@pytest.mark.parametrize("text", ["sk-1", "sk-1\n", "  sk-1 \r\n\n"])
def test_a_secret_is_read_from_its_file(secret_file: Path, text: str) -> None:
    secret_file.write_text(text)
    settings = read_settings(
        {"ANTHROPIC_API_KEY_FILE": str(secret_file), "NAMING_API_KEYS_FILE": f" {secret_file} "}
    )
    assert settings.anthropic_api_key is not None
    assert settings.anthropic_api_key.text == "sk-1"
    assert [key.text for key in settings.api_keys] == ["sk-1"]


def test_keys_stand_one_a_line_in_their_file(secret_file: Path) -> None:
    secret_file.write_text("one\ntwo\n\nthree,four\n")
    keys = read_settings({"NAMING_API_KEYS_FILE": str(secret_file)}).api_keys
    assert [key.text for key in keys] == ["one", "two", "three", "four"]


@pytest.mark.parametrize("name", ["ANTHROPIC_API_KEY", "NAMING_API_KEYS"])
def test_a_secret_given_twice_is_refused(secret_file: Path, name: str) -> None:
    secret_file.write_text("from-file")
    said = refusal({name: PLANTED, f"{name}_FILE": str(secret_file)})
    assert said == f"{name}: set either {name} or {name}_FILE, not both"
    once = [
        read_settings({name: "", f"{name}_FILE": str(secret_file)}),
        read_settings({name: PLANTED, f"{name}_FILE": " "}),
    ]
    assert all(getattr(settings, FIELDS[name]) for settings in once)


@pytest.mark.parametrize("name", ["ANTHROPIC_API_KEY_FILE", "NAMING_API_KEYS_FILE"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "the file is empty"),
        (b"x" * 65_537, "the file is too large"),
        (b"x" * 1_000_000, "the file is too large"),
        (b"\xff\xfe\x00s", "the file cannot be read: it is not text in UTF-8"),
    ],
)
def test_a_file_without_a_usable_secret_is_refused(
    secret_file: Path, name: str, content: bytes, said: str
) -> None:
    secret_file.write_bytes(content)
    assert refusal({name: str(secret_file)}) == f"{name}: {said}"


def test_the_largest_file_is_read(secret_file: Path) -> None:
    secret_file.write_bytes(b"x" * 65_536)
    key = read_settings({"ANTHROPIC_API_KEY_FILE": str(secret_file)}).anthropic_api_key
    assert key is not None
    assert len(key.text) == 65_536


@pytest.mark.parametrize("name", ["ANTHROPIC_API_KEY_FILE", "NAMING_API_KEYS_FILE"])
def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path, name: str) -> None:
    assert (
        refusal({name: str(tmp_path / "absent")})
        == f"{name}: the file cannot be read: No such file or directory"
    )
    assert refusal({name: str(tmp_path)}) == f"{name}: the file cannot be read: Is a directory"
    assert refusal({name: "a\x00b"}).startswith(f"{name}: the file cannot be read: ")
    assert refusal({name: "x" * 5000}).startswith(f"{name}: the file cannot be read: ")


@pytest.mark.parametrize("name", ["ANTHROPIC_API_KEY_FILE", "NAMING_API_KEYS_FILE"])
def test_only_a_plain_file_is_read_so_that_nothing_hangs(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
        for path in (
            tmp_path / "pipe",
            tmp_path / "link",
            "/dev/zero",
            "/dev/tty",
            tmp_path / "socket",
        ):
            said = refusal({name: str(path)})
            assert re.fullmatch(
                f"{name}: the file cannot be read: (it is no plain file|No such .*)", said
            )


def test_an_error_without_words_of_its_own_is_still_a_refusal(
    secret_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise OSError

    monkeypatch.setattr(Path, "open", broken)
    assert refusal({"ANTHROPIC_API_KEY_FILE": str(secret_file)}).startswith(
        "ANTHROPIC_API_KEY_FILE: the file cannot"
    )


@pytest.mark.parametrize("name", ["ANTHROPIC_API_KEY_FILE", "NAMING_API_KEYS_FILE"])
def test_a_bad_secret_in_a_file_is_said_of_the_variable_that_names_the_file(
    secret_file: Path, name: str
) -> None:
    secret_file.write_text(f"{PLANTED} and more")
    said = refusal({name: str(secret_file)})
    assert re.match(f"{name}: must be (keys of )?printable ASCII without spaces", said)


@pytest.mark.parametrize("command", [["serve"], ["name", "fix it"]])
def test_a_refused_setting_is_one_line_on_standard_error_and_status_2(command: list[str]) -> None:
    environ = {**os.environ, "NAMING_DEADLINE_MS": PLANTED}
    done = subprocess.run(  # our own command
        [sys.executable, "-c", "from naming.cli import run; run()", *command],
        env=environ, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"[^\n]*NAMING_DEADLINE_MS[^\n]*\n", done.stderr)
    assert PLANTED not in done.stderr


def test_a_convention_is_checked_against_the_length_of_names() -> None:
    assert value_of("NAMING_TEMPLATE", " {ticket}-{slug} ") == "{ticket}-{slug}"
    said = refusal({"NAMING_TEMPLATE": "a-team/{slug}", "NAMING_MAX_LENGTH": "12"})
    assert said == "NAMING_TEMPLATE: must leave 7 of 12 characters to {slug}"
    assert refusal({"NAMING_TEMPLATE": PLANTED}).startswith("NAMING_TEMPLATE: must be {slug}")


def test_wishes_on_style_are_read_from_a_file(tmp_path: Path) -> None:
    guide = tmp_path / "guide.md"
    guide.write_text("  Say the service.\n" + "ü" * 1_900, "utf-8")
    settings = read_settings({"NAMING_GUIDE_FILE": str(guide)})
    assert settings.guide.startswith("Say the service.")
    assert read_settings({"NAMING_GUIDE": "Say the service."}).guide == "Say the service."
    for content, said in (
        (b"", "the file is empty"),
        (b"x" * 2_001, "must be text of 2,000 characters at most"),
        (b"\xff", "the file cannot be read: it is not text in UTF-8"),
    ):
        guide.write_bytes(content)
        assert refusal({"NAMING_GUIDE_FILE": str(guide)}) == f"NAMING_GUIDE_FILE: {said}"
    said = refusal({"NAMING_GUIDE_FILE": str(tmp_path)})
    assert said == "NAMING_GUIDE_FILE: the file cannot be read: Is a directory"


@pytest.mark.parametrize("tag", ["de", "pt-BR", "zh-Hant-TW", "sr-Latn", "es-419", "de-1996"])
def test_a_language_is_a_tag(tag: str) -> None:
    assert value_of("NAMING_LANGUAGE", tag) == tag


@pytest.mark.parametrize("wrong", ["english", "pt_BR", "d", "de-", "de-x\n", "de;q=1", "*"])
def test_what_is_no_language_is_refused(wrong: str) -> None:
    said = refusal({"NAMING_LANGUAGE": wrong})
    assert said == "NAMING_LANGUAGE: must be a BCP 47 tag, such as de or pt-BR"
