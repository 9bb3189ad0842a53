-- What a programme's leader has set.
ALTER TABLE programme ADD COLUMN authority INTEGER;
ALTER TABLE programme ADD COLUMN talk_interval TEXT;
