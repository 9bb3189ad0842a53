//! Puts the packed user interface where the binary embeds it, or a page that says how to pack it.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

const PACKED: &str = "../ui/dist";

const NOT_PACKED: &str = "<!doctype html>
<html lang=\"da\">
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<title>Feltbog</title>
<h1>Feltbog</h1>
<p>Brugerfladen er ikke bygget med. Kør <code>cargo xtask ui</code>, og byg igen. Kommandolinjen virker som den skal.</p>
<p lang=\"en\">The user interface was not built in. Run <code>cargo xtask ui</code> and build again. The command line works.</p>
</html>
";

fn main() -> io::Result<()> {
    // A path that does not exist yet counts as changed, so the first packing is noticed as well.
    println!("cargo:rerun-if-changed={PACKED}");
    println!("cargo:rerun-if-changed=build.rs");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("OUT_DIR is not set"))?;
    let target = PathBuf::from(out).join("ui");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    let packed = Path::new(PACKED);
    if packed.join("index.html").is_file() {
        copy(packed, &target)
    } else {
        fs::create_dir_all(&target)?;
        fs::write(target.join("index.html"), NOT_PACKED)
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for item in fs::read_dir(from)? {
        let item = item?;
        let target = to.join(item.file_name());
        if item.file_type()?.is_dir() {
            copy(&item.path(), &target)?;
        } else {
            fs::copy(item.path(), target)?;
        }
    }
    Ok(())
}
