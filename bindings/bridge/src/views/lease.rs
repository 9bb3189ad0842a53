use feltbog_app::{LeaseState, LeaseView};

use crate::reply::LeaseRow;

pub(super) fn lease(lease: LeaseView) -> LeaseRow {
    let state = match lease.state {
        LeaseState::Open => "open",
        LeaseState::EndsSoon => "ends_soon",
        LeaseState::Locked => "locked",
        LeaseState::LastCall => "last_call",
        LeaseState::Stopped => "stopped",
    };
    LeaseRow { until: lease.until.to_string(), days: lease.days, state: state.to_owned() }
}
