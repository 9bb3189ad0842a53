-- Which build of the app a device last came with.
ALTER TABLE device ADD COLUMN build INTEGER;
