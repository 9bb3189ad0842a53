-- The whole of protocol v1: revocations, closed folders, rotation, deposits, restored logs, gossip.

-- A folder that takes no new content, from this row of the log on; 0 while the closing is only here.
ALTER TABLE folder ADD COLUMN closed_seq INTEGER;
-- Somebody was shut out and the key is still the same.
ALTER TABLE folder ADD COLUMN rotation_due INTEGER NOT NULL DEFAULT 0;
-- The row up to which this device made the folder's last cold bundle; 0 for none.
ALTER TABLE folder ADD COLUMN bundled_seq INTEGER NOT NULL DEFAULT 0;
-- The lowest row that came after a higher one: digests from there on are computed again.
ALTER TABLE folder ADD COLUMN stale_from INTEGER;

-- Digest of the folder's rows up to this one, in order of their place.
ALTER TABLE env ADD COLUMN digest BLOB;
-- The place the row had in a log that was restored since; NULL once it has a place again.
ALTER TABLE env ADD COLUMN lost_seq INTEGER;
CREATE INDEX env_lost ON env (lost_seq) WHERE lost_seq IS NOT NULL;

-- The receipt stays when a restored server has to be told again: `code` is asked for anew, these are its earlier word.
ALTER TABLE outbox ADD COLUMN receipt_epoch BLOB;
ALTER TABLE outbox ADD COLUMN receipt_code TEXT;
-- A refused envelope whose content went another way: sealed again, moved, or handed in.
ALTER TABLE outbox ADD COLUMN resolved INTEGER NOT NULL DEFAULT 0;

-- Which part of a folder is being fetched: 0 everything, 1 access rows, 2 content.
ALTER TABLE backfill ADD COLUMN part INTEGER NOT NULL DEFAULT 0;

-- From when to when a member had which rights, by rows of the log: content is judged by the rights of its own place.
CREATE TABLE grant_span (
    folder      BLOB NOT NULL,
    member      BLOB NOT NULL,
    rights      INTEGER NOT NULL,
    from_seq    INTEGER NOT NULL,
    until_seq   INTEGER,
    PRIMARY KEY (folder, member, from_seq)
) WITHOUT ROWID;
INSERT INTO grant_span (folder, member, rights, from_seq) SELECT folder, member, rights, seq FROM folder_grant;

-- Revocations this device owes: signed at the next exchange. A member of sixteen zero bytes closes the folder.
CREATE TABLE owed_revoke (
    folder      BLOB NOT NULL,
    member      BLOB NOT NULL,
    reason      INTEGER NOT NULL,
    PRIMARY KEY (folder, member)
) WITHOUT ROWID;

-- A new key this device has announced and the server has not accepted yet: two may do so at once, and one wins.
CREATE TABLE key_proposal (
    folder      BLOB PRIMARY KEY,
    epoch       INTEGER NOT NULL,
    key         BLOB NOT NULL,
    dseq        INTEGER NOT NULL
) WITHOUT ROWID;

-- What an author said he had seen, while it cannot be compared yet.
CREATE TABLE claim (
    device      BLOB NOT NULL,
    dseq        INTEGER NOT NULL,
    folder      BLOB NOT NULL,
    base_seq    INTEGER NOT NULL,
    seen        BLOB NOT NULL,
    PRIMARY KEY (device, dseq)
) WITHOUT ROWID;
-- Signs that the server shows its devices different histories.
CREATE TABLE finding (
    device      BLOB NOT NULL,
    dseq        INTEGER NOT NULL,
    folder      BLOB NOT NULL,
    code        TEXT NOT NULL,           -- history_differs, missing_link
    PRIMARY KEY (device, dseq, code)
) WITHOUT ROWID;

-- Own work that was handed in to the programme's leaders: what its writer is told of it after the folder is gone.
CREATE TABLE handed_in (
    document    BLOB PRIMARY KEY,
    dseq        INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    at          TEXT NOT NULL,
    case_number TEXT,
    reason      TEXT NOT NULL,
    receivers   TEXT NOT NULL,           -- names, a line each
    handed_ms   INTEGER NOT NULL
) WITHOUT ROWID;
-- Handed-in work of others that this leader can take over.
CREATE TABLE tray (
    device      BLOB NOT NULL,
    dseq        INTEGER NOT NULL,
    folder      BLOB NOT NULL,
    member      BLOB NOT NULL,
    reason      TEXT NOT NULL,
    received_ms INTEGER NOT NULL,
    taken_ms    INTEGER,
    PRIMARY KEY (device, dseq)
) WITHOUT ROWID;

-- Rows of the read model that came with a cold bundle; gone once their document is here.
CREATE TABLE hint (
    document    BLOB PRIMARY KEY,
    folder      BLOB NOT NULL,
    kind        INTEGER NOT NULL,
    device      BLOB NOT NULL,
    dseq        INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX hint_by_folder ON hint (folder);
