//! stale_views
