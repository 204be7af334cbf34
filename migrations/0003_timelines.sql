-- The keys of an owner in the order of their issue: with the name in the index, each page of them was sorted anew.
DROP INDEX api_keys_by_owner;
CREATE INDEX api_keys_by_owner ON api_keys (provider, owner);
CREATE INDEX api_keys_by_name ON api_keys (provider, name, owner);

-- The keys of a provider in the order of their issue and of their revocation: the audit trail is read by pages.
CREATE INDEX api_keys_by_creation ON api_keys (provider, created_at) WHERE kind = 'key';
CREATE INDEX api_keys_by_revocation ON api_keys (provider, revoked_at) WHERE kind = 'key' AND revoked_at IS NOT NULL;

-- As for the first indexes: without them the planner would take these for a list of an owner's keys.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('api_keys', 'api_keys_by_owner', '1000000 250000 50'),
  ('api_keys', 'api_keys_by_name', '1000000 250000 10 2'),
  ('api_keys', 'api_keys_by_creation', '1000000 250000 2'),
  ('api_keys', 'api_keys_by_revocation', '100000 25000 2');
ANALYZE sqlite_schema;
