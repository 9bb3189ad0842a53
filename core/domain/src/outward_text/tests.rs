mod sentences;

use proptest::prelude::*;

use self::sentences::{AMBIGUOUS, GIVING_AWAY, INNOCENT};
use super::GivesAway::AgreedNot;
use super::*;

const UNITS: [&str; 5] = [
    "Kvartershuset Sydhavnen",
    "Region Hovedstadens Psykiatri",
    "Rusmiddelbehandling Valby",
    "Anker Jørgensens Plads 3",
    "Kontoret på Borgbjergsvej",
];

fn at_home(text: &str) -> Vec<Giveaway> {
    giveaways(text, Audience::Home, &UNITS)
}

fn to_employer(text: &str, disclosure: Disclosure, may_say: &str, may_not_say: &str) -> Vec<Giveaway> {
    giveaways(text, Audience::Employer(MaySay { disclosure, may_say, may_not_say }), &UNITS)
}

fn passages(found: &[Giveaway]) -> Vec<&str> {
    found.iter().map(|giveaway| giveaway.passage.as_str()).collect()
}

#[test]
fn what_gives_away_is_found_with_its_passage_and_its_reason() {
    for (text, passage, why) in GIVING_AWAY {
        let found = at_home(text);
        let first = found.iter().find(|giveaway| giveaway.sure);
        assert_eq!(
            first.map(|giveaway| (giveaway.passage.as_str(), giveaway.why)),
            Some((*passage, *why)),
            "{text}: {found:?}"
        );
        assert!(is_blocked(&found), "{text}");
    }
}

#[test]
fn innocent_sentences_are_left_alone() {
    for text in INNOCENT {
        assert_eq!(passages(&at_home(text)), Vec::<&str>::new(), "{text}");
        assert_eq!(passages(&to_employer(text, Disclosure::Nothing, "", "")), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn a_word_with_an_innocent_meaning_is_asked_about_and_blocks_nothing() {
    for (text, passage) in AMBIGUOUS {
        let found = at_home(text);
        assert_eq!(passages(&found), [*passage], "{text}");
        assert!(!is_blocked(&found), "{text}");
    }
    assert!(at_home("en rulle stof").first().unwrap().danish().contains("Se efter"));
}

#[test]
fn everything_may_be_said_where_everything_may_and_nothing_where_nothing_may() {
    for (text, passage, _) in GIVING_AWAY {
        assert_eq!(to_employer(text, Disclosure::Everything, "", passage), [], "{text}");
        assert!(is_blocked(&to_employer(text, Disclosure::Nothing, passage, "")), "{text}");
        assert!(is_blocked(&to_employer(text, Disclosure::Agreed, "", "")), "{text}");
    }
}

#[test]
fn only_the_very_words_that_were_agreed_are_let_through() {
    let agreed = |text, may_say, may_not_say| {
        to_employer(text, Disclosure::Agreed, may_say, may_not_say).into_iter().map(|g| g.passage).collect::<Vec<_>>()
    };
    let ips = "At hun har støtte fra IPS i kommunen";
    assert_eq!(agreed("Jeg er IPS-konsulent", ips, ""), Vec::<String>::new());
    assert_eq!(agreed("IPS hjælper ved psykisk sygdom", ips, ""), ["psykisk"]);
    assert_eq!(agreed("misbruget er fortid", "at der har været et misbrug", ""), Vec::<String>::new());
    assert_eq!(agreed("misbrugsbehandlingen", "at der har været et misbrug", ""), ["misbrugsbehandlingen"]);
    assert_eq!(agreed("angsten er mindre", "angst; psykisk sårbar", ""), Vec::<String>::new());
    assert_eq!(agreed("angst, depression", "angst", ""), ["depression"]);
    assert_eq!(agreed("supported employment", "Supported Employment", ""), Vec::<String>::new());
}

#[test]
fn what_is_excepted_or_forbidden_is_not_agreed() {
    let agreed = |text, may_say, may_not_say| {
        to_employer(text, Disclosure::Agreed, may_say, may_not_say).into_iter().map(|g| g.passage).collect::<Vec<_>>()
    };
    assert_eq!(agreed("misbrug", "alt undtagen misbrug, diagnose og medicin", ""), ["misbrug"]);
    assert_eq!(agreed("diagnosen", "alt undtagen misbrug, diagnose og medicin", ""), ["diagnosen"]);
    assert_eq!(agreed("IPS og angst", "IPS. Ikke angst", ""), ["angst"]);
    assert_eq!(agreed("IPS og angst", "IPS, angst", "angst"), ["angst"]);
    assert_eq!(agreed("everything about anxiety", "everything except anxiety", ""), ["anxiety"]);
}

#[test]
fn what_it_is_agreed_not_to_say_is_found_though_it_is_in_no_list() {
    let may_not_say = "hendes fængselsdom, at hun har børn og gæld; Nørrebro";
    for disclosure in [Disclosure::Nothing, Disclosure::Agreed] {
        for (text, passage) in [
            ("Hun afsonede sin fængselsdom", "fængselsdom"),
            ("faengselsdommen", ""),
            ("Hun har børn", "børn"),
            ("gælden", "gælden"),
            ("bor på Nørrebro", "Nørrebro"),
        ] {
            let found = to_employer(text, disclosure, "", may_not_say);
            let expected: Vec<&str> = Some(passage).filter(|passage| !passage.is_empty()).into_iter().collect();
            assert_eq!(passages(&found), expected, "{text}");
            assert!(found.iter().all(|giveaway| giveaway.why == AgreedNot && giveaway.sure));
        }
        assert!(to_employer("Hun har erfaring og kan møde tidligt", disclosure, "", may_not_say).is_empty());
    }
}

#[test]
fn at_home_no_agreement_lets_anything_through() {
    let text = "IPS ringer om misbruget";
    assert_eq!(passages(&at_home(text)), ["IPS", "misbruget"]);
    assert_eq!(passages(&to_employer(text, Disclosure::Agreed, "IPS, misbrug", "")), Vec::<&str>::new());
}

#[test]
fn a_reminder_on_a_locked_screen_gives_nobody_away() {
    for text in [crate::reminder_danish(2), crate::reminder_english(2)] {
        assert_eq!(at_home(&text.unwrap()), []);
    }
}

#[test]
fn a_finding_says_what_stands_there_and_what_to_do() {
    let found = at_home("Aftale om misbrug");
    let first = found.first().unwrap();
    assert_eq!(first.danish(), "Her står »misbrug«. Det fortæller om rusmidler eller alkohol. Skriv det uden.");
    assert_eq!(first.english(), "It says “misbrug”. That tells of drugs or alcohol. Write it without.");
    assert_eq!(first.at, 10..17);
}

#[test]
fn every_finding_of_a_long_text_is_named_in_its_order() {
    let text = "Hej. Jeg er IPS-konsulent, og Bo har haft et misbrug og en psykose, men får nu metadon i Rusmiddelbehandling Valby.";
    let found = at_home(text);
    assert_eq!(passages(&found), ["IPS", "misbrug", "psykose", "metadon", "Rusmiddelbehandling Valby"]);
}

#[test]
fn a_very_long_text_is_read_to_its_end() {
    let mut text = "Hun har erfaring fra et cykelværksted og kan begynde mandag. ".repeat(3_300);
    text.push_str("IPS");
    assert_eq!(passages(&at_home(&text)), ["IPS"]);
}

#[test]
fn a_name_of_a_unit_that_is_hardly_a_word_finds_nothing() {
    for unit in ["", "  ", "-", "A", "i", "3"] {
        assert_eq!(giveaways("I dag er A og B i butik 3", Audience::Home, &[unit]), [], "{unit}");
    }
}

/// The same text as somebody would write it who hides a word, or whose keyboard lacks letters.
fn disguised(text: &str, disguise: usize) -> String {
    match disguise {
        0 => text.to_uppercase(),
        1 => text.to_lowercase(),
        2 => text.chars().flat_map(|c| [c, '\u{200b}']).collect(),
        3 => text.chars().flat_map(|c| [c, '\u{ad}']).collect(),
        4 => text.replace('æ', "ae").replace('ø', "oe").replace('å', "aa").replace('Å', "Aa"),
        _ => format!("«{text}», "),
    }
}

proptest! {
    #[test]
    fn no_disguise_hides_what_gives_away(
        (text, passage, _) in prop::sample::select(GIVING_AWAY), disguise in 0_usize..6, before in 0..INNOCENT.len(),
    ) {
        // In small letters these are other words.
        prop_assume!(disguise != 1 || !["AA", "ADD", "AD HD", "I PS"].contains(&passage));
        let text = format!("{}. {}.", INNOCENT[before], disguised(text, disguise));
        prop_assert!(is_blocked(&at_home(&text)), "{text}");
    }

    #[test]
    fn findings_stand_in_the_text_in_order_and_apart(text in "[a-zA-ZæøåÆØÅ .,\n-]{0,60}(misbrug|IPS|hash|stof)?[ a-zæøå\u{200b}\u{30a}🙂]{0,20}") {
        let found = at_home(&text);
        for giveaway in &found {
            prop_assert_eq!(text.get(giveaway.at.clone()), Some(giveaway.passage.as_str()));
        }
        prop_assert!(found.windows(2).all(|two| two[0].at.end <= two[1].at.start));
    }

    #[test]
    fn any_text_is_read_without_harm(text in any::<String>(), may_say in any::<String>(), unit in any::<String>()) {
        let agreement = MaySay { disclosure: Disclosure::Agreed, may_say: &may_say, may_not_say: &unit };
        let found = giveaways(&text, Audience::Employer(agreement), &[&unit]);
        prop_assert!(found.iter().all(|giveaway| text.get(giveaway.at.clone()).is_some()));
        prop_assert!(giveaways(&text, Audience::Home, &[&unit]).iter().all(|giveaway| !giveaway.passage.is_empty()));
    }

    #[test]
    fn an_employer_who_may_know_something_is_never_kept_from_more_than_one_who_may_know_nothing(
        texts in prop::collection::vec(prop::sample::select(GIVING_AWAY), 1..6), agreed in prop::sample::select(GIVING_AWAY),
    ) {
        let text = texts.iter().map(|(text, _, _)| *text).collect::<Vec<_>>().join(". ");
        let nothing = to_employer(&text, Disclosure::Nothing, "", "");
        let some = to_employer(&text, Disclosure::Agreed, agreed.0, "");
        prop_assert!(some.iter().all(|giveaway| nothing.contains(giveaway)));
        prop_assert_eq!(nothing, at_home(&text));
    }
}
