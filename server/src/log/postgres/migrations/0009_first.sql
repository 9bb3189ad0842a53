-- The shape that the file of SQLite has at this version; what each column means stands there (sqlite/migrations).
-- Every table starts with the tenant: tenants never meet in a query, so the tenant is the shard.

CREATE TABLE tenant (
    id               BYTEA PRIMARY KEY CHECK (length(id) = 16),
    name             TEXT NOT NULL UNIQUE,
    epoch            BYTEA NOT NULL CHECK (length(epoch) = 16),
    epoch_base_seq   BIGINT NOT NULL DEFAULT 0,
    -- The counter row: a row's seq is taken from here under the lock that every writer holds to its commit.
    head             BIGINT NOT NULL DEFAULT 0,
    root_pub         BYTEA CHECK (length(root_pub) = 32),
    healing          BOOLEAN NOT NULL DEFAULT FALSE,
    disordered_from  BIGINT
);

CREATE TABLE bootstrap (
    tenant       BYTEA PRIMARY KEY REFERENCES tenant (id),
    secret_hash  BYTEA NOT NULL CHECK (length(secret_hash) = 32),
    used_ms      BIGINT
);

CREATE TABLE log (
    tenant       BYTEA NOT NULL REFERENCES tenant (id),
    seq          BIGINT NOT NULL,
    kind         BIGINT NOT NULL,
    folder       BYTEA NOT NULL CHECK (length(folder) = 16),
    lineage      BIGINT NOT NULL,
    key_epoch    BIGINT NOT NULL,
    device       BYTEA NOT NULL CHECK (length(device) = 16),
    dseq         BIGINT NOT NULL,
    env_hash     BYTEA NOT NULL CHECK (length(env_hash) = 32),
    about        BYTEA CHECK (length(about) = 16),
    recv_ms      BIGINT NOT NULL,
    size         BIGINT NOT NULL,
    body         BYTEA,
    code         BIGINT NOT NULL DEFAULT 0,
    proven       BOOLEAN NOT NULL DEFAULT FALSE,
    chain        BYTEA CHECK (length(chain) = 32),
    masked       BOOLEAN NOT NULL DEFAULT FALSE,
    purge_cause  BYTEA CHECK (length(purge_cause) = 32),
    read_log     BYTEA CHECK (length(read_log) = 16),
    PRIMARY KEY (tenant, seq),
    UNIQUE (tenant, device, dseq)
);
-- Sealed bytes do not shrink.
ALTER TABLE log ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE INDEX log_by_folder ON log (tenant, folder, seq);
CREATE INDEX log_for_everybody ON log (tenant, seq) WHERE kind IN (6, 7);
CREATE INDEX log_about ON log (tenant, about, seq) WHERE about IS NOT NULL;
CREATE INDEX log_bundles ON log (tenant, folder, seq) WHERE kind = 2;
CREATE INDEX log_masked ON log (tenant, folder) WHERE masked;
CREATE INDEX log_purges ON log (tenant, seq) WHERE purge_cause IS NOT NULL;
CREATE INDEX log_readings ON log (tenant, read_log, seq) WHERE read_log IS NOT NULL;
CREATE INDEX log_readings_by_age ON log (tenant, recv_ms) WHERE read_log IS NOT NULL AND body IS NOT NULL;
CREATE INDEX log_facts ON log (tenant, folder, seq) WHERE kind = 9 AND body IS NOT NULL;

CREATE TABLE disposition (
    tenant    BYTEA NOT NULL REFERENCES tenant (id),
    device    BYTEA NOT NULL,
    dseq      BIGINT NOT NULL,
    env_hash  BYTEA NOT NULL CHECK (length(env_hash) = 32),
    code      BIGINT NOT NULL,
    PRIMARY KEY (tenant, device, dseq)
);

CREATE TABLE device (
    tenant               BYTEA NOT NULL REFERENCES tenant (id),
    id                   BYTEA NOT NULL CHECK (length(id) = 16),
    member               BYTEA NOT NULL CHECK (length(member) = 16),
    cert_seq             BIGINT NOT NULL,
    last_dseq            BIGINT NOT NULL DEFAULT 0,
    state                TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'revoked')),
    revoked_seq          BIGINT,
    last_seen_ms         BIGINT,
    quarantined          BIGINT,
    unsent               BIGINT,
    oldest_unsent_hours  BIGINT,
    day                  BIGINT NOT NULL DEFAULT 0,
    day_rows             BIGINT NOT NULL DEFAULT 0,
    day_bytes            BIGINT NOT NULL DEFAULT 0,
    day_deposit_bytes    BIGINT NOT NULL DEFAULT 0,
    whole_epoch          BYTEA,
    PRIMARY KEY (tenant, id)
);

CREATE TABLE grant_now (
    tenant    BYTEA NOT NULL REFERENCES tenant (id),
    member    BYTEA NOT NULL CHECK (length(member) = 16),
    folder    BYTEA NOT NULL CHECK (length(folder) = 16),
    seq       BIGINT NOT NULL,
    rights    BIGINT NOT NULL,
    until_ms  BIGINT,
    PRIMARY KEY (tenant, member, folder)
);
CREATE INDEX grants_by_folder ON grant_now (tenant, folder);

CREATE TABLE folder (
    tenant        BYTEA NOT NULL REFERENCES tenant (id),
    id            BYTEA NOT NULL CHECK (length(id) = 16),
    kind_code     BIGINT NOT NULL,
    programme     BYTEA NOT NULL CHECK (length(programme) = 16),
    lineage       BIGINT NOT NULL DEFAULT 0,
    key_epoch     BIGINT NOT NULL,
    rotation_due  BOOLEAN NOT NULL DEFAULT FALSE,
    erased_seq    BIGINT,
    closed_seq    BIGINT,
    cut_seq       BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, id)
);

CREATE TABLE past_epoch (
    tenant     BYTEA NOT NULL REFERENCES tenant (id),
    epoch      BYTEA NOT NULL CHECK (length(epoch) = 16),
    ended_seq  BIGINT NOT NULL,
    PRIMARY KEY (tenant, epoch)
);

CREATE TABLE login (
    tenant    BYTEA NOT NULL,
    device    BYTEA NOT NULL,
    at_ms     BIGINT NOT NULL,
    is_login  BOOLEAN NOT NULL,
    PRIMARY KEY (tenant, device)
);

CREATE TABLE login_account (
    tenant    BYTEA NOT NULL,
    member    BYTEA NOT NULL,
    issuer    TEXT NOT NULL,
    account   BYTEA NOT NULL,
    bound_ms  BIGINT NOT NULL,
    PRIMARY KEY (tenant, member, issuer),
    UNIQUE (tenant, issuer, account)
);
