"""What does redaction cost? Processor time of a prompt of 300 characters, clean or with one secret, in loops of a
thousand additions, which run beside it."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Final

from benchmarks.usage import usage
from naming.secrets import redact

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS: Final = 60
REPEATS: Final = 30
PROMPT: Final = (
    "Please fix the login button on the settings page. When a user opens the page on a phone, the button sits under "
    "the keyboard, so nobody can press it. Keep the layout of the desktop page as it is, {} and tell me which style "
    "rule was to blame. It happens since we moved the form into the new dialog."
)
# Put together from parts, so that no scanner takes this file for a leak.
KINDS: Final = {
    "clean": "add a test for the small screen,",
    "clean, with numbers": "add a test for the 404 screen of v2.3,",
    "code": "see settings.py:41 render_footer(dialog=None),",
    "password in a sentence": "the password is hunter22x,",
    "password of a setting": "password=Zx9kQ2mVb7,",
    "key of a setting": 'api_key: "aB3dE6gH9jK2mN5p",',
    "password by its signs": "log in with Geh3im!77 there,",
    "token of GitHub": "token gh" + "p_Zr4Tb8Kc1Wq6Xv3Nm7Lp9Yd2Hf5Jg8,",
    "key of AWS": "AK" + "IAZQ7R2T5Y3U6X4W is leaked,",
    "signed token": "ey"
    "JhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0T",
    "header": 'curl -H "Authorization: Bearer aB3dE6gH9jK2mN5pQ8sT1vW4",',
    "vendor's name": "mixpanel key 3f786850e387550fdab836ed7e6dc881,",
    "drawn word": "use aB3dE6gH9jK2mN5pQ8sT1vW4 there,",
    "connection string": "postgres://admin:hunter2@db/shop is down,",
    "e-mail address": "write to bob@example.com,",
    "payment card": "charge 4111 1111 1111 1111,",
}


def microseconds(work: Callable[[], object]) -> float:
    """Give the least processor time of `work()`."""
    took = []
    for _ in range(ROUNDS):
        started = time.process_time_ns()
        for _ in range(REPEATS):
            work()
        took.append((time.process_time_ns() - started) / REPEATS / 1000)
    return min(took)


def additions() -> int:
    """Add a thousand numbers."""
    total = 0
    for number in range(1_000):
        total += number
    return total


def main() -> None:
    """Print the table."""
    usage(__doc__).parse_args()
    print(f"{'kind':24s} {'µs':>6s} {'loops':>6s}")
    for kind, said in KINDS.items():
        text = PROMPT.format(said)
        took = microseconds(partial(redact, text))
        print(f"{kind:24s} {took:6.1f} {took / microseconds(additions):6.2f}")


if __name__ == "__main__":
    main()
