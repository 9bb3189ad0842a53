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

-- The epoch in which the device had delivered again everything it had receipts for; its receipts speak for that epoch.
ALTER TABLE device ADD COLUMN whole_epoch BLOB;

CREATE INDEX log_bundles ON log (tenant, folder, seq) WHERE kind = 2;

-- The row was accepted once before a restore, and again on the word of its receipt.
ALTER TABLE log ADD COLUMN proven INTEGER NOT NULL DEFAULT 0;

-- Earlier epochs that this database knows of, and the newest row of each that is still here.
CREATE TABLE past_epoch (
    tenant     BLOB NOT NULL REFERENCES tenant (id),
    epoch      BLOB NOT NULL CHECK (length(epoch) = 16),
    ended_seq  INTEGER NOT NULL,
    PRIMARY KEY (tenant, epoch)
) STRICT, WITHOUT ROWID;
