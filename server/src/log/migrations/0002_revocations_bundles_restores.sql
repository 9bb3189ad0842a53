-- An accepted row may have been accepted with a reservation; the same question must get the same answer for ever.
ALTER TABLE log ADD COLUMN code INTEGER NOT NULL DEFAULT 0;

-- From this row on the folder takes no new content.
ALTER TABLE folder ADD COLUMN closed_seq INTEGER;

-- The log was restored from a copy, and its rows are held back until an administrator's, leader's or deputy's device has
-- delivered again what it once had a receipt for.
ALTER TABLE tenant ADD COLUMN healing INTEGER NOT NULL DEFAULT 0;

-- What a device has used of its quota on one day (days since 1970).
ALTER TABLE device ADD COLUMN day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN day_rows INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN day_bytes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN day_deposit_bytes INTEGER NOT NULL DEFAULT 0;

CREATE INDEX log_bundles ON log (tenant, folder, seq) WHERE kind = 2;
