import json
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

KEYS = "/v1/orgs/self/users/self/apikeys"
# The same in every world, unless a seed file says otherwise.
ADMIN = "admin0LatchkeySeed0000000000000000000000000000000000000000000000"

UNAUTHENTICATED = (401, "AUTHEXCEPTION", "Authentication Failure")
FORBIDDEN = (403, "FORBIDDEN", "Not authorized to perform this action")


def ask(lk, secret, method="GET", path="/v1/orgs/self", **body):
    """Gives Rockset's status and data, or its refusal. Here your own code would ask, told that Rockset is at `f"{lk.url}/rockset"`."""
    request = Request(f"{lk.url}/rockset{path}", json.dumps(body).encode() if body else None, method=method)
    request.add_header("Content-Type", "application/json")
    if secret:
        request.add_header("Authorization", f"ApiKey {secret}")
    try:
        with urlopen(request) as answer:
            return answer.status, json.load(answer)["data"]
    except HTTPError as refusal:
        error = json.load(refusal)
        return refusal.code, error["type"], error["message"]


def mint(lk, **body):
    _, key = ask(lk, ADMIN, "POST", KEYS, name="nightly", role="read-only", **body)
    return key["key"]


def test_a_key_works_up_to_its_expiry_and_no_longer(latchkey):
    secret = mint(latchkey, expiry_time="2100-01-01T00:00:00Z")
    latchkey.call("PUT", "clock", now="2100-01-01T00:00:00Z", frozen=True)
    assert ask(latchkey, secret)[0] == 200
    latchkey.call("POST", "clock/advance", by="1ms")
    assert ask(latchkey, secret) == UNAUTHENTICATED


def test_a_revoked_key_is_refused(latchkey):
    secret = mint(latchkey)
    assert ask(latchkey, secret)[0] == 200
    ask(latchkey, ADMIN, "DELETE", f"{KEYS}/nightly")
    assert ask(latchkey, secret) == UNAUTHENTICATED


def test_a_suspended_key_is_refused_until_it_is_active_again(latchkey):
    secret = mint(latchkey)
    ask(latchkey, ADMIN, "POST", f"{KEYS}/nightly", state="SUSPENDED")
    assert ask(latchkey, secret) == UNAUTHENTICATED
    ask(latchkey, ADMIN, "POST", f"{KEYS}/nightly", state="ACTIVE")
    assert ask(latchkey, secret)[0] == 200


@pytest.mark.parametrize("secret", ["x" * 64, None], ids=["unknown", "missing"])
def test_a_request_without_a_known_key_is_refused(latchkey, secret):
    assert ask(latchkey, secret) == UNAUTHENTICATED


@pytest.mark.parametrize(
    "request_of_an_admin",
    [
        ("POST", "/v1/orgs/self/users", {"email": "eve@example.com", "roles": ["read-only"]}),
        ("GET", "/v1/orgs/self/users/member@me.com/apikeys", {}),
    ],
    ids=["invite somebody", "list another user's keys"],
)
def test_a_read_only_key_may_not(latchkey, request_of_an_admin):
    method, path, body = request_of_an_admin
    assert ask(latchkey, mint(latchkey), method, path, **body) == FORBIDDEN
    assert ask(latchkey, ADMIN, method, path, **body)[0] == 200
