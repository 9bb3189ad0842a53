-- Readings: the folder whose key opens them, sixteen zero bytes for the recovery key.
ALTER TABLE log ADD COLUMN read_log BLOB CHECK (length(read_log) = 16);
CREATE INDEX log_readings ON log (tenant, read_log, seq) WHERE read_log IS NOT NULL;
CREATE INDEX log_readings_by_age ON log (tenant, recv_ms) WHERE read_log IS NOT NULL AND body IS NOT NULL;
