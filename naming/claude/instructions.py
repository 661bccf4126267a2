"""What Claude is told: the text and examples of `prompts/`, and the fence around a user's text."""

import hashlib
import json
import re
import secrets
import unicodedata
from collections.abc import Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final, NamedTuple

from naming.cleaning.bounds import for_model, head_and_tail
from naming.names import TaskName, WorkKind
from naming.request import Question, Request
from naming.text.visible import visible
from naming.text.word_files import read_sections
from naming.validation import believe
from naming.validation.title_checks import Examples

FIELDS: Final = ("name", "display_name")
SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {field: {"type": "string"} for field in FIELDS},
    "required": [*FIELDS],
    "additionalProperties": False,
}
"""What structured output is asked for; the API refuses `maxLength`, so cutting is our work."""

_KIND: Final = {"type": "string", "enum": [*WorkKind]}
KIND_SCHEMA: Final = SCHEMA | {"properties": SCHEMA["properties"] | {"type": _KIND}}
"""The same where the kind of work is wanted, which may be left out."""

CANARY: Final = Question("Add a dark mode to the settings page")
"""Nobody's prompt, to find out whether it is a prompt that gets no answer or all of them."""

_CONTEXT_TOKENS: Final = 400  # shown at most; 2,000 characters of English take about 500

_GUIDE_TAG: Final = re.compile(r"<\s*/?\s*style_wishes[^>]*>", re.IGNORECASE)
_OPENER: Final = re.compile("[<＜﹤‹〈⟨❮]")
_LETTERS: Final = re.compile(r"[\W_]+")
_TAG: Final = "taskprompt"
_REACH: Final = 160  # characters behind a bracket among which a tag's letters are looked for


class Example(NamedTuple):
    """A worked example: a prompt and the names that a good answer gives it."""

    prompt: str
    task_name: TaskName


class Instructions:
    """One `system` text of a text, a team's wishes and worked examples; `version` is its digest."""

    def __init__(self, text: str, examples: Sequence[Example], guide: str = "") -> None:
        self.examples = examples
        # Small models give the names of worked examples as the answer to anything.
        self._known = Examples(each.task_name for each in examples)
        told = [text.strip()]
        if wishes := _GUIDE_TAG.sub("", visible(guide)):  # between tags that nothing in it forges
            told.append(f"{_reminder('wishes')}\n<style_wishes>\n{wishes}\n</style_wishes>")
        told.append("Examples:")
        for each in examples:
            answer = dict(zip(FIELDS, each.task_name, strict=True))
            told.append(f"Prompt: {each.prompt}\n{json.dumps(answer, ensure_ascii=False)}")
        self.system = "\n\n".join(told) + "\n"
        self.version = hashlib.sha256(self.system.encode()).hexdigest()[:12]

    def judge(self, reply: str, request: Request) -> TaskName:
        """Make a name of a reply. Raises CannotName for one that is no name for `request`."""
        return believe(reply, request, self._known)


def load_instructions(folder: Traversable | None = None, guide: str = "") -> Instructions:
    """Read `naming.md` and `examples.jsonl` of `folder`, else of the package."""
    if folder is None:
        packaged = files("naming") / "prompts"  # where the wheel carries them
        folder = packaged if packaged.is_dir() else files("naming").joinpath("..", "prompts")
    lines = (folder / "examples.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    examples = [Example(row["prompt"], TaskName(row["name"], row["display_name"])) for row in rows]
    return Instructions((folder / "naming.md").read_text("utf-8"), examples, guide)


def question_key(model: str, prompt_version: str, question: Question) -> str:
    """Digest what makes two questions equal; the cleaned prompt itself cannot be read from it."""
    digest = hashlib.blake2b(digest_size=16)
    further = [repr(question[1:])] if any(question[1:]) else []
    for part in (model, prompt_version, question.text, *further):
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8))
        digest.update(data)
    return digest.hexdigest()


def fence(question: Question) -> str:
    """Put about 900 tokens of a question between delimiters that nothing in it can forge.

    They carry eight random hex digits, and what looks like one loses its opening bracket.
    """
    tag = f"task_prompt_{secrets.token_hex(4)}"
    text, said = question.text, ["conversation" if question.is_conversation else "prompt"]
    if question.title:
        text, said = f"Current title: {question.title}\n\n{text}", ["current"]
    shown = for_model(text)
    if question.context:
        known = head_and_tail(question.context, _CONTEXT_TOKENS)
        shown = f"{shown}\n\nCONTEXT\n{known}".strip()
    wishes = {
        "context": question.context,
        "language": question.language,
        "kind": question.wants_kind,
    }
    said += [section for section, wish in wishes.items() if wish]
    reminder = " ".join(map(_reminder, said)).replace("{language}", question.language)
    return f"<{tag}>\n{_without_fences(shown)}\n</{tag}>\n\n{reminder}"


def _reminder(section: str) -> str:
    return " ".join(read_sections("claude_reminders.txt")[section])


def _without_fences(text: str) -> str:
    """Take the bracket off what says the tag's name behind it, in any case, width or gaps."""

    def replaced(opener: re.Match[str]) -> str:
        behind = unicodedata.normalize("NFKC", text[opener.end() : opener.end() + _REACH])
        is_tag = _LETTERS.sub("", behind).casefold().startswith(_TAG)
        return " " if is_tag else opener[0]

    return _OPENER.sub(replaced, text)
