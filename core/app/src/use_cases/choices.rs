//! What can be chosen in forms.

use feltbog_domain::{CodeList, DatedCode, EntryKind};

use crate::device::Device;
use crate::error::AppError;

/// Most places offered.
const PLACES: u32 = 12;

/// One kind to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindChoice {
    /// The kind.
    pub kind: EntryKind,
    /// Shared with the other side by habit.
    pub shared_by_default: bool,
    /// Possible without a case.
    pub without_case: bool,
}

/// Kinds and places to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// Kinds of entries.
    pub kinds: Vec<KindChoice>,
    /// Places used before, most used first.
    pub places: Vec<String>,
    /// Benefits that can be chosen today.
    pub benefits: Vec<&'static DatedCode>,
    /// Target groups that can be chosen today.
    pub target_groups: Vec<&'static DatedCode>,
}

impl Device {
    /// What can be chosen.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn choices(&self) -> Result<Choices, AppError> {
        let kinds = EntryKind::all()
            .filter(|kind| kind.is_logged_by_people())
            .map(|kind| KindChoice {
                kind: kind.clone(),
                shared_by_default: kind.is_shared_by_default(),
                without_case: kind.may_stand_without_a_case(),
            })
            .collect();
        let today = self.now().date();
        Ok(Choices {
            kinds,
            places: self.store.reader().places(PLACES)?,
            benefits: CodeList::Benefit.valid_on(today).collect(),
            target_groups: CodeList::TargetGroup.valid_on(today).collect(),
        })
    }
}
