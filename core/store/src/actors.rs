//! Which member writes under which automerge actor.

use feltbog_domain::{FolderId, MemberId};
use rusqlite::OptionalExtension;

use crate::open::{Reader, StoreError, Writer};
use crate::rows::{AsSql, RowExt, int, uint};

impl Reader<'_> {
    /// Who wrote first under an actor in a folder, and in which row of the log.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn actor_owner(&self, folder: FolderId, actor: [u8; 16]) -> Result<Option<(MemberId, u64)>, StoreError> {
        let mut statement =
            self.sql.prepare_cached("SELECT member, seq FROM actor WHERE folder = ?1 AND actor = ?2")?;
        let found = statement.query_row((folder.sql(), actor), |row| Ok((row.id(0)?, uint(row.get(1)?)))).optional()?;
        Ok(found)
    }
}

impl Writer<'_> {
    /// A member wrote under an actor. The earliest row of the log counts, in whatever order rows are taken in.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn own_actor(&self, folder: FolderId, actor: [u8; 16], member: MemberId, seq: u64) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "INSERT INTO actor (folder, actor, member, seq) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (folder, actor) DO UPDATE SET member = excluded.member, seq = excluded.seq
                 WHERE excluded.seq < seq",
            )?
            .execute((folder.sql(), actor, member.sql(), int(seq)))?;
        Ok(())
    }

    /// A member had an actor from this row on, and it is somebody else's after all.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn disown_actor(
        &self,
        folder: FolderId,
        actor: [u8; 16],
        member: MemberId,
        seq: u64,
    ) -> Result<(), StoreError> {
        let gone = self
            .sql
            .prepare_cached("DELETE FROM actor WHERE folder = ?1 AND actor = ?2 AND member = ?3 AND seq = ?4")?
            .execute((folder.sql(), actor, member.sql(), int(seq)))?;
        if gone > 0 { self.look_again_at_actors(folder) } else { Ok(()) }
    }

    /// What was put aside for an actor of somebody else is judged once more.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub(crate) fn look_again_at_actors(&self, folder: FolderId) -> Result<(), StoreError> {
        self.sql
            .prepare_cached(
                "DELETE FROM quarantine WHERE code = 'actor_of_another' AND (device, dseq) IN
                     (SELECT device, dseq FROM env WHERE tenant_seq IS NOT NULL AND folder = ?1
                          AND status = 'quarantined' AND reason = 'actor_of_another')",
            )?
            .execute([folder.sql()])?;
        self.sql
            .prepare_cached(
                "UPDATE env SET status = 'stored' WHERE tenant_seq IS NOT NULL AND folder = ?1
                     AND status = 'quarantined' AND reason = 'actor_of_another'",
            )?
            .execute([folder.sql()])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;

    #[test]
    fn the_earliest_row_of_the_log_owns_an_actor_in_whatever_order_rows_come() {
        let mut store = Store::in_memory(&[1; 32]).unwrap();
        let (folder, elsewhere, actor) = (FolderId::new([1; 16]), FolderId::new([2; 16]), [7; 16]);
        let (amina, bo) = (MemberId::new([3; 16]), MemberId::new([4; 16]));
        let own = |store: &mut Store, member, seq| store.write(|w| w.own_actor(folder, actor, member, seq)).unwrap();
        own(&mut store, bo, 9);
        own(&mut store, amina, 5);
        own(&mut store, bo, 6);
        assert_eq!(store.reader().actor_owner(folder, actor).unwrap(), Some((amina, 5)));
        assert_eq!(store.reader().actor_owner(elsewhere, actor).unwrap(), None);
    }
}
