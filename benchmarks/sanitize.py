"""What does a name from the prompt's own words cost? CPU time beside python-slugify, and of shapes made to be slow."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING, Final

from slugify import slugify

from benchmarks.usage import usage
from naming.extraction import name_from_prompt

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS: Final = 15
SLOWEST_MS: Final = 10
"""Milliseconds that no shape may take, whatever its length."""

REQUEST: Final = (
    "Please fix the login button on the settings page. When a user opens the page on a phone, the button sits under "
    "the keyboard, so nobody can press it. Keep the layout of the desktop page as it is, add a test for the small "
    "screen, and tell me which style rule was to blame.\n\n"
    "It happens since we moved the form into the new dialog: the footer got a fixed height there. The dialog itself "
    "is used by the profile page and by the billing page too, so look at both before you change it. "
)
LOG: Final = (
    "Here is what the server says:\n\n"
    "2026-03-14 09:26:53,589 INFO  [web] GET /settings 200 in 12 ms\n"
    "2026-03-14 09:26:54,120 ERROR [web] KeyError: 'layout' in render_footer(dialog=None)\n"
    '  File "app/dialogs.py", line 41, in render_footer\n    return layouts[dialog.layout]\n\n'
)
CODE: Final = "```python\ndef footer(dialog: Dialog) -> str:\n    return render(dialog.layout, height=48)\n```\n\n"
KINDS: Final = {
    "prose": REQUEST,
    "code and log": REQUEST[:280] + "\n\n" + LOG + CODE,
    "Chinese": "修复设置页面上的登录按钮。用户在手机上打开页面时，按钮会被键盘挡住，无法点击。请保持桌面布局不变，并添加测试。",
}
LENGTHS: Final = (100, 300, 1_000, 4_000, 64_000, 1_000_000)

HOSTILE: Final = (
    *(" ", "-", "[", "]", "(", "<", ">", "{", '"', "'", "`", "\n", "@", ".", ":", "=", "/", "\\", "#", "*", "_", "|"),
    *("a", "A", "7", "\u0301", "\u200d", "\ufe0f", "🔥", "👨‍👩‍👧", "修", "é", "ﬁ", "\x1b[", "\x9b", "\x00", "\ud800"),
    *("&#x41;", "&amp;", "key=", "key:", "key: ", "password=", "password is ", "password ", "token ", "密码", "пароль "),
    *("a@", "a@b.co ", "a@b.", "@a", "https://", "://a:", "a:b@", "www.a", "](", "[a](b)", "![", "<a>", "</a_b>", "<a_b>"),
    *("<!--", "```\n", "> ", "\n[…]\n", "[…]\n```\n", "---\n", "# my request\n", "diff --git a/x b/x\n", "at x\n", "- "),
    *("4111 ", "4111 1111 1111 1111 ", "sk-", "eyJ", "aB3_", "aB3dE6gH9jK2mN5pQ8sT1vW4 ", "-----BEGIN X PRIVATE KEY-----"),
    *("-----END X PRIVATE KEY-----", "a at b dot ", "%40", "curl -u a:", "cookie: a=", "?sig=", "\\n", "a b ", "a\n", "fix "),
    *("KeyError: x\n", "x = 1;\n", "Traceback (most recent call last):\n", '  File "a", line 1\n', "a.b(", "a_", "a/", "\t"),
)  # fmt: skip


def microseconds(work: Callable[[str], object], text: str, rounds: int = ROUNDS) -> float:
    """Give the median CPU time of `work(text)`."""
    took = []
    for _ in range(rounds):
        started = time.process_time_ns()
        work(text)
        took.append((time.process_time_ns() - started) / 1000)
    return statistics.median(took)


def filled(unit: str, length: int) -> str:
    """Repeat `unit` up to `length` characters."""
    return (unit * (length // len(unit) + 1))[:length]


def slug(text: str) -> str:
    """Give what python-slugify makes of `text`."""
    return slugify(text, max_length=32, word_boundary=True, save_order=True)


def main() -> None:
    """Print both tables."""
    usage(__doc__).parse_args()
    print(f"µs of CPU, median of {ROUNDS}, and how many times as long python-slugify takes")
    print(f"{'kind':14s} {'characters':>10s} {'ours':>9s} {'slugify':>9s} {'ratio':>7s}")
    for kind, unit in KINDS.items():
        for length in LENGTHS:
            text = filled(unit, length)
            ours, theirs = (
                microseconds(name_from_prompt, text),
                microseconds(slug, text, min(ROUNDS, 3)),
            )
            print(f"{kind:14s} {length:10,d} {ours:9.0f} {theirs:9.0f} {theirs / ours:7.1f}")
    shapes = [(microseconds(name_from_prompt, filled(unit, length), 3) / 1000, unit, length)
              for unit in HOSTILE for length in (4_000, 8_192, 1_000_000)]  # fmt: skip
    shapes.sort(reverse=True)
    print(f"\nms of CPU, the ten slowest of {len(shapes)} hostile texts ({SLOWEST_MS} is too many)")
    for took, unit, length in shapes[:10]:
        print(f"{took:8.2f}  {length:9,d} characters of {unit!a}")


if __name__ == "__main__":
    main()
