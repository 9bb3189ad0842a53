-- Benefits and target groups a citizen had before (JSON).
ALTER TABLE profile ADD COLUMN former_benefits TEXT;
ALTER TABLE profile ADD COLUMN former_target_groups TEXT;
