//! mutated_changes
