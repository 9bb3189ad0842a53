//! A seeded stream of hostile input through every target: the same in every run, so a failing case has a number.

use std::panic::{AssertUnwindSafe, catch_unwind};

use feltbog_fuzz::{TARGETS, Target, mutate, specimens};
use feltbog_harness::Chance;

/// Inputs of one target in the ordinary run; `FELTBOG_FUZZ_CASES` asks for more.
const CASES: u64 = 20_000;

fn run(name: &str) {
    let target = TARGETS.iter().find(|target| target.name == name).unwrap();
    let specimens = specimens::of(name);
    assert!(specimens.iter().any(|specimen| (target.run)(specimen)), "no specimen of {name} is taken");
    let cases = std::env::var("FELTBOG_FUZZ_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(CASES);
    let (mut taken, mut refused) = (0_u64, 0_u64);
    for case in 0..cases {
        let input = mutate(&mut Chance::of(case), &specimens);
        match feed(target, &input, case) {
            true => taken += 1,
            false => refused += 1,
        }
    }
    assert!(taken > 0 && refused > cases / 20, "the stream reaches both ends of {name}: {taken} and {refused}");
}

fn feed(target: &Target, input: &[u8], case: u64) -> bool {
    catch_unwind(AssertUnwindSafe(|| (target.run)(input)))
        .unwrap_or_else(|_| panic!("{} case {case}: {}", target.name, hex(input)))
}

fn hex(input: &[u8]) -> String {
    input.iter().map(|byte| format!("{byte:02x}")).collect()
}

macro_rules! seeded {
    ($($name:ident),+ $(,)?) => {
        $(#[test]
        fn $name() {
            run(stringify!($name));
        })+

        #[test]
        fn every_target_has_a_run_of_its_own() {
            let mut here = vec![$(stringify!($name)),+];
            let mut there: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
            here.sort_unstable();
            there.sort_unstable();
            assert_eq!(here, there);
        }
    };
}

seeded![
    envelope,
    resigned_envelope,
    key_record,
    grant,
    revoke,
    deposit,
    erase,
    purge_receipt,
    fact_batch,
    certificates,
    roster,
    sync_request,
    sync_reply,
    enrol_request,
    enrol_reply,
    hand_in_request,
    hand_in_reply,
    login_request,
    login_reply,
    setup_request,
    problem,
    receipt_proof,
    lease,
    invitation,
    bootstrap_code,
    request_signature,
    recovery_share,
    key_file,
    host_token,
    payload,
    change,
    repaired_change,
    saved_document,
    heads,
    csv_lines,
    survey_file,
    bridge_request,
];
