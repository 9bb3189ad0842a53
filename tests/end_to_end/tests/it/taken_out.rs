//! What leaves as a file: a citizen's case on paper, and the lines an import refused.

use std::fs;
use std::path::Path;

use feltbog_harness::{CaseLine, Device, EntryLine, World, notes};

use crate::support::{AASE, CVR, ERIK, Pair, SHARED_CASE, small_programme};

/// Every word of a PDF without white.
fn on_paper(file: &Path) -> String {
    let pdf = lopdf::Document::load(file).unwrap();
    let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
    pdf.extract_text(&pages).unwrap().split_whitespace().collect()
}

fn holds(paper: &str, words: &str) -> bool {
    paper.contains(&words.split_whitespace().collect::<String>())
}

#[test]
fn a_case_on_paper_holds_what_its_side_may_see_and_no_word_of_the_other() {
    let pair = Pair::new();
    pair.aase.json(&["case", "new", "--number", "SYD-2", "--name", "Simon Bak"]);
    let visit = ["--employer", CVR[0], "--also", "SYD-2", "--also-note", "Han prøver blommetræerne"];
    pair.aase.log(SHARED_CASE, "employer_visit", "Hun prøver pæretræerne", &visit);
    pair.aase.log(SHARED_CASE, "contact", "Vi aftalte at mødes ved søen", &["--shared"]);
    pair.aase.json(&["person", SHARED_CASE, "--name", "Else Holm", "--relation", "søster"]);
    pair.erik.log(SHARED_CASE, "note", "Dosis blev sat ned", &[]);
    pair.exchange_twice();
    let taken = |device: &Device| {
        let file = pair.world.folder().join(format!("{}.pdf", device.name()));
        let said = device.run(&["export", SHARED_CASE, "--format", "pdf", "--to", file.to_str().unwrap()]).done();
        assert!(fs::read(&file).unwrap().starts_with(b"%PDF-"), "{said:#?}");
        on_paper(&file)
    };
    let (hers, his) = (taken(&pair.aase), taken(&pair.erik));
    for words in ["Marianne Prøvesen", "Hun prøver pæretræerne", "Vi aftalte at mødes ved søen", "Else Holm, søster"]
    {
        assert!(holds(&hers, words), "{words}: {hers}");
    }
    for words in ["Dosis", "blommetræerne", "Simon", "SYD-2"] {
        assert!(!holds(&hers, words), "{words}: {hers}");
    }
    for words in ["Marianne Prøvesen", "Dosis blev sat ned", "Vi aftalte at mødes ved søen"] {
        assert!(holds(&his, words), "{words}: {his}");
    }
    for words in ["pæretræerne", "Else", "blommetræerne", "Simon", "SYD-2"] {
        assert!(!holds(&his, words), "{words}: {his}");
    }
    // The ending of the file's name says the form as well; a file that exists is never written over.
    let file = pair.world.folder().join("igen.pdf");
    let file = file.to_str().unwrap();
    pair.aase.json(&["export", SHARED_CASE, "--to", file]);
    let before = fs::read(file).unwrap();
    assert!(before.starts_with(b"%PDF-"));
    let sentence = pair.aase.refused(&["export", SHARED_CASE, "--to", file]);
    assert!(sentence.contains("findes allerede"), "{sentence}");
    assert_eq!(fs::read(file).unwrap(), before);
    let elsewhere = pair.world.folder().join("ingen mappe/sag.pdf");
    pair.aase.refused(&["export", SHARED_CASE, "--to", elsewhere.to_str().unwrap()]);
    let other = pair.world.folder().join("ingen.pdf");
    pair.aase.refused(&["export", "SYD-99", "--to", other.to_str().unwrap()]);
    assert!(!other.exists());
    let ran = pair.aase.run(&["export", SHARED_CASE, "--format", "word", "--to", other.to_str().unwrap()]);
    assert_eq!(ran.code, Some(2), "{ran:#?}");
}

#[test]
fn what_an_import_refuses_lies_in_a_folder_to_be_put_right_and_read_in() {
    let world = World::new();
    let wrong = CaseLine { enrolled: "31-02-2026".to_owned(), ..CaseLine::new("SYD-6", "Ida", AASE, ERIK) };
    let of_it = EntryLine::new("ny-1", "SYD-6", "kontakt", "=Første møde");
    let set = small_programme().case(&wrong).entry(&of_it).write(&world.folder().join("csv"));
    let errors = world.folder().join("ret");
    let import = |from: &Path, errors: &Path| {
        world.leader().run(&["import", from.to_str().unwrap(), "--errors", errors.to_str().unwrap()])
    };
    // Nothing is read in when the lines that are refused could not be written anywhere.
    let nowhere = import(&set, &errors.join("dybere")).refused();
    assert!(nowhere.contains("findes ikke") && nowhere.contains("Intet er skrevet"), "{nowhere}");
    assert!(world.leader().cases().is_empty());

    let ran = import(&set, &errors);
    assert_eq!(ran.code, Some(1), "{ran:#?}");
    assert!(ran.stderr.contains("kolonnen fejl"), "{ran:#?}");
    assert_eq!(world.leader().cases().len(), 5);
    let mut names: Vec<_> =
        fs::read_dir(&errors).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["forloeb.csv", "haendelser.csv"]);
    let cases = fs::read_to_string(errors.join("forloeb.csv")).unwrap();
    assert!(cases.lines().next().unwrap().ends_with(";linje;fejl") && cases.contains("31-02-2026"), "{cases}");
    assert_eq!(cases.lines().count(), 2, "what went in is not in it: {cases}");
    let entries = fs::read_to_string(errors.join("haendelser.csv")).unwrap();
    assert!(!entries.contains(";=") && !entries.contains(";\"="), "no cell is a formula: {entries}");

    fs::write(errors.join("forloeb.csv"), cases.replace("31-02-2026", "28-02-2026")).unwrap();
    let again = world.folder().join("igen");
    import(&errors, &again).done();
    assert!(!again.exists(), "nothing was refused");
    assert_eq!(world.leader().cases().len(), 6);
    assert_eq!(notes(&world.leader().show("SYD-6")), ["=Første møde"]);
    assert!(import(&set, &errors).refused().contains("findes allerede"));
}
