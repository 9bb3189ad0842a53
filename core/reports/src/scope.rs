//! Of whom what is counted tells.

/// Whose facts they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everybody's in the programme.
    Programme,
    /// Of some citizens: their figures are figures, and say nothing of how the programme stands.
    Own,
}
