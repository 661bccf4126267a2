"""The Kubernetes Job, rehearsed: as many processes as it has pods, with its own arguments, against one database."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from naming.rename.tasks import shard_of
from tests.fake_batches import fake_batches
from tests.rename.forked import Forked
from tests.rename.running import environment, rename, rows_of

if TYPE_CHECKING:
    from tests.rename.conftest import Database

MANIFEST = Path(__file__).parents[2] / "deploy" / "kubernetes" / "rename-job.yaml"
TASKS = 240
QUICK = """
import naming.rename.batch_conversation as waiting
waiting.FIRST_SECONDS = waiting.LONGEST_SECONDS = 0.2
from naming.cli import run; run()
"""


def job() -> dict[str, Any]:
    found = yaml.safe_load_all(MANIFEST.read_text("utf-8"))
    spec: dict[str, Any] = next(one for one in found if one["kind"] == "Job")["spec"]
    return spec


def container() -> dict[str, Any]:
    (only,) = job()["template"]["spec"]["containers"]
    assert isinstance(only, dict)
    return only


def arguments(index: int, source: str, folder: Path) -> list[str]:
    """Expand the arguments as Kubernetes does: from the container's own variables, and from nothing else."""
    values = {variable["name"]: variable.get("value", "") for variable in container()["env"]}
    values |= {"SHARD": str(index), "SOURCE": source}
    expanded = [
        re.sub(r"\$\((\w+)\)", lambda found: values[found[1]], part) for part in container()["args"]
    ]
    return [part.replace("/plans/", f"{folder}/") for part in expanded]


def test_the_pods_parts_are_all_parts_there_are() -> None:
    shard = container()["args"][container()["args"].index("--shard") + 1]
    assert shard == f"$(SHARD)/{job()['completions']}"
    variables = {variable["name"]: variable for variable in container()["env"]}
    index = variables["SHARD"]["valueFrom"]["fieldRef"]["fieldPath"]
    assert index == "metadata.annotations['batch.kubernetes.io/job-completion-index']"
    assert job()["completionMode"] == "Indexed"


def test_the_services_requests_never_reach_the_pods() -> None:
    service = yaml.safe_load(MANIFEST.with_name("service.yaml").read_text("utf-8"))
    selector, labels = service["spec"]["selector"], job()["template"]["metadata"]["labels"]
    assert not selector.items() <= labels.items()


@pytest.mark.slow  # eight processes
def test_eight_processes_plan_one_table_disjoint_whole_and_unique(
    db: Database, postgres: str, tmp_path: Path
) -> None:
    db.execute(
        "INSERT INTO tasks (owner_id, name, prompt) SELECT md5((i %% 40)::text)::uuid, 'task-go-' || i,"
        " 'fix the header of page ' || i %% 60 FROM generate_series(1, %s) AS i",
        [TASKS],
    )
    with fake_batches() as api:
        settings = environment(ANTHROPIC_API_KEY="k", ANTHROPIC_BASE_URL=api.url)
        pods = [
            Forked(*arguments(index, postgres, tmp_path), env=settings, program=QUICK)
            for index in range(job()["completions"])
        ]  # fmt: skip
        said = [pod.communicate(timeout=300)[1] for pod in pods]
    assert [pod.returncode for pod in pods] == [0] * 8, said
    plans = sorted(tmp_path.glob("plan-*.jsonl"))
    rows = [row for plan in plans for row in rows_of(plan)]
    assert len(plans) == 8
    assert len(rows) == len({row["id"] for row in rows}) == TASKS
    assert all(
        shard_of(row["owner_id"], 8) == int(plan.stem[-1])
        for plan in plans
        for row in rows_of(plan)
    )
    assert max(Counter((row["owner_id"], row["new_name"]) for row in rows).values()) == 1
    assert {row["source"] for row in rows} == {"claude"}
    assert rename("apply", *plans).out == f"{TASKS} renamed, 0 had been already, 0 left\n"
