//! newer_versions
