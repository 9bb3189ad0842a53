-- What somebody has begun to write and neither saved nor thrown away, with the folders it speaks of: it goes with them.
CREATE TABLE draft (about TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE draft_folder (about TEXT NOT NULL, folder BLOB NOT NULL, PRIMARY KEY (about, folder)) WITHOUT ROWID;
CREATE INDEX draft_folder_by_folder ON draft_folder (folder);
-- Notes in which somebody else wrote after this member had, and the state this member saw last.
CREATE TABLE both_wrote (document BLOB PRIMARY KEY, folder BLOB NOT NULL, seen TEXT NOT NULL) WITHOUT ROWID;
