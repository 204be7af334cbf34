-- Keys. The primary key is the look-up that every request makes, so the row lies in that tree itself.
-- Revoked rows stay, as tombstones. All instants are epoch milliseconds.
CREATE TABLE api_keys (
  hash         BLOB    NOT NULL CHECK (length(hash) = 32),
  provider     TEXT    NOT NULL,
  id           TEXT    NOT NULL UNIQUE,
  seq          INTEGER NOT NULL UNIQUE,
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
  PRIMARY KEY (hash, provider)
) STRICT, WITHOUT ROWID;

CREATE INDEX api_keys_by_owner ON api_keys (provider, tenant, owner, name);

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
