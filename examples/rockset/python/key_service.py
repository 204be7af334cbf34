"""The API keys of our jobs at Rockset."""

import json
import os
from urllib.parse import quote
from urllib.request import Request, urlopen

KEYS = "/v1/orgs/self/users/self/apikeys"


def mint(name, role, expires_at=None):
    """Issues a key that grants one role. Rockset shows its secret only this once."""
    return _call(_admin(), "POST", KEYS, {"name": name, "role": role, "expiry_time": expires_at})["data"]["key"]


def use(secret, method="GET", path="/v1/orgs/self", body=None):
    """Does a job with a secret; by default, asks for the organization."""
    return _call(secret, method, path, body)["data"]


def rotate(name, successor):
    """Replaces a key with one that has the same role; gives the new secret. The old key works until the new one exists."""
    role = _call(_admin(), "GET", f"{KEYS}/{quote(name, safe='')}")["data"]["role"]
    secret = mint(successor, role)
    revoke(name)
    return secret


def revoke(name):
    _call(_admin(), "DELETE", f"{KEYS}/{quote(name, safe='')}")


def suspend(name):
    """Stops a key; `resume` lets it work again."""
    _call(_admin(), "POST", f"{KEYS}/{quote(name, safe='')}", {"state": "SUSPENDED"})


def resume(name):
    _call(_admin(), "POST", f"{KEYS}/{quote(name, safe='')}", {"state": "ACTIVE"})


def _admin():
    return os.environ["ROCKSET_APIKEY"]


def _call(secret, method, path, body=None):
    """Gives what Rockset answers. Raises HTTPError if it refuses."""
    request = Request(
        os.environ["ROCKSET_APISERVER"] + path,
        method=method,
        headers={"Authorization": f"ApiKey {secret}", "Content-Type": "application/json"},
        data=None if body is None else json.dumps(body).encode(),
    )
    with urlopen(request) as answer:
        return json.load(answer)
