//! What stands on the pages.

use feltbog_paper::{Align, Block, Column, Level, Made, Paper, Table};

use crate::paper;
use crate::read_again::{letters, pages};

#[test]
fn every_word_is_found_again_in_the_order_it_was_written() {
    let facts = vec![("Navn".into(), "Ærø Ødegård".into()), ("Tomt".into(), String::new())];
    let blocks = vec![
        Block::Heading(Level::One, "En overskrift".into()),
        Block::Quiet("ganske stille".into()),
        Block::Notice("Læs dette".into()),
        Block::List(vec!["først".into(), "så".into()]),
        Block::Facts(facts),
        Block::Text("Blåbærgrød på første linje\nog på den næste.\n\nEfter en tom.".into()),
    ];
    let pdf = paper(blocks).pdf().unwrap();
    let wanted = "En overskrift ganske stille Læs dette • først • så Navn Ærø Ødegård Tomt Blåbærgrød på første linje \
                  og på den næste. Efter en tom.";
    let wanted: String = wanted.chars().filter(|sign| !sign.is_whitespace()).collect();
    assert_eq!(letters(&pdf, "Et papir, 02-03-2026"), wanted);
}

#[test]
fn every_page_says_which_it_is_and_of_how_many() {
    let text = "Ord efter ord efter ord. ".repeat(900);
    let pdf = paper(vec![Block::Text(text.clone())]).pdf().unwrap();
    let pages = pages(&pdf);
    assert!(pages.len() > 2, "{}", pages.len());
    for (number, page) in (1..).zip(&pages) {
        assert!(page.contains(&format!("Side {number} af {}", pages.len())), "{:?}", page.last());
        assert!(page.contains(&"Et papir, 02-03-2026".to_owned()));
    }
    let wanted: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    assert_eq!(letters(&pdf, "Et papir, 02-03-2026"), wanted, "nothing is lost between pages");
}

#[test]
fn a_table_says_its_headings_on_every_page_and_loses_no_cell() {
    let column = |heading: &str, share, align| Column { heading: heading.into(), share, align };
    let columns = vec![column("Måned", 2, Align::Start), column("Antal", 1, Align::End), column("Om", 4, Align::Start)];
    let rows: Vec<Vec<String>> = (0..150)
        .map(|row| vec![format!("m{row}"), format!("{}", row * 7), format!("bemærkning{row} ").repeat(9)])
        .collect();
    let pdf = paper(vec![Block::Table(Table { columns, rows: rows.clone() })]).pdf().unwrap();
    let pages = pages(&pdf);
    assert!(pages.len() > 3, "{}", pages.len());
    for page in &pages {
        let at = |word: &str| page.iter().position(|line| line.trim() == word);
        assert_eq!((at("Måned"), at("Antal"), at("Om")), (Some(0), Some(1), Some(2)), "{page:?}");
    }
    let all: Vec<&str> = pages.iter().flatten().map(|line| line.trim()).collect();
    for row in &rows {
        assert!(all.contains(&row[0].as_str()) && all.contains(&row[1].as_str()), "{row:?}");
        let said: usize = all
            .iter()
            .map(|line| line.split(' ').filter(|word| *word == row[2].split_once(' ').unwrap().0).count())
            .sum();
        assert_eq!(said, 9, "{row:?}");
    }
}

#[test]
fn a_cell_longer_than_a_page_goes_on_and_short_rows_of_missing_cells_are_empty() {
    let columns = ["A", "B"].map(|heading| Column { heading: heading.into(), share: 1, align: Align::Start }).to_vec();
    let long = (0..2_000).map(|word| format!("ord{word}")).collect::<Vec<_>>().join(" ");
    let rows = vec![vec![long.clone()], vec!["sidste".into(), "celle".into(), "for meget".into()]];
    let pdf = paper(vec![Block::Table(Table { columns, rows })]).pdf().unwrap();
    let said = pages(&pdf).into_iter().flatten().collect::<Vec<_>>().join(" ");
    let said: Vec<&str> = said.split_whitespace().collect();
    assert!(long.split(' ').all(|word| said.contains(&word)));
    assert!(said.contains(&"sidste") && said.contains(&"celle"));
}

#[test]
fn the_same_paper_gives_the_same_bytes_and_another_hour_gives_others() {
    let blocks = || vec![Block::Heading(Level::One, "Ens".into()), Block::Text("مرحبا, hej, 😀".into())];
    let first = paper(blocks()).pdf().unwrap();
    assert_eq!(first, paper(blocks()).pdf().unwrap());
    let later = Paper { made: Made { hour: 11, ..paper(vec![]).made }, ..paper(blocks()) };
    assert_ne!(first, later.pdf().unwrap());
}

#[test]
fn a_heading_never_stands_alone_at_the_foot_of_a_page() {
    for lines in 40..60 {
        let text = (0..lines).map(|line| format!("linje {line}")).collect::<Vec<_>>().join("\n");
        let blocks = vec![Block::Text(text), Block::Heading(Level::One, "Næste".into()), Block::Text("Følger".into())];
        let pages = pages(&paper(blocks).pdf().unwrap());
        let page_of = |word: &str| pages.iter().position(|page| page.iter().any(|line| line == word));
        assert!(page_of("Næste").is_some() && page_of("Næste") == page_of("Følger"), "{lines}");
    }
}
