"""Ways to Claude other than a key: tokens, headers, profiles, identities and clouds, by the SDK's own clients.

Each against a loopback server that checks what it is shown.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import os
import sys
import time
import types
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from anthropic import AuthenticationError
from anthropic._constants import ANTHROPIC_API_VERSION
from httpx2 import Response

from naming.chain import name_task
from naming.claude.endpoint import Endpoint, Unconfigured, errors_as_reasons
from naming.cli import main
from naming.outcome import CannotName
from naming.settings import BadSetting, read_settings
from naming.wiring import check_claude, endpoint_of, open_asker, sources_line
from tests.fake_claude import (
    BEHAVIOURS,
    HTML,
    Behaviour,
    FakeClaude,
    Request,
    fails,
    gives,
    hangs,
    names,
    resets,
)

PROMPT = "please fix the login button on the settings page"
REGION = "eu-central-1"
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"


def ask(prompts: int = 1, seconds: float = 5.0) -> list[str | None]:
    """Ask as the environment says, and give the reasons; None for a name of Claude's."""

    async def scene() -> list[str | None]:
        async with open_asker(read_settings(os.environ)) as asker:
            now = asyncio.get_running_loop().time
            return [
                (await name_task(f"{PROMPT} {number}", asker, now() + seconds)).reason
                for number in range(prompts)
            ]

    return asyncio.run(scene())


def only(good: Callable[[Request], bool], then: Behaviour | None = None) -> Behaviour:
    """Refuse whoever does not show what is wanted."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await ((then or names()) if good(request) else fails(401))(request, writer)

    return behave


def bears(token: str) -> Callable[[Request], bool]:
    return lambda request: request.headers.get("authorization") == f"Bearer {token}"


def gives_token(token: str) -> Behaviour:
    return gives({"access_token": token, "token_type": "Bearer", "expires_in": 3600})


def setting(monkeypatch: pytest.MonkeyPatch, **variables: str) -> None:
    for name in list(os.environ):
        if name.startswith(("AWS_", "GOOGLE_", "AZURE_", "CLOUD_ML_")):
            monkeypatch.delenv(name)
    for name, value in ({"NAMING_CACHE_SECONDS": "0"} | variables).items():
        monkeypatch.setenv(name, value)


# At Anthropic or a gateway


def test_a_token_is_sent_as_a_bearer(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    claude.behave = only(bears("gateway-token"))
    setting(monkeypatch, ANTHROPIC_BASE_URL=claude.url, ANTHROPIC_AUTH_TOKEN="gateway-token")
    assert ask() == [None]
    assert "x-api-key" not in claude.requests[0].headers
    (tmp_path / "token").write_text("gateway-token\n")
    monkeypatch.delenv("ANTHROPIC_AUTH_TOKEN")
    monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN_FILE", str(tmp_path / "token"))
    assert ask() == [None]


def test_the_key_goes_before_the_token(claude: FakeClaude, monkeypatch: pytest.MonkeyPatch) -> None:
    claude.behave = only(bears("sk-key"))
    setting(
        monkeypatch,
        ANTHROPIC_BASE_URL=claude.url,
        ANTHROPIC_API_KEY="sk-key",
        ANTHROPIC_AUTH_TOKEN="token",
    )
    assert ask() == [None]


def test_custom_headers_are_sent_and_may_be_what_signs_in(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch
) -> None:
    claude.behave = only(lambda request: request.headers.get("x-api-key") == "gw key")
    setting(
        monkeypatch,
        ANTHROPIC_BASE_URL=claude.url,
        ANTHROPIC_CUSTOM_HEADERS="X-Api-Key: gw key\nX-Team:naming\nAccept-Encoding: br",
    )
    assert ask() == [None]
    assert claude.requests[0].headers["x-team"] == "naming"
    assert claude.requests[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize(
    "wrong", ["nothing", "Name value", "X Y: z", "X-Team: über", "X-Team:", ": x", "X-A: 1\nrest"]
)
def test_headers_that_are_none_are_refused(wrong: str) -> None:
    with pytest.raises(BadSetting) as error:
        read_settings({"ANTHROPIC_CUSTOM_HEADERS": wrong})
    assert str(error.value) == (
        "ANTHROPIC_CUSTOM_HEADERS: must be lines of `Name: value` in printable ASCII"
    )


def test_headers_that_do_not_sign_in_are_no_way_to_claude() -> None:
    assert not read_settings({"ANTHROPIC_CUSTOM_HEADERS": "X-Team: naming"}).has_claude
    assert read_settings({"ANTHROPIC_CUSTOM_HEADERS": "authorization:Basic x"}).has_claude


def test_no_secret_shows_itself() -> None:
    settings = read_settings(
        {"ANTHROPIC_AUTH_TOKEN": "token-4711", "ANTHROPIC_CUSTOM_HEADERS": "X-Key: header-4711"}
    )
    assert "4711" not in f"{settings} {endpoint_of(settings, 1)} {sources_line(settings)}"


def profile_in(folder: Path, name: str, token: str, base_url: str) -> None:
    for part in ("configs", "credentials"):
        (folder / part).mkdir()
    config = {"authentication": {"type": "user_oauth"}, "base_url": base_url}
    (folder / "configs" / f"{name}.json").write_text(json.dumps(config))
    secret = folder / "credentials" / f"{name}.json"
    secret.write_text(json.dumps({"version": "1.0", "access_token": token}))
    secret.chmod(0o600)


@pytest.mark.parametrize("by", ["name", "folder", "home"])
def test_a_profile_signs_in_and_brings_its_address(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, by: str
) -> None:
    folder = tmp_path / ".config" / "anthropic"
    folder.mkdir(parents=True)
    profile_in(folder, "work" if by == "name" else "default", "profile-token", claude.url)
    claude.behave = only(bears("profile-token"))
    variables = {
        "name": {"ANTHROPIC_CONFIG_DIR": str(folder), "ANTHROPIC_PROFILE": "work"},
        "folder": {"ANTHROPIC_CONFIG_DIR": str(folder)},
        "home": {"HOME": str(tmp_path)},
    }
    setting(monkeypatch, **variables[by])
    assert ask() == [None]


def test_headers_that_do_not_sign_in_leave_a_profile_its_address(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    profile_in(tmp_path, "default", "profile-token", claude.url)
    claude.behave = only(bears("profile-token"))
    setting(
        monkeypatch, ANTHROPIC_CONFIG_DIR=str(tmp_path), ANTHROPIC_CUSTOM_HEADERS="X-Team: naming"
    )
    assert ask() == [None]
    assert claude.requests[0].headers["x-team"] == "naming"


def test_a_profile_that_is_not_there_is_a_refused_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    setting(monkeypatch, ANTHROPIC_CONFIG_DIR=str(tmp_path), ANTHROPIC_PROFILE="gone")
    with pytest.raises(BadSetting, match=r"^ANTHROPIC_PROFILE: [^\n]+$"):
        check_claude(read_settings(os.environ))


def identity(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    setting(
        monkeypatch,
        ANTHROPIC_BASE_URL=url,
        ANTHROPIC_IDENTITY_TOKEN="a.jwt.of-ours",
        ANTHROPIC_FEDERATION_RULE_ID="fdrl_1",
        ANTHROPIC_ORGANIZATION_ID="00000000-0000-0000-0000-000000000001",
    )


def test_workload_identity_is_exchanged_for_a_token(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        shows = request.body.get("assertion") == "a.jwt.of-ours"
        answer = gives_token("minted") if shows else only(bears("minted"))
        await answer(request, writer)

    claude.behave = behave
    identity(monkeypatch, claude.url)
    assert ask(2) == [None, None]
    paths = [request.path for request in claude.requests]
    assert paths == ["/v1/oauth/token", "/v1/messages", "/v1/messages"]


class Minting:
    """Gives a new token to whoever shows an identity, and takes the last one alone."""

    def __init__(self) -> None:
        self.minted = 0
        self.taken = True

    async def __call__(self, request: Request, writer: asyncio.StreamWriter) -> None:
        if request.path.endswith("/token"):
            self.minted += 1
            self.taken = True
            await gives_token(f"minted-{self.minted}")(request, writer)
        else:
            is_last = bears(f"minted-{self.minted}")(request)
            await (names() if self.taken and is_last else fails(401))(request, writer)


def ask_on_when_the_token_is_revoked(claude: FakeClaude) -> tuple[list[str | None], int]:
    """Ask once before and eight times after it; gives the reasons, and how many tokens it took."""
    minting = claude.behave = Minting()

    async def scene() -> list[str | None]:
        async with open_asker(read_settings(os.environ)) as asker:
            until = asyncio.get_running_loop().time() + 5
            first = await name_task(PROMPT, asker, until)
            minting.taken = False
            asked = (name_task(f"{PROMPT} {number}", asker, until) for number in range(8))
            return [each.reason for each in [first, *await asyncio.gather(*asked)]]

    return asyncio.run(scene()), minting.minted


def test_a_token_that_was_revoked_is_fetched_anew_once_for_all_calls(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity(monkeypatch, claude.url)
    assert ask_on_when_the_token_is_revoked(claude) == ([None] * 9, 2)


def test_a_token_that_is_refused_though_it_is_new_is_an_authentication_failure(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch
) -> None:
    claude.behave = only(lambda request: "assertion" in request.body, gives_token("minted"))
    identity(monkeypatch, claude.url)
    assert ask(2) == ["authentication", "circuit_open"]
    paths = [request.path for request in claude.requests]
    assert paths == ["/v1/oauth/token", "/v1/messages", "/v1/oauth/token"]  # which is the same


def test_a_token_in_a_file_is_read_again_whenever_it_is_refused(
    claude: FakeClaude, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile_in(tmp_path, "default", "first", claude.url)
    setting(monkeypatch, ANTHROPIC_CONFIG_DIR=str(tmp_path))
    claude.behave = only(bears("second"))

    async def scene() -> None:
        sdk = Endpoint(api_key=None, model="claude-test").connect()
        for _ in range(2):
            with pytest.raises(AuthenticationError):
                await sdk.post("/v1/messages", body={}, cast_to=Response)
        secret = tmp_path / "credentials" / "default.json"
        secret.write_text(json.dumps({"version": "1.0", "access_token": "second"}))

        async def streamed() -> AsyncIterator[bytes]:
            yield b"{}"

        headers = {"content-type": "application/json", "content-length": "2"}
        with pytest.raises(AuthenticationError):  # it cannot be sent again, the next can
            await sdk.post(
                "/v1/messages", content=streamed(), options={"headers": headers}, cast_to=Response
            )
        await sdk.post("/v1/messages", body={}, cast_to=Response)
        await sdk.close()

    asyncio.run(scene())
    borne = [request.headers["authorization"].split()[1] for request in claude.requests]
    assert borne == ["first"] * 3 + ["second"]


def test_what_signs_in_by_a_header_is_not_sent_twice(
    claude: FakeClaude, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile_in(tmp_path, "default", "profile-token", claude.url)
    setting(
        monkeypatch,
        ANTHROPIC_CONFIG_DIR=str(tmp_path),
        ANTHROPIC_BASE_URL=claude.url,
        ANTHROPIC_CUSTOM_HEADERS="X-Api-Key: a-key",
    )
    claude.behave = fails(401)
    assert ask() == ["authentication"]
    assert len(claude.requests) == 1


def test_an_identity_that_is_not_taken_is_an_authentication_failure_and_pauses(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch
) -> None:
    claude.behave = fails(401)
    identity(monkeypatch, claude.url)
    assert ask(2) == ["authentication", "circuit_open"]


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (fails(429), "rate_limited"),
        (fails(503), "overloaded"),
        (resets, "unreachable"),
        (fails(400), "authentication"),
        (HTML, "authentication"),
    ],
)
def test_only_an_identity_that_is_refused_is_an_authentication_failure(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch, behaviour: Behaviour, reason: str
) -> None:
    claude.behave = behaviour
    identity(monkeypatch, claude.url)
    assert ask() == [reason]


def test_a_token_that_does_not_come_holds_up_neither_an_answer_nor_the_end(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch
) -> None:
    claude.behave = hangs
    identity(monkeypatch, claude.url)
    started = time.monotonic()
    assert ask(1, 0.3) == ["deadline"]
    assert time.monotonic() - started < 10


# Bedrock


def aws(monkeypatch: pytest.MonkeyPatch, url: str, **more: str) -> None:
    pytest.importorskip("boto3")
    setting(
        monkeypatch,
        NAMING_CLAUDE="bedrock",
        ANTHROPIC_MODEL="eu.anthropic.claude-haiku-5-5",
        ANTHROPIC_BEDROCK_BASE_URL=url,
        AWS_REGION=REGION,
        AWS_EC2_METADATA_DISABLED="true",
        **more,
    )
    from anthropic.lib.aws import _auth

    vars(_auth)["_get_session"].cache_clear()  # else another test's keys are known still


def aws_with_key(monkeypatch: pytest.MonkeyPatch, url: str, secret: str = SECRET) -> None:
    aws(monkeypatch, url, AWS_ACCESS_KEY_ID="AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY=secret)


def is_signed(request: Request) -> bool:
    """Check an AWS Signature Version 4 (docs.aws.amazon.com, "Create a signed AWS API request")."""
    scheme, _, rest = request.headers.get("authorization", "").partition(" ")
    if scheme != "AWS4-HMAC-SHA256":
        return False
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    key_id, *scope = parts["Credential"].split("/")
    date, region, service, _ = scope
    signed = parts["SignedHeaders"].split(";")
    canonical = "\n".join(
        [
            "POST",
            request.path,
            "",
            *(f"{name}:{' '.join(request.headers[name].split())}" for name in signed),
            "",
            parts["SignedHeaders"],
            hashlib.sha256(request.raw).hexdigest(),
        ]
    )
    key = f"AWS4{SECRET}".encode()
    for step in (date, region, service, "aws4_request"):
        key = hmac.digest(key, step.encode(), "sha256")
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    text = "\n".join([scheme, request.headers["x-amz-date"], "/".join(scope), digest])
    good = hmac.digest(key, text.encode(), "sha256").hex() == parts["Signature"]
    return good and (key_id, region, service) == ("AKIDEXAMPLE", REGION, "bedrock")


def test_bedrock_is_asked_with_a_signature(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws_with_key(monkeypatch, claude.url)
    claude.behave = only(is_signed)
    assert ask(2) == [None, None]
    request = claude.requests[0]
    assert request.path == "/model/eu.anthropic.claude-haiku-5-5/invoke"
    assert "model" not in request.body
    assert request.body["system"][0]["cache_control"] == {"type": "ephemeral"}


@pytest.mark.parametrize(
    ("model", "version"),
    [
        ("eu.anthropic.claude-haiku-5-5", None),
        ("anthropic.claude-haiku-4-5-20251001-v1:0", "bedrock-2023-05-31"),
    ],
)
def test_older_models_on_bedrock_are_asked_by_the_version_that_they_know(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch, model: str, version: str | None
) -> None:
    aws(monkeypatch, claude.url, AWS_BEARER_TOKEN_BEDROCK="bedrock-key")
    monkeypatch.setenv("ANTHROPIC_MODEL", model)
    assert ask() == [None]
    asked = claude.requests[0].body["anthropic_version"]
    assert asked == (version or ANTHROPIC_API_VERSION)


def test_a_signature_by_another_key_is_an_authentication_failure(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws_with_key(monkeypatch, claude.url, "another")
    claude.behave = only(is_signed)
    assert ask(2) == ["authentication", "circuit_open"]


def test_bedrock_takes_a_key_of_its_own_without_the_extra(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws(monkeypatch, claude.url, AWS_BEARER_TOKEN_BEDROCK="bedrock-key")
    monkeypatch.setitem(sys.modules, "boto3", None)
    claude.behave = only(bears("bedrock-key"))
    assert ask() == [None]


def test_without_credentials_for_aws_it_is_an_authentication_failure_and_nothing_is_sent(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    none = str(tmp_path / "none")
    aws(monkeypatch, claude.url, AWS_SHARED_CREDENTIALS_FILE=none, AWS_CONFIG_FILE=none)
    assert ask(2) == ["authentication", "circuit_open"]
    assert claude.requests == []


def test_fields_that_bedrock_refuses_are_left_out_from_then_on(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        found = [field for field in ("thinking", "output_config") if field in request.body]
        said = {"message": f"{found[0]}: Extra inputs are not permitted"} if found else {}
        await only(is_signed, gives(said, 400) if found else names())(request, writer)

    aws_with_key(monkeypatch, claude.url)
    claude.behave = behave
    assert ask(2) == [None, None]
    assert len(claude.requests) == 4


@pytest.mark.slow  # nearly a second for each hang
@pytest.mark.parametrize("misbehaviour", BEHAVIOURS)
def test_every_misbehaviour_of_bedrock_has_its_reason_in_time(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch, misbehaviour: str
) -> None:
    aws_with_key(monkeypatch, claude.url)
    behaviour, reason = BEHAVIOURS[misbehaviour]
    claude.behave = only(is_signed, behaviour)
    assert ask(1, 2.0) == [reason]


# Vertex


@pytest.fixture
def account(tmp_path: Path, claude: FakeClaude, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set the way to Vertex by a service account; gives its public key."""
    pytest.importorskip("google.auth")
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    held = {
        "type": "service_account",
        "project_id": "a-project",
        "private_key_id": "1",
        "private_key": pem.decode(),
        "client_email": "naming@a-project.iam.gserviceaccount.com",
        "token_uri": f"{claude.url}/token",
    }
    (tmp_path / "account.json").write_text(json.dumps(held))
    setting(
        monkeypatch,
        NAMING_CLAUDE="vertex",
        ANTHROPIC_VERTEX_BASE_URL=f"{claude.url}/v1",
        CLOUD_ML_REGION="europe-west1",
        ANTHROPIC_VERTEX_PROJECT_ID="a-project",
        GOOGLE_APPLICATION_CREDENTIALS=str(tmp_path / "account.json"),
    )
    return key.public_key()


def test_vertex_is_asked_with_a_token_for_a_signed_assertion(
    claude: FakeClaude, account: Any
) -> None:
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.hashes import SHA256

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        if request.path == "/token":
            assertion = request.raw.decode().partition("assertion=")[2].partition("&")[0]
            signed, _, signature = assertion.rpartition(".")
            bare = base64.urlsafe_b64decode(signature + "==")
            account.verify(bare, signed.encode(), PKCS1v15(), SHA256())
            await gives_token("ya29.token")(request, writer)
        else:
            await only(bears("ya29.token"))(request, writer)

    claude.behave = behave
    assert ask(2) == [None, None]
    model = (
        "/v1/projects/a-project/locations/europe-west1/publishers/anthropic/models/"
        "claude-haiku-5-5:rawPredict"
    )
    assert [request.path for request in claude.requests] == ["/token", model, model]


@pytest.mark.usefixtures("account")
def test_a_token_of_google_that_was_revoked_is_fetched_anew_once_for_all_calls(
    claude: FakeClaude,
) -> None:
    assert ask_on_when_the_token_is_revoked(claude) == ([None] * 9, 2)


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("tokens", [0, 1])
def test_an_account_that_google_refuses_is_an_authentication_failure(
    claude: FakeClaude, tokens: int
) -> None:
    left = [gives_token("revoked")] * tokens

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        refuses = fails(400, "invalid_grant") if request.path == "/token" else fails(401)
        await (left.pop() if left else refuses)(request, writer)

    claude.behave = behave
    assert ask(2) == ["authentication", "circuit_open"]


@pytest.mark.usefixtures("account")
def test_google_gives_no_token_for_what_signs_in_by_a_header(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_CUSTOM_HEADERS", "Authorization: Bearer gateway-token")
    claude.behave = fails(401)
    assert ask() == ["authentication"]
    assert [request.path[:4] for request in claude.requests] == ["/v1/"]


# Foundry


def test_foundry_is_asked_with_its_key(claude: FakeClaude, monkeypatch: pytest.MonkeyPatch) -> None:
    setting(
        monkeypatch,
        NAMING_CLAUDE="foundry",
        ANTHROPIC_FOUNDRY_API_KEY="foundry-key",
        ANTHROPIC_FOUNDRY_BASE_URL=f"{claude.url}/anthropic",
        ANTHROPIC_API_KEY="sk-not-for-azure",
    )
    claude.behave = only(lambda request: request.headers.get("x-api-key") == "foundry-key")
    assert ask() == [None]
    assert claude.requests[0].path == "/anthropic/v1/messages"
    assert "sk-not-for-azure" not in json.dumps(claude.requests[0].headers)


def test_foundry_takes_a_token_of_entra_id(
    claude: FakeClaude, monkeypatch: pytest.MonkeyPatch
) -> None:
    scopes: list[str] = []
    closed: list[object] = []

    class Credential:
        async def close(self) -> None:
            closed.append(self)

    async def token() -> str:
        return "entra-token"

    def provider(_credential: object, scope: str) -> Any:
        scopes.append(scope)
        return token

    held: dict[str, dict[str, Any]] = {
        "azure": {},
        "azure.core": {},
        "azure.core.exceptions": {"AzureError": OSError, "ServiceRequestError": ConnectionError},
        "azure.identity": {},
        "azure.identity.aio": {
            "DefaultAzureCredential": Credential,
            "get_bearer_token_provider": provider,
        },
    }
    for name, content in held.items():
        module = types.ModuleType(name)
        vars(module).update(content)
        monkeypatch.setitem(sys.modules, name, module)
    setting(monkeypatch, NAMING_CLAUDE="foundry", ANTHROPIC_FOUNDRY_BASE_URL=claude.url)
    claude.behave = only(bears("entra-token"))
    assert ask() == [None]
    assert set(scopes) == {"https://ai.azure.com/.default"}
    assert len(closed) == 1


@pytest.mark.parametrize(
    ("kinds", "reason"),
    [
        (("BotoCoreError", "NoCredentialsError"), "authentication"),
        (("BotoCoreError", "HTTPClientError", "EndpointConnectionError"), "unreachable"),
        (("GoogleAuthError", "RefreshError"), "authentication"),
        (("GoogleAuthError", "TransportError"), "unreachable"),
        (("AzureError", "ClientAuthenticationError"), "authentication"),
        (("AzureError", "ServiceRequestError"), "unreachable"),
        (("SomebodysError",), None),
    ],
)
def test_what_a_clouds_library_raises_is_told_by_the_nearest_class_that_is_known(
    kinds: tuple[str, ...], reason: str | None
) -> None:
    raised: type[Exception] = Exception
    for kind in kinds:
        raised = type(kind, (raised,), {})
    with pytest.raises(CannotName if reason else raised) as error, errors_as_reasons():
        raise raised
    assert reason in {None, str(error.value)}


def test_google_says_itself_what_ends_by_itself() -> None:
    google = pytest.importorskip("google.auth.exceptions")
    with pytest.raises(CannotName, match=r"^overloaded$"), errors_as_reasons():
        raise google.RefreshError("broken inside", retryable=True)


# What is missing is said at the start


@pytest.mark.parametrize(
    ("cloud", "module", "variables", "said"),
    [
        ("bedrock", "boto3", {"AWS_REGION": REGION}, "pip install 'task-naming[bedrock]'"),
        ("vertex", "google.auth.exceptions", {"CLOUD_ML_REGION": "x"}, "'task-naming[vertex]'"),
        ("foundry", "azure.core.exceptions", {}, "'task-naming[foundry]'"),
        ("bedrock", "", {}, "AWS_REGION"),
        ("vertex", "", {}, "CLOUD_ML_REGION"),
        ("vertex", "", {"CLOUD_ML_REGION": "x"}, "ANTHROPIC_VERTEX_PROJECT_ID"),
        ("foundry", "", {"ANTHROPIC_FOUNDRY_API_KEY": "k"}, "ANTHROPIC_FOUNDRY_RESOURCE"),
    ],
)
def test_what_a_cloud_lacks_is_a_refused_setting_of_one_line(
    monkeypatch: pytest.MonkeyPatch, cloud: str, module: str, variables: dict[str, str], said: str
) -> None:
    if module:
        monkeypatch.setitem(sys.modules, module, None)
    elif cloud == "vertex":
        pytest.importorskip("google.auth")
    nowhere = {"AWS_CONFIG_FILE": "/nowhere", "AWS_SHARED_CREDENTIALS_FILE": "/nowhere"}
    setting(monkeypatch, NAMING_CLAUDE=cloud, **nowhere, **variables)
    with pytest.raises(BadSetting, match=r"^NAMING_CLAUDE: [^\n]+$") as error:
        check_claude(read_settings(os.environ))
    assert said in str(error.value)


def test_no_cloud_has_message_batches() -> None:
    with pytest.raises(
        BadSetting, match=r"^NAMING_CLAUDE: there are no Message Batches at vertex$"
    ):
        endpoint_of(read_settings({"NAMING_CLAUDE": "vertex"}), 1, batches=True)


@pytest.mark.parametrize(
    "arguments",
    [["name", "x"], ["serve", "--port", "0"], ["eval", "CASES"], ["rename", "plan", "TASKS"]],
)
def test_every_command_refuses_what_is_missing_before_it_begins(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
) -> None:
    case = {"id": "1", "owner_id": "1", "name": "task-a", "prompt": "fix the header", "tags": []}
    (tmp_path / "CASES.jsonl").write_text(json.dumps({"prompt": "fix the header"}) + "\n")
    (tmp_path / "TASKS.jsonl").write_text(json.dumps(case | {"display_name": "x"}) + "\n")
    given = [str(tmp_path / f"{word}.jsonl") if word.isupper() else word for word in arguments]
    if "plan" in given:
        given += ["--plan", str(tmp_path / "plan.jsonl")]
    setting(monkeypatch, NAMING_CLAUDE="foundry", ANTHROPIC_FOUNDRY_API_KEY="k")
    assert main(given) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("naming: NAMING_CLAUDE: ")
    assert len(said.err.splitlines()) == 1
    assert not (tmp_path / "plan.jsonl").exists()


def test_the_start_says_where_claude_lives() -> None:
    key = {"ANTHROPIC_API_KEY": "k"}
    assert "Claude (claude-haiku-5-5)," in sources_line(read_settings(key))
    gateway = read_settings(key | {"ANTHROPIC_BASE_URL": "https://gw.example/v1"})
    assert "Claude (claude-haiku-5-5 at https://gw.example/v1)," in sources_line(gateway)
    assert "5-5 at bedrock)" in sources_line(read_settings({"NAMING_CLAUDE": "bedrock"}))


def test_an_endpoint_without_credentials_is_unconfigured(monkeypatch: pytest.MonkeyPatch) -> None:
    setting(monkeypatch, HOME="/nowhere")
    with pytest.raises(Unconfigured, match="finds no credentials"):
        Endpoint(None, "m").connect()
