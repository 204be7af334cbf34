-- What a process was started with, as far as all must have the same: the name of each setting with a digest of its value, as JSON.
ALTER TABLE replicas ADD COLUMN settings json;
