-- Where a member of the staff is employed: a region's people work in the municipality's programme.
ALTER TABLE staff ADD COLUMN organisation TEXT;
