"""Our own worked examples, which small models give as the answer to anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from naming.text.folding import fold
from naming.text.tokens import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable

    from naming.names import TaskName
    from naming.validation.candidate import Candidate
    from naming.validation.context import RequestContext

HALF: Final = 0.5
"""The part of a title's words that must be another's before it speaks of the same."""


class Examples:
    """Our own worked examples, read once."""

    def __init__(self, examples: Iterable[TaskName] = ()) -> None:
        examples = tuple(examples)
        self._names = frozenset(example.name for example in examples)
        self._titles = frozenset(fold(example.display_name) for example in examples)
        self._subjects = [
            Subject.read(f"{example.display_name} {example.name}") for example in examples
        ]

    def hold(self, name: str, title: str) -> bool:
        """Tell whether `name` or the folded `title` is one of an example."""
        return name in self._names or title in self._titles

    def tell(self, title: str) -> bool:
        """Tell whether most words of the folded `title` are those of one example."""
        return any(subject.share(title) > HALF for subject in self._subjects)


def is_example(name: str, title: Candidate, request: RequestContext, examples: Examples) -> bool:
    """Tell whether the answer is one of our own worked `examples`, and none of the request.

    Small models also say one in other words (`hi` became `Ask snowflake import rows`): then most of
    the title's words are an example's, and none is the request's.
    """
    line, slug = title.folded, name.replace("-", " ")
    shared = max(request.share(line), request.share(slug))
    if shared:
        return shared < HALF and examples.hold(name, line)
    return examples.hold(name, line) or examples.tell(line)
