"""The API keys that our uploaders have at Estuary."""

import json
import os
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen


def mint(expiry="720h", perms="all"):
    """Issues a key, with the date of its expiry. `upload` makes one that may upload and nothing else."""
    return json.loads(_call(_owner(), "POST", f"/user/api-keys?{urlencode({'expiry': expiry, 'perms': perms})}"))


def use(secret):
    """Uses a key: what has its owner stored?"""
    return json.loads(_call(secret, "GET", "/user/stats"))


def rotate(secret):
    """Replaces a key, which works until its successor is there."""
    successor = mint()
    revoke(secret)
    return successor


def revoke(secret):
    _call(_owner(), "DELETE", f"/user/api-keys/{quote(secret, safe='')}")


def _owner():
    return os.environ["ESTUARY_TOKEN"]


def _call(secret, method, path):
    """What Estuary answers. Raises HTTPError where it refuses."""
    url = os.environ["ESTUARY_API"] + path
    with urlopen(Request(url, method=method, headers={"Authorization": f"Bearer {secret}"})) as answer:
        return answer.read()
