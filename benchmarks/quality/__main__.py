"""How good are our names without Claude, beside what people would use instead? Prints a table; --write renews the page.

make quality                    # installs the peers in a folder of their own, and writes docs/quality.md
python -m benchmarks.quality    # only prints, and leaves out what is not installed
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from benchmarks.quality.peers import PEERS, Namer
from benchmarks.usage import usage
from naming.evaluation.inputs import Case, read_cases
from naming.evaluation.scoring import score
from naming.evaluation.summary import MeanInterval, bootstrap

ROOT = Path(__file__).parents[2]
COLUMNS = {
    "matters": "what matters",
    "score": "score",
    "name_f1": "name F1",
    "title_rouge_l": "display ROUGE-L",
    "language_kept": "language",
    "identifiers_kept": "identifiers",
    "avoids": "avoids",
    "tidy": "tidy",
    "lawful": "lawful",
    "no_leak": "no leak",
}
SHORT = {each: COLUMNS[each] for each in ("matters", "score", "no_leak")}
START, END = "<!-- figures -->\n", "<!-- end of figures -->\n"

Scores = list[tuple[Case, dict[str, float]]]


def judge(namer: Namer, cases: list[Case]) -> tuple[Scores, float]:
    """Score every case; gives the scores and the median microseconds of CPU a prompt."""
    scores, micros = [], []
    for case in cases:
        started = time.process_time_ns()
        names = namer(case.prompt)
        micros.append((time.process_time_ns() - started) / 1000)
        scores.append((case, score(case, *names)))
    return scores, statistics.median(micros)


def mean(scores: Scores, measure: str, tag: str | None = None) -> MeanInterval:
    return bootstrap(
        [
            found[measure]
            for case, found in scores
            if measure in found and (tag is None or tag in case.tags)
        ]
    )


def table(judged: dict[str, tuple[Scores, float]], columns: dict[str, str]) -> str:
    lines = [
        "| namer | " + " | ".join(columns.values()) + " | µs a prompt |",
        "|---|" + "---:|" * (len(columns) + 1),
    ]
    for name, (scores, micros) in judged.items():
        found = [mean(scores, measure) for measure in columns]
        cells = [f"{each.mean:.3f}" for each in found]
        cells[0] += f" ({found[0].low:.3f} to {found[0].high:.3f})"
        lines.append(f"| {name} | {' | '.join(cells)} | {rounded(micros)} |")
    return "\n".join(lines)


def rounded(micros: float) -> str:
    """Two digits: the rest is the machine's."""
    return f"{float(f'{micros:.2g}'):,.0f}"


def by_class(judged: dict[str, tuple[Scores, float]], classes: list[str]) -> str:
    lines = ["| class | cases | " + " | ".join(judged) + " |", "|---|---:|" + "---:|" * len(judged)]
    for tag in classes:
        found = [mean(scores, "matters", tag) for scores, _ in judged.values()]
        cells = [f"{each.mean:.3f}" for each in found]
        lines.append(f"| {tag} | {found[0].count} | {' | '.join(cells)} |")
    return "\n".join(lines)


def write(judged: dict[str, tuple[Scores, float]], classes: str) -> None:
    put(ROOT / "docs" / "quality.md", f"{table(judged, COLUMNS)}\n\n{classes}")
    put(ROOT / "README.md", table(judged, SHORT))


def put(page: Path, figures: str) -> None:
    """Put figures between the two marks of a page."""
    head, _, rest = page.read_text("utf-8").partition(START)
    tail = rest.partition(END)[2]
    page.write_text(f"{head}{START}{figures}\n{END}{tail}", "utf-8")


def main() -> None:
    parser = usage(__doc__)
    parser.add_argument("--write", action="store_true", help="renew docs/quality.md")
    given = parser.parse_args()
    cases, judged = read_cases(str(ROOT / "prompts" / "corpus" / "judged")), {}
    for name, make in PEERS.items():
        try:
            namer = make()
        except ImportError as missing:
            print(f"left out: {name}, for want of {missing.name} (`make quality` installs it)")
            continue
        namer("warm up the caches of this namer")
        judged[name] = judge(namer, cases)
    tags = list(dict.fromkeys(case.tags[0] for case in cases))
    classes = by_class(judged, tags)
    print(f"{table(judged, COLUMNS)}\n\n{classes}")
    if given.write and len(judged) == len(PEERS):
        write(judged, classes)


if __name__ == "__main__":
    main()
