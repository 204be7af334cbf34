"""latchkey for pytest. Copy this file beside your tests; it needs nothing but pytest.

Uses the latchkey that LATCHKEY_URL names (`latchkey exec -- pytest`, a service of compose or of CI), else starts one with npx.
"""

import json
import os
import re
import subprocess
import urllib.request
import uuid
from urllib.error import HTTPError

import pytest


class Latchkey:
    """A world of a running latchkey. `url` is what clients are given: `f"{lk.url}/rockset"`."""

    def __init__(self, url):
        self.url = url

    def call(self, method, path, **body):
        """Drives the world (docs/control-plane.md); gives the JSON that it answers with."""
        data = json.dumps(body).encode() if body else None
        request = urllib.request.Request(f"{self.url}/_latchkey/{path}", data, method=method)
        if token := os.environ.get("LATCHKEY_ADMIN_TOKEN"):
            request.add_header("Authorization", f"Bearer {token}")
        try:
            with urllib.request.urlopen(request) as answer:
                return json.load(answer)
        except HTTPError as refusal:
            raise RuntimeError(f"latchkey refused {method} {path}: {refusal.read().decode()}") from None


@pytest.fixture(scope="session")
def latchkey_root():
    if url := os.environ.get("LATCHKEY_URL"):
        yield url.rstrip("/")
        return
    command = ["npx", "--yes", "latchkey", "--port", "0", "--log-level", "silent"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        urls = (found[1] for line in process.stdout if (found := re.search(r"ready: (http\S+)", line)))
        url = next(urls, None)
        assert url, "latchkey did not start; standard error says why"
        yield url
        process.terminate()


@pytest.fixture(scope="module")
def latchkey_world(latchkey_root, request):
    name = re.sub(r"[^a-z0-9]+", "-", request.module.__name__.lower()).strip("-")[:50]
    name = f"t-{name}-{uuid.uuid4().hex[:8]}"
    yield Latchkey(f"{latchkey_root}/~{name}")
    Latchkey(latchkey_root).call("DELETE", f"worlds/{name}")


@pytest.fixture
def latchkey(latchkey_world, request):
    """The world of this file, as at the start. The journal says of each request which test made it."""
    latchkey_world.call("POST", "reset", to="seed", mark=request.node.nodeid[:500])
    return latchkey_world
