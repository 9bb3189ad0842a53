//! Everything this server answers, as a list: the routes are built from it, and the matrix of who may do what has a row for
//! each, or does not compile.

/// One thing that can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    /// The first device of a municipality.
    Setup,
    /// A later device.
    Enrol,
    /// One exchange.
    Sync,
    /// What a login has to be, and logging in again.
    Login,
    /// Figures.
    Report,
    /// Handing in from beside a locked database.
    HandIn,
    /// Whether the process is there.
    Live,
}

impl Endpoint {
    /// All of them.
    pub const ALL: [Endpoint; 7] = [
        Endpoint::Setup,
        Endpoint::Enrol,
        Endpoint::Sync,
        Endpoint::Login,
        Endpoint::Report,
        Endpoint::HandIn,
        Endpoint::Live,
    ];

    /// Its path.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Endpoint::Setup => "/v1/setup",
            Endpoint::Enrol => "/v1/enrol",
            Endpoint::Sync => super::claim::SYNC,
            Endpoint::Login => super::claim::LOGIN,
            Endpoint::Report => super::claim::REPORT,
            Endpoint::HandIn => "/v1/hand-in",
            Endpoint::Live => "/health/live",
        }
    }
}
