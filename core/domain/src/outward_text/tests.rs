use proptest::prelude::*;

use super::GivesAway::{AgreedNot, Diagnosis, Medicine, Programme, Substance, Treatment, Unit};
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

/// A text, the passage that gives away, and why.
const GIVING_AWAY: &[(&str, &str, GivesAway)] = &[
    // The programme.
    ("Møde med IPS kl. 10", "IPS", Programme),
    ("ips-møde", "ips", Programme),
    ("Jeg er IPS-konsulent i kommunen", "IPS", Programme),
    ("Din ipskonsulent kommer", "ipskonsulent", Programme),
    ("IPSkonsulenten ringer", "IPSkonsulenten", Programme),
    ("IPS'en ringer", "IPS", Programme),
    ("ips@kk.example skrev", "ips", Programme),
    ("IPS_plan.pdf", "IPS", Programme),
    ("I P S i morgen", "I P S", Programme),
    ("I.P.S. i morgen", "I.P.S", Programme),
    ("i-p-s", "i-p-s", Programme),
    ("I PS kl. 9", "I PS", Programme),
    ("I\u{200b}P\u{200b}S", "I\u{200b}P\u{200b}S", Programme),
    ("Individuelt planlagt job", "Individuelt planlagt", Programme),
    ("individuelt planlagte job", "individuelt planlagte", Programme),
    ("et job med støtte", "job med støtte", Programme),
    ("et job med stoette", "job med stoette", Programme),
    ("Supported Employment", "Supported Employment", Programme),
    ("supported\nemployment", "supported\nemployment", Programme),
    ("Place, then train", "Place, then train", Programme),
    ("Individual Placement and Support", "Individual Placement", Programme),
    ("den fremskudte indsats", "fremskudte indsats", Programme),
    ("IPS2020", "IPS2020", Programme),
    ("place-then-train", "place-then-train", Programme),
    // Diagnoses and what they are called at home.
    ("Hun har skizofreni", "skizofreni", Diagnosis),
    ("SKIZOFRENIEN fylder", "SKIZOFRENIEN", Diagnosis),
    ("paranoid skizofren", "paranoid", Diagnosis),
    ("skizotypisk sindslidelse", "skizotypisk", Diagnosis),
    ("schizophrenia", "schizophrenia", Diagnosis),
    ("skizo freni", "skizo", Diagnosis),
    ("efter en psykose", "psykose", Diagnosis),
    ("psykoser", "psykoser", Diagnosis),
    ("psykotiske symptomer", "psykotiske", Diagnosis),
    ("a psychotic episode", "psychotic", Diagnosis),
    ("bipolar lidelse", "bipolar", Diagnosis),
    ("Bipolare", "Bipolare", Diagnosis),
    ("maniodepressiv", "maniodepressiv", Diagnosis),
    ("en mani i foråret", "mani", Diagnosis),
    ("depression", "depression", Diagnosis),
    ("depressioner", "depressioner", Diagnosis),
    ("fødselsdepressionen", "fødselsdepressionen", Diagnosis),
    ("foedselsdepression", "foedselsdepression", Diagnosis),
    ("hun er deprimeret", "deprimeret", Diagnosis),
    ("he was depressed", "depressed", Diagnosis),
    ("angst", "angst", Diagnosis),
    ("angsten", "angsten", Diagnosis),
    ("angstlidelse", "angstlidelse", Diagnosis),
    ("en angstfri hverdag", "angstfri", Diagnosis),
    ("socialangst", "socialangst", Diagnosis),
    ("ang-sten", "ang-sten", Diagnosis),
    ("a-n-g-s-t", "a-n-g-s-t", Diagnosis),
    ("anxiety", "anxiety", Diagnosis),
    ("panikanfald", "panikanfald", Diagnosis),
    ("OCD", "OCD", Diagnosis),
    ("ocd'en", "ocd", Diagnosis),
    ("tvangstanker", "tvangstanker", Diagnosis),
    ("ADHD", "ADHD", Diagnosis),
    ("adhd-medicin", "adhd", Diagnosis),
    ("A D H D", "A D H D", Diagnosis),
    ("AD HD", "AD HD", Diagnosis),
    ("har ADD", "ADD", Diagnosis),
    ("autisme", "autisme", Diagnosis),
    ("autistisk", "autistisk", Diagnosis),
    ("Aspergers syndrom", "Aspergers", Diagnosis),
    ("borderline", "borderline", Diagnosis),
    ("personlighedsforstyrrelsen", "personlighedsforstyrrelsen", Diagnosis),
    ("PTSD", "PTSD", Diagnosis),
    ("P.T.S.D.", "P.T.S.D", Diagnosis),
    ("traumatiseret", "traumatiseret", Diagnosis),
    ("spiseforstyrrelse", "spiseforstyrrelse", Diagnosis),
    ("eating disorders", "eating disorders", Diagnosis),
    ("selvmordstanker", "selvmordstanker", Diagnosis),
    ("hun hører stemmer", "hører stemmer", Diagnosis),
    ("psykisk sårbar", "psykisk", Diagnosis),
    ("psykiske lidelser", "psykiske", Diagnosis),
    ("PSYKISK SYGDOM", "PSYKISK", Diagnosis),
    ("sindslidende", "sindslidende", Diagnosis),
    ("sindssyg", "sindssyg", Diagnosis),
    ("mental illness", "mental illness", Diagnosis),
    ("sin diagnose", "diagnose", Diagnosis),
    ("diagnoserne", "diagnoserne", Diagnosis),
    ("dobbeltdiagnose", "dobbeltdiagnose", Diagnosis),
    ("he was diagnosed", "diagnosed", Diagnosis),
    ("ludomani", "ludomani", Diagnosis),
    ("social fobi", "fobi", Diagnosis),
    ("nervesammenbrud", "nervesammenbrud", Diagnosis),
    // Drugs and alcohol.
    ("misbrug", "misbrug", Substance),
    ("misbruget", "misbruget", Substance),
    ("misbruger", "misbruger", Substance),
    ("misbrugsbehandling", "misbrugsbehandling", Substance),
    ("misbrugskonsulenten", "misbrugskonsulenten", Substance),
    ("Misbrugs-center", "Misbrugs", Substance),
    ("stofmisbrug", "stofmisbrug", Substance),
    ("blandingsmisbruget", "blandingsmisbruget", Substance),
    ("misbrug af alkohol", "misbrug", Substance),
    ("mis brug", "mis brug", Substance),
    ("mis-\nbrug", "mis-\nbrug", Substance),
    ("m i s b r u g", "m i s b r u g", Substance),
    ("m.i.s.b.r.u.g", "m.i.s.b.r.u.g", Substance),
    ("m_i_s_b_r_u_g", "m_i_s_b_r_u_g", Substance),
    ("mis\u{200b}brug", "mis\u{200b}brug", Substance),
    ("mis\u{ad}brug", "mis\u{ad}brug", Substance),
    ("MisBrug", "MisBrug", Substance),
    ("rusmidler", "rusmidler", Substance),
    ("rusmiddelkonsulent", "rusmiddelkonsulent", Substance),
    ("ruspåvirket", "ruspåvirket", Substance),
    ("ruspaavirket", "ruspaavirket", Substance),
    ("rusp\u{61}\u{30a}virket", "rusp\u{61}\u{30a}virket", Substance),
    ("han tager stoffer", "stoffer", Substance),
    ("på stoffer igen", "stoffer", Substance),
    ("afhængig af stoffer", "stoffer", Substance),
    ("stoffri i to måneder", "stoffri", Substance),
    ("hash", "hash", Substance),
    ("hashen", "hashen", Substance),
    ("h-a-s-h", "h-a-s-h", Substance),
    ("cannabis", "cannabis", Substance),
    ("kokain", "kokain", Substance),
    ("ko-kain", "ko-kain", Substance),
    ("kokainen", "kokainen", Substance),
    ("cocaine", "cocaine", Substance),
    ("heroin", "heroin", Substance),
    ("amfetamin", "amfetamin", Substance),
    ("LSD", "LSD", Substance),
    ("narkoman", "narkoman", Substance),
    ("narko", "narko", Substance),
    ("fixerummet", "fixerummet", Substance),
    ("alkohol", "alkohol", Substance),
    ("alkoholproblem", "alkoholproblem", Substance),
    ("alkoholikeren", "alkoholikeren", Substance),
    ("problemer med alkohol", "alkohol", Substance),
    ("påvirket af alkohol", "alkohol", Substance),
    ("al kohol", "al kohol", Substance),
    ("alcoholic", "alcoholic", Substance),
    ("ædru", "ædru", Substance),
    ("aedru", "aedru", Substance),
    ("har været clean i et år", "clean", Substance),
    ("abstinenser", "abstinenser", Substance),
    ("et tilbagefald", "tilbagefald", Substance),
    ("til bage fald", "til bage fald", Substance),
    ("hun er afhængig", "afhængig", Substance),
    ("afhængighed", "afhængighed", Substance),
    ("afhængigheden", "afhængigheden", Substance),
    ("afhaengighed", "afhaengighed", Substance),
    ("addiction", "addiction", Substance),
    ("substance abuse", "substance abuse", Substance),
    ("drugs", "drugs", Substance),
    ("AA-møde", "AA-møde", Substance),
    ("Hun går i AA", "AA", Substance),
    ("spilleafhængig", "spilleafhængig", Substance),
    ("han var beruset", "beruset", Substance),
    // Treatment.
    ("lænkeambulatoriet", "lænkeambulatoriet", Treatment),
    ("skal indlægges", "indlægges", Treatment),
    ("F-ACT", "F-ACT", Treatment),
    ("Fontænehuset", "Fontænehuset", Treatment),
    ("psykiatri", "psykiatri", Treatment),
    ("psykiatrisk afdeling", "psykiatrisk", Treatment),
    ("distriktspsykiatrien", "distriktspsykiatrien", Treatment),
    ("socialpsyk iatrien", "socialpsyk iatrien", Treatment),
    ("Psykiateren", "Psykiateren", Treatment),
    ("socialpsykiatri", "socialpsykiatri", Treatment),
    ("www.psykiatri-regionh.example", "psykiatri", Treatment),
    ("psychiatric ward", "psychiatric", Treatment),
    ("på psyk", "psyk", Treatment),
    ("psykolog kl. 13", "psykolog", Treatment),
    ("terapi", "terapi", Treatment),
    ("terapeuten", "terapeuten", Treatment),
    ("hendes behandler", "behandler", Treatment),
    ("Møde med behandler", "behandler", Treatment),
    ("behandlerens råd", "behandlerens", Treatment),
    ("går i behandling", "behandling", Treatment),
    ("Behandling kl. 10", "Behandling", Treatment),
    ("behandlingsdag", "behandlingsdag", Treatment),
    ("behandlingsmøde", "behandlingsmøde", Treatment),
    ("in treatment", "treatment", Treatment),
    ("ambulatoriet", "ambulatoriet", Treatment),
    ("ambulant", "ambulant", Treatment),
    ("hun var indlagt", "indlagt", Treatment),
    ("ind lagt", "ind lagt", Treatment),
    ("indlæggelsen", "indlæggelsen", Treatment),
    ("indlaeggelse", "indlaeggelse", Treatment),
    ("tvangsindlagt", "tvangsindlagt", Treatment),
    ("lukket afdeling", "lukket afdeling", Treatment),
    ("afrusning", "afrusning", Treatment),
    ("afgiftning", "afgiftning", Treatment),
    ("rehab", "rehab", Treatment),
    ("efterværn", "efterværn", Treatment),
    ("værestedet", "værestedet", Treatment),
    ("bostøtten", "bostøtten", Treatment),
    ("dagbehandling", "dagbehandling", Treatment),
    // Medicines.
    ("metadon", "metadon", Medicine),
    ("met adon", "met adon", Medicine),
    ("Subutex", "Subutex", Medicine),
    ("antabus", "antabus", Medicine),
    ("quetiapin", "quetiapin", Medicine),
    ("Ritalin", "Ritalin", Medicine),
    ("antidepressiv medicin", "antidepressiv", Medicine),
    ("depotmedicin", "depotmedicin", Medicine),
    ("neuroleptika", "neuroleptika", Medicine),
    ("hun tager sin medicin", "medicin", Medicine),
    // Units and sites.
    ("Vi ses i Kvartershuset Sydhavnen", "Kvartershuset Sydhavnen", Unit),
    ("KVARTERSHUSET SYDHAVNEN", "KVARTERSHUSET SYDHAVNEN", Unit),
    ("Kvartershuset, Sydhavnen", "Kvartershuset, Sydhavnen", Unit),
    ("Anker Joergensens Plads", "Anker Joergensens Plads", Unit),
    ("Anker Jørgensens Plads 3", "Anker Jørgensens Plads", Unit),
    ("Region Hovedstadens Psykiatri", "Region Hovedstadens Psykiatri", Unit),
    ("kontoret på Borgbjergsvej", "kontoret på Borgbjergsvej", Unit),
    ("SOF", "SOF", Unit),
    ("SOF's kalender", "SOF", Unit),
    ("Socialforvaltningen", "Socialforvaltningen", Unit),
];

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

/// Sentences of everyday work. None of their words is even asked about.
const INNOCENT: &[&str] = &[
    "Chips, tips og gips",
    "Han køber chips i pausen og giver gode tips",
    "Clips, slips og ellipse",
    "Lorem ipsum dolor",
    "Ipswich Town",
    "Har I PS5 i butikken?",
    "Skriv det i PS nederst",
    "Skal I på tur?",
    "Vagten afhænger af vejret, og lønnen er afhængig af erfaring",
    "afhængigt af vejret",
    "en uafhængig butik",
    "Der er indlagt vand og strøm i haven",
    "Et indlæg på mødet",
    "indlægssåler",
    "Vi behandler din ansøgning hurtigst muligt",
    "Butikken behandler kunderne pænt",
    "Behandling af ansøgninger tager en uge",
    "sagsbehandling og databehandling",
    "Ligebehandling på arbejdspladsen",
    "overfladebehandling af træ",
    "Equal treatment of all applicants",
    "Psykisk arbejdsmiljø er på dagsordenen",
    "Hun læser psykologi",
    "psykologisk tryghed",
    "Psyko er en film af Hitchcock",
    "Alkoholfri øl i fredagsbaren",
    "Man skal være 18 for at arbejde ved kassen",
    "Ambulancen kørte forbi",
    "Narkose til dyrlægen",
    "Nautisk udstyr og nautiske kort",
    "Han er mand og har manér",
    "Hun kom på mange manier",
    "en hash-funktion og en hash-tabel",
    "hash browns",
    "Vores heroine redder dagen",
    "The hero in the story",
    "Som is: brug en ske",
    "Clean the floor, please",
    "rengøring og cleaning",
    "crackers og ost",
    "Drugstore i New York",
    "Vi har brug for en mis til brugsen",
    "Ingen kan bruge det sammen",
    "For meget støj",
    "Jobbet er på fuld tid, og med støtte fra kollegerne",
    "Et supplement til teamet",
    "Jeg er jobkonsulent i Københavns Kommune",
    "Jobcenteret dækker kurset",
    "Du får en mentor den første tid",
    "Kontaktpersonen i butikken hedder Sofie",
    "Sofa, sofabord og software",
    "Sofie og Sofus",
    "Vi ses ved Sydhavn Station",
    "Butikken i Sydhavnen",
    "Regionen har en ledig stilling",
    "Kontoret ligger på første sal",
    "add a chair",
    "Borderen blev klippet",
    "Hun er på ferie til den 14. marts",
    "Der er ikke noget at være nervøs for",
    "Sygemelding ringes ind før kl. 7",
    "magtmisbrug",
    "så dine oplysninger ikke misbruges",
    "Misbrug af kortoplysninger meldes til banken",
    "økonomisk depression i 30'erne",
    "Behandlingstiden for ansøgningen er en uge",
    "fysioterapeut og ergoterapeut",
    "fejldiagnosticering af motorer",
    "Diagnose af fejl på bilen",
    "opus 12 af Beethoven",
    "lithiumbatterier",
    "narrativ og autentisk",
    "lyrical",
    "Rust på cyklen og en ruse i fjorden",
    "The coker plant",
    "Aage bor på Ågade",
    "Vi går i Åen",
    "Gå til Å i Assens",
    "En facitliste og et faktum",
    "Pakkens afhængigheder",
    "Samtale kl. 10.40 på kontoret",
    "Husk arbejdstøj, og mød ved bagindgangen",
    "Marianne vil gerne arbejde om eftermiddagen",
    "Hun har erfaring fra et cykelværksted og kan begynde mandag",
    "",
    " \n\t ",
    "🙂👍",
];

#[test]
fn innocent_sentences_are_left_alone() {
    for text in INNOCENT {
        assert_eq!(passages(&at_home(text)), Vec::<&str>::new(), "{text}");
        assert_eq!(passages(&to_employer(text, Disclosure::Nothing, "", "")), Vec::<&str>::new(), "{text}");
    }
}

/// Words with two meanings: they are asked about and block nothing.
const AMBIGUOUS: &[(&str, &str)] = &[
    ("Butikken sælger stoffer og garn", "stoffer"),
    ("et kraftigt stof til gardiner", "stof"),
    ("stoffet er blødt", "stoffet"),
    ("farlige stoffer i rengøringen", "stoffer"),
    ("joint venture", "joint"),
    ("en coke zero", "coke"),
    ("weed the garden", "weed"),
    ("apotekets medicin", "medicin"),
    ("lithium", "lithium"),
    ("rehabilitering efter skade", "rehabilitering"),
    ("nedtrapning af timer", "nedtrapning"),
    ("Ansøgningen er under behandling", "under behandling"),
    ("Vi er anxious to begin", "anxious"),
    ("sindssygt godt", "sindssygt"),
    ("Du skal kunne sælge alkohol", "alkohol"),
    ("salg af alkohol", "alkohol"),
    ("misbruge jeres tid", "misbruge"),
    ("Vi ses i kvartershuset", "kvartershuset"),
    ("Fakturaen er udskrevet", "udskrevet"),
    ("Sct. Hans aften ved havnen", "Sct. Hans"),
];

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
