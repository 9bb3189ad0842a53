//! Stable words for what was refused. Programs act on the code; people read a sentence made elsewhere.

use std::fmt;

use minicbor::decode::{Decoder, Error};
use minicbor::encode::{self, Encoder, Write};

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $number:literal, $word:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$vdoc])* $variant,)*
            /// A code of a newer version.
            Unknown(u8),
        }

        impl $name {
            /// Every code of this version.
            pub const ALL: &[$name] = &[$($name::$variant),*];

            /// The number on the wire.
            #[must_use]
            pub const fn number(self) -> u8 {
                match self {
                    $($name::$variant => $number,)*
                    $name::Unknown(number) => number,
                }
            }

            /// The code of a number; never fails.
            #[must_use]
            pub const fn from_number(number: u8) -> Self {
                match number {
                    $($number => $name::$variant,)*
                    other => $name::Unknown(other),
                }
            }

            /// The stable word.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)*
                    $name::Unknown(_) => "unknown",
                }
            }

            /// The code of a stable word, if this version knows it.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.word() == word)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }

        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
                e.u8(self.number())?.ok()
            }
        }

        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, Error> {
                d.u8().map(Self::from_number)
            }
        }
    };
}

codes! {
    /// What became of one pushed envelope. Every code consumes the envelope's number and is remembered.
    RefusalCode {
        /// Stored.
        Ok = 0, "ok";
        /// The signer's member has no right to write in the folder, or may not do what the record says.
        NoGrant = 1, "no_grant";
        /// The folder was erased.
        Erased = 2, "erased";
        /// The folder has gone to a new lineage.
        StaleLineage = 3, "stale_lineage";
        /// The folder's key is another one by now; seal again.
        UnknownEpoch = 4, "unknown_epoch";
        /// Accepted, but the folder's key ought to be renewed.
        RotationDue = 5, "rotation_due";
        /// The body is over the limit.
        TooLarge = 6, "too_large";
        /// The signature does not fit the device.
        BadSignature = 7, "bad_signature";
        /// The frame or the clear body cannot be read, or lacks something it must have.
        BadFrame = 8, "bad_frame";
        /// The device has used up its quota.
        Quota = 9, "quota";
        /// The folder takes no new content: the citizen's consent was withdrawn.
        FolderClosed = 10, "folder_closed";
        /// An erasure takes two people: whoever proposed it may not confirm it.
        TwoPeople = 11, "two_people";
        /// Nobody proposed the erasure that is confirmed, or it was too long ago.
        UnknownProposal = 12, "unknown_proposal";
    }
}

impl RefusalCode {
    /// Whether the envelope is in the log.
    #[must_use]
    pub const fn is_accepted(self) -> bool {
        matches!(self, RefusalCode::Ok | RefusalCode::RotationDue)
    }
}

codes! {
    /// Why a whole request was not served.
    ErrorCode {
        /// The request cannot be read.
        BadRequest = 1, "BAD_REQUEST";
        /// The device's clock is more than ten minutes off; the server's time comes with it.
        ClockSkew = 2, "CLOCK_SKEW";
        /// The server does not know the device.
        UnknownDevice = 3, "UNKNOWN_DEVICE";
        /// The device was revoked.
        DeviceRevoked = 4, "DEVICE_REVOKED";
        /// The server was restored or made anew.
        EpochChanged = 5, "EPOCH_CHANGED";
        /// Two devices use one identity.
        DeviceFork = 6, "DEVICE_FORK";
        /// The request is over the limit.
        TooLarge = 7, "TOO_LARGE";
        /// This version is too old.
        UpgradeRequired = 8, "UPGRADE_REQUIRED";
        /// The server is busy.
        Busy = 9, "BUSY";
        /// No space left for this device.
        Quota = 10, "QUOTA";
        /// The server serves another municipality.
        UnknownTenant = 11, "UNKNOWN_TENANT";
        /// The request's signature does not fit.
        BadSignature = 12, "BAD_SIGNATURE";
        /// The invitation was used before.
        InvitationUsed = 13, "INVITATION_USED";
        /// The invitation's time has run out.
        InvitationExpired = 14, "INVITATION_EXPIRED";
        /// The invitation or its certificates do not hold.
        InvitationRefused = 15, "INVITATION_REFUSED";
        /// The bootstrap code is wrong or was used before.
        BootstrapRefused = 16, "BOOTSTRAP_REFUSED";
        /// Something went wrong on the server.
        Internal = 17, "INTERNAL";
        /// A number of this device is missing before the pushed ones; `last_dseq` says where to go on.
        SequenceGap = 18, "SEQUENCE_GAP";
        /// The municipality wants staff to log in; what the login has to be comes with it.
        LoginRequired = 19, "LOGIN_REQUIRED";
        /// The device is blocked until somebody entitled frees it.
        DeviceBlocked = 20, "DEVICE_BLOCKED";
        /// Those who run the server have stopped the device. Nobody of the municipality has signed it: it is a stop, never an
        /// order to forget anything.
        StoppedByIt = 21, "STOPPED_BY_IT";
        /// The member's roles do not show what was asked for.
        NotEntitled = 22, "NOT_ENTITLED";
    }
}

codes! {
    /// What was wrong with a login.
    LoginFault {
        /// The token does not hold: not from the provider, not for this device, or not for Feltbog.
        NotValid = 1, "not_valid";
        /// The provider is not sure enough who it is.
        TooWeak = 2, "too_weak";
        /// The login, or what the token says of it, is too long ago.
        TooOld = 3, "too_old";
        /// The account belongs to somebody else here.
        OtherPerson = 4, "other_person";
    }
}
