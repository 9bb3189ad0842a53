//! Who is told what happens.

/// Hears events, one after the other, on a thread that may wait but draws nothing.
#[uniffi::export(with_foreign)]
pub trait Listener: Send + Sync {
    /// Something happened: the bus's event, as JSON.
    ///
    /// # Errors
    /// [`ListenerError::Gone`] ends the subscription. After any other the next event is told all the same.
    fn on_event(&self, event: String) -> Result<(), ListenerError>;
}

/// Why an event was not heard.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum ListenerError {
    /// Nobody listens there any more.
    #[error("gone")]
    Gone,
    /// Something that was not foreseen.
    #[error("unexpected")]
    Unexpected {
        /// For whoever debugs the host; it is kept nowhere.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for ListenerError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Unexpected { reason: error.reason }
    }
}
