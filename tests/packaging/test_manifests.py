"""The manifests, held against the schemas of their makers and against the service that they run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from check_jsonschema.builtin_schemas import get_builtin_schema
from jsonschema.validators import validator_for

from naming.observability import Log
from naming.observability.metrics import DEFINITIONS
from naming.settings import PRIVATE, RULES, Settings, read_settings, variable
from naming.web.app import create_app
from naming.web.middleware import OPEN_PATHS

DEPLOY = Path(__file__).parents[2] / "deploy"
DOCKERFILE = (DEPLOY.parent / "Dockerfile").read_text("utf-8")
KUBERNETES = "1.37"
VARIABLES = {variable(field) for field in RULES} | {f"{variable(field)}_FILE" for field in PRIVATE}
MANIFESTS = {
    f"{path.name} {number}": manifest
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    if path.name != "kustomization.yaml"
    for number, manifest in enumerate(yaml.safe_load_all(path.read_text("utf-8")))
}
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
PROMETHEUS = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text("utf-8"))


def manifest(kind: str) -> dict[str, Any]:
    (found,) = [each for each in MANIFESTS.values() if each["kind"] == kind]
    return dict(found)


def pod_of(manifest: dict[str, Any]) -> dict[str, Any] | None:
    template = (
        manifest["spec"].get("template") if manifest["kind"] in {"Deployment", "Job"} else None
    )
    return None if template is None else dict(template["spec"])


PODS = {name: pod for name, each in MANIFESTS.items() if (pod := pod_of(each)) is not None}
DEPLOYMENT = manifest("Deployment")
POD = DEPLOYMENT["spec"]["template"]["spec"]
(CONTAINER,) = POD["containers"]


@pytest.mark.parametrize("name", MANIFESTS)
def test_every_manifest_is_what_kubernetes_takes(name: str) -> None:
    kubernetes_validate.validate(MANIFESTS[name], KUBERNETES, strict=True)


def test_the_validator_notices_a_slip_of_the_pen() -> None:
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(manifest("Service") | {"specs": {}}, KUBERNETES, strict=True)


def test_the_kustomization_lists_what_runs_the_service() -> None:
    kustomization = yaml.safe_load(
        (DEPLOY / "kubernetes" / "kustomization.yaml").read_text("utf-8")
    )
    listed = [
        yaml.safe_load((DEPLOY / "kubernetes" / name).read_text("utf-8"))
        for name in kustomization["resources"]
    ]
    assert [each["kind"] for each in listed] == [
        "Deployment",
        "Service",
        "HorizontalPodAutoscaler",
        "PodDisruptionBudget",
        "NetworkPolicy",
    ]


@pytest.mark.parametrize("name", PODS)
def test_a_pod_meets_the_restricted_pod_security_standard_and_more(name: str) -> None:
    pod = PODS[name]
    assert pod["automountServiceAccountToken"] is False
    assert not {"hostNetwork", "hostPID", "hostIPC", "hostUsers"} & pod.keys()
    of_pod = pod["securityContext"]
    assert (of_pod["runAsNonRoot"], of_pod["seccompProfile"]) == (True, {"type": "RuntimeDefault"})
    assert f"USER {of_pod['runAsUser']}:{of_pod['runAsGroup']}" in DOCKERFILE
    for container in [*pod["containers"], *pod.get("initContainers", [])]:
        of_container = container["securityContext"]
        assert of_container["allowPrivilegeEscalation"] is False
        assert of_container["readOnlyRootFilesystem"] is True
        assert of_container["capabilities"] == {"drop": ["ALL"]}
        assert not of_container.get("privileged")
        assert container["resources"]["limits"]["memory"]
        assert {"cpu", "memory"} <= container["resources"]["requests"].keys()
    for volume in pod.get("volumes", []):
        assert not {"hostPath"} & volume.keys()


@pytest.mark.parametrize("name", PODS)
def test_a_pod_is_given_settings_that_there_are_and_no_secret_in_plain_sight(name: str) -> None:
    for container in PODS[name]["containers"]:
        for entry in container.get("env", []):
            if entry["name"].startswith(("NAMING_", "ANTHROPIC_")):
                assert entry["name"] in VARIABLES
            if entry["name"] in {variable(field) for field in PRIVATE}:
                assert set(entry["valueFrom"]) == {"secretKeyRef"}


def test_the_secret_files_are_where_the_settings_look_for_them() -> None:
    (mount,) = CONTAINER["volumeMounts"]
    (volume,) = POD["volumes"]
    there = {f"{mount['mountPath']}/{item['path']}" for item in volume["secret"]["items"]}
    assert mount["readOnly"]
    assert there == {each["value"] for each in CONTAINER["env"] if each["name"].endswith("_FILE")}
    assert volume["secret"]["defaultMode"] & 0o007 == 0
    assert POD["securityContext"]["fsGroup"] == POD["securityContext"]["runAsGroup"]


def test_everything_selects_the_pods_that_there_are() -> None:
    labels = DEPLOYMENT["spec"]["template"]["metadata"]["labels"]
    assert DEPLOYMENT["spec"]["selector"]["matchLabels"].items() <= labels.items()
    assert manifest("Service")["spec"]["selector"].items() <= labels.items()
    assert (
        manifest("PodDisruptionBudget")["spec"]["selector"]["matchLabels"].items() <= labels.items()
    )
    assert manifest("NetworkPolicy")["spec"]["podSelector"]["matchLabels"].items() <= labels.items()
    target = manifest("HorizontalPodAutoscaler")["spec"]["scaleTargetRef"]
    assert (target["kind"], target["name"]) == (DEPLOYMENT["kind"], DEPLOYMENT["metadata"]["name"])
    assert "replicas" not in DEPLOYMENT["spec"]  # the autoscaler's to say


def test_every_port_is_the_one_that_the_service_listens_on() -> None:
    (port,) = CONTAINER["ports"]
    settings = {entry["name"]: entry.get("value") for entry in CONTAINER["env"]}
    assert settings["NAMING_PORT"] == str(port["containerPort"])
    (service_port,) = manifest("Service")["spec"]["ports"]
    assert service_port["targetPort"] == port["name"]
    (rule,) = manifest("NetworkPolicy")["spec"]["ingress"]
    assert [each["port"] for each in rule["ports"]] == [port["containerPort"]]
    assert f"EXPOSE {port['containerPort']}" in DOCKERFILE


def test_the_probes_ask_where_no_key_is_needed() -> None:
    paths = {
        CONTAINER[probe]["httpGet"]["path"]
        for probe in ("startupProbe", "livenessProbe", "readinessProbe")
    }
    assert paths == set(OPEN_PATHS)
    assert CONTAINER["readinessProbe"]["httpGet"]["path"] == "/health/ready"
    routes = {route.path for route in create_app(Settings(), Log("error")).inner.routes}
    assert paths <= routes


def test_there_is_time_to_finish_the_longest_request_before_a_pod_is_killed() -> None:
    settings = read_settings({})
    pause = CONTAINER["lifecycle"]["preStop"]["sleep"]["seconds"]
    longest = 60
    assert POD["terminationGracePeriodSeconds"] >= pause + settings.drain_ms / 1000 + longest
    assert (
        COMPOSE["services"]["naming"]["stop_grace_period"]
        == f"{POD['terminationGracePeriodSeconds']}s"
    )


def test_the_autoscaler_goes_by_a_gauge_that_we_export() -> None:
    asked = [
        each["pods"]["metric"]["name"]
        for each in manifest("HorizontalPodAutoscaler")["spec"]["metrics"]
        if each["type"] == "Pods"
    ]
    assert asked == ["naming_requests_in_progress"]
    assert {each.type for each in DEFINITIONS if each.name in asked} == {"gauge"}
    assert manifest("HorizontalPodAutoscaler")["spec"]["minReplicas"] >= 2


def test_the_network_policy_lets_out_only_to_names_claude_and_valkey() -> None:
    policy = manifest("NetworkPolicy")["spec"]
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    assert [[port["port"] for port in rule["ports"]] for rule in policy["egress"]] == [
        [53, 53],
        [443],
        [6379],
    ]
    for rule in [*policy["ingress"], *policy["egress"]]:
        assert rule.get("from") or rule.get("to")


# One machine


def test_the_compose_file_is_what_compose_takes() -> None:
    schema = get_builtin_schema("vendor.compose-spec")
    validator_for(schema)(schema).validate(COMPOSE)


def test_its_containers_can_do_as_little_as_possible() -> None:
    for service in COMPOSE["services"].values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
        assert not service.get("privileged")


def test_its_parts_fit_together() -> None:
    naming, valkey, prometheus = (
        COMPOSE["services"][name] for name in ("naming", "valkey", "prometheus")
    )
    assert set(naming["environment"]) <= VARIABLES
    assert re.fullmatch(r"redis://valkey:6379", naming["environment"]["NAMING_CACHE_URL"])
    for service in (naming, valkey, prometheus):
        assert set(service.get("secrets", [])) <= COMPOSE["secrets"].keys()
        assert set(service["networks"]) <= COMPOSE["networks"].keys()
    assert set(naming["networks"]) & set(valkey["networks"]) & set(prometheus["networks"])
    assert {
        path.removeprefix("/run/secrets/")
        for key, path in naming["environment"].items()
        if key.endswith("_FILE")
    } == set(naming["secrets"])
    assert f"USER {naming['user']}" in DOCKERFILE


def test_prometheus_finds_the_service_the_key_and_the_alerts() -> None:
    (job,) = PROMETHEUS["scrape_configs"]
    assert job["static_configs"] == [{"targets": ["naming:8000"]}]
    assert (
        job["authorization"]["credentials_file"].removeprefix("/run/secrets/")
        in COMPOSE["services"]["prometheus"]["secrets"]
    )
    (mounted, *_) = COMPOSE["services"]["prometheus"]["volumes"]
    folder = DEPLOY / mounted.split(":")[0]
    assert all((folder / name).exists() for name in PROMETHEUS["rule_files"])
    assert job["job_name"] == "task-naming"
