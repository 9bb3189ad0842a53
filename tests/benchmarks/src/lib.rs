//! What one entry and one field day cost, beside references of the same run.
