-- Who works for an employer, what it looks for, its production units (JSON), and which companies are one.
CREATE TABLE contact_person (
    document BLOB PRIMARY KEY, folder BLOB NOT NULL, employer TEXT NOT NULL, name TEXT NOT NULL, function TEXT,
    phone TEXT, mail TEXT, prefers TEXT, in_charge INTEGER NOT NULL, gone INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX contact_person_by_employer ON contact_person (employer);
CREATE TABLE opening (
    document BLOB PRIMARY KEY, folder BLOB NOT NULL, employer TEXT NOT NULL, text TEXT NOT NULL,
    hours_per_week INTEGER, job_type TEXT, from_day TEXT, until_day TEXT, state TEXT NOT NULL, noted_on TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX opening_by_employer ON opening (employer);
ALTER TABLE employer ADD COLUMN unverified INTEGER;
ALTER TABLE employer ADD COLUMN merged_into TEXT;
ALTER TABLE employer ADD COLUMN units TEXT;
ALTER TABLE entry ADD COLUMN unit TEXT;
