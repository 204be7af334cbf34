import json
import os
import unittest
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from key_service import log_in, mint, resume, revoke, rotate, suspend, use

UNAUTHORIZED = '{"statusCode": 401, "message": "Unauthorized"}'


def latchkey(path, **body):
    """Drives the latchkey that the tests run against."""
    urlopen(Request(f"{os.environ['LATCHKEY_URL']}/_latchkey/{path}", json.dumps(body).encode())).close()


class KeyServiceTest(unittest.TestCase):
    def setUp(self):
        latchkey("reset", mark=self.id())

    def assert_refused(self, status, body, call, *arguments):
        with self.assertRaises(HTTPError) as refused:
            call(*arguments)
        with refused.exception as answer:
            self.assertEqual((answer.status, answer.read().decode()), (status, body))

    def test_a_minted_key_works(self):
        key = mint()
        self.assertIn(key["id"], [one["id"] for one in use(key["token"])])

    def test_after_a_rotation_the_old_key_is_refused_and_the_new_one_works(self):
        old = mint()
        key = rotate(old["id"])
        self.assert_refused(401, UNAUTHORIZED, use, old["token"])
        self.assertEqual(len(use(key["token"])), 2)

    def test_a_revoked_key_is_refused_from_the_next_request_on_and_cannot_be_revoked_again(self):
        key = mint()
        use(key["token"])
        revoke(key["id"])
        self.assert_refused(401, UNAUTHORIZED, use, key["token"])
        self.assertRaises(LookupError, revoke, key["id"])

    def test_a_suspended_key_is_refused_until_it_is_resumed(self):
        key = mint()
        suspend(key)
        self.assert_refused(401, UNAUTHORIZED, use, key["token"])
        resume(key)
        self.assertEqual(len(use(key["token"])), 2)

    def test_a_user_has_two_keys_at_most_this_services_own_one_among_them(self):
        key = mint()
        body = """{"statusCode": 400, "errorCode": 20480, "message": "Invalid input data for 'max already reached'."}"""
        self.assert_refused(400, body, mint)
        revoke(key["id"])
        mint()

    def test_a_log_in_ends_after_30_minutes_a_key_never_does(self):
        key = mint()
        session = log_in("alice@example.com", "alice-password")
        use(session)
        latchkey("clock/advance", by="31m")
        self.assert_refused(401, UNAUTHORIZED, use, session)
        latchkey("clock/advance", by="87600h")
        use(key["token"])

    def test_a_user_may_not_list_the_keys_of_everybody_an_administrator_may(self):
        session = log_in("alice@example.com", "alice-password")
        message = "You do not have the required permission: 'RBAC/userID'."
        body = f'{{"statusCode": 403, "errorCode": 20487, "message": "{message}"}}'
        self.assert_refused(403, body, use, session, "userapitokensall")
        self.assertEqual(len(use(mint()["token"], "userapitokensall")), 3)

    def test_a_key_that_was_never_issued_is_refused(self):
        unsigned = os.environ["NUTANIX_KPS_API_TOKEN"].rpartition(".")[0]
        self.assert_refused(401, UNAUTHORIZED, use, f"{unsigned}.{'x' * 43}")

    def test_a_request_without_a_key_is_refused(self):
        self.assert_refused(401, UNAUTHORIZED, use, None)
