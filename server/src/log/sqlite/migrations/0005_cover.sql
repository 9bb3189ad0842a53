-- Grants that end by themselves, by folder: whoever writes in a folder finds out that one is over and a new key is owed.
CREATE INDEX grants_for_a_time ON grant_now (tenant, folder, until_ms) WHERE until_ms IS NOT NULL;
