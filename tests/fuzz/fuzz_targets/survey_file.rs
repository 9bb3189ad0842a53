#![no_main]
#![allow(missing_docs, reason = "an entry point for libFuzzer; the target says what it checks")]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = feltbog_fuzz::survey_file(data);
});
