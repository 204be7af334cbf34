"""The API keys that our uploaders have at Estuary."""

import json
import os
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen


def mint(expiry="720h", perms="all"):
    """Issues a key; gives it with the date of its expiry. A key for `upload` may upload and do nothing else."""
    return json.loads(_call(_owner(), "POST", f"/user/api-keys?{urlencode({'expiry': expiry, 'perms': perms})}"))


def use(secret):
    """Uses a key, to ask what its owner has stored."""
    return json.loads(_call(secret, "GET", "/user/stats"))


def rotate(secret):
    """Replaces a key. The old one works until the new one exists."""
    successor = mint()
    revoke(secret)
    return successor


def revoke(secret):
    _call(_owner(), "DELETE", f"/user/api-keys/{quote(secret, safe='')}")


def _owner():
    return os.environ["ESTUARY_TOKEN"]


def _call(secret, method, path):
    """Gives what Estuary answers. Raises HTTPError if it refuses."""
    url = os.environ["ESTUARY_API"] + path
    headers = {} if secret is None else {"Authorization": f"Bearer {secret}"}
    with urlopen(Request(url, method=method, headers=headers)) as answer:
        return answer.read()
