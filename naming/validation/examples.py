"""Our own worked examples, which small models give as the answer to anything."""

from collections.abc import Iterable
from typing import Final

from naming.names import TaskName
from naming.text.folding import fold
from naming.text.tokens import Subject
from naming.validation.context import Candidate, RequestContext

HALF: Final = 0.5  # the part of a title's words that must be another's before it speaks of the same


class Examples:
    """Our own worked examples, read once."""

    def __init__(self, examples: Iterable[TaskName] = ()) -> None:
        self._examples = [
            (each.name, fold(each.display_name), Subject.read(f"{each.display_name} {each.name}"))
            for each in examples
        ]

    def hold(self, name: str, title: Candidate, request: RequestContext) -> bool:
        """Tell whether the answer is one of them, and none of the request.

        Small models also say one in other words (`hi` became `Ask snowflake import rows`): then
        most of the title's words are an example's, and none is the request's.
        """
        line = title.folded
        shared = max(map(request.subject.share, (line, name.replace("-", " "))))
        return shared < HALF and any(
            name == own_name or line == own_title or (not shared and subject.share(line) > HALF)
            for own_name, own_title, subject in self._examples
        )
