-- The device database. Everything here is encrypted as a whole; the read models can be rebuilt from `env`.

CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

-- Sealed envelopes, own and foreign, byte for byte.
CREATE TABLE env (
    device      BLOB NOT NULL,
    dseq        INTEGER NOT NULL,
    tenant_seq  INTEGER,                 -- place in the server's log; NULL while only here
    folder      BLOB NOT NULL,
    kind        INTEGER NOT NULL,
    lineage     INTEGER NOT NULL,
    key_epoch   INTEGER NOT NULL,
    env_hash    BLOB NOT NULL,
    bytes       BLOB NOT NULL,
    status      TEXT NOT NULL,           -- stored, applied, waiting_key, quarantined, ignored
    reason      TEXT,
    PRIMARY KEY (device, dseq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX env_by_seq ON env (tenant_seq) WHERE tenant_seq IS NOT NULL;
CREATE INDEX env_by_folder ON env (folder, tenant_seq);
CREATE INDEX env_by_status ON env (status, tenant_seq) WHERE status IN ('stored', 'waiting_key', 'quarantined');

-- Own envelopes and what became of them. `receipt` is the server's signed word.
CREATE TABLE outbox (
    dseq        INTEGER PRIMARY KEY,
    env_hash    BLOB NOT NULL,
    code        TEXT,                    -- NULL while not disposed of
    seq         INTEGER,
    receipt     BLOB,
    sealed_ms   INTEGER NOT NULL,
    receipt_ms  INTEGER
);
CREATE INDEX outbox_open ON outbox (dseq) WHERE code IS NULL;

-- Which documents an own envelope carries: an entry is sent when all of its envelopes have a receipt.
CREATE TABLE outbox_document (
    dseq        INTEGER NOT NULL,
    document    BLOB NOT NULL,
    saved_ms    INTEGER NOT NULL,
    PRIMARY KEY (dseq, document)
) WITHOUT ROWID;
CREATE INDEX outbox_document_by_document ON outbox_document (document, dseq);

CREATE TABLE folder (
    id          BLOB PRIMARY KEY,
    kind        INTEGER NOT NULL,
    programme   BLOB NOT NULL,
    key_epoch   INTEGER NOT NULL,
    creator     BLOB NOT NULL,
    announced   INTEGER NOT NULL,        -- whether its first key record is sealed
    actor       BLOB NOT NULL,           -- automerge actor of this device in this folder
    prev_hash   BLOB NOT NULL,           -- this device's newest envelope in it
    seen_seq    INTEGER NOT NULL DEFAULT 0,
    seen_digest BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE folder_grant (
    folder      BLOB NOT NULL,
    member      BLOB NOT NULL,
    rights      INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    PRIMARY KEY (folder, member)
) WITHOUT ROWID;
-- Grants this device owes: signed at the next exchange.
CREATE TABLE owed_grant (
    folder      BLOB NOT NULL,
    member      BLOB NOT NULL,
    rights      INTEGER NOT NULL,
    PRIMARY KEY (folder, member)
) WITHOUT ROWID;
CREATE TABLE folder_key (
    folder      BLOB NOT NULL,
    epoch       INTEGER NOT NULL,
    key         BLOB NOT NULL,
    PRIMARY KEY (folder, epoch)
) WITHOUT ROWID;
-- For whom a folder's key is wrapped already, by records seen or sealed here.
CREATE TABLE folder_wrap (
    folder       BLOB NOT NULL,
    epoch        INTEGER NOT NULL,
    member       BLOB NOT NULL,
    member_epoch INTEGER NOT NULL,
    PRIMARY KEY (folder, epoch, member, member_epoch)
) WITHOUT ROWID;
CREATE TABLE user_key (epoch INTEGER PRIMARY KEY, seed BLOB NOT NULL);
CREATE TABLE backfill (folder BLOB PRIMARY KEY, after_seq INTEGER NOT NULL, until_seq INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE document (
    id          BLOB PRIMARY KEY,
    folder      BLOB NOT NULL,
    kind        INTEGER NOT NULL,
    saved       BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX document_by_folder ON document (folder, kind);
-- Changes saved here and not sealed yet.
CREATE TABLE pending (
    id          INTEGER PRIMARY KEY,
    folder      BLOB NOT NULL,
    document    BLOB NOT NULL,
    kind        INTEGER NOT NULL,
    change      BLOB NOT NULL,
    saved_ms    INTEGER NOT NULL
);
CREATE INDEX pending_by_document ON pending (document);
CREATE INDEX pending_by_folder ON pending (folder, id);
CREATE TABLE author (
    document    BLOB NOT NULL,
    place       INTEGER NOT NULL,
    member      BLOB NOT NULL,
    PRIMARY KEY (document, member)
) WITHOUT ROWID;
CREATE TABLE quarantine (
    device      BLOB NOT NULL,
    dseq        INTEGER NOT NULL,
    document    BLOB NOT NULL,
    code        TEXT NOT NULL,
    first_seen_ms INTEGER NOT NULL,
    PRIMARY KEY (device, dseq, document)
) WITHOUT ROWID;
-- Written before foreign changes are applied, removed with their success: what is found here was under way when the app
-- ended. `attempts` counts how often.
CREATE TABLE applying (
    device      BLOB NOT NULL,
    dseq        INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    PRIMARY KEY (device, dseq)
) WITHOUT ROWID;

-- Read models
CREATE TABLE case_folder (
    folder      BLOB PRIMARY KEY,
    case_id     BLOB NOT NULL,
    number      TEXT NOT NULL,
    name        TEXT NOT NULL,
    programme   BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX case_folder_by_case ON case_folder (case_id);
CREATE INDEX case_folder_by_number ON case_folder (number);
CREATE TABLE profile (
    folder      BLOB PRIMARY KEY,
    enrolled_on TEXT, exited_on TEXT, exit_reason TEXT, born_on TEXT, municipality TEXT, district TEXT, benefit TEXT,
    target_group TEXT, track TEXT, consultant TEXT, therapist TEXT, treatment_site TEXT, job_wish TEXT,
    disclosure  TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE entry (
    row         INTEGER PRIMARY KEY,
    document    BLOB NOT NULL UNIQUE,
    folder      BLOB NOT NULL,
    kind        TEXT NOT NULL,
    at_ms       INTEGER NOT NULL,
    at          TEXT NOT NULL,
    minutes     INTEGER, place TEXT, employer TEXT, contact_person TEXT, face_to_face INTEGER, outcome TEXT,
    hours_per_week INTEGER, job_title TEXT, permanent INTEGER, recorded_by TEXT,
    note        TEXT NOT NULL,
    conflicts   TEXT NOT NULL            -- JSON, `{}` nearly always
);
CREATE INDEX entry_by_folder ON entry (folder, at_ms);
CREATE INDEX entry_by_kind ON entry (folder, kind, at_ms, face_to_face);
CREATE INDEX entry_milestones ON entry (at_ms, document) WHERE kind IN ('job_start', 'job_end', 'education_start', 'education_end');
CREATE INDEX entry_by_employer ON entry (employer, at_ms) WHERE employer IS NOT NULL;
CREATE TABLE employer (
    document    BLOB PRIMARY KEY,
    folder      BLOB NOT NULL,
    cvr         TEXT NOT NULL,
    name        TEXT NOT NULL,
    trade TEXT, address TEXT, postcode TEXT, town TEXT, contact_person TEXT
) WITHOUT ROWID;
CREATE INDEX employer_by_cvr ON employer (cvr);
CREATE TABLE staff (document BLOB PRIMARY KEY, member BLOB NOT NULL, name TEXT NOT NULL, roles TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX staff_by_member ON staff (member);
CREATE TABLE programme (document BLOB PRIMARY KEY, id BLOB NOT NULL, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE register_row (
    document    BLOB PRIMARY KEY,
    folder      BLOB NOT NULL,
    case_id     BLOB NOT NULL,
    number      TEXT NOT NULL,
    name        TEXT NOT NULL,
    folders     BLOB NOT NULL,           -- folder ids, sixteen bytes each
    consultants TEXT NOT NULL,           -- names, a line each
    therapists  TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE consent (
    document    BLOB PRIMARY KEY,
    folder      BLOB NOT NULL,
    types       TEXT NOT NULL,           -- a line each
    from_day    TEXT NOT NULL,
    until_day   TEXT NOT NULL,
    giver TEXT, receiver TEXT
) WITHOUT ROWID;
CREATE INDEX consent_by_folder ON consent (folder);
-- Folded text (domain::fold); rowid is entry.row. Prefixes of two and three letters are indexed for search while typing.
CREATE VIRTUAL TABLE entry_text USING fts5 (text, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3');
