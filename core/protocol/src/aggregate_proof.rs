//! How a region knows that figures come from a municipality: a leader's device signed them, and certificates lead from it to the
//! municipality's root. The region knows that by its fingerprint, which the municipality gave by hand; nothing that comes with the
//! figures says which root to trust.

use std::collections::BTreeSet;

use ed25519_dalek::{Signature, VerifyingKey};
use feltbog_domain::{DeviceId, MemberId, ProgrammeId, Role, RoleGrant, Side, TenantId};
use sha2::{Digest, Sha256};

use crate::certificate::{CertificateBundle, DeviceState, Issuer, SignedStatement, Statement};
use crate::roster::Roster;

const SIGNED_PREFIX: &[u8] = b"feltbog/region/1\0";
const ROOT_PREFIX: &[u8] = b"feltbog/root/1\0";
/// A chain of more is none of ours: each link takes four statements at most.
const MOST_STATEMENTS: usize = 400;

/// What proves where figures come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AggregateProof {
    /// The municipality.
    pub tenant: TenantId,
    /// Its root, Ed25519.
    pub root: [u8; 32],
    /// The device that signed.
    pub device: DeviceId,
    /// What leads from the root to the device.
    pub certificates: CertificateBundle,
    /// Ed25519 over [`AggregateProof::signed_bytes`].
    pub signature: [u8; 64],
}

/// Why figures are not the municipality's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AggregateProofError {
    /// The certificates do not lead from the root to the device, or it was shut out.
    #[error("no certificate leads from the root to the device that signed")]
    Chain,
    /// The device is of somebody who does not lead the programme.
    #[error("the device is not of the programme's leader")]
    NotTheLeader,
    /// What was signed is not what is here.
    #[error("the signature does not fit the figures")]
    Signature,
}

/// The fingerprint of a municipality's root: what it gives a region by hand.
#[must_use]
pub fn root_fingerprint(tenant: TenantId, root: &[u8; 32]) -> [u8; 32] {
    let digest = Sha256::new().chain_update(ROOT_PREFIX).chain_update(tenant.as_bytes()).chain_update(root);
    digest.finalize().into()
}

impl AggregateProof {
    /// What the device signs.
    #[must_use]
    pub fn signed_bytes(tenant: TenantId, device: DeviceId, figures: &[u8]) -> Vec<u8> {
        [SIGNED_PREFIX, tenant.as_bytes(), device.as_bytes(), figures].concat()
    }

    /// Whether a leader of the programme's employment side signed these bytes. Whose root it is, the caller has to know.
    ///
    /// # Errors
    /// [`AggregateProofError`].
    pub fn check(&self, programme: ProgrammeId, figures: &[u8]) -> Result<(), AggregateProofError> {
        if self.certificates.statements.len() > MOST_STATEMENTS {
            return Err(AggregateProofError::Chain);
        }
        let roster = admitted(self.tenant, self.root, &self.certificates).ok_or(AggregateProofError::Chain)?;
        let signer = roster.device(self.device).filter(|it| it.state == DeviceState::Free);
        let signer = signer.ok_or(AggregateProofError::Chain)?;
        if !leads(&roster, signer.member, programme) {
            return Err(AggregateProofError::NotTheLeader);
        }
        let key = VerifyingKey::from_bytes(&signer.sign_public).map_err(|_| AggregateProofError::Chain)?;
        let signed = Self::signed_bytes(self.tenant, self.device, figures);
        key.verify_strict(&signed, &Signature::from_bytes(&self.signature)).map_err(|_| AggregateProofError::Signature)
    }
}

/// Of all certificates of a municipality, in their order, those that lead from the root to a device of the programme's leader.
/// Nothing of other people and no wrapped key is among them. Nothing where they do not lead there.
#[must_use]
pub fn certificates_of(
    (tenant, root): (TenantId, [u8; 32]),
    all: &[SignedStatement],
    device: DeviceId,
    programme: ProgrammeId,
) -> Option<CertificateBundle> {
    let mut needed = Needed { devices: BTreeSet::from([device]), ..Needed::default() };
    loop {
        let before = needed.size();
        all.iter().for_each(|signed| needed.look_at(signed));
        if needed.size() == before {
            break;
        }
    }
    let statements: Vec<SignedStatement> = all.iter().filter(|signed| needed.holds(signed)).cloned().collect();
    let bundle = CertificateBundle { statements };
    let roster = admitted(tenant, root, &bundle)?;
    let member = roster.device(device)?.member;
    leads(&roster, member, programme).then_some(bundle)
}

fn admitted(tenant: TenantId, root: [u8; 32], certificates: &CertificateBundle) -> Option<Roster> {
    let mut roster = Roster::new(tenant, root);
    roster.admit(certificates, 0).ok()?;
    Some(roster)
}

fn leads(roster: &Roster, member: MemberId, programme: ProgrammeId) -> bool {
    roster.roles(member).contains(&RoleGrant { role: Role::Leader, programme, side: Side::Employment })
}

/// Whose certificates a chain is made of.
#[derive(Debug, Default)]
struct Needed {
    devices: BTreeSet<DeviceId>,
    members: BTreeSet<MemberId>,
    invitations: BTreeSet<[u8; 32]>,
}

impl Needed {
    fn size(&self) -> usize {
        self.devices.len() + self.members.len() + self.invitations.len()
    }

    /// Whether a statement is about anybody of the chain.
    fn holds(&self, signed: &SignedStatement) -> bool {
        match signed.statement() {
            Some(Statement::Device { device, .. } | Statement::DeviceState { device, .. }) => {
                self.devices.contains(&device)
            }
            Some(Statement::Member { member, .. } | Statement::MemberLeft { member }) => self.members.contains(&member),
            Some(Statement::Invitation { public, .. } | Statement::DeviceInvitation { public, .. }) => {
                self.invitations.contains(&public)
            }
            // Its maker leads it from then on.
            Some(Statement::Programme { .. }) => {
                matches!(signed.issuer, Issuer::Device(device) if self.devices.contains(&device))
            }
            _ => false,
        }
    }

    /// Whoever said it is needed as well.
    fn look_at(&mut self, signed: &SignedStatement) {
        if !self.holds(signed) {
            return;
        }
        if let Some(Statement::Device { member, .. } | Statement::DeviceInvitation { member, .. }) = signed.statement()
        {
            self.members.insert(member);
        }
        match signed.issuer {
            Issuer::Root => {}
            Issuer::Device(device) => {
                self.devices.insert(device);
            }
            Issuer::Invitation(public) => {
                self.invitations.insert(public);
            }
        }
    }
}
