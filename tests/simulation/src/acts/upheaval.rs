//! What shakes a municipality: phones that are lost, colleagues who stand in, what is erased, and who reads.

use feltbog_app::{AppError, CoverWish, DeviceChange, ErasureState, Whose};
use feltbog_domain::ErasureReason;
use feltbog_harness::Chance;

use super::{Act, Done, Scene};
use crate::course::Course;

impl Act {
    pub(super) fn of_upheaval(chance: &mut Chance) -> Self {
        match chance.below(100) {
            0..22 => Act::Read,
            22..38 => Act::Cover,
            38..47 => Act::Block,
            47..60 => Act::Free,
            60..64 => Act::ShutOut,
            64..82 => Act::ProposeErasure,
            _ => Act::ConfirmErasure,
        }
    }
}

impl Scene<'_> {
    /// What every request looks at first: covers that are over, a lease that is, a device that is blocked.
    pub(super) fn is_locked(&mut self) -> Option<Done> {
        if self.course == Course::Everyday {
            return None;
        }
        let (opened, trouble) = self.phone.act(self.plan, |device| {
            device.mind_the_clock()?;
            device.must_be_open()
        });
        match opened {
            Ok(()) if trouble.is_none() => None,
            Ok(()) => Some(self.done("opens", trouble)),
            Err(AppError::Locked | AppError::Exchange(_) | AppError::NotSetUp) => Some(self.done("is locked", trouble)),
            Err(error) => Some(self.refused("open", &error, trouble)),
        }
    }

    pub(super) fn read(&mut self) -> Done {
        let Some(case) = self.one_case() else {
            let (result, trouble) = self.phone.act(self.plan, |device| device.search("arbejde"));
            return self.told("search", result.map(drop), trouble);
        };
        let (result, trouble) = self.phone.act(self.plan, |device| device.show_case(&case));
        self.told(&format!("read {case}"), result.map(drop), trouble)
    }

    pub(super) fn cover(&mut self) -> Done {
        let (absent, by) = (self.chance.one(self.staff).0.clone(), self.chance.one(self.staff).0.clone());
        let end = self.chance.below(4) == 0;
        let case = if self.chance.below(3) == 0 { None } else { self.one_case() };
        let until = (!end).then(|| (*self.chance.one(&["i dag", "i morgen", "søndag"])).to_owned());
        let line = format!("cover {case:?} of {absent} by {by} until {until:?}");
        let wish = CoverWish { absent, by, until, case, end };
        let (result, trouble) = self.phone.act(self.plan, |device| device.cover(&wish));
        self.told(&line, result.map(drop), trouble)
    }

    /// Anybody's but the leader's: somebody has to free them again.
    pub(super) fn block(&mut self) -> Done {
        let others = self.staff.get(1..).unwrap_or_default();
        let name = self.chance.one(others).0.clone();
        self.set_state("block", name, DeviceChange::Block)
    }

    pub(super) fn free(&mut self) -> Done {
        let name = self.chance.one(self.staff).0.clone();
        self.set_state("free", name, DeviceChange::Free)
    }

    pub(super) fn shut_out(&mut self) -> Done {
        if self.may_go.is_empty() {
            return self.done("nobody to shut out", None);
        }
        let name = self.chance.one(&self.may_go).clone();
        self.set_state("shut out", name, DeviceChange::Revoke)
    }

    fn set_state(&mut self, verb: &str, name: String, change: DeviceChange) -> Done {
        let line = format!("{verb} {name}");
        let whose = Whose::Member(name);
        let (result, trouble) = self.phone.act(self.plan, |device| device.change_devices(&whose, change));
        self.told(&line, result.map(drop), trouble)
    }

    pub(super) fn propose_erasure(&mut self) -> Done {
        let reason = ErasureReason::RetentionOver;
        if self.chance.below(4) == 0 {
            let Some(case) = self.one_case() else { return self.done("nothing to erase", None) };
            let (result, trouble) = self.phone.act(self.plan, |device| device.propose_erasure(&case, reason));
            return self.told(&format!("propose to erase {case}"), result.map(drop), trouble);
        }
        let Some(entry) = self.one_entry() else { return self.done("nothing to erase", None) };
        let (result, trouble) = self.phone.act(self.plan, |device| device.propose_entry_erasure(None, entry, reason));
        self.told(&format!("propose to erase {entry}"), result.map(drop), trouble)
    }

    pub(super) fn confirm_erasure(&mut self) -> Done {
        let (proposed, _) = self.phone.act(None, |device| device.erasures());
        let open = |row: &feltbog_app::ErasureSummary| row.state == ErasureState::Proposed && row.may_confirm;
        let proposal = proposed.unwrap_or_default().into_iter().find(open).map(|row| row.proposal);
        let Some(proposal) = proposal else { return self.done("nothing to confirm", None) };
        let (result, trouble) = self.phone.act(self.plan, |device| device.confirm_erasure(&proposal));
        self.told(&format!("confirm {proposal}"), result, trouble)
    }
}
