-- First schema. A released migration is never edited. Columns named sealed* hold envelopes of security::Sealer; blind* hold
-- keyed hashes; times are milliseconds since 1970 UTC. Nothing in the clear identifies a patient.
CREATE TABLE patient (
    key TEXT PRIMARY KEY,
    blind_local BLOB UNIQUE,
    blind_exchange BLOB,
    sealed BLOB NOT NULL,
    sealed_resident BLOB,
    sealed_hand_over BLOB,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    opened INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX patient_exchange ON patient(blind_exchange) WHERE blind_exchange IS NOT NULL;

CREATE TABLE draft (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    patient_key TEXT NOT NULL,
    form TEXT NOT NULL,
    sealed_journal BLOB NOT NULL,
    sealed_saved BLOB,
    journal_revision INTEGER NOT NULL,
    saved_revision INTEGER NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    saved INTEGER,
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    process TEXT NOT NULL,
    clean_closed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_patient ON draft(patient_key);

CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    patient_key TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('held','queued','sending','unknown','done','rejected','recalled')),
    attempts INTEGER NOT NULL,
    last_error TEXT NOT NULL,
    next_attempt INTEGER,
    depends_on TEXT REFERENCES outbox(id),
    absent_checks INTEGER NOT NULL,
    last_absent INTEGER,
    document_unique_id TEXT NOT NULL,
    submission_set_unique_id TEXT NOT NULL,
    blind_unique BLOB,
    sha1 TEXT NOT NULL,
    size INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- What was recalled before it was ever sent may be submitted anew; everything else exists once.
CREATE UNIQUE INDEX outbox_set ON outbox(submission_set_unique_id) WHERE state <> 'recalled';
CREATE UNIQUE INDEX outbox_document ON outbox(document_unique_id) WHERE state <> 'recalled' AND document_unique_id <> '';
CREATE UNIQUE INDEX outbox_business ON outbox(blind_unique) WHERE state <> 'recalled' AND blind_unique IS NOT NULL;
CREATE INDEX outbox_state ON outbox(state, next_attempt);

CREATE TABLE outbox_attempt (
    item TEXT NOT NULL REFERENCES outbox(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    started INTEGER NOT NULL,
    ended INTEGER,
    outcome TEXT NOT NULL,
    error TEXT NOT NULL,
    PRIMARY KEY (item, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
    id TEXT PRIMARY KEY,
    patient_key TEXT NOT NULL,
    blind_unique BLOB NOT NULL,
    blind_place BLOB NOT NULL UNIQUE,
    file TEXT NOT NULL,
    sealed BLOB NOT NULL,
    stored INTEGER NOT NULL,
    seen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX document_patient ON document(patient_key, stored);
CREATE INDEX document_unique ON document(blind_unique);
CREATE INDEX document_file ON document(file);

CREATE TABLE search_outcome (
    patient_key TEXT NOT NULL,
    source TEXT NOT NULL,
    moment INTEGER NOT NULL,
    error TEXT NOT NULL,
    found INTEGER NOT NULL,
    PRIMARY KEY (patient_key, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent (
    id TEXT PRIMARY KEY,
    patient_key TEXT NOT NULL,
    withdrawal INTEGER NOT NULL,
    state TEXT NOT NULL,
    sealed BLOB NOT NULL,
    document_unique_id TEXT NOT NULL,
    outbox_id TEXT NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX consent_patient ON consent(patient_key, created);

CREATE TABLE emergency_exception (
    id TEXT PRIMARY KEY,
    patient_key TEXT NOT NULL,
    sealed BLOB NOT NULL,
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX emergency_exception_patient ON emergency_exception(patient_key, created);

CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL UNIQUE,
    recorded TEXT NOT NULL,
    act TEXT NOT NULL,
    account TEXT NOT NULL,
    place TEXT NOT NULL,
    subject TEXT NOT NULL,
    outcome INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    mac BLOB NOT NULL,
    delivered INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_waiting ON audit(sequence) WHERE delivered = 0;
CREATE INDEX audit_subject ON audit(subject, sequence);

-- Two rows: 'origin' (before the first record kept) and 'head' (after the last).
CREATE TABLE audit_end (
    which TEXT PRIMARY KEY,
    sequence INTEGER NOT NULL,
    mac BLOB NOT NULL,
    sealed_key BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE usage (
    owner TEXT NOT NULL,
    kind TEXT NOT NULL,
    blind_key BLOB NOT NULL,
    sealed BLOB NOT NULL,
    count INTEGER NOT NULL,
    last_used INTEGER,
    favourite INTEGER NOT NULL,
    PRIMARY KEY (owner, kind, blind_key)
) STRICT, WITHOUT ROWID;
