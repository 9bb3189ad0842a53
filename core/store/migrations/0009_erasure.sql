-- Folders that are gone for ever: nothing of them is taken in again.
CREATE TABLE erased_folder (
    folder      BLOB PRIMARY KEY,
    kind        INTEGER NOT NULL,
    programme   BLOB NOT NULL
) WITHOUT ROWID;
-- Erasures that were proposed, and what became of them. No personal data, so they stay.
CREATE TABLE erasure (
    proposal      BLOB PRIMARY KEY,          -- identity of the envelope that proposed it
    body          BLOB NOT NULL,             -- its clear body
    member        BLOB NOT NULL,             -- who proposed
    seen_ms       INTEGER NOT NULL,
    confirmation  BLOB,                      -- identity of the envelope that confirmed it
    confirmed_by  BLOB,
    confirmed_seq INTEGER,                   -- its place in the log
    confirmed_ms  INTEGER,
    receipt       INTEGER NOT NULL DEFAULT 0 -- 0 nothing owed, 1 this device owes its word, 2 it is signed
) WITHOUT ROWID;
CREATE UNIQUE INDEX erasure_by_confirmation ON erasure (confirmation) WHERE confirmation IS NOT NULL;
-- Devices that said they hold nothing of some folders any more.
CREATE TABLE purge (
    cause       BLOB NOT NULL,               -- identity of the row that asked for it
    device      BLOB NOT NULL,
    folders     BLOB NOT NULL,               -- sixteen bytes each
    PRIMARY KEY (cause, device)
) WITHOUT ROWID;
-- Own entries of erased cases that the server never took: kept until their writer has decided.
CREATE TABLE erased_work (
    document    BLOB PRIMARY KEY,
    folder      BLOB NOT NULL,
    kind        TEXT NOT NULL,
    at          TEXT NOT NULL,
    note        TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX erased_work_by_folder ON erased_work (folder);
