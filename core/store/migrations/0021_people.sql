-- People around the citizen (JSON), as the profile's document has them.
ALTER TABLE profile ADD COLUMN people TEXT;
