-- After a restore of the server two keys of one epoch may both be in use: the one that was lost and came back, and the one
-- that was made meanwhile. An envelope's commitment says which.
CREATE TABLE folder_key_2 (
    folder      BLOB NOT NULL,
    epoch       INTEGER NOT NULL,
    key         BLOB NOT NULL,
    PRIMARY KEY (folder, epoch, key)
) WITHOUT ROWID;
INSERT INTO folder_key_2 SELECT folder, epoch, key FROM folder_key;
DROP TABLE folder_key;
ALTER TABLE folder_key_2 RENAME TO folder_key;
