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
    /// Whether devices can be served.
    Ready,
    /// The administration page, where there is one.
    AdminPage,
    /// Logging in to it.
    AdminLogin,
    /// Logging out of it.
    AdminLogout,
}

impl Endpoint {
    /// All of them.
    pub const ALL: [Endpoint; 11] = [
        Endpoint::Setup,
        Endpoint::Enrol,
        Endpoint::Sync,
        Endpoint::Login,
        Endpoint::Report,
        Endpoint::HandIn,
        Endpoint::Live,
        Endpoint::Ready,
        Endpoint::AdminPage,
        Endpoint::AdminLogin,
        Endpoint::AdminLogout,
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
            Endpoint::Ready => "/health/ready",
            Endpoint::AdminPage => "/admin",
            Endpoint::AdminLogin => "/admin/login",
            Endpoint::AdminLogout => "/admin/logout",
        }
    }

    /// One word for it, for the figures.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Endpoint::Setup => "setup",
            Endpoint::Enrol => "enrol",
            Endpoint::Sync => "sync",
            Endpoint::Login => "login",
            Endpoint::Report => "report",
            Endpoint::HandIn => "hand_in",
            Endpoint::Live => "live",
            Endpoint::Ready => "ready",
            Endpoint::AdminPage => "admin_page",
            Endpoint::AdminLogin => "admin_login",
            Endpoint::AdminLogout => "admin_logout",
        }
    }

    /// The one at a path.
    #[must_use]
    pub fn at(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|endpoint| endpoint.path() == path)
    }
}
