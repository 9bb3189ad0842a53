use super::*;

const HERE: ProgrammeId = ProgrammeId::new([1; 16]);
const ELSEWHERE: ProgrammeId = ProgrammeId::new([2; 16]);

/// Who opens what: a line for a role on a side, a column for a kind of folder. By office (`o`) or when assigned (`a`), and then
/// to read (`r`), to write (`w`) or to manage (`m`); `-` is never.
const TABLE: &str = "
                          staff employers register treatment_register employment treatment shared own_work treatment_work       read_log treatment_read_log evidence
administrator  employment  om    -         -        -                  -          -         -      -        -                   -        -                   -
administrator  treatment   om    -         -        -                  -          -         -      -        -                   -        -                   -
leader         employment  om    om        om       -                  om         -         om     om       -                   -        -                   om
leader         treatment   om    -         -        om                 -          om        om     -        om                  -        -                   -
deputy         employment  or    om        om       -                  om         -         om     om       -                   -        -                   om
deputy         treatment   or    -         -        om                 -          om        om     -        om                  -        -                   -
consultant     employment  or    om        -        -                  am         -         am     am       -                   -        -                   -
treatment      treatment   or    -         -        -                  -          am        aw     -        am                  -        -                   -
outreach       employment  or    -         -        -                  -          -         aw     am       -                   -        -                   -
outreach       treatment   or    -         -        -                  -          -         aw     -        am                  -        -                   -
records        employment  or    or        or       -                  or         -         or     or       -                   om       -                   -
records        treatment   or    -         -        or                 -          or        or     -        or                  -        om                  -
evaluator      employment  or    -         -        -                  -          -         -      -        -                   -        -                   -
evaluator      treatment   or    -         -        -                  -          -         -      -        -                   -        -                   -
reviewer       employment  or    -         -        -                  -          -         -      -        -                   -        -                   ow
reviewer       treatment   or    -         -        -                  -          -         -      -        -                   -        -                   -
";

fn kind_of(column: &str) -> FolderKind {
    match column {
        "staff" => FolderKind::Staff,
        "employers" => FolderKind::Employers,
        "register" => FolderKind::Register,
        "treatment_register" => FolderKind::TreatmentRegister,
        "employment" => FolderKind::Employment,
        "treatment" => FolderKind::Treatment,
        "shared" => FolderKind::Shared,
        "own_work" => FolderKind::OwnWork,
        "treatment_work" => FolderKind::TreatmentWork,
        "read_log" => FolderKind::ReadLog,
        "treatment_read_log" => FolderKind::TreatmentReadLog,
        "evidence" => FolderKind::Evidence,
        other => panic!("no such kind: {other}"),
    }
}

fn holds(role: Role, side: Side) -> Vec<RoleGrant> {
    vec![RoleGrant { role, programme: HERE, side }]
}

fn cell(kind: FolderKind, programme: ProgrammeId, roles: &[RoleGrant]) -> String {
    let standing = match kind.standing(programme, roles) {
        Standing::Never => {
            assert_eq!(kind.most_rights(programme, roles), None);
            return "-".to_owned();
        }
        Standing::WhenAssigned => "a",
        Standing::ByOffice => "o",
    };
    let rights = match kind.most_rights(programme, roles) {
        Some(Rights::READ) => "r",
        Some(Rights::WRITE) => "w",
        Some(Rights::MANAGE) => "m",
        other => panic!("{other:?}"),
    };
    format!("{standing}{rights}")
}

#[test]
fn every_role_opens_what_the_table_says_and_nothing_else() {
    let mut lines = TABLE.lines().filter(|line| !line.trim().is_empty());
    let columns: Vec<FolderKind> = lines.next().unwrap().split_whitespace().map(kind_of).collect();
    assert!(FolderKind::ALL.iter().all(|kind| columns.contains(kind)), "a kind without a column");
    let mut seen = Vec::new();
    for line in lines {
        let words: Vec<&str> = line.split_whitespace().collect();
        let role: Role = words[0].parse().unwrap();
        let side = if words[1] == "employment" { Side::Employment } else { Side::Treatment };
        seen.push(role);
        for (kind, expected) in columns.iter().zip(&words[2..]) {
            assert_eq!(cell(*kind, HERE, &holds(role, side)), *expected, "{role} on the {side:?} side, {kind:?}");
        }
    }
    assert!(Role::ALL.iter().all(|role| seen.contains(role)), "a role without a line");
}

#[test]
fn of_several_roles_each_gives_what_it_gives_alone() {
    let roles = [holds(Role::Consultant, Side::Employment), holds(Role::Treatment, Side::Treatment)].concat();
    assert_eq!(cell(FolderKind::Employment, HERE, &roles), "am");
    assert_eq!(cell(FolderKind::Treatment, HERE, &roles), "am");
    assert_eq!(cell(FolderKind::Register, HERE, &roles), "-");
}

#[test]
fn a_role_in_one_programme_is_worth_nothing_in_another() {
    for kind in FolderKind::ALL.into_iter().filter(|kind| *kind != FolderKind::Staff) {
        for role in Role::ALL {
            for side in [Side::Employment, Side::Treatment] {
                assert_eq!(cell(kind, ELSEWHERE, &holds(role, side)), "-", "{role} {kind:?}");
            }
        }
    }
}

#[test]
fn a_records_officer_makes_no_folder_but_the_read_log_of_the_own_side() {
    for side in [Side::Employment, Side::Treatment] {
        for kind in FolderKind::ALL {
            let own_log = kind == FolderKind::read_log_of(side);
            assert_eq!(kind.may_be_made_by(HERE, &holds(Role::Records, side)), own_log, "{kind:?}");
            let others = Role::ALL.into_iter().filter(|role| *role != Role::Records);
            let by_others = others.into_iter().any(|role| kind.may_be_made_by(HERE, &holds(role, side)));
            assert!(!(kind.is_read_log() && by_others), "{kind:?}");
        }
    }
}

#[test]
fn a_register_is_made_by_the_leader_of_its_side() {
    for side in [Side::Employment, Side::Treatment] {
        let register = FolderKind::register_of(side);
        assert_eq!(register.registers(), Some(side));
        for other in [Side::Employment, Side::Treatment] {
            assert_eq!(register.may_be_made_by(HERE, &holds(Role::Leader, other)), side == other);
            assert!(!register.may_be_made_by(HERE, &holds(Role::Deputy, other)));
        }
    }
}

#[test]
fn the_evidence_of_fidelity_is_made_by_the_leader_of_the_employment_side_alone() {
    for role in Role::ALL {
        for side in [Side::Employment, Side::Treatment] {
            let leads = role == Role::Leader && side == Side::Employment;
            assert_eq!(FolderKind::Evidence.may_be_made_by(HERE, &holds(role, side)), leads, "{role} {side:?}");
        }
    }
}

#[test]
fn own_work_is_made_by_those_who_work_on_that_side() {
    assert!(FolderKind::TreatmentWork.may_be_made_by(HERE, &holds(Role::Treatment, Side::Treatment)));
    assert!(!FolderKind::OwnWork.may_be_made_by(HERE, &holds(Role::Treatment, Side::Treatment)));
}
