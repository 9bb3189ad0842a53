-- What the team knows of each other's work with employers, and what each citizen agreed may be said to one.
CREATE TABLE employer_contact (
    document BLOB PRIMARY KEY, folder BLOB NOT NULL, employer TEXT NOT NULL, at_ms INTEGER NOT NULL, at TEXT NOT NULL,
    kind TEXT NOT NULL, face_to_face INTEGER, contact_person TEXT, purpose TEXT, outcome TEXT,
    about TEXT, mistaken INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX employer_contact_by_employer ON employer_contact (employer, at_ms) WHERE mistaken = 0;
CREATE TABLE agreement (
    document BLOB PRIMARY KEY, folder BLOB NOT NULL, employer TEXT NOT NULL, disclosure TEXT NOT NULL,
    may_say TEXT, may_not_say TEXT, decided_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX agreement_by_folder ON agreement (folder, employer);
CREATE INDEX entry_by_visit ON entry (visit) WHERE visit IS NOT NULL;
