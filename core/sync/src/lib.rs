//! The exchange as a sans-IO engine: inputs in, effects out.
