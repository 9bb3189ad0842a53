//! Standing in for a colleague until a day: access that ends by itself. Responsibility and numbers stay where they are.

use std::collections::{BTreeMap, HashMap};

use feltbog_domain::{
    CaseId, EntryFields, EntryKind, FolderId, FolderKind, Moment, Rights, Standing, danish_date, parse_coming_day,
};
use feltbog_protocol::{RevokeReason, limits};
use feltbog_sealing::random_id;
use feltbog_store::{Cover, FolderRow, OwedGrant, OwedRevoke};
use jiff::civil::Date;

use crate::device::Device;
use crate::error::AppError;
use crate::folders::find_case;
use crate::hand_in::leads;
use crate::staff_names::StaffNames;
use crate::use_cases::hand_over::Person;

/// Who is away, who stands in, until when.
#[derive(Debug, Clone, Default)]
pub struct CoverWish {
    /// Name of the colleague who is away.
    pub absent: String,
    /// Name of the colleague who stands in.
    pub by: String,
    /// The last day, as typed; not needed to end it.
    pub until: Option<String>,
    /// Id or number of one case; all of them when absent.
    pub case: Option<String>,
    /// End it now.
    pub end: bool,
}

/// Who looks after a case for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseCover {
    /// Name of the colleague who is away.
    pub absent: String,
    /// Name of the colleague who stands in.
    pub by: String,
    /// The last day.
    pub until: Date,
}

/// The absent colleague's folders of one case.
type Held = BTreeMap<CaseId, Vec<FolderRow>>;

impl Device {
    /// Lets a colleague stand in for another, or ends it; signed at the next exchange. Returns how many cases.
    ///
    /// # Errors
    /// Unknown names or days; a colleague whose role is not fit for the cases; cases this device does not manage. Nothing
    /// is changed then.
    pub fn cover(&mut self, wish: &CoverWish) -> Result<u32, AppError> {
        let (absent, by) = (self.person(&wish.absent)?, self.person(&wish.by)?);
        if absent.member == by.member {
            return Err(AppError::Unclear("ingen kan dække for sig selv".into()));
        }
        let held = self.held_by(&absent, wish.case.as_deref())?;
        let cases = if wish.end {
            self.end_cover(&held, &absent, &by)?
        } else {
            let last_day = self.last_day(wish.until.as_deref())?;
            self.begin_cover(&held, &absent, &by, last_day)?
        };
        Ok(u32::try_from(cases).unwrap_or(u32::MAX))
    }

    fn begin_cover(&mut self, held: &Held, absent: &Person, by: &Person, last_day: Date) -> Result<usize, AppError> {
        let cover = Cover { of: Some(absent.member), until_ms: Moment::end_of_day(last_day).unix_ms() };
        let mut owed = Vec::new();
        for folders in held.values() {
            let grants = self.grants_to(by, folders, cover)?;
            if !grants.is_empty() {
                owed.push((grants, folders.iter().find(|folder| folder.kind != FolderKind::Shared).cloned()));
            }
        }
        if owed.is_empty() {
            return Err(AppError::Unclear(format!("{} har allerede borgerne", by.name)));
        }
        let note = format!("{} dækker for {} til og med {}.", by.name, absent.name, danish_date(last_day));
        self.sign_with_a_note(&owed, &note, |w, grant: &OwedGrant| w.owe_grant(*grant))
    }

    fn end_cover(&mut self, held: &Held, absent: &Person, by: &Person) -> Result<usize, AppError> {
        let r = self.store.reader();
        let (covers, owed) = (r.covers()?, r.owed_grants()?);
        let mut ends = Vec::new();
        for folders in held.values() {
            let mut of_case = Vec::new();
            for folder in folders.iter().filter(|folder| self.may_cover(folder, absent.member)) {
                let is_in = covers.iter().any(|c| (c.folder, c.member) == (folder.id, by.member));
                let will_be = owed.iter().any(|o| (o.folder, o.member) == (folder.id, by.member) && o.cover.is_some());
                if is_in || will_be {
                    of_case.push((folder.id, is_in));
                }
            }
            if !of_case.is_empty() {
                ends.push((of_case, folders.iter().find(|folder| folder.kind != FolderKind::Shared).cloned()));
            }
        }
        if ends.is_empty() {
            return Err(AppError::Unclear(format!("{} dækker ikke for {}", by.name, absent.name)));
        }
        let note = format!("{} dækker ikke længere for {}.", by.name, absent.name);
        let member = by.member;
        self.sign_with_a_note(&ends, &note, |w, (folder, is_in)| {
            w.drop_owed_cover(*folder, member)?;
            if *is_in {
                w.owe_revoke(OwedRevoke {
                    folder: *folder,
                    member: Some(member),
                    reason: RevokeReason::CoverEnded,
                    to: None,
                })?;
            }
            Ok(())
        })
    }

    /// Everything for all cases or nothing, each with its line on the timeline.
    fn sign_with_a_note<T>(
        &mut self,
        cases: &[(Vec<T>, Option<FolderRow>)],
        note: &str,
        sign: impl Fn(&feltbog_store::Writer<'_>, &T) -> Result<(), feltbog_store::StoreError>,
    ) -> Result<usize, AppError> {
        let (editor, now) = (self.editor(), self.now());
        self.store.write(|w| -> Result<(), AppError> {
            for (acts, timeline) in cases {
                acts.iter().try_for_each(|act| sign(w, act))?;
                if let Some(folder) = timeline {
                    let fields = EntryFields::new(EntryKind::Cover, now);
                    editor.write_new_entry(w, folder, random_id(), &fields, note)?;
                }
            }
            Ok(())
        })?;
        Ok(cases.len())
    }

    /// What the absent colleague holds by assignment, case by case; of the named case only, where one is named.
    fn held_by(&self, absent: &Person, case: Option<&str>) -> Result<Held, AppError> {
        let r = self.store.reader();
        let only = case.map(|case| find_case(&r, case)).transpose()?.map(|case| case.head.case);
        let mut held = Held::new();
        for row in r.case_folders()? {
            let Some(folder) = r.folder(row.folder)? else { continue };
            let is_theirs = r.lasting_rights(folder.id, absent.member)?.is_some()
                && !self.by_office(folder.kind, folder.programme, absent.member);
            if is_theirs && only.is_none_or(|only| only == row.case) {
                held.entry(row.case).or_default().push(folder);
            }
        }
        // A case that is shared with the absent one's side only is the other side's to look after.
        held.retain(|_, folders| folders.iter().any(|folder| self.may_cover(folder, absent.member)));
        if held.is_empty() {
            return Err(AppError::Unclear(format!("{} har ingen borgere, du kan lade andre dække", absent.name)));
        }
        Ok(held)
    }

    /// Leaders and deputies of the side, and whoever is away: nobody else lets others in.
    fn may_cover(&self, folder: &FolderRow, absent: feltbog_domain::MemberId) -> bool {
        absent == self.me() || leads(folder, self.my_roles())
    }

    fn grants_to(&self, by: &Person, folders: &[FolderRow], cover: Cover) -> Result<Vec<OwedGrant>, AppError> {
        let (r, roles) = (self.store.reader(), self.roster.roles(by.member));
        let mut grants = Vec::new();
        for folder in folders {
            let own_side = folder.kind != FolderKind::Shared;
            if folder.kind.standing(folder.programme, roles) == Standing::Never {
                return Err(AppError::Unclear(format!("{} kan ikke dække: rollen passer ikke", by.name)));
            }
            if r.lasting_rights(folder.id, by.member)?.is_some() {
                continue;
            }
            let manages = r.rights(folder.id, self.me())?.is_some_and(|rights| rights.covers(Rights::MANAGE));
            match manages {
                true => grants.push(OwedGrant {
                    folder: folder.id,
                    member: by.member,
                    rights: Rights::WRITE,
                    cover: Some(cover),
                }),
                false if own_side => return Err(AppError::NotAllowed("lade andre dække borgeren")),
                // The shared folder is the other side's to open; its leader can.
                false => {}
            }
        }
        Ok(grants)
    }

    /// Who looks after which folder for whom now.
    pub(crate) fn case_covers(&self) -> Result<HashMap<FolderId, CaseCover>, AppError> {
        let covers = self.store.reader().covers()?;
        if covers.is_empty() {
            return Ok(HashMap::new());
        }
        let names = StaffNames::load(&self.store.reader(), &self.roster)?;
        let name = |member| names.of(member).unwrap_or_else(|| "en kollega".into());
        let shown = covers.into_iter().filter_map(|granted| {
            // Over at midnight, so the last day is the one before.
            let until = Moment::from_unix_ms(granted.cover.until_ms - 1).date();
            let cover = CaseCover { absent: name(granted.cover.of?), by: name(granted.member), until };
            Some((granted.folder, cover))
        });
        Ok(shown.collect())
    }

    fn last_day(&self, typed: Option<&str>) -> Result<Date, AppError> {
        let today = self.now().date();
        let typed = typed.ok_or_else(|| AppError::Unclear("skriv, hvor længe: --until DATO".into()))?;
        let day = parse_coming_day(typed, today)
            .ok_or_else(|| AppError::Unclear("dagen forstås ikke: skriv fx søndag eller 12-03-2026".into()))?;
        let ahead = i64::from(day.since(today).map(|span| span.get_days()).unwrap_or(i32::MAX));
        match ahead {
            ..0 => Err(AppError::Unclear("dagen er forbi".into())),
            ahead if ahead >= limits::COVER_DAYS => {
                Err(AppError::Unclear(format!("en dækning kan højst vare {} dage", limits::COVER_DAYS)))
            }
            _ => Ok(day),
        }
    }
}
