//! What the people who run the server can see, and how a store begins.

use feltbog_protocol::RefusalCode;
use feltbog_server::{Excerpt, InitError, ShowLogError, init, show_log};

use crate::support::{TestServer, TestTenant, content, fresh_id, new_folder};

const ALL: Excerpt = Excerpt { tenant: None, after: 0, limit: 100, bytes: 256 };

#[test]
fn it_sees_numbers_sizes_and_sealed_bytes_while_the_server_runs() {
    let server = TestServer::start();
    let tenant = TestTenant::found(&server);
    let (mut founder, folder) = (tenant.founder.clone(), fresh_id());
    let push = [new_folder(&mut founder, folder, tenant.programme), content(&mut founder, folder, 40)];
    assert_eq!(founder.push(&server, &push), [RefusalCode::Ok; 2]);
    let excerpt = Excerpt { tenant: Some(tenant.id), ..ALL };
    let rows = show_log(server.store(), &excerpt).unwrap();
    let seen: Vec<_> = rows.iter().map(|row| (row.seq, row.kind, row.dseq)).collect();
    assert_eq!(seen, [(1, 7, 1), (2, 3, 2), (3, 1, 3)]);
    let last = &rows[2];
    assert_eq!((last.folder, last.device, last.size), (folder, founder.id, push[1].len() as u64));
    assert_eq!(last.first_bytes, push[1][..256.min(push[1].len())]);
    let part = show_log(server.store(), &Excerpt { after: 1, limit: 1, bytes: 4, ..excerpt }).unwrap();
    assert_eq!((part.len(), part[0].seq, part[0].first_bytes.as_slice()), (1, 2, b"FELT".as_slice()));
}

#[test]
fn a_log_is_shown_right_after_init_and_one_of_several_tenants_must_be_named() {
    let home = tempfile::tempdir().unwrap();
    assert!(matches!(show_log(home.path(), &ALL), Err(ShowLogError::NoStore)));
    init(home.path(), "Halsbæk").unwrap();
    assert_eq!(show_log(home.path(), &ALL).unwrap(), []);
    init(home.path(), "Nørrevig").unwrap();
    assert!(matches!(show_log(home.path(), &ALL), Err(ShowLogError::WhichTenant(names)) if names.len() == 2));
    let unknown = Excerpt { tenant: Some(fresh_id()), ..ALL };
    assert!(matches!(show_log(home.path(), &unknown), Err(ShowLogError::UnknownTenant)));
}

#[test]
fn a_name_is_given_once_and_a_store_keeps_its_receipt_key() {
    let home = tempfile::tempdir().unwrap();
    let first = init(home.path(), "Halsbæk").unwrap();
    assert!(matches!(init(home.path(), " Halsbæk "), Err(InitError::NameTaken)));
    assert!(matches!(init(home.path(), "  "), Err(InitError::NameEmpty)));
    let second = init(home.path(), "Nørrevig").unwrap();
    assert_ne!(first.tenant, second.tenant);
    assert_eq!(first.bootstrap.server_key, second.bootstrap.server_key);
    std::fs::remove_file(home.path().join("receipt.key")).unwrap();
    assert!(matches!(init(home.path(), "Sydby"), Err(InitError::KeyMissing)));
}

#[test]
fn no_secret_of_a_bootstrap_code_is_kept() {
    let home = tempfile::tempdir().unwrap();
    let started = init(home.path(), "Halsbæk").unwrap();
    for entry in std::fs::read_dir(home.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let found = bytes.windows(16).any(|window| window == started.bootstrap.secret);
        assert!(!found, "{}", path.display());
    }
}
