-- The keys that are still to expire, in the order in which they will.
CREATE INDEX api_keys_by_expiry ON api_keys (expires_at) WHERE state = 'active' AND expires_at IS NOT NULL;
