//! An employer of the programme's register.

use crate::cvr::CvrNumber;

/// What the register says of one employer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmployerFields {
    /// The company number: the natural key.
    pub cvr: CvrNumber,
    /// The company's name.
    pub name: String,
    /// Trade.
    pub trade: Option<String>,
    /// Street and number.
    pub address: Option<String>,
    /// Postal code.
    pub postcode: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// Whom to ask for.
    pub contact_person: Option<String>,
}
