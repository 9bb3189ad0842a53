-- What devices told of a folder: counted from here, in the order of the log.
CREATE INDEX log_facts ON log (tenant, folder, seq) WHERE kind = 9 AND body IS NOT NULL;
