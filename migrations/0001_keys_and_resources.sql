-- Keys, in the order of their issue. Revoked rows stay, as tombstones. All instants are epoch milliseconds.
-- Rows are appended and the indexes are narrow: a wide row in a tree of random hashes makes every insertion split pages.
CREATE TABLE api_keys (
  seq          INTEGER PRIMARY KEY,
  hash         BLOB    NOT NULL CHECK (length(hash) = 32),
  provider     TEXT    NOT NULL,
  id           TEXT    NOT NULL UNIQUE,
  tenant       TEXT    NOT NULL,
  owner        TEXT    NOT NULL,
  kind         TEXT    NOT NULL CHECK (kind IN ('key', 'session')),
  name         TEXT,
  hint         TEXT    NOT NULL,
  secret       TEXT,
  state        TEXT    NOT NULL CHECK (state IN ('active', 'suspended', 'revoked')),
  grants       TEXT    NOT NULL CHECK (json_valid(grants)),
  attributes   TEXT    NOT NULL CHECK (json_valid(attributes)),
  created_at   INTEGER NOT NULL,
  updated_at   INTEGER NOT NULL,
  expires_at   INTEGER,
  last_used_at INTEGER,
  revoked_at   INTEGER CHECK ((revoked_at IS NOT NULL) = (state = 'revoked')),
  UNIQUE (hash, provider)
) STRICT;

CREATE INDEX api_keys_by_owner ON api_keys (provider, owner, name);
CREATE INDEX api_keys_by_hint ON api_keys (provider, hint);
CREATE INDEX api_keys_by_tenant ON api_keys (provider, tenant);

-- Users, organisations, roles and the like: `data` is the provider's own record.
CREATE TABLE resources (
  seq        INTEGER PRIMARY KEY,
  provider   TEXT    NOT NULL,
  kind       TEXT    NOT NULL,
  id         TEXT    NOT NULL,
  tenant     TEXT    NOT NULL,
  name       TEXT,
  created_at INTEGER NOT NULL,
  data       TEXT    NOT NULL CHECK (json_valid(data)),
  UNIQUE (provider, kind, id),
  UNIQUE (provider, kind, name)
) STRICT;

-- Which providers have been given their seed, so that a file opened again is left as it is.
CREATE TABLE seedings (
  provider  TEXT    PRIMARY KEY,
  seeded_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Rows per value of each index's columns, as ANALYZE would write them for a full store: a hint or an owner says much
-- of a key, a tenant little and a provider next to nothing. Without them the planner takes any of the three indexes.
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('api_keys', 'api_keys_by_owner', '1000000 250000 50 2'),
  ('api_keys', 'api_keys_by_hint', '1000000 250000 2'),
  ('api_keys', 'api_keys_by_tenant', '1000000 250000 5000');
ANALYZE sqlite_schema;
