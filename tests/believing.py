"""Judging a reply, or a title, for a prompt: two strings each."""

from __future__ import annotations

from naming import validation
from naming.names import TaskName
from naming.request import Request
from naming.validation import same_language, title_checks
from naming.validation.context import Candidate, RequestContext
from naming.validation.title_checks import Examples
from naming.validation.trim import trim


def believe(reply: str, prompt: str, examples: Examples = validation.NO_EXAMPLES) -> TaskName:
    """Make a name of `reply` to the `prompt`, or raise CannotName."""
    return validation.believe(reply, Request.of(prompt), examples)


def context(prompt: str) -> RequestContext:
    """Make the context of a `prompt`."""
    return RequestContext(Request.of(prompt))


def is_title(title: str, prompt: str) -> bool:
    """Tell whether `title` names the task of `prompt`."""
    return title_checks.is_title(Candidate(trim(title)), context(prompt))


def is_example(name: str, title: str, prompt: str, ours: Examples) -> bool:
    """Tell whether the answer is one of `ours`."""
    return ours.hold(name, Candidate(title), context(prompt))


def same_script(title: str, prompt: str) -> bool:
    """Tell whether `title` is in a script of `prompt`."""
    return context(prompt).is_in_script_of(title)


def same_language_as(title: str, prompt: str) -> bool:
    """Tell whether `title` may be in a language of `prompt`."""
    words, own = same_language.words_of(Candidate(title), context(prompt))
    return not own or same_language.same_language(words, own, context(prompt))
