//! An employer of the programme's register.

use serde::{Deserialize, Serialize};

use crate::cvr::CvrNumber;
use crate::p_number::PNumber;

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
    /// Whom to ask for, as an older file or version wrote it; persons of their own are [`crate::ContactPerson`].
    pub contact_person: Option<String>,
    /// Typed by somebody on the road, and nobody has looked it up since.
    pub unverified: bool,
    /// It is the same company as this one, and everything recorded on either is shown together.
    pub merged_into: Option<CvrNumber>,
    /// Companies that look like this one, and somebody who knows found that they are others.
    pub apart_from: Vec<CvrNumber>,
    /// Its production units, by number.
    pub units: Vec<EmployerUnit>,
}

impl EmployerFields {
    /// An employer of which only number and name are known.
    #[must_use]
    pub fn new(cvr: CvrNumber, name: impl Into<String>) -> Self {
        Self {
            cvr,
            name: name.into(),
            trade: None,
            address: None,
            postcode: None,
            town: None,
            contact_person: None,
            unverified: false,
            merged_into: None,
            apart_from: Vec::new(),
            units: Vec::new(),
        }
    }
}

/// One place where a company works: a shop of a chain, a kitchen of a municipality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmployerUnit {
    /// Its number.
    pub number: PNumber,
    /// Its name.
    pub name: Option<String>,
    /// Street and number.
    pub address: Option<String>,
    /// Postal code.
    pub postcode: Option<String>,
    /// Town.
    pub town: Option<String>,
}
