import json
import os
import unittest
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from key_service import mint, resume, revoke, rotate, suspend, use

INVITATION = ("POST", "/v1/orgs/self/users", {"email": "eve@example.com", "roles": ["read-only"]})
LIST_OF_MEMBERS_KEYS = ("GET", "/v1/orgs/self/users/member@me.com/apikeys")
UNAUTHENTICATED = (401, "AUTHEXCEPTION", "Authentication Failure")
FORBIDDEN = (403, "FORBIDDEN", "Not authorized to perform this action")


def latchkey(method, path, **body):
    """Drives the latchkey that the tests run against."""
    urlopen(Request(f"{os.environ['LATCHKEY_URL']}/_latchkey/{path}", json.dumps(body).encode(), method=method)).close()


class KeyServiceTest(unittest.TestCase):
    def setUp(self):
        latchkey("POST", "reset", mark=self.id())

    def assert_refused(self, refusal, call, *arguments):
        """Compares the status and the whole body, except for the trace id, which differs in each answer."""
        with self.assertRaises(HTTPError) as refused:
            call(*arguments)
        with refused.exception as answer:
            body = json.load(answer)
        self.assertRegex(body.pop("trace_id"), r"^[\da-f-]{36}$")
        empty = dict.fromkeys(["message_key", "line", "column", "error_id", "query_id", "internal_errors"])
        status, kind, message = refusal
        self.assertEqual((answer.status, body), (status, {"message": message, "type": kind, **empty}))

    def test_a_minted_key_works(self):
        self.assertEqual(use(mint("nightly", "read-only"))["id"], "acme")

    def test_after_a_rotation_the_old_key_is_refused_and_the_new_one_works_in_the_same_role(self):
        old = mint("nightly", "read-only")
        secret = rotate("nightly", "nightly-2")
        self.assert_refused(UNAUTHENTICATED, use, old)
        self.assertEqual(use(secret)["id"], "acme")
        self.assert_refused(FORBIDDEN, use, secret, *INVITATION)

    def test_a_revoked_key_is_refused_from_the_next_request_on(self):
        secret = mint("nightly", "read-only")
        use(secret)
        revoke("nightly")
        self.assert_refused(UNAUTHENTICATED, use, secret)

    def test_a_suspended_key_is_refused_until_it_is_resumed(self):
        secret = mint("nightly", "read-only")
        suspend("nightly")
        self.assert_refused(UNAUTHENTICATED, use, secret)
        resume("nightly")
        self.assertEqual(use(secret)["id"], "acme")

    def test_a_key_works_up_to_its_expiry_and_is_refused_a_millisecond_later(self):
        secret = mint("nightly", "read-only", expires_at="2100-01-01T00:00:00Z")
        latchkey("POST", "clock/freeze")
        latchkey("PUT", "clock", now="2100-01-01T00:00:00Z")
        use(secret)
        latchkey("POST", "clock/advance", by="1ms")
        self.assert_refused(UNAUTHENTICATED, use, secret)

    def test_a_read_only_key_may_not_invite_anybody_an_admin_key_may(self):
        self.assert_refused(FORBIDDEN, use, mint("reader", "read-only"), *INVITATION)
        self.assertEqual(use(mint("admin-2", "admin"), *INVITATION)["email"], "eve@example.com")

    def test_a_read_only_key_may_not_list_another_users_keys_an_admin_key_may(self):
        self.assert_refused(FORBIDDEN, use, mint("reader", "read-only"), *LIST_OF_MEMBERS_KEYS)
        self.assertEqual([key["name"] for key in use(mint("admin-2", "admin"), *LIST_OF_MEMBERS_KEYS)], ["member"])

    def test_a_key_that_was_never_issued_is_refused(self):
        self.assert_refused(UNAUTHENTICATED, use, "x" * 64)

    def test_a_request_without_a_key_is_refused(self):
        self.assert_refused(UNAUTHENTICATED, urlopen, os.environ["ROCKSET_APISERVER"] + "/v1/orgs/self")
