-- The running hash of the log up to each row; it begins anew after rows that were stored without one.
ALTER TABLE log ADD COLUMN chain BLOB CHECK (length(chain) = 32);
