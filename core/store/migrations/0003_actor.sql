-- Which member first wrote under an automerge actor in a folder, and in which row of the log: nobody else may.
CREATE TABLE actor (
    folder      BLOB NOT NULL,
    actor       BLOB NOT NULL,
    member      BLOB NOT NULL,
    seq         INTEGER NOT NULL,
    PRIMARY KEY (folder, actor)
) WITHOUT ROWID;
