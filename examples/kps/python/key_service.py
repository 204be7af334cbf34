"""The API keys of our deployments at Karbon Platform Services."""

import json
import os
from urllib.parse import quote
from urllib.request import Request, urlopen


def mint():
    """Issues a key; gives it with its ids and its token, which KPS shows only this once."""
    return _call(_admin(), "POST", "userapitokens", {})


def use(secret, path="userapitokens"):
    """Uses a key or the token of a log-in, usually to list the keys of its user."""
    return _call(secret, "GET", path)


def rotate(id):
    """Replaces a key. A user has at most two, and this service uses one itself, so the old key is revoked before the new one is issued."""
    revoke(id)
    return mint()


def revoke(id):
    """Revokes a key. KPS reports success whether the key exists or not, and names it only if it did."""
    if _call(_admin(), "DELETE", f"userapitokens/{quote(id, safe='')}")["id"] != id:
        raise LookupError(f"we have no key {id}")


def suspend(key):
    """Stops a key; `resume` lets it work again."""
    _set_active(key, False)


def resume(key):
    _set_active(key, True)


def log_in(email, password):
    """Logs in, for users who have no key; gives the token."""
    return _call(None, "POST", "login", {"email": email, "password": password})["token"]


def _set_active(key, active):
    _call(_admin(), "PUT", f"userapitokens/{quote(key['id'], safe='')}", {"userId": key["userId"], "active": active})


def _admin():
    return os.environ["NUTANIX_KPS_API_TOKEN"]


def _call(secret, method, path, body=None):
    """Gives what KPS answers. Raises HTTPError if it refuses."""
    request = Request(
        f"http://{os.environ['NUTANIX_KPS_HOST']}/v1.0/{path}",
        method=method,
        headers={} if secret is None else {"Authorization": f"Bearer {secret}"},
        data=None if body is None else json.dumps(body).encode(),
    )
    with urlopen(request) as answer:
        return json.load(answer)
