"""The API keys of our deployments at Karbon Platform Services."""

import json
import os
from urllib.parse import quote
from urllib.request import Request, urlopen


def mint():
    """Issues a key: its id, and the token that is told this once."""
    return _call(_admin(), "POST", "userapitokens", {})


def use(secret, path="userapitokens"):
    """Uses a key or the token of a log-in; usually to list the keys of whom it belongs to."""
    return _call(secret, "GET", path)


def rotate(id):
    """Replaces a key. A user has two at most and this service's own is one, so the old key goes before the new one comes."""
    revoke(id)
    return mint()


def revoke(id):
    """Revokes a key. KPS answers well whether there is one or not, and names it only if there was."""
    if _call(_admin(), "DELETE", f"userapitokens/{quote(id, safe='')}")["id"] != id:
        raise LookupError(f"we have no key {id}")


def log_in(email, password):
    """The token of a log-in, for those who have no key."""
    return _call(None, "POST", "login", {"email": email, "password": password})["token"]


def _admin():
    return os.environ["NUTANIX_KPS_API_TOKEN"]


def _call(secret, method, path, body=None):
    """What KPS answers. Raises HTTPError where it refuses."""
    request = Request(
        f"http://{os.environ['NUTANIX_KPS_HOST']}/v1.0/{path}",
        method=method,
        headers={} if secret is None else {"Authorization": f"Bearer {secret}"},
        data=None if body is None else json.dumps(body).encode(),
    )
    with urlopen(request) as answer:
        return json.load(answer)
