//! How many citizens one consultant can hold.

use super::rule::{Source, SourceKind};

/// A limit on the number of active cases of one consultant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseloadLimit {
    /// The word in `--json` output.
    pub code: &'static str,
    /// As many are still within it.
    pub limit: u32,
    /// Where the limit comes from.
    pub source: Source,
    /// The rule in a Danish sentence.
    pub danish: &'static str,
    /// The rule in an English sentence.
    pub english: &'static str,
}

const LIMITS: [CaseloadLimit; 2] = [
    CaseloadLimit {
        code: "caseload_over_25",
        limit: 25,
        source: Source {
            kind: SourceKind::Programme,
            danish: "Programmets egen regel (IPS Sydhavnen)",
            english: "The programme's own rule (IPS Sydhavnen)",
        },
        danish: "En konsulent har omkring 25 borgere.",
        english: "A consultant has about 25 citizens.",
    },
    CaseloadLimit {
        code: "caseload_over_20",
        limit: 20,
        source: Source { kind: SourceKind::Paper, danish: "IPS-25, punkt 1", english: "IPS-25, item 1" },
        danish: "En konsulent på fuld tid har højst 20 borgere.",
        english: "A full-time consultant has at most 20 citizens.",
    },
];

/// The limits that this many active cases pass, the higher first.
pub fn caseload_limits_passed(active: u32) -> impl Iterator<Item = CaseloadLimit> {
    LIMITS.into_iter().filter(move |limit| active > limit.limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_citizen_within_a_limit_passes_none() {
        for (active, passed) in [
            (0, vec![]),
            (20, vec![]),
            (21, vec!["caseload_over_20"]),
            (25, vec!["caseload_over_20"]),
            (26, vec!["caseload_over_25", "caseload_over_20"]),
        ] {
            let found: Vec<&str> = caseload_limits_passed(active).map(|limit| limit.code).collect();
            assert_eq!(found, passed, "{active}");
        }
    }
}
