//! Use cases, one file each, and the driver that runs the engine's effects.
