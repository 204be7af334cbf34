-- The processes that serve the worlds, and the requests that they have answered. A process keeps its journal in memory, and writes
-- here what it has not written yet when somebody asks, and when it stops.
CREATE TABLE replicas (
  number   int  PRIMARY KEY CHECK (number BETWEEN 0 AND 63), -- a part of the ids of its journal entries
  process  uuid NOT NULL UNIQUE,
  version  text NOT NULL,
  since    timestamptz NOT NULL,
  seen_at  timestamptz NOT NULL DEFAULT clock_timestamp(), -- it counts as gone some seconds after this
  has_left boolean NOT NULL DEFAULT false                  -- it has stopped, and has written everything
);

-- Who asks for a world's journal, and which processes have written theirs since.
CREATE UNLOGGED TABLE gathers (
  ticket   uuid   PRIMARY KEY,
  world_id bigint NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  answered uuid[] NOT NULL
);

-- What is shown of a world's journal.
CREATE TABLE journals (
  world_id       bigint PRIMARY KEY REFERENCES worlds ON DELETE CASCADE,
  cleared_before bigint NOT NULL DEFAULT 0, -- entries with smaller ids were cleared
  pruned_before  bigint NOT NULL DEFAULT 0, -- entries with smaller ids were pushed out
  forgotten      bigint NOT NULL DEFAULT 0  -- how many were pushed out since it was cleared
);

-- Not unlogged: a process does not write twice what it has written, and a crash must not take it.
CREATE TABLE journal (
  world_id bigint NOT NULL REFERENCES worlds ON DELETE CASCADE,
  id       bigint NOT NULL,
  process  uuid   NOT NULL,
  weight   bigint NOT NULL,
  entry    text   NOT NULL, -- as JSON, without secrets
  messages text   NOT NULL, -- the headers and bodies, likewise
  PRIMARY KEY (world_id, id)
);
