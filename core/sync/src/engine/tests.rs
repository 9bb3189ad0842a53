//! The engine, one input after the other.

use super::*;
use feltbog_domain::{DeviceId, MemberId, TenantId};
use feltbog_protocol::{
    BackfillDone, Draft, EnvelopeHash, Grant, Header, Hello, PushResult, RefusalCode, Row, ServerClock, Stats,
};

fn engine() -> Engine {
    Engine::resume(SavedState {
        member: MemberId::new([1; 16]),
        hello: Hello::default(),
        epoch: [0; 16],
        cursor: 0,
        backfills: Vec::new(),
        durable_ack: 0,
        stats: Stats::default(),
        points: Vec::new(),
        lease_until_ms: None,
        restored: false,
    })
}

fn queued(dseq: u64) -> Queued {
    Queued { dseq, bytes: vec![0; 100] }
}

fn ok(dseq: u64) -> PushResult {
    PushResult { dseq, code: RefusalCode::Ok, seq: Some(dseq) }
}

fn request(engine: &mut Engine) -> SyncRequest {
    match engine.poll_effect() {
        Some(Effect::Exchange(request)) => *request,
        other => panic!("expected an exchange, not {other:?}"),
    }
}

fn begin(engine: &mut Engine, outbox: Vec<Queued>) {
    engine.handle(Input::Begin);
    assert_eq!(engine.poll_effect(), Some(Effect::Seal));
    engine.handle(Input::Sealed(Outbox { queued: outbox, proofs: Vec::new(), ..Outbox::default() }));
}

fn reply(engine: &mut Engine, reply: SyncReply) {
    engine.handle(Input::Replied(Box::new(reply), 10));
    assert!(matches!(engine.poll_effect(), Some(Effect::CommitPage(_))));
    engine.handle(Input::Committed);
}

#[test]
fn a_quiet_exchange_is_one_round_trip() {
    let mut engine = engine();
    begin(&mut engine, Vec::new());
    assert!(request(&mut engine).push.is_empty());
    reply(&mut engine, SyncReply::default());
    assert_eq!(engine.poll_effect(), Some(Effect::Apply));
    engine.handle(Input::Applied { owes: false });
    assert!(matches!(engine.poll_effect(), Some(Effect::Finished(o)) if o.turnarounds == 1 && o.failure.is_none()));
}

fn with_points(points: &[u64]) -> Engine {
    let points = points.iter().map(|seq| LogPoint { seq: *seq, chain: [1; 8] }).collect();
    Engine::resume(SavedState { points, ..engine().saved })
}

fn places(request: &SyncRequest) -> Vec<u64> {
    request.points.iter().map(|point| point.seq).collect()
}

#[test]
fn one_point_is_named_and_all_of_them_with_the_origin_when_it_does_not_fit() {
    let mut engine = with_points(&[9, 7, 2]);
    begin(&mut engine, vec![queued(1)]);
    assert_eq!(places(&request(&mut engine)), [9]);
    engine.handle(Input::Unplaced);
    let again = request(&mut engine);
    assert_eq!((places(&again), again.push.len()), (vec![9, 7, 2, 0], 1));
    engine.handle(Input::Unplaced);
    assert!(
        matches!(engine.poll_effect(), Some(Effect::Finished(o)) if o.failure == Some(Failure::Endless)),
        "the origin fits every log"
    );
}

#[test]
fn a_point_of_a_page_is_named_from_then_on() {
    let mut engine = with_points(&[]);
    begin(&mut engine, vec![queued(1)]);
    assert!(request(&mut engine).points.is_empty());
    let point = Some(LogPoint { seq: 4, chain: [2; 8] });
    reply(&mut engine, SyncReply { results: vec![ok(1)], cursor: 4, point, more: true, ..SyncReply::default() });
    assert_eq!(places(&request(&mut engine)), [4]);
}

#[test]
fn what_the_server_disposed_of_is_not_pushed_again_even_when_refused() {
    let mut engine = engine();
    begin(&mut engine, vec![queued(1), queued(2)]);
    assert_eq!(request(&mut engine).push.len(), 2);
    let refused = PushResult { dseq: 2, code: RefusalCode::NoGrant, seq: None };
    reply(&mut engine, SyncReply { results: vec![ok(1), refused], ..SyncReply::default() });
    assert_eq!(engine.poll_effect(), Some(Effect::Apply));
}

#[test]
fn a_lost_reply_ends_the_exchange_and_the_next_one_pushes_again() {
    let mut engine = engine();
    begin(&mut engine, vec![queued(1)]);
    request(&mut engine);
    engine.handle(Input::Failed(Failure::Unreachable));
    assert!(matches!(engine.poll_effect(), Some(Effect::Finished(o)) if o.failure == Some(Failure::Unreachable)));
    begin(&mut engine, vec![queued(1)]);
    assert_eq!(request(&mut engine).push.len(), 1);
}

#[test]
fn an_interrupted_backfill_goes_on_where_it_stopped() {
    let folder = FolderId::new([5; 16]);
    let mut engine =
        Engine::resume(SavedState { backfills: vec![BackfillAsk::whole(folder, 0, 100)], ..engine().saved });
    begin(&mut engine, Vec::new());
    request(&mut engine);
    let part = BackfillDone { folder, after: 40, until: 100, done: false };
    reply(&mut engine, SyncReply { backfill_done: vec![part], more: true, ..SyncReply::default() });
    assert_eq!(request(&mut engine).backfill, [BackfillAsk::whole(folder, 40, 100)]);
}

#[test]
fn a_backfill_that_brings_its_own_grant_again_is_not_opened_twice() {
    let (folder, me) = (FolderId::new([5; 16]), MemberId::new([1; 16]));
    let mut engine = engine();
    begin(&mut engine, Vec::new());
    request(&mut engine);
    let row = Row { seq: 9, envelope: grant_bytes(folder, me) };
    reply(&mut engine, SyncReply { rows: vec![row.clone()], cursor: 9, ..SyncReply::default() });
    assert_eq!(request(&mut engine).backfill, [BackfillAsk::whole(folder, 0, 9)]);
    let done = BackfillDone { folder, after: 9, until: 9, done: true };
    let again = SyncReply { backfill_rows: vec![row], backfill_done: vec![done], cursor: 9, ..SyncReply::default() };
    reply(&mut engine, again);
    assert_eq!(engine.poll_effect(), Some(Effect::Apply));
}

fn grant_bytes(folder: FolderId, member: MemberId) -> Vec<u8> {
    let header = Header {
        kind: 4,
        suite: 0,
        codec: 0,
        tenant: TenantId::NONE,
        folder,
        lineage: 0,
        key_epoch: 0,
        device: DeviceId::new([8; 16]),
        dseq: 1,
        base_seq: 0,
        prev: EnvelopeHash::default(),
        salt: [0; 16],
        commitment: [0; 32],
    };
    let body = feltbog_protocol::encode(&Grant { member, rights: 3, until_ms: None, cover_for: None });
    Draft::new(header, &body).unwrap().signed([0; 64]).bytes().to_vec()
}

#[test]
fn after_a_restore_the_device_goes_back_with_the_server_and_sends_again_with_its_receipts() {
    let mut engine = engine();
    begin(&mut engine, Vec::new());
    request(&mut engine);
    let setback = Setback { epoch: [2; 16], base_seq: 10, last_dseq: 1 };
    engine.handle(Input::Behind(setback));
    assert_eq!(engine.poll_effect(), Some(Effect::GoBack(setback)));
    let saved = SavedState { epoch: [2; 16], cursor: 10, restored: true, ..engine.saved.clone() };
    engine.handle(Input::SetBack(Box::new(saved)));
    assert_eq!(engine.poll_effect(), Some(Effect::Seal));
    engine.handle(Input::Sealed(Outbox {
        queued: vec![queued(2), queued(3)],
        proofs: vec![proof(1, 2), proof(9, 9)],
        ..Outbox::default()
    }));
    let again = request(&mut engine);
    assert_eq!((again.epoch, again.cursor, again.push.len()), ([2; 16], 10, 2));
    assert_eq!(again.proofs, [proof(1, 2)]);
}

fn proof(first: u64, last: u64) -> ReceiptProof {
    let receipt = feltbog_protocol::Receipt { first, last, chain: [0; 32], signature: [0; 64] };
    ReceiptProof { epoch: [1; 16], receipt, disposed: Vec::new() }
}

#[test]
fn a_server_that_is_set_back_again_and_again_does_not_keep_the_phone_awake() {
    let mut engine = engine();
    begin(&mut engine, Vec::new());
    let setback = Setback { epoch: [2; 16], base_seq: 0, last_dseq: 0 };
    for _ in 0..SETBACKS {
        request(&mut engine);
        engine.handle(Input::Behind(setback));
        assert_eq!(engine.poll_effect(), Some(Effect::GoBack(setback)));
        engine.handle(Input::SetBack(Box::new(engine.saved.clone())));
        assert_eq!(engine.poll_effect(), Some(Effect::Seal));
        engine.handle(Input::Sealed(Outbox::default()));
    }
    request(&mut engine);
    engine.handle(Input::Behind(setback));
    assert!(matches!(engine.poll_effect(), Some(Effect::Finished(o)) if o.failure == Some(Failure::Endless)));
}

#[test]
fn a_healing_server_gets_what_is_here_and_is_not_asked_again_for_what_it_holds_back() {
    let folder = FolderId::new([5; 16]);
    let mut engine =
        Engine::resume(SavedState { backfills: vec![BackfillAsk::whole(folder, 0, 100)], ..engine().saved });
    begin(&mut engine, vec![queued(1)]);
    request(&mut engine);
    reply(&mut engine, SyncReply { results: vec![ok(1)], healing: Some(true), ..SyncReply::default() });
    assert_eq!(engine.poll_effect(), Some(Effect::Apply));
    engine.handle(Input::Applied { owes: false });
    assert!(matches!(engine.poll_effect(), Some(Effect::Finished(o)) if o.healing && o.failure.is_none()));
}

#[test]
fn a_server_that_waits_for_a_login_gets_what_is_here_and_is_not_asked_again_for_what_it_holds_back() {
    let folder = FolderId::new([5; 16]);
    let with_login_due_at = |by_ms: i64| {
        let backfills = vec![BackfillAsk::whole(folder, 0, 100)];
        let mut engine = Engine::resume(SavedState { backfills, ..engine().saved });
        begin(&mut engine, vec![queued(1)]);
        request(&mut engine);
        let clock = ServerClock { time_ms: 1_000, ..ServerClock::default() };
        let results = vec![ok(1)];
        reply(&mut engine, SyncReply { clock, results, more: true, login_by_ms: Some(by_ms), ..SyncReply::default() });
        engine
    };
    for overdue in [999, 1_000] {
        let mut engine = with_login_due_at(overdue);
        assert_eq!(engine.poll_effect(), Some(Effect::Apply), "{overdue}");
        engine.handle(Input::Applied { owes: false });
        assert!(matches!(engine.poll_effect(), Some(Effect::Finished(o)) if o.failure.is_none()), "{overdue}");
    }
    assert_eq!(
        request(&mut with_login_due_at(1_001)).backfill.len(),
        1,
        "a login that is only near holds nothing back"
    );
}

#[test]
fn a_login_that_is_due_ends_an_exchange_in_which_nothing_moves_without_a_failure() {
    let mut engine = engine();
    begin(&mut engine, Vec::new());
    request(&mut engine);
    let clock = ServerClock { time_ms: 1_000, ..ServerClock::default() };
    reply(&mut engine, SyncReply { clock, more: true, login_by_ms: Some(1_000), ..SyncReply::default() });
    assert_eq!(engine.poll_effect(), Some(Effect::Apply));
    engine.handle(Input::Applied { owes: false });
    assert!(matches!(engine.poll_effect(), Some(Effect::Finished(o)) if o.failure.is_none()), "not endless");
}

#[test]
fn a_new_device_fetches_the_access_rows_of_its_folders_before_their_content() {
    let me = MemberId::new([1; 16]);
    let mut engine = engine();
    begin(&mut engine, Vec::new());
    request(&mut engine);
    let rows: Vec<Row> =
        (1..=9).map(|n| Row { seq: n, envelope: grant_bytes(FolderId::new([n as u8; 16]), me) }).collect();
    reply(&mut engine, SyncReply { rows, cursor: 9, ..SyncReply::default() });
    let asked = request(&mut engine).backfill;
    assert!(asked.len() == 9 && asked.iter().all(|ask| ask.part == BackfillPart::Access));
    let done = asked.iter().map(|ask| BackfillDone { folder: ask.folder, after: 9, until: ask.until, done: true });
    reply(&mut engine, SyncReply { backfill_done: done.collect(), cursor: 9, ..SyncReply::default() });
    assert_eq!(engine.poll_effect(), Some(Effect::Apply), "what is here can be shown before the rest comes");
    engine.handle(Input::Applied { owes: true });
    let asked = request(&mut engine).backfill;
    assert!(asked.len() == 9 && asked.iter().all(|ask| ask.part == BackfillPart::Content && ask.after == 0));
}

#[test]
fn a_server_that_always_promises_more_does_not_keep_the_phone_awake() {
    let mut engine = engine();
    begin(&mut engine, Vec::new());
    request(&mut engine);
    reply(&mut engine, SyncReply { more: true, ..SyncReply::default() });
    assert!(matches!(engine.poll_effect(), Some(Effect::Finished(o)) if o.failure == Some(Failure::Endless)));
}

#[test]
fn the_cursor_never_goes_back() {
    let mut engine = engine();
    begin(&mut engine, Vec::new());
    request(&mut engine);
    reply(&mut engine, SyncReply { cursor: 50, more: true, ..SyncReply::default() });
    assert_eq!(request(&mut engine).cursor, 50);
    let row = Row { seq: 51, envelope: Vec::new() };
    reply(&mut engine, SyncReply { cursor: 10, more: true, rows: vec![row], ..SyncReply::default() });
    assert_eq!(request(&mut engine).cursor, 50);
}

#[test]
fn what_taking_in_uncovered_is_sealed_and_sent_in_the_same_exchange() {
    let mut engine = engine();
    begin(&mut engine, Vec::new());
    request(&mut engine);
    reply(&mut engine, SyncReply::default());
    assert_eq!(engine.poll_effect(), Some(Effect::Apply));
    engine.handle(Input::Applied { owes: true });
    assert_eq!(engine.poll_effect(), Some(Effect::Seal));
    engine.handle(Input::Sealed(Outbox { queued: vec![queued(1)], proofs: Vec::new(), ..Outbox::default() }));
    assert_eq!(request(&mut engine).push.len(), 1);
}

#[test]
fn a_second_wish_while_one_runs_changes_nothing() {
    let mut engine = engine();
    engine.handle(Input::Begin);
    engine.handle(Input::Begin);
    assert_eq!(engine.poll_effect(), Some(Effect::Seal));
    assert_eq!(engine.poll_effect(), None);
}
