"""The service held against its own OpenAPI document, by requests that Schemathesis makes of it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.generation.modes import GenerationMode

from naming.names import MAX_DISPLAY_LENGTH, MIN_NAME_LENGTH, TaskName
from naming.outcome import Outcome, Reason, Source
from naming.setting_rules import LANGUAGE_TAG
from naming.template import MOST_LENGTH
from naming.web.request_body import NameRequest
from tests.in_process import InProcess
from tests.running_service import KEY, Service

SHOWN = {"Authorization": f"Bearer {KEY}"}
EXAMPLES = 15
"""Requests an operation and kind of data: enough to meet each field's bounds, few enough for the suite."""


schemathesis.openapi.format(
    "name-template",
    st.sampled_from(["{slug}", "{type}/{ticket}-{slug}", "{user}-{slug}", "a{slug}"]),
)

OPERATIONS = [
    ("POST", "/v1/names"),
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    ("GET", "/metrics"),
]


@pytest.mark.parametrize(
    ("method", "path", "mode"),
    [(*operation, GenerationMode.POSITIVE) for operation in OPERATIONS]
    + [
        ("POST", "/v1/names", GenerationMode.NEGATIVE)
    ],  # of requests without a body there are no wrong ones
)
def test_the_service_does_what_its_document_says(
    locked: Service, method: str, path: str, mode: GenerationMode
) -> None:
    schema = schemathesis.openapi.from_url(
        f"http://127.0.0.1:{locked.port}/schema/openapi.json", headers=SHOWN
    )

    @given(schema[path][method].as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    def every_request(case: Any) -> None:
        case.call_and_validate(headers=SHOWN)

    every_request()


def test_every_operation_of_the_document_is_tried(locked: Service) -> None:
    paths = locked.send("GET", "/schema/openapi.json", headers=SHOWN).json["paths"]
    assert {(method.upper(), path) for path, item in paths.items() for method in item} == set(
        OPERATIONS
    )


def test_the_document_tells_the_bounds_the_problems_and_who_needs_a_key(locked: Service) -> None:
    document = locked.send("GET", "/schema/openapi.json", headers=SHOWN).json
    request, answer = (
        document["components"]["schemas"][name] for name in ("NameRequest", "NameAnswer")
    )
    assert request["properties"]["taken"]["anyOf"][0]["maxItems"] == 10_000
    milliseconds = request["properties"]["deadline_ms"]["anyOf"][0]
    assert milliseconds == {"type": "integer", "minimum": 0, "maximum": 60_000, "multipleOf": 1}
    assert request["properties"]["messages"]["anyOf"][0]["maxItems"] == 200
    assert [request[which].get("required") for which in ("if", "else")] == [
        ["prompt"],
        ["messages"],
    ]
    assert request["additionalProperties"] is False
    assert (
        answer["properties"]["name"]["maxLength"],
        answer["properties"]["display_name"]["maxLength"],
    ) == (63, 64)
    naming = document["paths"]["/v1/names"]["post"]
    assert set(naming["responses"]) == {
        "200",
        "400",
        "401",
        "405",
        "408",
        "413",
        "415",
        "421",
        "431",
        "500",
        "503",
        "default",
    }
    for response in document["components"]["responses"].values():
        assert list(response["content"]) == ["application/problem+json"]
    assert "Retry-After" in document["components"]["responses"]["Busy"]["headers"]
    assert "Allow" in document["components"]["responses"]["MethodNotAllowed"]["headers"]
    assert document["security"] == [{"key": []}]
    assert document["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    own = {
        path: item["get"].get("security")
        for path, item in document["paths"].items()
        if "get" in item
    }
    assert own == {"/health/live": [], "/health/ready": [], "/metrics": None}
    assert "security" not in naming


def test_without_keys_the_document_asks_for_none(in_process: InProcess) -> None:
    assert "security" not in in_process.send("GET", "/schema/openapi.json").json


class NameAnswer(msgspec.Struct):
    """What is answered, as an outcome is told."""

    name: str
    display_name: str
    source: Source
    reason: Reason | None


class Problem(msgspec.Struct):
    """What is answered where a request is refused, as RFC 9457 has it."""

    title: str
    status: int
    detail: str
    field: str | msgspec.UnsetType = msgspec.UNSET
    type: str = "about:blank"


TOLD = {"title", "description", "examples", "default", "format", "if", "then", "else"}
"""What a schema says beside what its type says, and what it leaves out of that."""


def bare(schema: Any) -> Any:
    if isinstance(schema, list):
        return [bare(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        word: {name: bare(each) for name, each in told.items()}
        if word == "properties"
        else bare(told)
        for word, told in schema.items()
        if word not in TOLD
    }


def test_the_document_asks_for_what_the_types_ask_for(in_process: InProcess) -> None:
    told = in_process.send("GET", "/schema/openapi.json").json["components"]["schemas"]
    types = (NameRequest, NameAnswer, Problem)
    _, drawn = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    drawn["NameRequest"]["properties"]["deadline_ms"]["anyOf"][0]["type"] = "integer"
    drawn["NameRequest"]["properties"]["language"]["anyOf"][0]["pattern"] = LANGUAGE_TAG
    drawn["NameAnswer"]["properties"]["name"] |= {
        "minLength": MIN_NAME_LENGTH,
        "maxLength": MOST_LENGTH,
        "pattern": "^[a-z0-9]+([-/][a-z0-9]+)*$",
    }
    drawn["NameAnswer"]["properties"]["display_name"] |= {
        "minLength": 1,
        "maxLength": MAX_DISPLAY_LENGTH,
    }
    assert bare(told) == bare(drawn)
    outcome = Outcome(TaskName("fix-login", "Fix login"), Source.PROMPT, Reason.DEADLINE)
    assert msgspec.to_builtins(msgspec.convert(outcome.told(), NameAnswer)) == outcome.told()


def test_every_operation_has_a_plain_name_and_a_place_in_a_generated_client(
    in_process: InProcess,
) -> None:
    paths = in_process.send("GET", "/schema/openapi.json").json["paths"]
    operations = [operation for path in paths.values() for operation in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert names == ["createName", "checkLive", "checkReady", "showMetrics"]
    assert {tag for operation in operations for tag in operation["tags"]} == {"names", "operating"}


def test_every_field_is_described_and_shown_by_an_example_that_its_type_takes(
    in_process: InProcess,
) -> None:
    schemas = in_process.send("GET", "/schema/openapi.json").json["components"]["schemas"]
    for name, read in (
        ("NameRequest", NameRequest),
        ("NameAnswer", NameAnswer),
        ("Problem", Problem),
    ):
        fields = schemas[name]["properties"]
        assert [field for field, told in fields.items() if not told["description"]] == []
        example = {field: told["examples"][0] for field, told in fields.items()}
        msgspec.convert(example, read)  # raises where one is none
