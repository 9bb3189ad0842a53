-- The rest of what an entry says, and what was done with it since.
ALTER TABLE entry ADD COLUMN client_specific INTEGER;
ALTER TABLE entry ADD COLUMN purpose TEXT;
ALTER TABLE entry ADD COLUMN job_type TEXT;
ALTER TABLE entry ADD COLUMN fits_wish INTEGER;
ALTER TABLE entry ADD COLUMN next_step TEXT;
ALTER TABLE entry ADD COLUMN next_step_on TEXT;
ALTER TABLE entry ADD COLUMN next_step_time TEXT;
ALTER TABLE entry ADD COLUMN next_step_settled TEXT;
ALTER TABLE entry ADD COLUMN visit BLOB;
ALTER TABLE entry ADD COLUMN addendum_to BLOB;
ALTER TABLE entry ADD COLUMN mistaken TEXT;
ALTER TABLE entry ADD COLUMN journal_number TEXT;
ALTER TABLE entry ADD COLUMN journalised_at TEXT;
ALTER TABLE entry ADD COLUMN journal_not_needed INTEGER;
ALTER TABLE entry ADD COLUMN read_together_at TEXT;
-- Few rows each: the agenda, the list of what is missing in the journal, what was read in from the old files is in neither.
CREATE INDEX entry_steps ON entry (next_step_on) WHERE next_step IS NOT NULL AND next_step_settled IS NULL AND mistaken IS NULL;
CREATE INDEX entry_not_journalised ON entry (folder, at_ms)
    WHERE note <> '' AND journal_number IS NULL AND journal_not_needed IS NULL AND mistaken IS NULL AND recorded_by IS NULL;
CREATE INDEX entry_addenda ON entry (addendum_to) WHERE addendum_to IS NOT NULL;
-- What was written by mistake counts in no phase, clock or contact: it is not in the indexes that are asked for them.
DROP INDEX entry_by_kind;
CREATE INDEX entry_by_kind ON entry (folder, kind, met, at_ms DESC) WHERE mistaken IS NULL;
DROP INDEX entry_milestones;
CREATE INDEX entry_milestones ON entry (at_ms, document)
    WHERE kind IN ('job_start', 'job_end', 'education_start', 'education_end') AND mistaken IS NULL;
CREATE VIEW counted AS SELECT * FROM entry WHERE mistaken IS NULL;
