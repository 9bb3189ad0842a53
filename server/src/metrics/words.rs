//! The labels: a few fixed words each.

use prometheus_client::encoding::EncodeLabelSet;

use crate::http::Endpoint;

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Asked {
    endpoint: &'static str,
}

impl Asked {
    /// Whatever is none of the server's is one word.
    pub(super) fn of(endpoint: Option<Endpoint>) -> Self {
        Self { endpoint: endpoint.map_or("other", Endpoint::word) }
    }
}

/// What was asked for, and how it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Answered {
    endpoint: &'static str,
    status: &'static str,
}

impl Answered {
    pub(super) fn of(asked: Asked, status: u16) -> Self {
        let status = match status / 100 {
            2 => "2xx",
            4 => "4xx",
            5 => "5xx",
            _ => "other",
        };
        Self { endpoint: asked.endpoint, status }
    }
}

/// Whether an envelope was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(super) struct Taken {
    taken: &'static str,
}

impl Taken {
    pub(super) const YES: Self = Self { taken: "yes" };
    pub(super) const NO: Self = Self { taken: "no" };
}
