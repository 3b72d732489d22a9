"""A program that talks HTTP to the service without a browser."""

import base64
import hashlib
import hmac
import json
import re
import struct
import urllib.error
import urllib.request
from dataclasses import dataclass


@dataclass
class Reply:
    """What came back; redirects are not followed."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self):
        return json.loads(self.body)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


_OPENER = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))


def send(method: str, url: str, body: object = None, headers: dict | None = None) -> Reply:
    """Sends a request; a body that is no bytes is sent as JSON."""
    headers = dict(headers or {})
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode()
        headers.setdefault("Content-Type", "application/json")
    request = urllib.request.Request(url, data=body, method=method, headers=headers)
    try:
        with _OPENER.open(request, timeout=20) as answer:
            return Reply(answer.status, _lowered(answer.headers), answer.read())
    except urllib.error.HTTPError as answer:
        with answer:
            return Reply(answer.code, _lowered(answer.headers), answer.read())


def _lowered(headers) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def one_time_code(key: str, moment: float) -> str:
    """What an authenticator app shows for a key, written in groups of four (RFC 6238)."""
    letters = re.sub("[ -]", "", key)
    secret = base64.b32decode(letters + "=" * (-len(letters) % 8))
    digest = hmac.new(secret, struct.pack(">Q", int(moment) // 30), hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def takes_one(item: dict) -> bool:
    """Whether an item is answered with one of its choices."""
    kinds = [(one["type"], one["cardinality"]) for one in item["interactions"]]
    return kinds == [("choiceInteraction", "single")]


class Program:
    """A session that is answered through the API."""

    def __init__(self, address: str, environment: str = "A", token: str | None = None):
        self.api = f"{address}/api/v1"
        self.sequence = 0
        self.bodies: list[str] = []
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        body = {"environment": environment, "schoolStage": "primary", "subject": "chinese"}
        started = send("POST", f"{self.api}/sessions", body, headers)
        assert started.status == 201, started.text
        self.bodies.append(started.text)
        self.id: str = started.json()["session"]
        self.token: str = started.json()["token"]
        self.stages: list[dict] = []
        self.stage: dict | None = None
        self._open(started.json()["stage"])

    def _open(self, stage: dict | None) -> None:
        self.stage = stage
        self.stages += [stage] if stage else []

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def call(self, method: str, path: str, body: object = None) -> Reply:
        """Calls an address below the session's own."""
        return send(method, f"{self.api}/sessions/{self.id}{path}", body, self._headers)

    def put(self, item: str, choice: str | None, sequence: int | None = None) -> Reply:
        """Saves an answer; no choice means 我不确定."""
        if sequence is None:
            self.sequence += 1
            sequence = self.sequence
        if choice is None:
            body: dict = {"unsure": True}
        else:
            body = {"response": {"RESPONSE": {"base": {"identifier": choice}}}}
        return self.call("PUT", f"/responses/{item}", body | {"sequence": sequence})

    def submit(self) -> None:
        """Submits the open stage; the next one, if any, is then open."""
        assert self.stage is not None
        reply = self.call("POST", f"/stages/{self.stage['number']}", {})
        assert reply.status == 200, reply.text
        if not reply.json()["finished"]:
            self.bodies.append(reply.text)
        self._open(reply.json().get("stage"))

    def finish(self, choose=lambda choices: choices[0]["id"]) -> "Program":
        """Answers everything that is left and submits it; 我不确定 where one choice is no answer."""
        while self.stage is not None:
            for item in self.stage["items"]:
                choice = choose(item["interactions"][0]["choices"]) if takes_one(item) else None
                assert self.put(item["id"], choice).status == 200
            self.submit()
        return self
