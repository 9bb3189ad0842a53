-- The running hash of the log up to each row; it begins anew after rows that were stored without one.
ALTER TABLE log ADD COLUMN chain BLOB CHECK (length(chain) = 32);

-- The lowest row at which any epoch of this log began: beyond it rows may stand in another order than they were written in.
ALTER TABLE tenant ADD COLUMN disordered_from INTEGER;
