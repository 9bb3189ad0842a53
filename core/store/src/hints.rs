//! Hints: rows of the read model that came with a cold bundle, before the documents they stand for.
//!
//! A new device shows them at once, as somebody's word. The originals replace them; what no original stood for is taken
//! away again.

use feltbog_domain::{DeviceId, DocumentId, DocumentKind, FolderId, MemberId};
use minicbor::{Decode, Encode};
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{OptionalExtension, Row, params_from_iter};

use crate::open::{Reader, StoreError, Writer};
use crate::read_model::EntryRowWrite;
use crate::rows::{AsSql, RowExt, int, uint};

/// What the read model says of one document, without the folder and the document's id.
#[derive(Debug, Clone, PartialEq)]
pub struct HintRow {
    /// The document; `None` for the one document of its kind in a folder.
    pub document: Option<DocumentId>,
    /// What it is.
    pub kind: DocumentKind,
    /// The columns, in the table's order.
    pub values: Vec<HintValue>,
    /// Who wrote in it, first writer first; for entries only.
    pub authors: Vec<MemberId>,
}

/// One column of a hint.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
pub enum HintValue {
    /// Nothing.
    #[n(0)]
    Nothing,
    /// A number.
    #[n(1)]
    Number(#[n(0)] i64),
    /// A text.
    #[n(2)]
    Text(#[n(0)] String),
    /// Bytes, such as ids.
    #[n(3)]
    Bytes(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
}

impl HintValue {
    fn read(row: &Row<'_>, column: usize) -> Result<Self, StoreError> {
        Ok(match row.get_ref(column)? {
            ValueRef::Null | ValueRef::Real(_) => HintValue::Nothing,
            ValueRef::Integer(number) => HintValue::Number(number),
            ValueRef::Text(text) => HintValue::Text(String::from_utf8_lossy(text).into_owned()),
            ValueRef::Blob(bytes) => HintValue::Bytes(bytes.to_vec()),
        })
    }
}

impl ToSql for HintValue {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            HintValue::Nothing => ValueRef::Null,
            HintValue::Number(number) => ValueRef::Integer(*number),
            HintValue::Text(text) => ValueRef::Text(text.as_bytes()),
            HintValue::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// A hint as it travels inside a bundle: the columns and the authors.
#[derive(Encode, Decode)]
struct Travelling {
    #[n(0)]
    values: Vec<HintValue>,
    #[cbor(n(1), with = "minicbor::bytes")]
    authors: Vec<u8>,
}

impl HintRow {
    /// Its bytes inside a bundle; document and kind stand beside them.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let authors = self.authors.iter().flat_map(|member| *member.as_bytes()).collect();
        feltbog_protocol::encode(&Travelling { values: self.values.clone(), authors })
    }

    /// What [`HintRow::to_bytes`] wrote, if it is that.
    #[must_use]
    pub fn from_bytes(document: DocumentId, kind: DocumentKind, bytes: &[u8]) -> Option<Self> {
        let Travelling { values, authors } = feltbog_protocol::decode(bytes).ok()?;
        let authors = authors.chunks_exact(16).filter_map(|id| MemberId::try_from(id).ok()).collect();
        Some(Self { document: Some(document), kind, values, authors })
    }
}

/// One table of the read model that is handed on.
struct Table {
    kind: DocumentKind,
    name: &'static str,
    columns: &'static str,
    has_document: bool,
    /// The column that says how old a row is.
    at: Option<&'static str>,
}

const TABLES: &[Table] = &[
    Table {
        kind: DocumentKind::Entry,
        name: "entry",
        columns: "kind, at_ms, at, minutes, place, employer, contact_person, face_to_face, outcome, hours_per_week, \
                  job_title, permanent, recorded_by, note, conflicts, client_specific, purpose, job_type, fits_wish, \
                  next_step, next_step_on, next_step_time, next_step_settled, visit, addendum_to, mistaken, \
                  journal_number, journalised_at, journal_not_needed, read_together_at",
        has_document: true,
        at: Some("at_ms"),
    },
    Table {
        kind: DocumentKind::Head,
        name: "case_folder",
        columns: "case_id, number, name, programme",
        has_document: false,
        at: None,
    },
    Table {
        kind: DocumentKind::Profile,
        name: "profile",
        columns: "enrolled_on, exited_on, exit_reason, born_on, municipality, district, benefit, target_group, track, \
                  consultant, therapist, treatment_site, job_wish, disclosure, plan, strengths, support, phone, \
                  contact_by, aftercare_from, former_wishes, former_benefits, former_target_groups",
        has_document: false,
        at: None,
    },
    Table {
        kind: DocumentKind::Consent,
        name: "consent",
        columns: "types, from_day, until_day, giver, receiver",
        has_document: true,
        at: None,
    },
    Table {
        kind: DocumentKind::RegisterRow,
        name: "register_row",
        columns: "case_id, number, name, folders, consultants, therapists",
        has_document: true,
        at: None,
    },
    Table {
        kind: DocumentKind::Employer,
        name: "employer",
        columns: "cvr, name, trade, address, postcode, town, contact_person",
        has_document: true,
        at: None,
    },
    Table {
        kind: DocumentKind::EmployerContact,
        name: "employer_contact",
        columns: "employer, at_ms, at, kind, face_to_face, contact_person, purpose, outcome, about, mistaken",
        has_document: true,
        at: Some("at_ms"),
    },
    Table {
        kind: DocumentKind::ContactPerson,
        name: "contact_person",
        columns: "employer, name, function, phone, mail, prefers, in_charge, gone",
        has_document: true,
        at: None,
    },
    Table {
        kind: DocumentKind::Opening,
        name: "opening",
        columns: "employer, text, hours_per_week, job_type, from_day, until_day, state, noted_on",
        has_document: true,
        at: None,
    },
    Table {
        kind: DocumentKind::Agreement,
        name: "agreement",
        columns: "employer, disclosure, may_say, may_not_say, decided_at",
        has_document: true,
        at: None,
    },
];

impl Table {
    fn of(kind: DocumentKind) -> Option<&'static Table> {
        TABLES.iter().find(|table| table.kind == kind)
    }

    fn width(&self) -> usize {
        self.columns.split(',').count()
    }
}

impl Reader<'_> {
    /// What the read model says of a folder: entries since a moment, newest first, and everything else.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn outline(&self, folder: FolderId, since_ms: i64, limit: usize) -> Result<Vec<HintRow>, StoreError> {
        let mut rows = Vec::new();
        for table in TABLES {
            let document = if table.has_document { "document" } else { "NULL" };
            let (recent, order) = table.at.map_or((String::new(), String::new()), |at| {
                (format!(" AND {at} >= {since_ms}"), format!(" ORDER BY {at} DESC, document"))
            });
            let mut statement = self.sql.prepare_cached(&format!(
                "SELECT {document}, {} FROM {} WHERE folder = ?1{recent}{order} LIMIT ?2",
                table.columns, table.name
            ))?;
            let room = int(limit.saturating_sub(rows.len()) as u64);
            let mut found = statement.query((folder.sql(), room))?;
            while let Some(row) = found.next()? {
                let document: Option<[u8; 16]> = row.get(0)?;
                let document = document.map(DocumentId::from);
                let values =
                    (1..=table.width()).map(|column| HintValue::read(row, column)).collect::<Result<_, _>>()?;
                let authors = match document {
                    Some(document) if table.kind == DocumentKind::Entry => self.authors(document)?,
                    _ => Vec::new(),
                };
                rows.push(HintRow { document, kind: table.kind, values, authors });
            }
        }
        Ok(rows)
    }

    /// Whose word an entry is, while its original is not here.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn hinted_by(&self, document: DocumentId) -> Result<Option<DeviceId>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT device FROM hint WHERE document = ?1")?;
        Ok(statement.query_row([document.sql()], |row| row.id(0)).optional()?)
    }

    /// Folders that ought to have a new cold bundle: enough has come since the last one, and nothing is under way. Asked of all
    /// at once: of each by itself, it costs a municipality's device a quarter of a second.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn folders_wanting_bundles(&self) -> Result<Vec<FolderId>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT f.id FROM folder f
             WHERE f.stale_from IS NULL
                AND CASE WHEN f.bundled_seq = 0
                    THEN f.id IN (SELECT folder FROM document GROUP BY folder HAVING count(*) >= ?1)
                    ELSE f.seen_seq > f.bundled_seq
                        AND (SELECT count(*) FROM (SELECT 1 FROM env WHERE folder = f.id AND tenant_seq > f.bundled_seq
                                                   AND kind = 1 LIMIT ?2)) >= ?2 END
                AND NOT EXISTS (SELECT 1 FROM backfill WHERE folder = f.id)
                AND NOT EXISTS (SELECT 1 FROM pending WHERE folder = f.id)
                AND NOT EXISTS (SELECT 1 FROM hint WHERE folder = f.id)
                AND NOT EXISTS (SELECT 1 FROM env WHERE folder = f.id AND (tenant_seq IS NULL AND lost_seq IS NULL AND kind != 2
                                    -- What the server refused and somebody looked after will never have a place.
                                    AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.dseq = env.dseq AND resolved = 1
                                        AND env.device = (SELECT value FROM meta WHERE key = 'device'))
                                OR status IN ('stored', 'waiting_key', 'quarantined')))
             ORDER BY f.id",
        )?;
        let rows = statement.query_map((FIRST_BUNDLE, NEXT_BUNDLE), |row| row.id(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Documents in a folder before a bundle saves a new device anything.
const FIRST_BUNDLE: u32 = 16;
/// Rows since the last bundle (protocol, section 1.8).
const NEXT_BUNDLE: u32 = 64;

impl Writer<'_> {
    /// A bundle up to this row is on its way.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn set_bundled(&self, folder: FolderId, seq: u64) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("UPDATE folder SET bundled_seq = max(bundled_seq, ?2, 1) WHERE id = ?1")?
            .execute((folder.sql(), int(seq)))?;
        Ok(())
    }

    /// Lays a hint, unless the document is here or the row does not fit its table. `document` is the one it stands for.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn put_hint(
        &self,
        folder: FolderId,
        document: DocumentId,
        row: &HintRow,
        teller: (DeviceId, u64),
    ) -> Result<(), StoreError> {
        let Some(table) = Table::of(row.kind) else { return Ok(()) };
        if row.values.len() != table.width() || self.has_document(document)? || self.hinted_by(document)?.is_some() {
            return Ok(());
        }
        let marks = |count: usize| vec!["?"; count].join(", ");
        let (key, keys) = if table.has_document { ("folder, document", 2) } else { ("folder", 1) };
        let statement = format!(
            "INSERT OR IGNORE INTO {} ({key}, {}) VALUES ({})",
            table.name,
            table.columns,
            marks(keys + table.width())
        );
        let mut values = vec![HintValue::Bytes(folder.sql().to_vec())];
        if table.has_document {
            values.push(HintValue::Bytes(document.sql().to_vec()));
        }
        values.extend(row.values.iter().cloned());
        // A value of a type the column cannot read would break a list; SQLite itself would store it.
        let laid = self.sql.prepare_cached(&statement)?.execute(params_from_iter(values)).unwrap_or(0);
        if laid == 0 {
            return Ok(());
        }
        self.sql
            .prepare_cached(
                "INSERT OR REPLACE INTO hint (document, folder, kind, device, dseq) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((document.sql(), folder.sql(), row.kind.code(), teller.0.sql(), int(teller.1)))?;
        if row.kind == DocumentKind::Entry { self.finish_hinted_entry(document, row) } else { Ok(()) }
    }

    /// Search and authors of a hinted entry; one that cannot be read is taken away again.
    fn finish_hinted_entry(&self, document: DocumentId, row: &HintRow) -> Result<(), StoreError> {
        let Ok(Some(entry)) = self.entry(document) else { return self.drop_hint(document, DocumentKind::Entry) };
        self.put_entry(&EntryRowWrite {
            document,
            folder: entry.folder,
            fields: &entry.fields,
            note: &entry.note,
            conflicts: &entry.conflicts,
        })?;
        for (place, author) in row.authors.iter().enumerate() {
            self.add_author(document, *author, place as u64)?;
        }
        Ok(())
    }

    /// The original of a hint is here: the hint was right or wrong, and is over. To be called before the document is
    /// projected.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn fulfil_hint(&self, document: DocumentId) -> Result<(), StoreError> {
        let Some(kind) = self.hint_kind(document)? else { return Ok(()) };
        self.drop_hint(document, kind)
    }

    fn hint_kind(&self, document: DocumentId) -> Result<Option<DocumentKind>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT kind FROM hint WHERE document = ?1")?;
        let code: Option<u8> = statement.query_row([document.sql()], |row| row.get(0)).optional()?;
        Ok(code.and_then(DocumentKind::from_code))
    }

    fn drop_hint(&self, document: DocumentId, kind: DocumentKind) -> Result<(), StoreError> {
        let Some(table) = Table::of(kind) else { return Ok(()) };
        if kind == DocumentKind::Entry {
            self.sql
                .prepare_cached("DELETE FROM entry_text WHERE rowid IN (SELECT row FROM entry WHERE document = ?1)")?
                .execute([document.sql()])?;
        }
        let of_hint =
            if table.has_document { "document = ?1" } else { "folder = (SELECT folder FROM hint WHERE document = ?1)" };
        self.sql.prepare_cached(&format!("DELETE FROM {} WHERE {of_hint}", table.name))?.execute([document.sql()])?;
        self.sql.prepare_cached("DELETE FROM author WHERE document = ?1")?.execute([document.sql()])?;
        self.sql.prepare_cached("DELETE FROM hint WHERE document = ?1")?.execute([document.sql()])?;
        Ok(())
    }

    /// In folders that are whole, a hint without an original was a wrong word: it is taken away, and the bundle that said
    /// it is put aside.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn settle_hints(&self) -> Result<(), StoreError> {
        for (document, kind, device, dseq) in self.hints_without_original()? {
            self.drop_hint(document, kind)?;
            self.set_row_status(device, dseq, crate::RowStatus::Quarantined, Some("bundle_differs"))?;
        }
        Ok(())
    }

    fn hints_without_original(&self) -> Result<Vec<(DocumentId, DocumentKind, DeviceId, u64)>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT document, kind, device, dseq FROM hint h WHERE folder NOT IN (SELECT folder FROM backfill)
               AND NOT EXISTS (SELECT 1 FROM env WHERE env.folder = h.folder AND status IN ('stored', 'waiting_key', 'quarantined')
                               AND kind = 1)",
        )?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let Some(kind) = DocumentKind::from_code(row.get(1)?) else { continue };
            found.push((row.id(0)?, kind, row.id(2)?, uint(row.get(3)?)));
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;

    #[test]
    fn a_refused_envelope_keeps_its_folder_from_a_bundle_until_it_is_looked_after() {
        let mut store = Store::in_memory(&[1; 32]).unwrap();
        let folder = FolderId::new([7; 16]);
        let write = |w: &Writer<'_>| {
            w.set_meta("device", &[2; 16])?;
            w.sql.execute_batch(
                "INSERT INTO folder (id, kind, programme, key_epoch, creator, announced, actor, prev_hash, seen_digest)
                     VALUES (x'07070707070707070707070707070707', 1, x'00', 1, x'00', 1, x'00', x'00', x'00');
                 INSERT INTO env (device, dseq, folder, kind, lineage, key_epoch, env_hash, bytes, status)
                     VALUES (x'02020202020202020202020202020202', 5, x'07070707070707070707070707070707', 3, 0, 2, x'00', x'00',
                             'applied');
                 INSERT INTO outbox (dseq, env_hash, code, sealed_ms) VALUES (5, x'00', 'no_grant', 1);",
            )?;
            for n in 0..FIRST_BUNDLE {
                let id = DocumentId::new([u8::try_from(n).unwrap_or_default(); 16]);
                w.put_document(&crate::DocumentRow { id, folder, kind: DocumentKind::Entry, saved: Vec::new() })?;
            }
            Ok::<_, StoreError>(())
        };
        store.write(write).unwrap();
        assert_eq!(store.reader().folders_wanting_bundles().unwrap(), []);
        store.write(|w| w.resolve(5)).unwrap();
        assert_eq!(store.reader().folders_wanting_bundles().unwrap(), [folder]);
    }
}
