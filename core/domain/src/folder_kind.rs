//! Kinds of folders, and who may open which by virtue of a role.

use serde::{Deserialize, Serialize};

use crate::ids::ProgrammeId;
use crate::role::{Role, RoleGrant, Side};

/// What a folder holds. The code stands in clear in the folder's first key record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum FolderKind {
    /// Names, roles and programmes; read by every member of the municipality.
    Staff = 1,
    /// A programme's employer register.
    Employers = 2,
    /// A programme's case register on the employment side.
    Register = 3,
    /// One citizen's employment side.
    Employment = 4,
    /// One citizen's treatment side.
    Treatment = 5,
    /// What both sides of one citizen share by consent.
    Shared = 6,
    /// One member's own work without a case, on the employment side.
    OwnWork = 7,
    /// The same on the treatment side.
    TreatmentWork = 8,
    /// Holds no document: its key is what the read log of a programme's employment side is sealed for.
    ReadLog = 9,
    /// A programme's case register on the treatment side.
    TreatmentRegister = 10,
    /// The same as the other read log, on the treatment side.
    TreatmentReadLog = 11,
    /// What a programme's review of fidelity rests on; names no citizen.
    Evidence = 12,
}

/// What a role gives in a folder before anybody is assigned by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Nothing: a grant to such a member is refused.
    Never,
    /// A grant is possible where the member is assigned to the case.
    WhenAssigned,
    /// The office itself opens the folder.
    ByOffice,
}

/// What a grant allows: a set of bits on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rights(u8);

impl Rights {
    /// Reading only.
    pub const READ: Rights = Rights(1);
    /// Reading and writing.
    pub const WRITE: Rights = Rights(3);
    /// Reading, writing and granting.
    pub const MANAGE: Rights = Rights(7);

    /// The bits.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// Rights of these bits; unknown bits are dropped, because an older program cannot honour them.
    #[must_use]
    pub const fn from_bits(bits: u8) -> Self {
        Self(bits & 7)
    }

    /// Whether everything in `other` is in `self`.
    #[must_use]
    pub const fn covers(self, other: Rights) -> bool {
        self.0 & other.0 == other.0
    }
}

impl FolderKind {
    /// Every kind, in order of its code.
    pub const ALL: [FolderKind; 12] = [
        FolderKind::Staff,
        FolderKind::Employers,
        FolderKind::Register,
        FolderKind::Employment,
        FolderKind::Treatment,
        FolderKind::Shared,
        FolderKind::OwnWork,
        FolderKind::TreatmentWork,
        FolderKind::ReadLog,
        FolderKind::TreatmentRegister,
        FolderKind::TreatmentReadLog,
        FolderKind::Evidence,
    ];

    /// One citizen's folder of one administration's own.
    #[must_use]
    pub const fn own_of(side: Side) -> Self {
        match side {
            Side::Employment => FolderKind::Employment,
            Side::Treatment => FolderKind::Treatment,
        }
    }

    /// The administration whose own folder about a citizen this is.
    #[must_use]
    pub const fn own_side(self) -> Option<Side> {
        match self {
            FolderKind::Employment => Some(Side::Employment),
            FolderKind::Treatment => Some(Side::Treatment),
            _ => None,
        }
    }

    /// The case register of one administration.
    #[must_use]
    pub const fn register_of(side: Side) -> Self {
        match side {
            Side::Employment => FolderKind::Register,
            Side::Treatment => FolderKind::TreatmentRegister,
        }
    }

    /// The administration whose cases a register lists.
    #[must_use]
    pub const fn registers(self) -> Option<Side> {
        match self {
            FolderKind::Register => Some(Side::Employment),
            FolderKind::TreatmentRegister => Some(Side::Treatment),
            _ => None,
        }
    }

    /// The code on the wire.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The kind of a code, if this version knows it.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether the folder holds one member's own work without a case.
    #[must_use]
    pub const fn is_own_work(self) -> bool {
        matches!(self, FolderKind::OwnWork | FolderKind::TreatmentWork)
    }

    /// Whether the folder belongs to one citizen.
    #[must_use]
    pub const fn is_of_a_case(self) -> bool {
        matches!(self, FolderKind::Employment | FolderKind::Treatment | FolderKind::Shared)
    }

    /// Whether the server is told facts of the work in it (decision 40): never of what is the treatment side's own.
    #[must_use]
    pub const fn is_counted(self) -> bool {
        matches!(self, FolderKind::Employment | FolderKind::Shared | FolderKind::OwnWork)
    }

    /// Whether the folder is there for its key alone, which opens a side's read log.
    #[must_use]
    pub const fn is_read_log(self) -> bool {
        matches!(self, FolderKind::ReadLog | FolderKind::TreatmentReadLog)
    }

    /// The folder whose key opens the read log of a side.
    #[must_use]
    pub const fn read_log_of(side: Side) -> Self {
        match side {
            Side::Employment => FolderKind::ReadLog,
            Side::Treatment => FolderKind::TreatmentReadLog,
        }
    }

    /// The side that answers for readings in the folder; nothing where both sides read, each answering for its own people,
    /// and where nothing is about a citizen.
    #[must_use]
    pub const fn side(self) -> Option<Side> {
        match self {
            FolderKind::Employment | FolderKind::OwnWork => Some(Side::Employment),
            FolderKind::Treatment | FolderKind::TreatmentWork => Some(Side::Treatment),
            _ => None,
        }
    }

    /// Whether readings of the folder are recorded: it is about citizens.
    #[must_use]
    pub const fn is_read_with_record(self) -> bool {
        self.is_of_a_case() || self.is_own_work()
    }

    /// The word in `--json` output.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            FolderKind::Staff => "staff",
            FolderKind::Employers => "employers",
            FolderKind::Register | FolderKind::TreatmentRegister => "register",
            FolderKind::Employment => "employment",
            FolderKind::Treatment => "treatment",
            FolderKind::Shared => "shared",
            FolderKind::OwnWork | FolderKind::TreatmentWork => "own_work",
            FolderKind::ReadLog | FolderKind::TreatmentReadLog => "read_log",
            FolderKind::Evidence => "evidence",
        }
    }

    /// The best standing any of a member's roles gives in a folder of this kind in `programme`.
    ///
    /// Never the other side's own folder, whatever the office (protocol, settled point 1).
    #[must_use]
    pub fn standing(self, programme: ProgrammeId, roles: &[RoleGrant]) -> Standing {
        roles.iter().map(|grant| self.standing_of(programme, *grant)).max().unwrap_or(Standing::Never)
    }

    fn standing_of(self, programme: ProgrammeId, grant: RoleGrant) -> Standing {
        use Standing::{ByOffice, Never, WhenAssigned};
        if self == FolderKind::Staff {
            return ByOffice;
        }
        if grant.programme != programme {
            return Never;
        }
        let office = matches!(grant.role, Role::Leader | Role::Deputy);
        let reader = grant.role == Role::Records;
        match self {
            FolderKind::Staff => ByOffice,
            FolderKind::Employers => match grant.role {
                Role::Consultant => ByOffice,
                _ if (office || reader) && grant.side == Side::Employment => ByOffice,
                _ => Never,
            },
            FolderKind::Register if (office || reader) && grant.side == Side::Employment => ByOffice,
            FolderKind::TreatmentRegister if (office || reader) && grant.side == Side::Treatment => ByOffice,
            FolderKind::Employment if (office || reader) && grant.side == Side::Employment => ByOffice,
            FolderKind::Employment if grant.role == Role::Consultant => WhenAssigned,
            FolderKind::Treatment if (office || reader) && grant.side == Side::Treatment => ByOffice,
            FolderKind::Treatment if grant.role == Role::Treatment => WhenAssigned,
            FolderKind::Shared if office || reader => ByOffice,
            FolderKind::Shared if matches!(grant.role, Role::Consultant | Role::Treatment | Role::Outreach) => {
                WhenAssigned
            }
            // Not the leader's either: the log is about what the leader reads, too.
            FolderKind::ReadLog if reader && grant.side == Side::Employment => ByOffice,
            FolderKind::TreatmentReadLog if reader && grant.side == Side::Treatment => ByOffice,
            FolderKind::OwnWork if (office || reader) && grant.side == Side::Employment => ByOffice,
            FolderKind::TreatmentWork if (office || reader) && grant.side == Side::Treatment => ByOffice,
            FolderKind::OwnWork if grant.role == Role::Consultant => WhenAssigned,
            FolderKind::TreatmentWork if grant.role == Role::Treatment => WhenAssigned,
            FolderKind::OwnWork if grant.role == Role::Outreach && grant.side == Side::Employment => WhenAssigned,
            FolderKind::TreatmentWork if grant.role == Role::Outreach && grant.side == Side::Treatment => WhenAssigned,
            FolderKind::Evidence if (office || grant.role == Role::Reviewer) && grant.side == Side::Employment => {
                ByOffice
            }
            _ => Never,
        }
    }

    /// The most a member with these roles may be granted in a folder of this kind.
    #[must_use]
    pub fn most_rights(self, programme: ProgrammeId, roles: &[RoleGrant]) -> Option<Rights> {
        let mut best: Option<Rights> = None;
        for grant in roles {
            if self.standing_of(programme, *grant) == Standing::Never {
                continue;
            }
            let rights = match (self, grant.role) {
                (FolderKind::Staff, Role::Administrator | Role::Leader) => Rights::MANAGE,
                (FolderKind::ReadLog | FolderKind::TreatmentReadLog, _) => Rights::MANAGE,
                (FolderKind::Staff, _) | (_, Role::Records) => Rights::READ,
                (FolderKind::Shared, Role::Treatment | Role::Outreach) | (FolderKind::Evidence, Role::Reviewer) => {
                    Rights::WRITE
                }
                _ => Rights::MANAGE,
            };
            best = Some(best.map_or(rights, |b| Rights(b.0 | rights.0)));
        }
        best
    }

    /// Whether a member with these roles may make a folder of this kind.
    #[must_use]
    pub fn may_be_made_by(self, programme: ProgrammeId, roles: &[RoleGrant]) -> bool {
        match self {
            FolderKind::Staff => roles.iter().any(|grant| grant.role == Role::Administrator),
            FolderKind::Employers | FolderKind::Register | FolderKind::TreatmentRegister | FolderKind::Evidence => {
                let side = self.registers().unwrap_or(Side::Employment);
                roles.iter().any(|g| g.programme == programme && g.role == Role::Leader && g.side == side)
            }
            _ => self.most_rights(programme, roles).is_some_and(|rights| rights.covers(Rights::WRITE)),
        }
    }
}

#[cfg(test)]
mod tests;
