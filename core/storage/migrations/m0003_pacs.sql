-- Work for the archives of a house (PACS): what is to be fetched or sent, and how far it is. Studies are in `sealed`.
CREATE TABLE pacs_job (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('fetch','send')),
    node TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued','running','done','failed','stopped')),
    attempts INTEGER NOT NULL,
    next_attempt INTEGER,
    last_error TEXT NOT NULL,
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    process TEXT NOT NULL,
    sealed BLOB NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX pacs_job_state ON pacs_job(state, next_attempt);
