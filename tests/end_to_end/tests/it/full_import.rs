//! The whole register of a programme, from its files to four computers.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use feltbog_harness::{Device, World, entries, numbers};
use serde_json::Value;

use crate::support::{AASE, ASTRID, ERIK, agree, imported, is_quiet};

type Row = BTreeMap<String, String>;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/sydhavnen")
}

fn rows(file: &str) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_path(fixtures().join(file)).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn the_register_of_sydhavnen_comes_in_and_reaches_exactly_those_it_should() {
    let world = World::new();
    let (cases, events, employers) = (rows("forloeb.csv"), rows("haendelser.csv"), rows("virksomheder.csv"));
    let report = imported(world.leader(), &fixtures(), &[]);
    assert_eq!(report["added"]["cases"].as_u64().unwrap(), cases.len() as u64);
    assert_eq!(report["added"]["entries"].as_u64().unwrap(), events.len() as u64);
    assert_eq!(report["added"]["employers"].as_u64().unwrap(), employers.len() as u64);
    assert_eq!(report["refused"], Value::Array(Vec::new()));
    let again = imported(world.leader(), &fixtures(), &[]);
    assert_eq!(again["unchanged"].as_u64().unwrap(), (cases.len() + events.len() + employers.len()) as u64);
    world.leader().sync();

    let (aase, astrid, erik) = (world.consultant(AASE), world.consultant(ASTRID), world.treatment(ERIK));
    world.exchange_twice(&[&aase, &astrid, &erik]);
    for device in [world.leader(), &aase, &astrid, &erik] {
        is_quiet(device);
    }
    let of_case = |number: &str| events.iter().filter(|event| event["sagsnr"] == number).collect::<Vec<_>>();
    for (device, name) in [(&aase, AASE), (&astrid, ASTRID)] {
        let mine: BTreeSet<&str> =
            cases.iter().filter(|case| case["konsulent"] == name).map(|case| case["sagsnr"].as_str()).collect();
        assert_eq!(numbers(&device.cases()).into_iter().collect::<BTreeSet<_>>(), mine);
        for number in mine {
            same_entries(device, number, &of_case(number));
        }
    }
    let shared: BTreeSet<&str> = cases
        .iter()
        .filter(|case| case["behandler"] == ERIK && !case["samtykke_fra"].is_empty())
        .map(|case| case["sagsnr"].as_str())
        .collect();
    assert_eq!(numbers(&erik.cases()).into_iter().collect::<BTreeSet<_>>(), shared);
    for number in shared {
        let meetings: Vec<&Row> = of_case(number)
            .into_iter()
            .filter(|event| matches!(event["type"].as_str(), "behandlingsmøde" | "henvisning"))
            .collect();
        same_entries(&erik, number, &meetings);
        assert!(entries(&erik.show(number)).iter().all(|entry| entry["folder"] == "shared"));
        agree(number, &["shared"], &[world.leader(), &erik]);
    }
}

/// The notes of the case are those of the file, each as often.
fn same_entries(device: &Device, number: &str, events: &[&Row]) {
    let page = device.show(number);
    let mut seen: Vec<(&str, &str)> = entries(&page)
        .iter()
        .map(|entry| (entry["note"].as_str().unwrap(), entry["recorded_by"].as_str().unwrap()))
        .collect();
    let mut expected: Vec<(&str, &str)> =
        events.iter().map(|event| (event["notat"].trim(), event["konsulent"].as_str())).collect();
    seen.sort_unstable();
    expected.sort_unstable();
    assert_eq!(seen, expected, "{}: {number}", device.name());
}
