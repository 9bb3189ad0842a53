-- Every table starts with the tenant: tenants never meet in a query, so the tenant is the shard.

CREATE TABLE tenant (
    id              BLOB PRIMARY KEY CHECK (length(id) = 16),
    name            TEXT NOT NULL UNIQUE,
    epoch           BLOB NOT NULL CHECK (length(epoch) = 16),
    epoch_base_seq  INTEGER NOT NULL DEFAULT 0,
    -- The counter row: a row's seq is taken from here inside the transaction that writes it, so that numbers are
    -- gapless and no reader can pass one that is not committed yet.
    head            INTEGER NOT NULL DEFAULT 0,
    -- Pinned by setup; the recovery key and the server key are certified in the log's kind 7 rows.
    root_pub        BLOB CHECK (root_pub IS NULL OR length(root_pub) = 32)
) STRICT, WITHOUT ROWID;

CREATE TABLE bootstrap (
    tenant       BLOB PRIMARY KEY REFERENCES tenant (id),
    secret_hash  BLOB NOT NULL CHECK (length(secret_hash) = 32),
    used_ms      INTEGER
) STRICT, WITHOUT ROWID;

-- A rowid table: bodies are large, and large rows do badly in the tree of a table without rowid.
CREATE TABLE log (
    tenant     BLOB NOT NULL REFERENCES tenant (id),
    seq        INTEGER NOT NULL,
    kind       INTEGER NOT NULL,
    folder     BLOB NOT NULL CHECK (length(folder) = 16),
    lineage    INTEGER NOT NULL,
    key_epoch  INTEGER NOT NULL,
    device     BLOB NOT NULL CHECK (length(device) = 16),
    dseq       INTEGER NOT NULL,
    env_hash   BLOB NOT NULL CHECK (length(env_hash) = 32),
    -- The member whose access the row changes: the grantee, or the maker of the folder.
    about      BLOB CHECK (about IS NULL OR length(about) = 16),
    recv_ms    INTEGER NOT NULL,
    size       INTEGER NOT NULL,
    -- The whole envelope, byte for byte; NULL once erased.
    body       BLOB,
    PRIMARY KEY (tenant, seq),
    UNIQUE (tenant, device, dseq)
) STRICT;

CREATE INDEX log_by_folder ON log (tenant, folder, seq);
CREATE INDEX log_for_everybody ON log (tenant, seq) WHERE kind IN (6, 7);
CREATE INDEX log_about ON log (tenant, about, seq) WHERE about IS NOT NULL;

-- What was refused; what was accepted is in the log.
CREATE TABLE disposition (
    tenant    BLOB NOT NULL REFERENCES tenant (id),
    device    BLOB NOT NULL,
    dseq      INTEGER NOT NULL,
    env_hash  BLOB NOT NULL CHECK (length(env_hash) = 32),
    code      INTEGER NOT NULL,
    PRIMARY KEY (tenant, device, dseq)
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
    tenant               BLOB NOT NULL REFERENCES tenant (id),
    id                   BLOB NOT NULL CHECK (length(id) = 16),
    member               BLOB NOT NULL CHECK (length(member) = 16),
    cert_seq             INTEGER NOT NULL,
    last_dseq            INTEGER NOT NULL DEFAULT 0,
    state                TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'revoked')),
    revoked_seq          INTEGER,
    last_seen_ms         INTEGER,
    quarantined          INTEGER,
    unsent               INTEGER,
    oldest_unsent_hours  INTEGER,
    PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;

-- Who may do what now: a projection of the log's grants, and of the first key record for a folder's maker.
CREATE TABLE grant_now (
    tenant    BLOB NOT NULL REFERENCES tenant (id),
    member    BLOB NOT NULL CHECK (length(member) = 16),
    folder    BLOB NOT NULL CHECK (length(folder) = 16),
    seq       INTEGER NOT NULL,
    rights    INTEGER NOT NULL,
    until_ms  INTEGER,
    PRIMARY KEY (tenant, member, folder)
) STRICT, WITHOUT ROWID;

CREATE TABLE folder (
    tenant        BLOB NOT NULL REFERENCES tenant (id),
    id            BLOB NOT NULL CHECK (length(id) = 16),
    kind_code     INTEGER NOT NULL,
    programme     BLOB NOT NULL CHECK (length(programme) = 16),
    lineage       INTEGER NOT NULL DEFAULT 0,
    key_epoch     INTEGER NOT NULL,
    rotation_due  INTEGER NOT NULL DEFAULT 0,
    erased_seq    INTEGER,
    PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;
