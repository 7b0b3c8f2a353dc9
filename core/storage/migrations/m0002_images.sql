-- Images. `details` of each level are sealed; series, instances, frames and bytes are sums kept with the rows, so that a list of
-- studies reads no instances. blind_place makes one row of what is one thing: study UID, patient named by the images and version;
-- series UID in a study; SOP instance UID in a study.
CREATE TABLE image_study (
    key TEXT PRIMARY KEY,
    patient_key TEXT NOT NULL,
    by_person INTEGER NOT NULL,
    version INTEGER NOT NULL,
    blind_uid BLOB NOT NULL,
    blind_place BLOB NOT NULL UNIQUE,
    sealed BLOB NOT NULL,
    series INTEGER NOT NULL,
    instances INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    stored INTEGER NOT NULL,
    updated INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX image_study_patient ON image_study(patient_key);
CREATE INDEX image_study_uid ON image_study(blind_uid);

CREATE TABLE image_series (
    key TEXT PRIMARY KEY,
    study_key TEXT NOT NULL REFERENCES image_study(key) ON DELETE CASCADE,
    blind_place BLOB NOT NULL UNIQUE,
    sealed BLOB NOT NULL,
    instances INTEGER NOT NULL,
    frames INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX image_series_study ON image_series(study_key);

-- With a rowid: the rows of a series are read in the order in which they came, and the sealed facts may be large.
CREATE TABLE image_instance (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    series_key TEXT NOT NULL REFERENCES image_series(key) ON DELETE CASCADE,
    study_key TEXT NOT NULL,
    blind_sop BLOB NOT NULL,
    blind_place BLOB NOT NULL UNIQUE,
    digest BLOB NOT NULL,
    file TEXT NOT NULL UNIQUE,
    bytes INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX image_instance_series ON image_instance(series_key);
CREATE INDEX image_instance_sop ON image_instance(blind_sop);
CREATE INDEX image_instance_study ON image_instance(study_key);
