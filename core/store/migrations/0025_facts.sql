-- Folders of which something changed that may be counted: whether the server was told is looked at before and after each exchange.
CREATE TABLE facts_due (
    folder  BLOB PRIMARY KEY
) WITHOUT ROWID;
INSERT INTO facts_due SELECT id FROM folder WHERE kind IN (4, 6, 7);
