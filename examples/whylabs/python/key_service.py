"""The API keys of our model monitors at WhyLabs."""

import json
import os
from urllib.parse import urlencode
from urllib.request import Request, urlopen


def mint(user_id, scopes=(":user",), expires_at_ms=None):
    """Issues a key. Without a scope it may do nothing, although the documentation promises `:user`."""
    query = {"user_id": user_id, "scopes": ",".join(scopes)}
    return _keys("POST", query if expires_at_ms is None else {**query, "expiration_time": expires_at_ms})


def use(secret, resource="models"):
    """Uses a key, usually to list the models of the organization."""
    return _call(secret, "GET", _path(secret, resource))


def validate(secret):
    """Checks whether a key is accepted at all. Raises HTTPError if not."""
    return _call(secret, "GET", "/v1/api-key/validate")


def rotate(key):
    """Replaces a key with one of the same user and scopes. The old key works until the new one exists."""
    successor = mint(key["userId"], key["scopes"])
    revoke(key)
    return successor


def revoke(key):
    _keys("DELETE", {"user_id": key["userId"], "key_id": key["keyId"]})


def _keys(method, query):
    admin = os.environ["WHYLABS_API_KEY"]
    return _call(admin, method, f"{_path(admin, 'api-key')}?{urlencode(query)}")


def _path(secret, resource):
    """A path of the organization that a secret names at its end."""
    return f"/v0/organizations/{secret.split(':')[1]}/{resource}"


def _call(secret, method, path):
    """Gives what WhyLabs answers. Raises HTTPError if it refuses."""
    url = os.environ["WHYLABS_API_ENDPOINT"] + path
    headers = {} if secret is None else {"X-API-Key": secret}
    with urlopen(Request(url, method=method, headers=headers)) as answer:
        return json.load(answer)
