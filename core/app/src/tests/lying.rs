//! A server that lies: everything it can make up, leave out or turn round, and what an honest device makes of it.

use std::sync::{Arc, Mutex};

use feltbog_domain::{FolderId, FolderKind, MemberId, Role};
use feltbog_protocol::{
    CertificateBundle, Draft, Envelope, EnvelopeKind, ErrorCode, Grant, Issuer, Problem, Row, SignedStatement,
    Statement, SyncReply,
};
use feltbog_sealing::{Secret, SigningPair};
use feltbog_sync::Failure;

use super::made_up::header;
use super::shared_case::{folder, log, note};
use super::town::{Town, new_case};
use crate::transport::{Answer, Headers, HttpReply, Transport};
use crate::{App, AppError, HttpTransport};

type Lie = Box<dyn FnMut(&mut HttpReply) + Send>;

/// A way to an honest server that does not stay honest.
struct Liar {
    inner: HttpTransport,
    lie: Mutex<Option<Lie>>,
}

impl Liar {
    fn honest_so_far() -> Arc<Self> {
        Arc::new(Self { inner: HttpTransport::new().unwrap(), lie: Mutex::new(None) })
    }

    /// From now on each answer to an exchange is turned into another one.
    fn says(&self, mut lie: impl FnMut(&mut SyncReply) + Send + 'static) {
        self.answers(move |reply| {
            if reply.status == 200 {
                let mut message: SyncReply = feltbog_protocol::decode(&reply.body).unwrap();
                lie(&mut message);
                reply.body = feltbog_protocol::encode(&message);
            }
        });
    }

    fn answers(&self, lie: impl FnMut(&mut HttpReply) + Send + 'static) {
        *self.lie.lock().unwrap() = Some(Box::new(lie));
    }

    fn is_honest_again(&self) {
        *self.lie.lock().unwrap() = None;
    }
}

impl Transport for Liar {
    fn post<'a>(&'a self, server: &'a str, path: &'a str, headers: Headers, body: Vec<u8>) -> Answer<'a> {
        Box::pin(async move {
            let mut reply = self.inner.post(server, path, headers, body).await?;
            if path == "/v1/sync"
                && let Some(lie) = self.lie.lock().unwrap().as_mut()
            {
                lie(&mut reply);
            }
            Ok(reply)
        })
    }
}

/// One case of which Vera and Ivan both know everything; Ivan's way to the server is a liar's.
struct Deceived {
    town: Town,
    vera: App,
    ivan: App,
    liar: Arc<Liar>,
}

impl Deceived {
    async fn begun() -> Self {
        let town = Town::founded().await;
        let liar = Liar::honest_so_far();
        let vera = town.colleague("Vera", Role::Consultant).await;
        let ivan = town.colleague_over("Ivan", Role::Consultant, liar.clone()).await;
        town.leader.with(|d| d.new_case(&new_case("V-1", false))).unwrap();
        for name in ["Vera", "Ivan"] {
            town.leader.with(|d| d.assign("V-1", name, Role::Consultant)).unwrap();
        }
        for app in [&town.leader, &vera, &ivan] {
            app.exchange().await.unwrap();
        }
        Self { town, vera, ivan, liar }
    }

    fn findings(&self) -> Vec<String> {
        self.ivan.with(crate::Device::status).unwrap().findings.into_iter().map(|finding| finding.code).collect()
    }

    fn quarantined(&self) -> u32 {
        self.ivan.with(|d| Ok(d.store.reader().quarantined()?)).unwrap()
    }
}

fn stranger() -> SigningPair {
    SigningPair::from_seed(&Secret::new([66; 32]))
}

/// A row that the server made up, in the name of a device that exists.
fn made_up(app: &App, kind: EnvelopeKind, folder: FolderId, body: &[u8]) -> Row {
    let header = app.with(|d| Ok(header(d, kind, folder, 7_777))).unwrap();
    let envelope: Envelope = stranger().sign_envelope(Draft::new(header, body).unwrap());
    Row { seq: 9_999, envelope: envelope.bytes().to_vec() }
}

fn certificates(app: &App, statements: Vec<SignedStatement>) -> Row {
    made_up(
        app,
        EnvelopeKind::Certificate,
        FolderId::NONE,
        &feltbog_protocol::encode(&CertificateBundle { statements }),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_adds_no_member_no_device_and_swaps_no_key() {
    let deceived = Deceived::begun().await;
    let tenant = deceived.ivan.with(|d| Ok(d.identity.tenant)).unwrap();
    let roster = || deceived.ivan.with(|d| Ok(d.roster.clone())).unwrap();
    let before = roster();
    let (vera_device, stranger_member) =
        (deceived.vera.with(|d| Ok(d.identity.device)).unwrap(), MemberId::new([66; 16]));
    let roles =
        before.roles(deceived.town.leader.with(|d| Ok(d.me())).unwrap()).iter().map(|role| (*role).into()).collect();
    for statement in [
        Statement::Member { member: stranger_member, roles },
        Statement::RecoveryKey { epoch: 2, public: [66; 32] },
        Statement::ServerKey { public: [66; 32] },
        Statement::DeviceState { device: vera_device, state: 2, reason: 0 },
        Statement::MemberLeft { member: deceived.vera.with(|d| Ok(d.me())).unwrap() },
        Statement::Station {
            device: feltbog_domain::DeviceId::new([66; 16]),
            member: stranger_member,
            sign_public: stranger().public(),
            reason: 5,
            expires_ms: i64::MAX,
        },
    ] {
        for issuer in [Issuer::Root, Issuer::Device(vera_device)] {
            let row = certificates(&deceived.vera, vec![stranger().certify(tenant, issuer, &statement)]);
            deceived.liar.says(move |reply| reply.rows.push(row.clone()));
            deceived.ivan.exchange().await.unwrap();
            let now = roster();
            assert!(now.member(stranger_member).is_none(), "{statement:?}");
            assert_eq!((now.recovery(), now.server_key()), (before.recovery(), before.server_key()), "{statement:?}");
            assert_eq!(now.device(vera_device), before.device(vera_device), "{statement:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_the_server_made_up_opens_nothing_and_is_put_aside() {
    let deceived = Deceived::begun().await;
    let own = folder(&deceived.ivan).id;
    let stranger = MemberId::new([66; 16]);
    let body = feltbog_protocol::encode(&Grant::lasting(stranger, feltbog_domain::Rights::MANAGE));
    let row = made_up(&deceived.town.leader, EnvelopeKind::Grant, own, &body);
    deceived.liar.says(move |reply| reply.rows.push(row.clone()));
    deceived.ivan.exchange().await.unwrap();
    assert_eq!(deceived.ivan.with(|d| Ok(d.store.reader().rights(own, stranger)?)).unwrap(), None);
    assert_eq!(deceived.quarantined(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_the_server_withheld_is_missed_when_the_next_one_of_its_author_comes() {
    let deceived = Deceived::begun().await;
    let withheld = log(&deceived.vera, "Skjult.");
    deceived.vera.exchange().await.unwrap();
    deceived.liar.says(|reply| reply.rows.retain(|row| !is_content(row)));
    deceived.ivan.exchange().await.unwrap();
    deceived.liar.is_honest_again();
    assert_eq!(deceived.findings(), [""; 0], "nothing can be known yet");
    let shown = log(&deceived.vera, "Vist.");
    deceived.vera.exchange().await.unwrap();
    deceived.ivan.exchange().await.unwrap();
    assert_eq!(note(&deceived.ivan, shown), "Vist.", "what came is taken in all the same");
    assert!(deceived.ivan.with(|d| d.open_entry(withheld)).is_err());
    assert!(deceived.findings().contains(&"missing_link".to_owned()), "{:?}", deceived.findings());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_are_shown_different_histories_find_out_from_each_other() {
    let deceived = Deceived::begun().await;
    log(&deceived.town.leader, "Kun for Vera.");
    deceived.town.leader.exchange().await.unwrap();
    deceived.vera.exchange().await.unwrap();
    deceived.liar.says(|reply| reply.rows.retain(|row| !is_content(row)));
    deceived.ivan.exchange().await.unwrap();
    deceived.liar.is_honest_again();
    log(&deceived.vera, "Skrevet med mere for øje.");
    deceived.vera.exchange().await.unwrap();
    deceived.ivan.exchange().await.unwrap();
    assert!(deceived.findings().contains(&"history_differs".to_owned()), "{:?}", deceived.findings());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_the_server_could_not_sign_says_nothing_was_sent() {
    let deceived = Deceived::begun().await;
    let entry = log(&deceived.ivan, "Skal frem.");
    deceived.liar.says(|reply| {
        if let Some(receipt) = reply.receipt.as_mut() {
            receipt.chain[0] ^= 1;
        }
    });
    let said = deceived.ivan.exchange().await;
    assert!(matches!(said, Err(AppError::Exchange(Failure::Untrusted))), "{said:?}");
    assert_eq!(deceived.ivan.with(|d| d.unsent_count()).unwrap(), 1);
    deceived.liar.is_honest_again();
    deceived.ivan.exchange().await.unwrap();
    assert_eq!(deceived.ivan.with(|d| d.unsent_count()).unwrap(), 0);
    assert_eq!(note(&deceived.ivan, entry), "Skal frem.");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_says_a_device_is_shut_out_is_not_believed_without_the_word_of_people() {
    let deceived = Deceived::begun().await;
    let entry = log(&deceived.ivan, "Bliver her.");
    let own = deceived.ivan.with(|d| Ok(d.identity.device)).unwrap();
    let tenant = deceived.ivan.with(|d| Ok(d.identity.tenant)).unwrap();
    for code in [ErrorCode::DeviceRevoked, ErrorCode::DeviceBlocked] {
        let state = if code == ErrorCode::DeviceRevoked { 2 } else { 1 };
        let forged = Statement::DeviceState { device: own, state, reason: 0 };
        let order = certificates(&deceived.vera, vec![stranger().certify(tenant, Issuer::Root, &forged)]);
        for rows in [Vec::new(), vec![order]] {
            deceived.liar.answers(move |reply| {
                reply.status = 403;
                reply.body = feltbog_protocol::encode(&Problem { order: rows.clone(), ..Problem::new(code) });
            });
            let said = deceived.ivan.exchange().await;
            assert!(matches!(said, Err(AppError::Exchange(Failure::Untrusted))), "{code}: {said:?}");
            deceived.ivan.with(|d| d.must_be_served()).unwrap();
        }
    }
    deceived.liar.is_honest_again();
    deceived.ivan.exchange().await.unwrap();
    assert_eq!(note(&deceived.ivan, entry), "Bliver her.");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_of_yesterday_takes_nothing_back() {
    let deceived = Deceived::begun().await;
    let kept = Arc::new(Mutex::new(None::<Vec<u8>>));
    let first = Arc::clone(&kept);
    deceived.liar.answers(move |reply| *first.lock().unwrap() = Some(reply.body.clone()));
    deceived.ivan.exchange().await.unwrap();
    let entry = log(&deceived.vera, "Nyt.");
    deceived.vera.exchange().await.unwrap();
    deceived.liar.is_honest_again();
    deceived.ivan.exchange().await.unwrap();
    let cursor = deceived.ivan.with(|d| Ok(d.store.reader().progress()?.cursor)).unwrap();
    let old = kept.lock().unwrap().clone().unwrap();
    deceived.liar.answers(move |reply| reply.body = old.clone());
    deceived.ivan.exchange().await.unwrap();
    assert_eq!(deceived.ivan.with(|d| Ok(d.store.reader().progress()?.cursor)).unwrap(), cursor);
    assert_eq!(note(&deceived.ivan, entry), "Nyt.");
    assert_eq!(deceived.ivan.with(super::super::device::Device::cases).unwrap().len(), 1);
    assert_eq!(folder(&deceived.ivan).kind, FolderKind::Employment);
}

fn is_content(row: &Row) -> bool {
    Envelope::decode(row.envelope.clone())
        .is_ok_and(|envelope| envelope.header().known_kind() == Some(EnvelopeKind::ChangeSet))
}

#[tokio::test(flavor = "multi_thread")]
async fn readings_the_server_withheld_are_missed_when_the_next_ones_come_and_no_more_once_they_are_here() {
    let town = Town::founded().await;
    let liar = Liar::honest_so_far();
    let rita = town.colleague_over("Rita", Role::Records, liar.clone()).await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    vera.with(|d| d.new_case(&new_case("V-1", false))).unwrap();
    for app in [&vera, &town.leader, &rita] {
        app.exchange().await.unwrap();
    }
    let glance = |words: &'static str| vera.with(|d| d.search(words)).unwrap();
    let findings =
        || -> Vec<String> { rita.with(crate::Device::status).unwrap().findings.into_iter().map(|f| f.code).collect() };
    log(&vera, "Om havnen, kajen og broen.");
    glance("havnen");
    vera.exchange().await.unwrap();
    rita.exchange().await.unwrap();
    let withheld = Arc::new(Mutex::new(Vec::<Row>::new()));
    let kept = withheld.clone();
    liar.says(move |reply| {
        let is_reading = |row: &Row| row.envelope[5] == EnvelopeKind::ReadLog.code();
        kept.lock().unwrap().extend(reply.rows.iter().filter(|row| is_reading(row)).cloned());
        reply.rows.retain(|row| !is_reading(row));
    });
    glance("kajen");
    vera.exchange().await.unwrap();
    rita.exchange().await.unwrap();
    liar.is_honest_again();
    assert_eq!(findings(), [""; 0], "nothing can be known yet");
    glance("broen");
    vera.exchange().await.unwrap();
    rita.exchange().await.unwrap();
    assert_eq!(findings(), ["read_log_gap"]);
    let held = withheld.lock().unwrap().clone();
    assert_eq!(held.len(), 1);
    liar.says(move |reply| reply.rows.extend(held.clone()));
    rita.exchange().await.unwrap();
    assert_eq!(findings(), [""; 0]);
    let words: Vec<_> = rita.with(|d| d.read_log("V-1", true)).unwrap().into_iter().filter_map(|l| l.words).collect();
    assert_eq!(words, ["havnen", "kajen", "broen"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_says_it_stopped_a_device_locks_it_and_destroys_nothing() {
    let deceived = Deceived::begun().await;
    let (ivan, liar) = (&deceived.ivan, &deceived.liar);
    let entry = log(ivan, "Aldrig sendt");
    // It adds an order as well, in the name of somebody who never signed it.
    let device = ivan.with(|d| Ok(d.identity.device)).unwrap();
    let order = certificates(ivan, vec![statement_of_a_stranger(ivan, device)]);
    liar.answers(move |reply| {
        reply.status = 403;
        let problem = Problem { order: vec![order.clone()], ..Problem::new(ErrorCode::StoppedByIt) };
        reply.body = feltbog_protocol::encode(&problem);
    });
    for _ in 0..3 {
        let stopped = ivan.exchange().await.unwrap_err();
        assert!(matches!(stopped, AppError::Exchange(Failure::Refused(ErrorCode::StoppedByIt))), "{stopped:?}");
        assert!(stopped.sentence().starts_with("IT har spærret denne enhed. Dit arbejde er her endnu."));
        assert!(ivan.with(|d| d.must_be_open()).is_err(), "nothing is read meanwhile");
        let lease = ivan.with(|d| d.lease()).unwrap().unwrap();
        assert_eq!((lease.state, ivan.with(crate::Device::status).unwrap().unsent), (crate::LeaseState::Stopped, 1));
        assert!(!ivan.with(crate::Device::is_over_for_good).unwrap(), "and nothing goes for having been stopped long");
    }
    liar.is_honest_again();
    ivan.exchange().await.unwrap();
    ivan.with(|d| d.must_be_open()).unwrap();
    assert_eq!(note(ivan, entry), "Aldrig sendt");
    assert_eq!(ivan.with(crate::Device::status).unwrap().unsent, 0);
}

fn statement_of_a_stranger(app: &App, device: feltbog_domain::DeviceId) -> SignedStatement {
    let tenant = app.with(|d| Ok(d.identity.tenant)).unwrap();
    let statement = Statement::DeviceState { device, state: 2, reason: 0 };
    stranger().certify(tenant, Issuer::Root, &statement)
}
