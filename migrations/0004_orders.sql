-- All keys in the order of their issue, of their expiry and of their last use: lists of them are read by pages.
CREATE INDEX api_keys_by_issue ON api_keys (created_at);
CREATE INDEX api_keys_by_end ON api_keys (expires_at);
CREATE INDEX api_keys_by_use ON api_keys (last_used_at);

-- As for the first indexes: only the lists that name them are meant to use them.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('api_keys', 'api_keys_by_issue', '1000000 1000000'),
  ('api_keys', 'api_keys_by_end', '1000000 1000000'),
  ('api_keys', 'api_keys_by_use', '1000000 1000000');
ANALYZE sqlite_schema;
