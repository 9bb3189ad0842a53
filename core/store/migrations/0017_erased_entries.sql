-- Single documents that are gone for ever: nothing of them is taken in again.
CREATE TABLE erased_document (
    document    BLOB PRIMARY KEY,
    folder      BLOB NOT NULL
) WITHOUT ROWID;
-- Envelopes that held one, without what they said. Links and digests of the folder's history go on counting them; the place is
-- lost with a restored log, as that of any row is.
CREATE TABLE hollow (
    device      BLOB NOT NULL,
    dseq        INTEGER NOT NULL,
    folder      BLOB NOT NULL,
    env_hash    BLOB NOT NULL,
    kind        INTEGER NOT NULL,
    tenant_seq  INTEGER,
    digest      BLOB,
    PRIMARY KEY (device, dseq)
) WITHOUT ROWID;
CREATE INDEX hollow_by_folder ON hollow (folder, tenant_seq);
CREATE INDEX hollow_by_hash ON hollow (env_hash);
-- Envelopes that say anew what else those held, and who had said it where.
CREATE TABLE remainder (
    device      BLOB NOT NULL,
    dseq        INTEGER NOT NULL,
    folder      BLOB NOT NULL,
    member      BLOB NOT NULL,
    place       INTEGER NOT NULL,
    PRIMARY KEY (device, dseq)
) WITHOUT ROWID;
-- What a device says it no longer holds, sixteen bytes each.
ALTER TABLE purge ADD COLUMN documents BLOB NOT NULL DEFAULT x'';
-- An own envelope was sealed knowing every erasure up to this row.
ALTER TABLE outbox ADD COLUMN knows_erasures_to INTEGER NOT NULL DEFAULT 0;
