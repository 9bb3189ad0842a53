-- Words of a purged folder leave the search index at once; without this they stay in its old segments until a merge.
INSERT INTO entry_text (entry_text, rank) VALUES ('secure-delete', 1);
