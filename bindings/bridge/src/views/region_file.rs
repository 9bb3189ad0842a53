//! A programme's figures for the region.

use feltbog_app::ForRegion;

use crate::reply::RegionFilePage;

pub(crate) fn region_file(file: ForRegion) -> RegionFilePage {
    let ForRegion { text, as_of, programme, fingerprint } = file;
    RegionFilePage { text, programme, as_of: as_of.to_string(), fingerprint: fingerprint.to_string() }
}
