//! The server's binary; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    feltbog_server::cli::run()
}
