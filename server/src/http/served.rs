//! What every request finds.

use std::sync::Arc;

use axum::extract::FromRef;
use tokio::sync::Semaphore;

use super::bounds::Bounds;
use super::receiving::Receiving;
use super::request_id::RequestIds;
use crate::access::Access;
use crate::admin::Admin;
use crate::metrics::Metrics;
use crate::readiness::Readiness;

/// What is done for the administration page at a time; devices have the rest of the machine.
const ADMIN_DESKS: usize = 2;

/// The rules, and what watches over them.
#[derive(Clone)]
pub(crate) struct Served {
    pub(super) access: Arc<Access>,
    pub(super) admin: Arc<Admin>,
    /// Room for the work behind its page.
    pub(super) desks: Arc<Semaphore>,
    pub(super) metrics: Arc<Metrics>,
    pub(super) readiness: Arc<Readiness>,
    pub(super) bounds: Arc<Bounds>,
    pub(super) ids: Arc<RequestIds>,
}

impl Served {
    pub(crate) fn new(
        access: Arc<Access>,
        admin: Arc<Admin>,
        metrics: Arc<Metrics>,
        readiness: Readiness,
        bounds: Arc<Bounds>,
    ) -> Self {
        let desks = Arc::new(Semaphore::new(ADMIN_DESKS));
        Self { access, admin, desks, metrics, readiness: Arc::new(readiness), bounds, ids: Arc::default() }
    }
}

impl FromRef<Served> for Arc<Access> {
    fn from_ref(served: &Served) -> Self {
        Arc::clone(&served.access)
    }
}

impl FromRef<Served> for Arc<Metrics> {
    fn from_ref(served: &Served) -> Self {
        Arc::clone(&served.metrics)
    }
}

impl FromRef<Served> for Arc<Readiness> {
    fn from_ref(served: &Served) -> Self {
        Arc::clone(&served.readiness)
    }
}

impl FromRef<Served> for Arc<Receiving> {
    fn from_ref(served: &Served) -> Self {
        Arc::clone(&served.bounds.receiving)
    }
}
