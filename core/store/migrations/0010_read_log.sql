-- What was read on this device about citizens: written before it is shown, sealed with an exchange, and kept until the server
-- has it.
CREATE TABLE reading (
    folder      BLOB NOT NULL,
    counter     INTEGER NOT NULL,            -- counted by this device in the folder, from 1
    at_ms       INTEGER NOT NULL,
    action      INTEGER NOT NULL,            -- code of domain::ReadAction
    document    BLOB,                        -- the entry, where it was one
    words       TEXT,                        -- what was searched for
    before      BLOB NOT NULL,               -- the running hash before this one
    sealed_dseq INTEGER,                     -- the own envelope that tells of it
    PRIMARY KEY (folder, counter)
) WITHOUT ROWID;
CREATE INDEX reading_to_seal ON reading (folder, at_ms) WHERE sealed_dseq IS NULL;
CREATE INDEX reading_sealed ON reading (sealed_dseq) WHERE sealed_dseq IS NOT NULL;
-- How far each folder's count is. Stays when a folder is taken off the device, since it may come back.
CREATE TABLE reading_chain (
    folder      BLOB PRIMARY KEY,
    counter     INTEGER NOT NULL,
    chain       BLOB NOT NULL
) WITHOUT ROWID;

-- On a records officer's device: what the devices of the own side told.
CREATE TABLE read_log (
    folder      BLOB NOT NULL,
    device      BLOB NOT NULL,
    counter     INTEGER NOT NULL,
    at_ms       INTEGER NOT NULL,
    action      INTEGER NOT NULL,
    document    BLOB,
    words       TEXT,
    PRIMARY KEY (folder, device, counter)
) WITHOUT ROWID;
CREATE INDEX read_log_by_age ON read_log (at_ms);
-- Up to where each device's count in a folder was followed, and what has come and was not followed yet.
CREATE TABLE read_log_head (
    folder      BLOB NOT NULL,
    device      BLOB NOT NULL,
    next        INTEGER NOT NULL,
    chain       BLOB NOT NULL,
    PRIMARY KEY (folder, device)
) WITHOUT ROWID;
CREATE TABLE read_log_new (
    folder      BLOB NOT NULL,
    device      BLOB NOT NULL,
    first       INTEGER NOT NULL,
    count       INTEGER NOT NULL,
    before      BLOB NOT NULL,
    after       BLOB NOT NULL,
    PRIMARY KEY (folder, device, first)
) WITHOUT ROWID;
-- Numbers that are missing; where none is (first > last), the running hash does not go on.
CREATE TABLE read_log_gap (
    folder      BLOB NOT NULL,
    device      BLOB NOT NULL,
    first       INTEGER NOT NULL,
    last        INTEGER NOT NULL,
    PRIMARY KEY (folder, device, first)
) WITHOUT ROWID;
