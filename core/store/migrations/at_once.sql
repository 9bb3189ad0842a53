-- What the migrations make of a new database. `cargo xtask check --fix` writes it, nobody by hand.
CREATE TABLE actor (
    folder      BLOB NOT NULL,
    actor       BLOB NOT NULL,
    member      BLOB NOT NULL,
    seq         INTEGER NOT NULL,
    PRIMARY KEY (folder, actor)
) WITHOUT ROWID;
CREATE TABLE agreement (
    document BLOB PRIMARY KEY, folder BLOB NOT NULL, employer TEXT NOT NULL, disclosure TEXT NOT NULL,
    may_say TEXT, may_not_say TEXT, decided_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE applying (
    device      BLOB NOT NULL,
    dseq        INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    PRIMARY KEY (device, dseq)
) WITHOUT ROWID;
CREATE TABLE author (
    document    BLOB NOT NULL,
    place       INTEGER NOT NULL,
    member      BLOB NOT NULL,
    PRIMARY KEY (document, member)
) WITHOUT ROWID;
CREATE TABLE backfill (folder BLOB PRIMARY KEY, after_seq INTEGER NOT NULL, until_seq INTEGER NOT NULL, part INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE both_wrote (document BLOB PRIMARY KEY, folder BLOB NOT NULL, seen TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE case_folder (
    folder      BLOB PRIMARY KEY,
    case_id     BLOB NOT NULL,
    number      TEXT NOT NULL,
    name        TEXT NOT NULL,
    programme   BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE claim (
    device      BLOB NOT NULL,
    dseq        INTEGER NOT NULL,
    folder      BLOB NOT NULL,
    base_seq    INTEGER NOT NULL,
    seen        BLOB NOT NULL,
    PRIMARY KEY (device, dseq)
) WITHOUT ROWID;
CREATE TABLE consent (
    document    BLOB PRIMARY KEY,
    folder      BLOB NOT NULL,
    types       TEXT NOT NULL,           -- a line each
    from_day    TEXT NOT NULL,
    until_day   TEXT NOT NULL,
    giver TEXT, receiver TEXT
) WITHOUT ROWID;
CREATE TABLE contact_person (
    document BLOB PRIMARY KEY, folder BLOB NOT NULL, employer TEXT NOT NULL, name TEXT NOT NULL, function TEXT,
    phone TEXT, mail TEXT, prefers TEXT, in_charge INTEGER NOT NULL, gone INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE document (
    id          BLOB PRIMARY KEY,
    folder      BLOB NOT NULL,
    kind        INTEGER NOT NULL,
    saved       BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE draft (about TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE draft_folder (about TEXT NOT NULL, folder BLOB NOT NULL, PRIMARY KEY (about, folder)) WITHOUT ROWID;
CREATE TABLE employer (
    document    BLOB PRIMARY KEY,
    folder      BLOB NOT NULL,
    cvr         TEXT NOT NULL,
    name        TEXT NOT NULL,
    trade TEXT, address TEXT, postcode TEXT, town TEXT, contact_person TEXT
, unverified INTEGER, merged_into TEXT, units TEXT, apart_from TEXT) WITHOUT ROWID;
CREATE TABLE employer_contact (
    document BLOB PRIMARY KEY, folder BLOB NOT NULL, employer TEXT NOT NULL, at_ms INTEGER NOT NULL, at TEXT NOT NULL,
    kind TEXT NOT NULL, face_to_face INTEGER, contact_person TEXT, purpose TEXT, outcome TEXT,
    about TEXT, mistaken INTEGER NOT NULL
, unit TEXT) WITHOUT ROWID;
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
, met INTEGER GENERATED ALWAYS AS (coalesce(face_to_face, -1)) VIRTUAL, client_specific INTEGER, purpose TEXT, job_type TEXT, fits_wish INTEGER, next_step TEXT, next_step_on TEXT, next_step_time TEXT, next_step_settled TEXT, visit BLOB, addendum_to BLOB, mistaken TEXT, journal_number TEXT, journalised_at TEXT, journal_not_needed INTEGER, read_together_at TEXT, unit TEXT);
CREATE VIRTUAL TABLE entry_text USING fts5 (text, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3');
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
    reason      TEXT, digest BLOB, lost_seq INTEGER,
    PRIMARY KEY (device, dseq)
) WITHOUT ROWID;
CREATE TABLE erased_document (
    document    BLOB PRIMARY KEY,
    folder      BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE erased_folder (
    folder      BLOB PRIMARY KEY,
    kind        INTEGER NOT NULL,
    programme   BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE erased_work (
    document    BLOB PRIMARY KEY,
    folder      BLOB NOT NULL,
    kind        TEXT NOT NULL,
    at          TEXT NOT NULL,
    note        TEXT NOT NULL
) WITHOUT ROWID;
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
CREATE TABLE facts_due (
    folder  BLOB PRIMARY KEY
) WITHOUT ROWID;
CREATE TABLE finding (
    device      BLOB NOT NULL,
    dseq        INTEGER NOT NULL,
    folder      BLOB NOT NULL,
    code        TEXT NOT NULL,           -- history_differs, missing_link
    PRIMARY KEY (device, dseq, code)
) WITHOUT ROWID;
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
, closed_seq INTEGER, rotation_due INTEGER NOT NULL DEFAULT 0, bundled_seq INTEGER NOT NULL DEFAULT 0, stale_from INTEGER) WITHOUT ROWID;
CREATE TABLE folder_grant (
    folder      BLOB NOT NULL,
    member      BLOB NOT NULL,
    rights      INTEGER NOT NULL,
    seq         INTEGER NOT NULL, until_ms INTEGER, cover_for BLOB,
    PRIMARY KEY (folder, member)
) WITHOUT ROWID;
CREATE TABLE "folder_key" (
    folder      BLOB NOT NULL,
    epoch       INTEGER NOT NULL,
    key         BLOB NOT NULL,
    PRIMARY KEY (folder, epoch, key)
) WITHOUT ROWID;
CREATE TABLE folder_wrap (
    folder       BLOB NOT NULL,
    epoch        INTEGER NOT NULL,
    member       BLOB NOT NULL,
    member_epoch INTEGER NOT NULL,
    PRIMARY KEY (folder, epoch, member, member_epoch)
) WITHOUT ROWID;
CREATE TABLE grant_span (
    folder      BLOB NOT NULL,
    member      BLOB NOT NULL,
    rights      INTEGER NOT NULL,
    from_seq    INTEGER NOT NULL,
    until_seq   INTEGER, until_ms INTEGER, cover_for BLOB,
    PRIMARY KEY (folder, member, from_seq)
) WITHOUT ROWID;
CREATE TABLE handed_away (
    folder      BLOB PRIMARY KEY,
    case_number TEXT NOT NULL,
    receiver    TEXT NOT NULL,
    at_ms       INTEGER NOT NULL
) WITHOUT ROWID;
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
CREATE TABLE hint (
    document    BLOB PRIMARY KEY,
    folder      BLOB NOT NULL,
    kind        INTEGER NOT NULL,
    device      BLOB NOT NULL,
    dseq        INTEGER NOT NULL
) WITHOUT ROWID;
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
CREATE TABLE key_proposal (
    folder      BLOB PRIMARY KEY,
    epoch       INTEGER NOT NULL,
    key         BLOB NOT NULL,
    dseq        INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE log_point (
    seq   INTEGER PRIMARY KEY,
    chain BLOB NOT NULL CHECK (length(chain) = 8)
) STRICT;
CREATE TABLE meanwhile (
    document    BLOB PRIMARY KEY,
    folder      BLOB NOT NULL,
    by_member   BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE opening (
    document BLOB PRIMARY KEY, folder BLOB NOT NULL, employer TEXT NOT NULL, text TEXT NOT NULL,
    hours_per_week INTEGER, job_type TEXT, from_day TEXT, until_day TEXT, state TEXT NOT NULL, noted_on TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE outbox (
    dseq        INTEGER PRIMARY KEY,
    env_hash    BLOB NOT NULL,
    code        TEXT,                    -- NULL while not disposed of
    seq         INTEGER,
    receipt     BLOB,
    sealed_ms   INTEGER NOT NULL,
    receipt_ms  INTEGER
, receipt_epoch BLOB, receipt_code TEXT, resolved INTEGER NOT NULL DEFAULT 0, knows_erasures_to INTEGER NOT NULL DEFAULT 0);
CREATE TABLE outbox_document (
    dseq        INTEGER NOT NULL,
    document    BLOB NOT NULL,
    saved_ms    INTEGER NOT NULL,
    PRIMARY KEY (dseq, document)
) WITHOUT ROWID;
CREATE TABLE owed_grant (
    folder      BLOB NOT NULL,
    member      BLOB NOT NULL,
    rights      INTEGER NOT NULL, until_ms INTEGER, cover_for BLOB,
    PRIMARY KEY (folder, member)
) WITHOUT ROWID;
CREATE TABLE owed_revoke (
    folder      BLOB NOT NULL,
    member      BLOB NOT NULL,
    reason      INTEGER NOT NULL, to_member BLOB, after_pending INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (folder, member)
) WITHOUT ROWID;
CREATE TABLE pending (
    id          INTEGER PRIMARY KEY,
    folder      BLOB NOT NULL,
    document    BLOB NOT NULL,
    kind        INTEGER NOT NULL,
    change      BLOB NOT NULL,
    saved_ms    INTEGER NOT NULL
);
CREATE TABLE profile (
    folder      BLOB PRIMARY KEY,
    enrolled_on TEXT, exited_on TEXT, exit_reason TEXT, born_on TEXT, municipality TEXT, district TEXT, benefit TEXT,
    target_group TEXT, track TEXT, consultant TEXT, therapist TEXT, treatment_site TEXT, job_wish TEXT,
    disclosure  TEXT NOT NULL
, plan TEXT, strengths TEXT, support TEXT, phone TEXT, contact_by TEXT, aftercare_from TEXT, former_wishes TEXT, former_benefits TEXT, former_target_groups TEXT, people TEXT) WITHOUT ROWID;
CREATE TABLE programme (document BLOB PRIMARY KEY, id BLOB NOT NULL, name TEXT NOT NULL, authority INTEGER, talk_interval TEXT) WITHOUT ROWID;
CREATE TABLE purge (
    cause       BLOB NOT NULL,               -- identity of the row that asked for it
    device      BLOB NOT NULL,
    folders     BLOB NOT NULL, documents BLOB NOT NULL DEFAULT x'',               -- sixteen bytes each
    PRIMARY KEY (cause, device)
) WITHOUT ROWID;
CREATE TABLE quarantine (
    device      BLOB NOT NULL,
    dseq        INTEGER NOT NULL,
    document    BLOB NOT NULL,
    code        TEXT NOT NULL,
    first_seen_ms INTEGER NOT NULL,
    PRIMARY KEY (device, dseq, document)
) WITHOUT ROWID;
CREATE TABLE read_log (
    folder      BLOB NOT NULL,
    device      BLOB NOT NULL,
    counter     INTEGER NOT NULL,
    at_ms       INTEGER NOT NULL,
    action      INTEGER NOT NULL,
    document    BLOB,
    words       TEXT, key BLOB NOT NULL DEFAULT x'00000000000000000000000000000000', came_ms INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (folder, device, counter)
) WITHOUT ROWID;
CREATE TABLE read_log_gap (
    folder      BLOB NOT NULL,
    device      BLOB NOT NULL,
    first       INTEGER NOT NULL,
    last        INTEGER NOT NULL,
    PRIMARY KEY (folder, device, first)
) WITHOUT ROWID;
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
    after       BLOB NOT NULL, elsewhere INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (folder, device, first)
) WITHOUT ROWID;
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
CREATE TABLE reading_chain (
    folder      BLOB PRIMARY KEY,
    counter     INTEGER NOT NULL,
    chain       BLOB NOT NULL
, listed_on TEXT) WITHOUT ROWID;
CREATE TABLE reading_told (
    folder      BLOB NOT NULL,
    whose       INTEGER NOT NULL,            -- code of a side; 0 the recovery key
    last        INTEGER NOT NULL,
    PRIMARY KEY (folder, whose)
) WITHOUT ROWID;
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
CREATE TABLE remainder (
    device      BLOB NOT NULL,
    dseq        INTEGER NOT NULL,
    folder      BLOB NOT NULL,
    member      BLOB NOT NULL,
    place       INTEGER NOT NULL,
    PRIMARY KEY (device, dseq)
) WITHOUT ROWID;
CREATE TABLE staff (document BLOB PRIMARY KEY, member BLOB NOT NULL, name TEXT NOT NULL, roles TEXT NOT NULL, organisation TEXT) WITHOUT ROWID;
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
CREATE TABLE user_key (epoch INTEGER PRIMARY KEY, seed BLOB NOT NULL);
CREATE INDEX agreement_by_folder ON agreement (folder, employer);
CREATE INDEX case_folder_by_case ON case_folder (case_id);
CREATE INDEX case_folder_by_number ON case_folder (number COLLATE NOCASE);
CREATE INDEX consent_by_folder ON consent (folder);
CREATE INDEX contact_person_by_employer ON contact_person (employer);
CREATE VIEW counted AS SELECT * FROM entry WHERE mistaken IS NULL;
CREATE INDEX covers ON folder_grant (until_ms) WHERE until_ms IS NOT NULL;
CREATE INDEX document_by_folder ON document (folder, kind);
CREATE INDEX draft_folder_by_folder ON draft_folder (folder);
CREATE INDEX employer_by_cvr ON employer (cvr);
CREATE INDEX employer_contact_by_employer ON employer_contact (employer, at_ms) WHERE mistaken = 0;
CREATE INDEX entry_addenda ON entry (addendum_to) WHERE addendum_to IS NOT NULL;
CREATE INDEX entry_by_employer ON entry (employer, at_ms) WHERE employer IS NOT NULL;
CREATE INDEX entry_by_folder ON entry (folder, at_ms);
CREATE INDEX entry_by_kind ON entry (folder, kind, met, at_ms DESC) WHERE mistaken IS NULL;
CREATE INDEX entry_by_visit ON entry (visit) WHERE visit IS NOT NULL;
CREATE INDEX entry_milestones ON entry (at_ms, document)
    WHERE kind IN ('job_start', 'job_end', 'education_start', 'education_end') AND mistaken IS NULL;
CREATE INDEX entry_newest ON entry (at_ms DESC, folder, employer) WHERE mistaken IS NULL;
CREATE INDEX entry_not_journalised ON entry (folder, at_ms)
    WHERE note <> '' AND journal_number IS NULL AND journal_not_needed IS NULL AND mistaken IS NULL AND recorded_by IS NULL;
CREATE INDEX entry_steps ON entry (next_step_on) WHERE next_step IS NOT NULL AND next_step_settled IS NULL AND mistaken IS NULL;
CREATE INDEX env_by_folder ON env (folder, tenant_seq);
CREATE UNIQUE INDEX env_by_seq ON env (tenant_seq) WHERE tenant_seq IS NOT NULL;
CREATE INDEX env_by_status ON env (status, tenant_seq) WHERE status IN ('stored', 'waiting_key', 'quarantined');
CREATE INDEX env_lost ON env (lost_seq) WHERE lost_seq IS NOT NULL;
CREATE INDEX erased_work_by_folder ON erased_work (folder);
CREATE UNIQUE INDEX erasure_by_confirmation ON erasure (confirmation) WHERE confirmation IS NOT NULL;
CREATE INDEX hint_by_folder ON hint (folder);
CREATE INDEX hollow_by_folder ON hollow (folder, tenant_seq);
CREATE INDEX hollow_by_hash ON hollow (env_hash);
CREATE INDEX opening_by_employer ON opening (employer);
CREATE INDEX outbox_by_receipt ON outbox (receipt_ms) WHERE receipt_ms IS NOT NULL;
CREATE INDEX outbox_document_by_document ON outbox_document (document, dseq);
CREATE INDEX outbox_open ON outbox (dseq) WHERE code IS NULL;
CREATE INDEX owed_covers ON owed_grant (until_ms) WHERE until_ms IS NOT NULL;
CREATE INDEX pending_by_document ON pending (document, saved_ms);
CREATE INDEX pending_by_folder ON pending (folder, id);
CREATE INDEX read_log_by_age ON read_log (came_ms);
CREATE INDEX reading_sealed ON reading (sealed_dseq) WHERE sealed_dseq IS NOT NULL;
CREATE INDEX reading_to_seal ON reading (folder, at_ms) WHERE sealed_dseq IS NULL;
CREATE INDEX staff_by_member ON staff (member);
INSERT INTO entry_text (entry_text, rank) VALUES ('secure-delete', 1);
