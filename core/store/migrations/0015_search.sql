-- What is searched is written in another form (domain::search_text), and what was marked as mistaken is not in it. A table that
-- was dropped leaves no word behind; the program fills the new one from the entries as long as it does not stand in `meta`.
DROP TABLE entry_text;
CREATE VIRTUAL TABLE entry_text USING fts5 (text, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3');
-- Words of a purged folder leave the index at once; without this they stay in its old segments until a merge.
INSERT INTO entry_text (entry_text, rank) VALUES ('secure-delete', 1);
DELETE FROM meta WHERE key = 'search_filled';
-- All entries, newest first, and what a search has to know of each that was not found by its text alone.
CREATE INDEX entry_newest ON entry (at_ms DESC, folder, employer) WHERE mistaken IS NULL;
