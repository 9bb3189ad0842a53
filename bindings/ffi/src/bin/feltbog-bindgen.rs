//! Writes the Kotlin, Swift or Python that belongs to the built library.

fn main() {
    uniffi::uniffi_bindgen_main();
}
