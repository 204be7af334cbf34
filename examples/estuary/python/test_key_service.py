import json
import os
import unittest
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from key_service import mint, revoke, rotate, use

# Estuary's clients read no key from the environment, so `latchkey exec` sets none: this is that of the seeded user alice.
os.environ.setdefault("ESTUARY_TOKEN", "EST00000000-0000-4000-8000-000000000002ARY")


def latchkey(path, **body):
    """Drives the latchkey that the tests run against."""
    urlopen(Request(f"{os.environ['LATCHKEY_URL']}/_latchkey/{path}", json.dumps(body).encode())).close()


class KeyServiceTest(unittest.TestCase):
    def setUp(self):
        latchkey("reset", mark=self.id())

    def assert_refused(self, code, reason, details, call, *arguments):
        with self.assertRaises(HTTPError) as refused:
            call(*arguments)
        with refused.exception as answer:
            body = json.load(answer)
        self.assertEqual((answer.status, body), (code, {"error": {"code": code, "reason": reason, "details": details}}))

    def test_a_minted_key_works(self):
        self.assertEqual(use(mint()["token"]), {"totalSize": 0, "numPins": 0})

    def test_after_a_rotation_the_old_key_is_refused_and_the_new_one_works(self):
        old = mint()["token"]
        token = rotate(old)["token"]
        self.assert_refused(401, "ERR_INVALID_TOKEN", "api key does not exist", use, old)
        self.assertEqual(use(token), {"totalSize": 0, "numPins": 0})

    def test_a_revoked_key_is_refused_from_the_next_request_on(self):
        token = mint()["token"]
        use(token)
        revoke(token)
        self.assert_refused(401, "ERR_INVALID_TOKEN", "api key does not exist", use, token)

    def test_a_key_works_up_to_its_expiry_and_is_refused_a_millisecond_later(self):
        latchkey("clock/freeze")
        key = mint(expiry="720h")
        latchkey("clock/advance", by="720h")
        use(key["token"])
        latchkey("clock/advance", by="1ms")
        date = key["expiry"].replace("T", " ").replace("Z", " +0000 UTC")
        self.assert_refused(401, "ERR_TOKEN_EXPIRED", f"token for user 2 expired {date}", use, key["token"])

    def test_a_key_for_uploads_may_not_look_at_what_is_stored(self):
        token = mint(perms="upload")["token"]
        self.assert_refused(403, "ERR_NOT_AUTHORIZED", "api key is upload only", use, token)

    def test_a_key_that_was_never_issued_is_refused(self):
        unknown = "EST11111111-1111-4111-8111-111111111111ARY"
        self.assert_refused(401, "ERR_INVALID_TOKEN", "api key does not exist", use, unknown)

    def test_a_request_without_a_key_is_refused(self):
        self.assert_refused(401, "ERR_AUTH_MISSING", "no api key was specified", use, None)
