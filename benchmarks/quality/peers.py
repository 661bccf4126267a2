"""What people use to name a text without a language model: each makes a name and a display name of a prompt."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from naming.extraction import name_from_prompt
from naming.names import MAX_DISPLAY_LENGTH, MAX_NAME_LENGTH
from naming.random_name import pick_random

Namer: TypeAlias = Callable[[str], tuple[str, str]]

REFERENCE_LENGTH = 27
"""Characters of a name in the reference this service replaces: its prompt sanitizer cuts there, at a whole word."""

NODE_MODULES = Path(__file__).parents[2] / ".venv" / "peers" / "node_modules"
"""Where `make quality` installs peers that are written for Node."""

BOUND = 20_000
"""Characters that a peer is given: some take minutes for a megabyte."""


def ours(prompt: str) -> tuple[str, str]:
    """Name as the service does without Claude."""
    name = name_from_prompt(prompt) or pick_random()
    return name.name, name.display_name


def truncation(prompt: str) -> tuple[str, str]:
    """Cut the prompt at the last space within 27 characters for the name, and at a whole word within 64 for the title."""
    line = re.sub(r"[\r\n\t]+", " ", prompt).strip()
    slug = re.sub(r"[^a-z0-9-]", "", re.sub(r"\s+", "-", _cut(line, REFERENCE_LENGTH).lower()))
    return re.sub(r"-+", "-", slug).strip("-") or "task-unnamed", shortened(line)


def _cut(line: str, length: int) -> str:
    if len(line) <= length:
        return line
    head = line[:length]
    return head.rsplit(" ", 1)[0] if " " in head else head


def shortened(text: str) -> str:
    """Cut a text to a display name at a whole word, with an ellipsis, as the standard library does."""
    line = " ".join(text.split())
    cut = textwrap.shorten(line, MAX_DISPLAY_LENGTH, placeholder="…")
    cut = line[: MAX_DISPLAY_LENGTH - 1] + "…" if cut == "…" else cut
    return cut[:1].upper() + cut[1:]


def python_slugify(prompt: str) -> tuple[str, str]:
    """Make a slug with python-slugify, cut at a whole word."""
    from slugify import slugify  # noqa: PLC0415 # a peer is imported where it is tried

    text = prompt[:BOUND]
    return slugify(
        text, max_length=MAX_NAME_LENGTH, word_boundary=True, save_order=True
    ), shortened(text)


def make_yake() -> Namer:
    """Take the best key phrases that YAKE finds (Campos et al., 2020)."""
    import yake  # noqa: PLC0415
    from slugify import slugify  # noqa: PLC0415

    extractor = yake.KeywordExtractor(lan="en", n=3, top=5, dedupLim=0.7)

    def name(prompt: str) -> tuple[str, str]:
        phrases = [phrase for phrase, _ in extractor.extract_keywords(prompt[:BOUND])]
        if not phrases:
            return python_slugify(prompt)
        slug = slugify(phrases[0], max_length=MAX_NAME_LENGTH, word_boundary=True)
        for phrase in phrases[1:]:
            more = f"{slug}-{slugify(phrase)}"
            if len(more) <= MAX_NAME_LENGTH:
                slug = more
        return slug, shortened(", ".join(phrases[:2]))

    return name


def make_minilm() -> Namer:
    """Take the words and the sentence that stand for the whole, as KeyBERT does, by MiniLM's sentence embeddings."""
    from slugify import slugify  # noqa: PLC0415

    from benchmarks.quality.minilm import MiniLM  # noqa: PLC0415
    from naming.evaluation.scoring import STOP_WORDS  # noqa: PLC0415

    model = MiniLM()

    def name(prompt: str) -> tuple[str, str]:
        text = re.sub(r"```.*?(?:```|\Z)", " ", prompt[:4000], flags=re.DOTALL) or prompt[:4000]
        sentences = [
            part.strip() for part in re.split(r"(?<=[.!?。？])\s|\n", text) if len(part.strip()) > 3
        ][:12]
        words = re.findall(r"[^\W_]+", text)[:70]
        phrases = [
            " ".join(words[at : at + size])
            for size in (2, 3, 4)
            for at in range(len(words) - size + 1)
            if not {words[at].lower(), words[at + size - 1].lower()} & STOP_WORDS
        ]
        phrases = [
            each for each in dict.fromkeys(phrases) if 0 < len(slugify(each)) <= MAX_NAME_LENGTH
        ][:48]
        if not sentences or not phrases:
            return python_slugify(prompt)
        whole = model.encode([text[:1000]])[0]
        sentence = sentences[
            int((model.encode([each[:300] for each in sentences]) @ whole).argmax())
        ]
        phrase = phrases[int((model.encode(phrases) @ whole).argmax())]
        return slugify(phrase), shortened(sentence)

    return name


def make_traceforge() -> Namer:
    """Take the title of traceforge-toolkit, a small summarizer trained on agents' sessions."""
    from slugify import slugify  # noqa: PLC0415
    from traceforge.title import TitleModel  # noqa: PLC0415

    model = TitleModel.load()

    def name(prompt: str) -> tuple[str, str]:
        title = str(model.title(prompt[:BOUND]) or "") or prompt[:BOUND]
        return slugify(title, max_length=MAX_NAME_LENGTH, word_boundary=True), shortened(title)

    return name


def make_nbranch() -> Namer:
    """Take the branch name of nbranch, an npm package: it makes no title, so the prompt is cut for one."""
    from slugify import slugify  # noqa: PLC0415

    node, package = shutil.which("node"), NODE_MODULES / "nbranch"
    if node is None or not package.is_dir():
        raise ImportError(name="nbranch")
    process = subprocess.Popen(
        [node, "-e", _NBRANCH, str(package)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    asked, answered = process.stdin, process.stdout

    def name(prompt: str) -> tuple[str, str]:
        asked.write(json.dumps(prompt[:BOUND]) + "\n")
        asked.flush()
        branch = str(json.loads(answered.readline()))
        return (
            slugify(branch, max_length=MAX_NAME_LENGTH, word_boundary=True, save_order=True),
            shortened(prompt),
        )

    return name


_NBRANCH = """
const { generateBranchName } = require(process.argv[1]);
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  let branch = "";
  try { branch = generateBranchName(JSON.parse(line), { addRandomSuffix: false }); } catch {}
  console.log(JSON.stringify(branch));
});
"""

PEERS: dict[str, Callable[[], Namer]] = {
    "task-naming without Claude": lambda: ours,
    "truncation (27 / 64)": lambda: truncation,
    "python-slugify": lambda: python_slugify,
    "YAKE": make_yake,
    "nbranch": make_nbranch,
    "MiniLM, as KeyBERT": make_minilm,
    "traceforge-toolkit": make_traceforge,
}
"""Makers by name: what a maker imports may be missing."""
