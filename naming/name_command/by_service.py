"""Naming by a running service, and by the prompt's own words where it does not answer in time."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from naming.name_command.service_client import Question
from naming.outcome import Reason

if TYPE_CHECKING:
    from naming.name_command.service_client import Answer
    from naming.outcome import Outcome
    from naming.request import Request
    from naming.settings import Settings

QUESTIONS: Final = 16
"""Questions that are on their way at a time."""

OWN_WORDS_SECONDS: Final = 0.5
"""How long before the deadline the prompt's own words are begun.

They take a quarter of a second of processor time, nearly all of it to import what knows words, so
it is not spent where the service answers."""

BARE_TEMPLATE: Final = "{slug}"
"""Where no other convention is set here, the service's own holds."""

AWAY: Final = frozenset({Reason.UNREACHABLE, Reason.DEADLINE})
"""The reasons after which a service is not asked for the lines that follow."""


class ServiceNamer:
    """Asks a service for names, `at_once` of them together."""

    def __init__(
        self, settings: Settings, url: str, seconds: float, taken: set[str] | None
    ) -> None:
        self._url = url
        self._settings = settings
        self._key = settings.api_keys[0].get_secret_value() if settings.api_keys else None
        self._seconds = seconds
        self._taken = taken
        self._said = False
        self._away: Reason | None = None
        self.at_once = QUESTIONS if taken is None else 1  # the next must know of those before it

    def name_all(self, prompts: list[str]) -> list[Answer]:
        """Name each of `prompts`."""
        if self._away is not None:
            return [self._tell(*_own_words(prompt), self._away) for prompt in prompts]
        questions = [self._ask(prompt) for prompt in prompts]
        return [
            self._answer(question, prompt)
            for question, prompt in zip(questions, prompts, strict=True)
        ]

    def _ask(self, prompt: str) -> Question:
        known: dict[str, object] = {"prompt": prompt}
        if self._taken is not None:
            known["taken"] = sorted(self._taken)
        if self._settings.template != BARE_TEMPLATE:
            known["template"] = self._settings.template
        if self._settings.language is not None:
            known["language"] = self._settings.language
        return Question(self._url, self._key, known, self._seconds)

    def _answer(self, question: Question, prompt: str) -> Answer:
        answer = question.wait(min(OWN_WORDS_SECONDS, self._seconds / 2))
        if answer is None:
            own_words = _own_words(prompt)  # while the answer may still come
            answer = question.wait()
            if answer is None:
                return self._tell(*own_words, question.reason)
        if self._taken is not None:
            self._taken.add(str(answer["name"]))
        return answer

    def _tell(self, outcome: Outcome, request: Request, reason: Reason) -> Answer:
        from naming.name_command.by_chain import tell, template_of  # noqa: PLC0415 # as below

        if not self._said:
            told = f"{self._url} gives no name ({reason}); the prompt's own words serve"
            print(f"naming: {told}", file=sys.stderr)
        self._said = True
        self._away = reason if reason in AWAY else None
        template = template_of(self._settings)
        return tell(replace(outcome, reason=reason), request, self._taken, template)


def _own_words(prompt: str) -> tuple[Outcome, Request]:
    from naming.name_command.by_chain import name_by_own_words  # noqa: PLC0415 # it imports words

    return name_by_own_words(prompt)
