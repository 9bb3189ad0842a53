-- The vocational profile with its former wishes (JSON), how to reach the citizen, and aftercare.
ALTER TABLE profile ADD COLUMN plan TEXT;
ALTER TABLE profile ADD COLUMN strengths TEXT;
ALTER TABLE profile ADD COLUMN support TEXT;
ALTER TABLE profile ADD COLUMN phone TEXT;
ALTER TABLE profile ADD COLUMN contact_by TEXT;
ALTER TABLE profile ADD COLUMN aftercare_from TEXT;
ALTER TABLE profile ADD COLUMN former_wishes TEXT;
