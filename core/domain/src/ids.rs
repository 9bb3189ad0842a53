//! Typed ids: 16 random bytes each, written as 32 lower-case hex digits.

use std::fmt;
use std::str::FromStr;

use data_encoding::HEXLOWER_PERMISSIVE;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The text is not the 32 hex digits of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an id is 32 hexadecimal digits")]
pub struct IdError;

macro_rules! random_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name([u8; 16]);

        impl $name {
            /// The id that stands for "not bound": sixteen zero bytes.
            pub const NONE: Self = Self([0; 16]);

            /// Wraps the sixteen bytes of an id.
            #[must_use]
            pub const fn new(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }

            /// The sixteen bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }

            /// Whether this is [`Self::NONE`].
            #[must_use]
            pub fn is_none(&self) -> bool {
                *self == Self::NONE
            }
        }

        impl From<[u8; 16]> for $name {
            fn from(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }
        }

        impl TryFrom<&[u8]> for $name {
            type Error = IdError;
            fn try_from(bytes: &[u8]) -> Result<Self, IdError> {
                <[u8; 16]>::try_from(bytes).map(Self).map_err(|_| IdError)
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&HEXLOWER_PERMISSIVE.encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                let bytes = HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).map_err(|_| IdError)?;
                Self::try_from(bytes.as_slice())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(de::Error::custom)
            }
        }
    };
}

random_id! {
    /// One municipality on a server.
    TenantId
}
random_id! {
    /// Somebody around a citizen.
    PersonId
}
random_id! {
    /// A programme, such as IPS Sydhavnen.
    ProgrammeId
}
random_id! {
    /// One person on the staff.
    MemberId
}
random_id! {
    /// One enrolled device of a member.
    DeviceId
}
random_id! {
    /// One citizen's enrolment in a programme.
    CaseId
}
random_id! {
    /// The unit of access, key, sync and erasure.
    FolderId
}
random_id! {
    /// One automerge document inside a folder; an entry's id is its document's id.
    DocumentId
}
random_id! {
    /// Stands for an entry where it is counted; says nothing of it.
    FactRef
}
random_id! {
    /// Stands for a citizen's enrolment where it is counted.
    SubjectRef
}
random_id! {
    /// Stands for a consultant where work is counted.
    StaffRef
}
random_id! {
    /// Stands for an employer where contacts and jobs are counted; no number of a company can be read from it.
    EmployerRef
}
random_id! {
    /// Stands for a kind of work where jobs are counted.
    JobRef
}
random_id! {
    /// Stands for one visit about several citizens.
    VisitRef
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_being_written_and_read() {
        let id = CaseId::new([0xab; 16]);
        assert_eq!(id.to_string().parse::<CaseId>(), Ok(id));
    }

    #[test]
    fn a_text_that_is_too_short_or_not_hexadecimal_is_no_id() {
        assert_eq!("abcd".parse::<CaseId>(), Err(IdError));
        assert_eq!("zz".repeat(16).parse::<CaseId>(), Err(IdError));
    }
}
