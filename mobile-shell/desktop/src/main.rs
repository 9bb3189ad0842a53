//! The binary `feltbog`; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    feltbog_desktop::run()
}
