//! A colleague with one valid device who wants more than the role gives.

use feltbog_domain::{DocumentKind, FolderKind, Role};
use feltbog_notes::{RegisterFields, document_id};

use super::town::{Town, new_case};
use crate::error::AppError;
use crate::folders::find_case;

#[tokio::test(flavor = "multi_thread")]
async fn a_register_row_hidden_in_ones_own_case_opens_nobody_elses() {
    let town = Town::founded().await;
    let victim = town.colleague("Vera", Role::Consultant).await;
    let insider = town.colleague("Ivan", Role::Consultant).await;
    victim.with(|d| d.new_case(&new_case("V-1", false))).unwrap();
    insider.with(|d| d.new_case(&new_case("I-1", false))).unwrap();
    victim.exchange().await.unwrap();
    let wanted = victim.with(|d| find_case(&d.store.reader(), "V-1")).unwrap();
    insider
        .with(|d| {
            let own = find_case(&d.store.reader(), "I-1")?;
            let folder = own.of(FolderKind::Employment).unwrap().clone();
            let row = RegisterFields {
                case: own.head.case,
                number: "I-1".into(),
                name: "Borger".into(),
                folders: wanted.folders.iter().map(|folder| folder.id).collect(),
                consultants: vec!["Ivan".into()],
                therapists: Vec::new(),
            };
            let (editor, id) = (d.editor(), document_id(folder.id, DocumentKind::RegisterRow, "row"));
            d.store.write(|w| {
                editor.edit(w, &folder, id, DocumentKind::RegisterRow, |doc, actor| doc.write_register_row(actor, &row))
            })
        })
        .unwrap();
    for app in [&insider, &town.leader, &insider] {
        app.exchange().await.unwrap();
    }
    assert!(matches!(insider.with(|d| find_case(&d.store.reader(), "V-1")), Err(AppError::UnknownCase)));
    let put_aside = town.leader.with(|d| Ok(d.store.reader().quarantined()?)).unwrap();
    assert_eq!(put_aside, 1, "the leader's device keeps the row and marks it");
    assert!(town.leader.with(|d| find_case(&d.store.reader(), "I-1")).is_ok(), "the rest of the case is taken in");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_treatment_worker_learns_nothing_of_a_case_without_consent() {
    let town = Town::founded().await;
    let consultant = town.colleague("Vera", Role::Consultant).await;
    let therapist = town.colleague("Theo", Role::Treatment).await;
    consultant.exchange().await.unwrap();
    consultant.with(|d| d.new_case(&new_case("V-1", false))).unwrap();
    assert!(matches!(consultant.with(|d| d.assign("V-1", "Theo", Role::Treatment)), Err(AppError::NoConsent)));
    consultant.with(|d| d.new_case(&new_case("V-2", true))).unwrap();
    consultant.with(|d| d.assign("V-2", "Theo", Role::Treatment)).unwrap();
    consultant.exchange().await.unwrap();
    therapist.exchange().await.unwrap();
    let cases = therapist.with(super::super::device::Device::cases).unwrap();
    assert_eq!(cases.iter().map(|case| case.number.as_str()).collect::<Vec<_>>(), ["V-2"]);
    let kinds: Vec<FolderKind> = cases[0].folders.iter().map(|(_, kind)| *kind).collect();
    assert_eq!(kinds, [FolderKind::Shared]);
}
