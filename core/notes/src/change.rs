//! One change of one document, and who made it.

use std::fmt;

/// Names the writer inside automerge: random per (device incarnation, folder), never derived from a person or a device.
///
/// Two different changes with the same actor and number can never live in one document, so a restored or copied
/// database needs a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ActorBytes(pub [u8; 16]);

/// One edit as it travels: an uncompressed automerge change chunk.
#[derive(Clone, PartialEq, Eq)]
pub struct Change {
    /// The chunk, header included.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Change({} bytes)", self.bytes.len())
    }
}

/// Gives a type that holds what people wrote a `Debug` that shows none of it.
macro_rules! debug_without_content {
    ($($name:ident),+) => {
        $(impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        })+
    };
}
pub(crate) use debug_without_content;
