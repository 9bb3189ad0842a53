//! The office computer's host and the headless command line feltbog.
