import json
import os
import unittest
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from key_service import mint, revoke, rotate, use, validate

NO_MODELS = {"items": []}


def latchkey(method, path, **body):
    """Drives the latchkey that the tests run against."""
    urlopen(Request(f"{os.environ['LATCHKEY_URL']}/_latchkey/{path}", json.dumps(body).encode(), method=method)).close()


class KeyServiceTest(unittest.TestCase):
    def setUp(self):
        latchkey("POST", "reset", mark=self.id())

    def assert_refused(self, status, call, *arguments):
        """WhyLabs never gives a reason."""
        with self.assertRaises(HTTPError) as refused:
            call(*arguments)
        with refused.exception as answer:
            self.assertEqual((answer.status, answer.read()), (status, b""))

    def test_a_minted_key_works(self):
        self.assertEqual(use(mint("user-7")["key"]), NO_MODELS)

    def test_after_a_rotation_the_old_key_is_refused_and_the_new_one_works_with_the_same_scopes(self):
        old = mint("user-7", scopes=(":user", ":write_data"))
        key = rotate(old)
        self.assert_refused(403, use, old["key"])
        self.assertEqual((use(key["key"]), sorted(key["scopes"])), (NO_MODELS, [":user", ":write_data"]))

    def test_a_revoked_key_is_refused_from_the_next_request_on(self):
        key = mint("user-7")
        use(key["key"])
        revoke(key)
        self.assert_refused(403, use, key["key"])

    def test_a_key_works_up_to_its_expiry_and_is_refused_a_millisecond_later(self):
        key = mint("user-7", expires_at_ms=4_102_444_800_000)
        self.assertEqual(key["expirationTime"], "2100-01-01T00:00:00")
        latchkey("POST", "clock/freeze")
        latchkey("PUT", "clock", now="2100-01-01T00:00:00Z")
        use(key["key"])
        latchkey("POST", "clock/advance", by="1ms")
        self.assert_refused(403, use, key["key"])

    def test_a_key_that_may_only_write_cannot_see_the_models_though_it_is_a_good_key(self):
        secret = mint("user-7", scopes=[":write_data"])["key"]
        validate(secret)
        self.assert_refused(403, use, secret)

    def test_a_key_may_list_its_own_users_keys_and_nobody_elses(self):
        key = mint("user-7")
        own = use(key["key"], "api-key?user_id=user-7")["items"]
        self.assertEqual([one["keyId"] for one in own], [key["keyId"]])
        self.assert_refused(403, use, key["key"], "api-key?user_id=user-123")

    def test_a_key_does_not_reach_another_organization_even_if_it_names_that_one(self):
        self.assert_refused(403, use, mint("user-7")["key"].replace("org-123", "org-456"))

    def test_a_key_that_was_never_issued_is_refused(self):
        self.assert_refused(403, validate, f"{'x' * 10}.{'x' * 53}:org-123")

    def test_a_request_without_a_key_is_refused(self):
        self.assert_refused(401, validate, None)
