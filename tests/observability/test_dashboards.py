"""The dashboard and the alerts, held against the declared metrics: a query can only ask for what is measured."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml

from naming.observability.metrics import DEFINITIONS, MetricDefinition
from naming.observability.metrics import SERIES as FROM_THE_START

DEPLOY = Path(__file__).parents[2] / "deploy"
DASHBOARD = json.loads((DEPLOY / "grafana" / "task-naming.json").read_text("utf-8"))
ALERTS = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text("utf-8"))
RULES: list[dict[str, Any]] = [rule for group in ALERTS["groups"] for rule in group["rules"]]
EXPRESSIONS = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]] + [
    rule["expr"] for rule in RULES
]
ADDED_BY_PROMETHEUS = {"job", "instance"}


def series_of(measure: MetricDefinition) -> dict[str, set[str]]:
    """Tell the series that `measure` gives, with their labels."""
    labels = set(measure.labels)
    if measure.type != "histogram":
        return {measure.name: labels}
    return {
        f"{measure.name}{end}": labels | ({"le"} if end == "_bucket" else set())
        for end in ("_bucket", "_sum", "_count")
    }


SERIES = {name: labels for each in DEFINITIONS for name, labels in series_of(each).items()}
MEASURE_OF = {name: each for each in DEFINITIONS for name in series_of(each)}


def selectors(expression: str) -> list[promql_parser.VectorSelector]:
    """Read an expression as Prometheus does, and take out what it selects."""
    plain = expression.replace("$__rate_interval", "5m")
    found: list[promql_parser.VectorSelector] = []

    def look(node: Any) -> bool:
        if isinstance(node, promql_parser.MatrixSelector):
            node = node.vector_selector
        if isinstance(node, promql_parser.VectorSelector):
            found.append(node)
        return True

    promql_parser.walk(promql_parser.parse(plain), look)
    return found


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_every_query_asks_for_declared_metrics_labels_and_values(expression: str) -> None:
    asked = selectors(expression)
    assert asked
    for selector in asked:
        assert selector.name in SERIES
        measure = MEASURE_OF[str(selector.name)]
        for matcher in selector.matchers.matchers:
            assert matcher.name in SERIES[str(selector.name)] | ADDED_BY_PROMETHEUS
            if matcher.name == "le":
                assert float(matcher.value) in measure.options["buckets"]
            elif matcher.name in measure.labels:
                known = {
                    values[measure.labels.index(matcher.name)]
                    for values in FROM_THE_START[measure.name]
                }
                assert set(matcher.value.split("|")) <= known


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_what_a_query_groups_by_or_shows_is_a_label_that_is_there(expression: str) -> None:
    there = (
        set.union(*(SERIES[str(each.name)] for each in selectors(expression))) | ADDED_BY_PROMETHEUS
    )
    for listed in re.findall(r"\bby \(([^)]*)\)", expression):
        assert {label.strip() for label in listed.split(",")} <= there


def test_legends_name_labels_that_their_queries_keep() -> None:
    for panel in DASHBOARD["panels"]:
        for target in panel["targets"]:
            kept = {
                label
                for listed in re.findall(r"\bby \(([^)]*)\)", target["expr"])
                for label in listed.split(", ")
            }
            assert set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"])) <= kept


def test_counters_are_asked_for_their_rate_and_gauges_for_their_value() -> None:
    for expression in EXPRESSIONS:
        for selector in selectors(expression):
            counted = MEASURE_OF[str(selector.name)].type != "gauge"
            assert counted == bool(re.search(rf"(?:rate|increase)\({selector.name}\b", expression))


def test_every_metric_is_on_the_dashboard() -> None:
    shown = {
        MEASURE_OF[str(selector.name)].name
        for expression in EXPRESSIONS
        for selector in selectors(expression)
    }
    assert shown == {each.name for each in DEFINITIONS}


def test_there_are_alerts_for_fallbacks_the_circuit_and_late_answers_and_each_says_what_to_do() -> (
    None
):
    assert [rule["alert"] for rule in RULES] == [
        "NamingFallsBack",
        "NamingCircuitOpen",
        "NamingAnswersLate",
    ]
    for rule in RULES:
        assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}
        assert rule["labels"]["severity"] in {"warning", "critical"}
        assert set(rule["annotations"]) == {"summary", "description"}
        for said in re.findall(r"\{\{ \$labels\.(\w+) \}\}", rule["annotations"]["summary"]):
            assert f"by ({said})" in rule["expr"]
        for name in re.findall(r"`(naming_\w+)`", rule["annotations"]["description"]):
            assert name in {each.name for each in DEFINITIONS}


def test_panels_have_titles_and_do_not_cover_each_other() -> None:
    cells: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        at = panel["gridPos"]
        mine = {
            (x, y)
            for x in range(at["x"], at["x"] + at["w"])
            for y in range(at["y"], at["y"] + at["h"])
        }
        assert not mine & cells
        assert at["x"] + at["w"] <= 24
        cells |= mine
        assert panel["title"]
        assert {target["datasource"]["uid"] for target in panel["targets"]} == {"${datasource}"}
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])
