//! The file of a programme's figures that a leader gives the region.

use feltbog_protocol::{AggregateProof, CertificateBundle, certificates_of, root_fingerprint};
use feltbog_reports::{Aggregate, Fingerprint, Period};
use jiff::civil::Date;

use crate::device::Device;
use crate::error::AppError;
use crate::region_file::{RegionFile, signed_figures};
use crate::use_cases::new_case::typed_day;
use crate::use_cases::report::unclear;

/// A file for the region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForRegion {
    /// Its text.
    pub text: String,
    /// The quarter's last day.
    pub as_of: Date,
    /// The programme's name.
    pub programme: String,
    /// What the region knows the municipality by: to be given by hand, once, and not with the file.
    pub fingerprint: Fingerprint,
}

impl Device {
    /// Writes the programme's figures as they stood at the end of a quarter, the last one that is over unless a day is named, in whole
    /// fives and signed by this device.
    ///
    /// # Errors
    /// [`AppError::NotAllowed`] unless the member leads the programme's employment side; when the day is no end of a quarter.
    pub fn for_region(&self, programme: Option<&str>, at: Option<&str>) -> Result<ForRegion, AppError> {
        let id = self.programme(programme)?;
        if !self.leads_employment(id) {
            return Err(AppError::NotAllowed("skrive programmets tal til regionen"));
        }
        let today = self.now().date();
        let last = || Period::quarter_of(today).from.yesterday().unwrap_or(today);
        let as_of = typed_day(at)?.unwrap_or_else(last);
        let counted = self.counted_of(id)?;
        if counted.name.is_empty() {
            return Err(AppError::Unclear("programmet har ikke noget navn endnu: feltbog programme NAVN".into()));
        }
        let aggregate = Aggregate::of((id, &counted.name), &counted.facts.book, as_of, today).map_err(unclear)?;
        let (tenant, root, device) = (self.identity.tenant, self.identity.root, self.identity.device);
        let mut statements = Vec::new();
        for (_, envelope) in self.store.reader().certificate_rows()? {
            let bundle: Result<CertificateBundle, _> = feltbog_protocol::decode(envelope.body());
            statements.extend(bundle.into_iter().flat_map(|bundle| bundle.statements));
        }
        let certificates =
            certificates_of((tenant, root), &statements, device, id).ok_or(AppError::NothingFetchedYet)?;
        let figures = signed_figures(&aggregate).ok_or(AppError::NothingFetchedYet)?;
        let signature = self.signing.sign_aggregate(tenant, device, &figures);
        let file = RegionFile { aggregate, proof: AggregateProof { tenant, root, device, certificates, signature } };
        let text = file.text().ok_or(AppError::NothingFetchedYet)?;
        let fingerprint = Fingerprint(root_fingerprint(tenant, &root));
        Ok(ForRegion { text, as_of, programme: counted.name, fingerprint })
    }
}
