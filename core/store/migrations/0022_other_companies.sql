-- Companies that are not the one they look like (company numbers), and at which unit a contact was.
ALTER TABLE employer ADD COLUMN apart_from TEXT;
ALTER TABLE employer_contact ADD COLUMN unit TEXT;
