-- The worlds of latchkey, for any number of processes. Each process keeps a copy of the worlds that it serves: `version` counts
-- the changes of a world, and each row says with which one it was written last, so that a copy is brought up to date by what is
-- newer. All instants are epoch milliseconds.
CREATE TABLE worlds (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- a name that is used again gets a new id
  name        text COLLATE "C" NOT NULL UNIQUE,
  version     bigint NOT NULL DEFAULT 0,
  -- Another one after every change, and never the same again: after a failover that lost changes a number alone could lie.
  revision    uuid NOT NULL DEFAULT gen_random_uuid(),
  -- Another one whenever everything was replaced: then the copy is read anew.
  epoch       uuid NOT NULL DEFAULT gen_random_uuid(),
  replaced_by text NOT NULL DEFAULT 'seed' CHECK (replaced_by IN ('seed', 'empty', 'snapshot')),
  -- How often it was reset: a copy may see a reset and a restore at once.
  resets      bigint NOT NULL DEFAULT 0,
  state       text NOT NULL,    -- clock, faults and the like, as JSON. Not jsonb, which refuses \u0000
  state_version bigint NOT NULL DEFAULT 0, -- with which change it was written last: a copy takes changes over in their order
  seedings    text NOT NULL,    -- as JSON: when each provider was seeded
  next_place  bigint NOT NULL DEFAULT 1,
  made_at     timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);

-- Which revision each of the last versions had, so that a copy knows whether it is a part of what is there.
CREATE TABLE changes (
  world_id bigint NOT NULL REFERENCES worlds ON DELETE CASCADE,
  version  bigint NOT NULL,
  revision uuid   NOT NULL,
  PRIMARY KEY (world_id, version)
);

CREATE TABLE api_keys (
  world_id     bigint NOT NULL REFERENCES worlds ON DELETE CASCADE,
  place        bigint NOT NULL,
  version      bigint NOT NULL,
  changed      bigint NOT NULL, -- the version of its last change that was not a use: changes are told in their order
  hash         bytea  NOT NULL CHECK (octet_length(hash) = 32),
  provider     text COLLATE "C" NOT NULL,
  id           text COLLATE "C" NOT NULL,
  record       text NOT NULL,   -- the key as JSON, with its secret if that is kept, and without its last use
  last_used_at bigint,
  PRIMARY KEY (world_id, place),
  UNIQUE (world_id, hash, provider),
  UNIQUE (world_id, id)
) WITH (fillfactor = 80);
CREATE INDEX api_keys_by_version ON api_keys (world_id, version);

CREATE TABLE resources (
  world_id bigint NOT NULL REFERENCES worlds ON DELETE CASCADE,
  place    bigint NOT NULL,
  version  bigint NOT NULL,
  provider text COLLATE "C" NOT NULL,
  kind     text COLLATE "C" NOT NULL,
  id       text COLLATE "C" NOT NULL,
  record   text,                -- the resource as JSON; null once it was removed
  PRIMARY KEY (world_id, place)
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX resources_there ON resources (world_id, provider, kind, id) WHERE record IS NOT NULL;
CREATE INDEX resources_by_version ON resources (world_id, version);
