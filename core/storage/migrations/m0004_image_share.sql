-- Images that go before an item of the outbox (XDS-I.b): which, in order, and when the archive acknowledged each. What is named
-- here is never changed afterwards.
CREATE TABLE outbox_image (
    item TEXT NOT NULL REFERENCES outbox(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    instance TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    stored INTEGER,
    PRIMARY KEY (item, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_image_waiting ON outbox_image(item) WHERE stored IS NULL;
CREATE INDEX outbox_image_instance ON outbox_image(instance);
