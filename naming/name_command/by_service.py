"""Naming by a running service, with no more imports than a command has time for."""

import http.client
import json
import re
import sys
import threading
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from http import HTTPStatus
from itertools import islice
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

from naming.outcome import CannotName, Reason
from naming.settings import Settings

Answer: TypeAlias = dict[str, str | None]

PATH: Final = "/v1/names"
MAX_ANSWER_BYTES: Final = 65_536
QUESTIONS: Final = 16  # that are on their way at a time
TRAVEL_MS: Final = 100  # what the service's deadline is shorter by, to be here by ours
AWAY: Final = (Reason.UNREACHABLE, Reason.DEADLINE)  # after these it is asked no more
OWN_WORDS_SECONDS: Final = 0.5  # by which they are begun before the deadline: imports take a while

_REASON_OF_STATUS: Final[Mapping[int, Reason]] = {
    401: Reason.AUTHENTICATION,
    403: Reason.AUTHENTICATION,
    429: Reason.RATE_LIMITED,
    503: Reason.BUSY,
}

# Plain names and titles break no law of names, so most answers are spared the imports of the laws.
_PLAIN: Final[Mapping[str, re.Pattern[str]]] = {
    "name": re.compile(r"(?!task-)(?=.{1,63}\Z)[a-z][a-z0-9]*(?:-[a-z0-9]+)+"),
    "display_name": re.compile(r"(?![=+@-])(?=.{1,64}\Z)[!-~]+(?: [!-~]+)*"),
}
_WORD: Final = re.compile(r"[a-z_]{1,32}")


def name_by_service(
    prompts: Iterator[str], settings: Settings, url: str, taken: set[str] | None
) -> Generator[Answer, None, None]:
    """Name each of `prompts` in time, by its own words where the service at `url` gives no name."""
    failed: Reason | None = None
    at_once = QUESTIONS if taken is None else 1  # the next must know of those before it
    while some := list(islice(prompts, at_once)):
        if failed in AWAY:
            yield from (_own_words(each, settings, taken) | {"reason": failed} for each in some)
            continue
        pending = [PendingAnswer(settings, url, each, taken) for each in some]
        for question, prompt in zip(pending, some, strict=True):
            answer = question.wait(min(OWN_WORDS_SECONDS, settings.deadline_ms / 2000))
            if answer is None:
                own_words = _own_words(prompt, settings, taken)  # while the answer may still come
                answer = question.wait()
            if answer is None:
                if failed is None:
                    why = f"{question.reason}{question.detail}"
                    told = f"{url} gives no name ({why}); the prompt's own words serve"
                    print(f"naming: {told}", file=sys.stderr)
                failed = question.reason
                answer = own_words | {"reason": failed}
            yield answer


def _own_words(prompt: str, settings: Settings, taken: set[str] | None) -> Answer:
    from naming.chain import without_key  # noqa: PLC0415 # it imports words
    from naming.name_command.by_chain import name_by_chain  # noqa: PLC0415 # as above

    (answer,) = name_by_chain(iter([prompt]), settings, taken, without_key)
    return answer


class PendingAnswer:
    """One question to a service, on its way from the start; `reason` tells why it has no answer.

    `detail` says what is wrong with one that came.

    It is asked in a thread: no timeout bounds the look-up of an address or an answer that drips.
    """

    def __init__(self, settings: Settings, url: str, prompt: str, taken: set[str] | None) -> None:
        self.reason = Reason.DEADLINE
        self.detail = ""
        self._answer: Answer | None = None
        deadline_ms = settings.deadline_ms
        self._until = time.monotonic() + deadline_ms / 1000
        question = {
            "prompt": prompt,
            "deadline_ms": max(0, deadline_ms - max(TRAVEL_MS, deadline_ms // 10)),
            "taken": None if taken is None else sorted(taken),
            # Where no other convention is set here, the service's own holds.
            "template": None if settings.template == "{slug}" else settings.template,
            "language": settings.language,
        }
        arguments = (settings, url, json.dumps(question).encode())
        self._thread = threading.Thread(target=self._ask, args=arguments, daemon=True)
        self._thread.start()

    def wait(self, spare_seconds: float = 0.0) -> Answer | None:
        """Give the answer once it is there, None by `spare_seconds` before the deadline."""
        self._thread.join(max(0.0, self._until - spare_seconds - time.monotonic()))
        return self._answer

    def _ask(self, settings: Settings, url: str, question: bytes) -> None:
        try:
            self._answer = _read(_post(settings, url, question))
        except CannotName as refused:
            self.reason = refused.reason
        except TimeoutError:
            self.reason = Reason.DEADLINE
        except (OSError, http.client.HTTPException):
            self.reason = Reason.UNREACHABLE
        except (ValueError, RecursionError) as error:
            self.reason, self.detail = Reason.UNREADABLE, f": {error}"


def _post(settings: Settings, url: str, body: bytes) -> bytes:
    """Give the body of a good answer. Raises CannotName for another status, and OSError."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    headers = {"content-type": "application/json"}
    if settings.api_keys:
        headers["authorization"] = f"Bearer {settings.api_keys[0].text}"
    with closing(kind(parts.netloc, timeout=settings.deadline_ms / 1000)) as connection:
        connection.request("POST", parts.path.rstrip("/").removesuffix(PATH) + PATH, body, headers)
        response = connection.getresponse()
        text = response.read(MAX_ANSWER_BYTES)
    if response.status != HTTPStatus.OK:
        usual = {5: Reason.OVERLOADED}.get(response.status // 100, Reason.BAD_REQUEST)
        raise CannotName(_REASON_OF_STATUS.get(response.status, usual))
    return text


def _read(text: bytes) -> Answer:
    """Read an answer's JSON. Raises ValueError where it is none of a service like ours.

    Another program must not be able to put what it likes into somebody's shell or terminal.
    """
    given = json.loads(text)
    if not isinstance(given, dict):
        raise ValueError("no object")  # noqa: TRY004 # as for what is no JSON
    answer: dict[str, Any] = {
        field: given.get(field) for field in ("name", "display_name", "source", "reason")
    }
    for field, value in answer.items():
        is_word = isinstance(value, str) and (field in _PLAIN or _WORD.fullmatch(value))
        if not is_word and not (field == "reason" and value is None):
            raise ValueError(f"no {field}")
    if not all(pattern.fullmatch(answer[field]) for field, pattern in _PLAIN.items()):
        from naming.names import NameLaw, TaskName  # noqa: PLC0415 # they import words
        from naming.template import MOST_LENGTH  # noqa: PLC0415

        law = NameLaw(MOST_LENGTH, max_parts=MOST_LENGTH)  # the service's own is not known here
        TaskName(answer["name"], answer["display_name"], law=law)
    return answer
