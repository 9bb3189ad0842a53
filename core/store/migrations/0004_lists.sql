-- What the list of citizens asks of the entries is found by one step in an index per folder and kind, however many there
-- are: the newest of each stands first.
ALTER TABLE entry ADD COLUMN met INTEGER GENERATED ALWAYS AS (coalesce(face_to_face, -1)) VIRTUAL;
DROP INDEX entry_by_kind;
CREATE INDEX entry_by_kind ON entry (folder, kind, met, at_ms DESC);
-- Numbers of cases are typed in any case.
DROP INDEX case_folder_by_number;
CREATE INDEX case_folder_by_number ON case_folder (number COLLATE NOCASE);
-- Rows that were packed in a way this program did not know before are looked at again.
UPDATE env SET status = 'stored' WHERE status = 'ignored' AND reason = 'suite';
