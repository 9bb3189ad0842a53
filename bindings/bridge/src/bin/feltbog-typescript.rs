//! Writes the contract's TypeScript types into the folder named on the command line.

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else { return ExitCode::from(2) };
    if feltbog_bridge::write_typescript(&folder).is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
