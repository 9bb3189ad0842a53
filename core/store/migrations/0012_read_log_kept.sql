-- Whose readings were told to whom: up to which number of a folder those of one side, or the holders of the recovery key (0),
-- were told. Stays like the count it belongs to.
CREATE TABLE reading_told (
    folder      BLOB NOT NULL,
    whose       INTEGER NOT NULL,            -- code of a side; 0 the recovery key
    last        INTEGER NOT NULL,
    PRIMARY KEY (folder, whose)
) WITHOUT ROWID;
-- The last day on which the folder's citizen stood in a list here: one reading a day.
ALTER TABLE reading_chain ADD COLUMN listed_on TEXT;
-- Own envelopes that are older than who read what is kept.
CREATE INDEX outbox_by_receipt ON outbox (receipt_ms) WHERE receipt_ms IS NOT NULL;

-- The folder whose key opened a reading: with that folder it goes. Sixteen zero bytes for the recovery key.
ALTER TABLE read_log ADD COLUMN key BLOB NOT NULL DEFAULT x'00000000000000000000000000000000';
-- When it came, by the server's clock: what its reader's clock says decides nothing about how long it is kept.
ALTER TABLE read_log ADD COLUMN came_ms INTEGER NOT NULL DEFAULT 0;
UPDATE read_log SET came_ms = at_ms, key = coalesce((SELECT id FROM folder WHERE kind IN (9, 11) ORDER BY id LIMIT 1), key);
DROP INDEX read_log_by_age;
CREATE INDEX read_log_by_age ON read_log (came_ms);
-- How many right before the first were told to others.
ALTER TABLE read_log_new ADD COLUMN elsewhere INTEGER NOT NULL DEFAULT 0;
