//! Builders for tests: worlds, devices, servers.
