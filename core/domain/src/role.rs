//! What a member is allowed to be.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ids::ProgrammeId;

/// A role as municipalities know it. The code is what travels in certificates and never changes its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Role {
    /// Certificates, staff and devices; opens no case.
    Administrator = 1,
    /// Leads one side of a programme.
    Leader = 2,
    /// Stands in for the leader.
    Deputy = 3,
    /// IPS consultant: the employment side of the cases they are assigned to.
    Consultant = 4,
    /// Treatment worker: the treatment side of the cases they are assigned to.
    Treatment = 5,
    /// Outreach worker: shared folders of assigned cases, contacts without a case.
    Outreach = 6,
    /// Records officer of one administration: reads all of its folders.
    Records = 7,
    /// Sees facts only.
    Evaluator = 8,
    /// Reviews the fidelity of a programme's employment side: reads and writes its evidence, which names no citizen, and nothing else.
    Reviewer = 9,
}

impl Role {
    /// Every role, in order of its code.
    pub const ALL: [Role; 9] = [
        Role::Administrator,
        Role::Leader,
        Role::Deputy,
        Role::Consultant,
        Role::Treatment,
        Role::Outreach,
        Role::Records,
        Role::Evaluator,
        Role::Reviewer,
    ];

    /// The code on the wire.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The role of a code, if this version knows it.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The word on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Role::Administrator => "administrator",
            Role::Leader => "leader",
            Role::Deputy => "deputy",
            Role::Consultant => "consultant",
            Role::Treatment => "treatment",
            Role::Outreach => "outreach",
            Role::Records => "records",
            Role::Evaluator => "evaluator",
            Role::Reviewer => "reviewer",
        }
    }

    /// The word a Danish reader sees.
    #[must_use]
    pub const fn danish(self) -> &'static str {
        match self {
            Role::Administrator => "administrator",
            Role::Leader => "teamleder",
            Role::Deputy => "stedfortræder",
            Role::Consultant => "IPS-konsulent",
            Role::Treatment => "behandler",
            Role::Outreach => "opsøgende medarbejder",
            Role::Records => "journalansvarlig",
            Role::Evaluator => "evaluator",
            Role::Reviewer => "metodevurderer",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = text.trim().to_lowercase();
        Self::ALL.into_iter().find(|role| role.word() == wanted || role.danish().to_lowercase() == wanted).ok_or_else(
            || {
                let words: Vec<&str> = Self::ALL.iter().map(|role| role.word()).collect();
                format!("rollen findes ikke; vælg en af: {}", words.join(", "))
            },
        )
    }
}

/// The two administrations around one citizen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Side {
    /// The employment administration.
    #[default]
    Employment = 1,
    /// The treatment side: social administration or regional psychiatry.
    Treatment = 2,
}

impl Side {
    /// The code on the wire.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The side of a code, if this version knows it.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            1 => Some(Side::Employment),
            2 => Some(Side::Treatment),
            _ => None,
        }
    }
}

/// One role held in one programme, on one side. Administrators hold theirs for the whole municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RoleGrant {
    /// The role.
    pub role: Role,
    /// The programme it is held in; [`ProgrammeId::NONE`] for the whole municipality.
    pub programme: ProgrammeId,
    /// Which administration; decides for leader, deputy and records, and says where the others belong.
    pub side: Side,
}
