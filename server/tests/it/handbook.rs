//! What the handbook says, held against the program: its commands exist, its settings are taken, and both languages say the same.

use std::collections::BTreeMap;
use std::path::Path;

use feltbog_server::Config;

use crate::support::try_run;

const LANGUAGES: [&str; 2] = ["da", "en"];
const PROGRAM: &str = "feltbog-server ";

fn handbook(language: &str) -> String {
    let name = format!("docs/handbook.{language}.md");
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// What stands between fences of a kind, block by block.
fn blocks<'a>(text: &'a str, kind: &str) -> Vec<&'a str> {
    let fence = format!("```{kind}\n");
    text.split(&fence).skip(1).map(|rest| rest.split("\n```").next().unwrap()).collect()
}

/// What somebody is told to type.
fn commands(text: &str) -> Vec<&str> {
    blocks(text, "console").into_iter().flat_map(str::lines).filter(|line| line.starts_with("$ ")).collect()
}

/// Every use of the program, also in running text: its subcommand, or nothing, and the flags after it.
fn uses(text: &str) -> Vec<(&str, Vec<&str>)> {
    let typed = text.lines().filter(|line| !line.starts_with("$ install"));
    let used = typed.flat_map(|line| line.split(PROGRAM).skip(1));
    // What the program answers to `--version` begins like a use of it.
    let used = used.filter(|rest| !rest.starts_with(|first: char| first.is_ascii_digit()));
    let used = used.map(|rest| rest.split(['`', '|', ';']).next().unwrap().split_whitespace().peekable());
    used.map(|mut words| {
        let subcommand = words.next_if(|word| !word.starts_with('-')).unwrap_or_default();
        (subcommand, words.filter(|word| word.starts_with("--")).collect())
    })
    .collect()
}

/// What stands between backticks in running text.
fn spans(text: &str) -> Vec<&str> {
    let prose = text.split("```").step_by(2);
    prose.flat_map(str::lines).flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

fn lists(help: &str, flag: &str) -> bool {
    help.split([' ', ',', ']', '\n']).any(|word| word == flag)
}

fn help(subcommand: &str) -> String {
    let words: Vec<_> = [subcommand, "--help"].into_iter().filter(|word| !word.is_empty()).collect();
    let output = try_run(&words);
    assert!(output.status.success(), "the handbook names `{subcommand}`, which the program does not know");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_command_and_flag_of_the_handbook_exists() {
    let mut known = BTreeMap::new();
    for language in LANGUAGES {
        let text = handbook(language);
        let uses = uses(&text);
        assert!(uses.len() > 30, "{language}: only {} uses were read", uses.len());
        for (subcommand, flags) in uses {
            let help = known.entry(subcommand.to_owned()).or_insert_with(|| help(subcommand));
            for flag in flags {
                assert!(lists(help, flag), "{language}: `{subcommand}` has no {flag}");
            }
        }
        for flag in spans(&text).into_iter().filter(|span| span.starts_with("--")) {
            let flag = flag.split(' ').next().unwrap();
            assert!(known.values().any(|help| lists(help, flag)), "{language}: nothing has {flag}");
        }
    }
}

#[test]
fn both_languages_have_the_same_commands_and_headings() {
    let [danish, english] = LANGUAGES.map(handbook);
    assert_eq!(commands(&danish), commands(&english));
    let levels = |text: &str| -> Vec<usize> {
        // A comment in a block begins with one sign as well; headings of the page itself are of two and more.
        text.lines()
            .map(|line| line.bytes().take_while(|byte| *byte == b'#').count())
            .filter(|level| *level > 1)
            .collect()
    };
    assert!(levels(&danish).len() > 20);
    assert_eq!(levels(&danish), levels(&english));
}

#[test]
fn every_setting_of_the_handbook_is_taken() {
    let shipped = include_str!("../../packaging/server.toml");
    for language in LANGUAGES {
        let text = handbook(language);
        let settings = blocks(&text, "toml");
        assert!(settings.len() >= 4, "{language}");
        for block in settings {
            block.parse::<Config>().unwrap_or_else(|error| panic!("{language}: {error}\n{block}"));
        }
        for span in spans(&text) {
            let name = span.split(" = ").next().unwrap();
            if span.starts_with('[') || name != span {
                let mut known = shipped.lines().filter_map(|line| line.trim_start_matches('#').split(" = ").next());
                assert!(known.any(|known| known == name), "{language}: no setting `{span}`");
            }
        }
    }
}
