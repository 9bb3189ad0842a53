//! What phases and signals ask of all entries at once.

use feltbog_domain::{EntryKind, FolderId, Milestone, Moment};

use super::rows::KindOutline;
use crate::open::{Reader, StoreError};
use crate::rows::{RowExt, parsed};

impl Reader<'_> {
    /// The newest entries before a moment, by folder, kind and "face to face". Each is found by one step in an index, so
    /// that the list of citizens does not grow with what was written about them; what is planned takes one step more.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn kind_outlines(&self, before: Moment) -> Result<Vec<KindOutline>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "WITH RECURSIVE newest (row) AS (
                 SELECT (SELECT row FROM counted ORDER BY folder, kind, met, at_ms DESC LIMIT 1)
                 UNION ALL
                 SELECT (SELECT n.row FROM counted n WHERE (n.folder, n.kind, n.met) > (e.folder, e.kind, e.met)
                         ORDER BY n.folder, n.kind, n.met, n.at_ms DESC LIMIT 1)
                 FROM newest JOIN entry e ON e.row = newest.row)
             SELECT folder, kind, face_to_face, latest FROM (
                 SELECT e.folder, e.kind, e.face_to_face, iif(e.at_ms < ?1, e.at_ms,
                     (SELECT n.at_ms FROM counted n
                      WHERE n.folder = e.folder AND n.kind = e.kind AND n.met = e.met AND n.at_ms < ?1
                      ORDER BY n.at_ms DESC LIMIT 1)) AS latest
                 FROM newest JOIN entry e ON e.row = newest.row)
             WHERE latest IS NOT NULL",
        )?;
        let rows = statement.query_map([before.unix_ms()], |row| {
            Ok(KindOutline {
                folder: row.id(0)?,
                kind: EntryKind::from_code(&row.get::<_, String>(1)?),
                face_to_face: row.get(2)?,
                latest: Moment::from_unix_ms(row.get(3)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Starts and ends of jobs and educations, oldest first, planned ones included. What starts and ends at the same
    /// moment, as where only the day was written, started before it ended.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn milestones(&self) -> Result<Vec<(FolderId, Milestone)>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT folder, kind, at_ms, employer FROM counted
             WHERE kind IN ('job_start', 'job_end', 'education_start', 'education_end')
             ORDER BY at_ms, kind DESC, document",
        )?;
        let rows = statement.query_map([], |row| {
            let milestone = Milestone {
                kind: EntryKind::from_code(&row.get::<_, String>(1)?),
                on: Moment::from_unix_ms(row.get(2)?).date(),
                employer: parsed(row.get(3)?),
            };
            Ok((row.id(0)?, milestone))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EntryRowWrite, Store};
    use feltbog_domain::{DocumentId, EntryFields};

    /// An entry by folder, kind, moment and whether people met.
    type Entry = (u8, EntryKind, i64, Option<bool>);

    fn store_with(entries: &[Entry]) -> Store {
        let mut store = Store::in_memory(&[1; 32]).unwrap();
        let write = |w: &crate::Writer<'_>| {
            for (n, (folder, kind, at, met)) in (0_u8..).zip(entries) {
                let mut fields = EntryFields::new(kind.clone(), Moment::from_unix_ms(*at));
                fields.face_to_face = *met;
                let (document, folder) = (DocumentId::new([n; 16]), FolderId::new([*folder; 16]));
                w.put_entry(&EntryRowWrite { document, folder, fields: &fields, note: "", conflicts: "{}" })?;
            }
            Ok::<_, StoreError>(())
        };
        store.write(write).unwrap();
        store
    }

    /// Folder, code of the kind, whether people met, and the moment of each newest entry.
    fn outlines(store: &Store, before_ms: i64) -> Vec<(FolderId, String, Option<bool>, i64)> {
        let found = store.reader().kind_outlines(Moment::from_unix_ms(before_ms)).unwrap().into_iter();
        let mut found: Vec<_> =
            found.map(|o| (o.folder, o.kind.code().to_owned(), o.face_to_face, o.latest.unix_ms())).collect();
        found.sort();
        found
    }

    #[test]
    fn each_kind_in_each_folder_tells_its_newest_with_and_without_a_meeting() {
        let store = store_with(&[
            (1, EntryKind::Contact, 5_000, None),
            (1, EntryKind::Contact, 9_000, Some(false)),
            (1, EntryKind::Contact, 7_000, None),
            (1, EntryKind::Note, 1_000, Some(true)),
            (1, EntryKind::Note, 2_000, Some(false)),
            (2, EntryKind::Contact, 3_000, Some(false)),
        ]);
        let (one, two) = (FolderId::new([1; 16]), FolderId::new([2; 16]));
        let everything = [
            (one, "contact".to_owned(), None, 7_000),
            (one, "contact".into(), Some(false), 9_000),
            (one, "note".into(), Some(false), 2_000),
            (one, "note".into(), Some(true), 1_000),
            (two, "contact".into(), Some(false), 3_000),
        ];
        assert_eq!(outlines(&store, 10_000), everything);
        assert!(outlines(&store_with(&[]), 10_000).is_empty());
    }

    #[test]
    fn what_is_planned_does_not_hide_what_was_done() {
        let store = store_with(&[
            (1, EntryKind::Contact, 5_000, None),
            (1, EntryKind::Contact, 7_000, None),
            (1, EntryKind::Contact, 9_000, None),
            (1, EntryKind::Note, 9_000, None),
        ]);
        let one = FolderId::new([1; 16]);
        assert_eq!(outlines(&store, 9_000), [(one, "contact".into(), None, 7_000)]);
        assert_eq!(outlines(&store, 9_001), [(one, "contact".into(), None, 9_000), (one, "note".into(), None, 9_000)]);
    }

    #[test]
    fn milestones_come_in_order_and_a_start_before_the_end_of_the_same_moment() {
        let store = store_with(&[
            (1, EntryKind::JobEnd, 90_000_000, None),
            (1, EntryKind::JobStart, 90_000_000, None),
            (1, EntryKind::EducationStart, 5_000, None),
            (1, EntryKind::Contact, 6_000, None),
        ]);
        let found: Vec<_> =
            store.reader().milestones().unwrap().into_iter().map(|(_, m)| (m.kind, m.on.to_string())).collect();
        let days = [
            (EntryKind::EducationStart, "1970-01-01"),
            (EntryKind::JobStart, "1970-01-02"),
            (EntryKind::JobEnd, "1970-01-02"),
        ];
        assert_eq!(found, days.map(|(kind, on)| (kind, on.to_owned())));
    }

    /// The plan of a part of what the list asks.
    fn plan(store: &Store, sql: &str) -> String {
        store.reader().sql.query_row(&format!("EXPLAIN QUERY PLAN {sql}"), [], |row| row.get(3)).unwrap()
    }

    #[test]
    fn the_list_of_citizens_steps_through_an_index_and_reads_no_table_through() {
        let store = store_with(&[]);
        for sql in [
            "SELECT n.row FROM counted n WHERE (n.folder, n.kind, n.met) > (x'00', 'a', 0)
             ORDER BY n.folder, n.kind, n.met, n.at_ms DESC LIMIT 1",
            "SELECT n.at_ms FROM counted n WHERE n.folder = x'00' AND n.kind = 'a' AND n.met = 0 AND n.at_ms < 1
             ORDER BY n.at_ms DESC LIMIT 1",
        ] {
            let plan = plan(&store, sql);
            assert!(plan.starts_with("SEARCH") && plan.contains("entry_by_kind"), "{plan}");
        }
        let milestones = plan(
            &store,
            "SELECT folder, kind, at_ms, employer FROM counted
             WHERE kind IN ('job_start', 'job_end', 'education_start', 'education_end') ORDER BY at_ms, kind DESC, document",
        );
        assert!(milestones.contains("INDEX entry_milestones"), "{milestones}");
    }
}
