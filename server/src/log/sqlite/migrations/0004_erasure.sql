-- The body is stored under the folder's key in the shred store beside this database; see shred.rs.
ALTER TABLE log ADD COLUMN masked INTEGER NOT NULL DEFAULT 0;
CREATE INDEX log_to_mask ON log (tenant, seq) WHERE masked = 0 AND kind IN (3, 11) AND body IS NOT NULL;
CREATE INDEX log_masked ON log (tenant, folder) WHERE masked = 1;

-- A device's word that it holds nothing of some folders any more, and which row asked for it.
ALTER TABLE log ADD COLUMN purge_cause BLOB CHECK (length(purge_cause) = 32);
CREATE INDEX log_purges ON log (tenant, seq) WHERE purge_cause IS NOT NULL;
