-- Somebody stands in for a colleague: a grant that ends by itself, at a time and not at a row of the log.
ALTER TABLE folder_grant ADD COLUMN until_ms INTEGER;
ALTER TABLE folder_grant ADD COLUMN cover_for BLOB;
ALTER TABLE grant_span ADD COLUMN until_ms INTEGER;
ALTER TABLE grant_span ADD COLUMN cover_for BLOB;
ALTER TABLE owed_grant ADD COLUMN until_ms INTEGER;
ALTER TABLE owed_grant ADD COLUMN cover_for BLOB;
CREATE INDEX covers ON folder_grant (until_ms) WHERE until_ms IS NOT NULL;
CREATE INDEX owed_covers ON owed_grant (until_ms) WHERE until_ms IS NOT NULL;

-- Who has the case now, where it is handed over.
ALTER TABLE owed_revoke ADD COLUMN to_member BLOB;
-- Changes up to this one were saved before a handover and are sealed before its revocation; 0 for none.
ALTER TABLE owed_revoke ADD COLUMN after_pending INTEGER NOT NULL DEFAULT 0;

-- What a colleague wrote in this member's stead, until this member has seen it.
CREATE TABLE meanwhile (
    document    BLOB PRIMARY KEY,
    folder      BLOB NOT NULL,
    by_member   BLOB NOT NULL
) WITHOUT ROWID;

-- Cases that went from this member to a colleague: what is told of them after the folder is gone.
CREATE TABLE handed_away (
    folder      BLOB PRIMARY KEY,
    case_number TEXT NOT NULL,
    receiver    TEXT NOT NULL,
    at_ms       INTEGER NOT NULL
) WITHOUT ROWID;
