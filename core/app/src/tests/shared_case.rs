//! One case on which Vera and Ivan both work, and a leader who sees it. Ivan has a program of his own.

use feltbog_domain::{DocumentId, DocumentKind, FolderKind, Role};
use feltbog_notes::{ActorBytes, Document};
use feltbog_store::{FolderRow, PutAside};

use super::town::{Town, new_case};
use crate::folders::find_case;
use crate::{App, AppError, LogWish};

pub(super) struct SharedCase {
    pub(super) town: Town,
    pub(super) vera: App,
    pub(super) ivan: App,
}

impl SharedCase {
    pub(super) async fn begun() -> Self {
        let town = Town::founded().await;
        let vera = town.colleague("Vera", Role::Consultant).await;
        let ivan = town.colleague("Ivan", Role::Consultant).await;
        town.leader.with(|d| d.new_case(&new_case("V-1", false))).unwrap();
        for name in ["Vera", "Ivan"] {
            town.leader.with(|d| d.assign("V-1", name, Role::Consultant)).unwrap();
        }
        let case = Self { town, vera, ivan };
        case.everybody_exchanges().await;
        case
    }

    pub(super) async fn everybody_exchanges(&self) {
        for app in [&self.town.leader, &self.vera, &self.ivan] {
            app.exchange().await.unwrap();
        }
    }
}

/// The folder both work in, as this device knows it.
pub(super) fn folder(app: &App) -> FolderRow {
    app.with(|d| Ok(find_case(&d.store.reader(), "V-1")?.of(FolderKind::Employment).unwrap().clone())).unwrap()
}

pub(super) fn actor(app: &App) -> ActorBytes {
    ActorBytes(folder(app).actor)
}

pub(super) fn log(app: &App, note: &str) -> DocumentId {
    let wish = LogWish {
        case: Some("V-1".into()),
        kind: "employer_visit".into(),
        note: note.into(),
        shared: Some(false),
        ..LogWish::default()
    };
    app.with(|d| d.log_entry(&wish)).unwrap().entry
}

/// The document as it lies on this device.
pub(super) fn document(app: &App, id: DocumentId) -> Document {
    let row = app.with(|d| Ok(d.store.reader().document(id)?.unwrap())).unwrap();
    Document::load(row.kind, &row.saved).unwrap()
}

pub(super) fn note(app: &App, id: DocumentId) -> String {
    document(app, id).entry().unwrap().note
}

/// Seals these bytes as a change of an entry, whatever they are, and keeps nothing of it in the own document.
pub(super) fn smuggle(app: &App, id: DocumentId, change: &[u8]) {
    let folder = folder(app).id;
    app.with(|d| d.store.write(|w| Ok::<_, AppError>(w.add_pending(folder, id, DocumentKind::Entry, change, 0)?)))
        .unwrap();
}

pub(super) fn put_aside(app: &App) -> Vec<PutAside> {
    app.with(|d| Ok(d.store.reader().put_aside()?)).unwrap()
}
