-- The newest row that erased a single entry of the folder: content sealed without knowing of it is not taken.
ALTER TABLE folder ADD COLUMN cut_seq INTEGER NOT NULL DEFAULT 0;
