//! The pages as a PDF.

use krilla::color::luma;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};
use krilla::{Document, SerializeSettings};

use crate::face::Faces;
use crate::sheet::{Bookmark, Drawn, Sheets};
use crate::shown::shown_lines;
use crate::style::{Ink, PAGE, Weight};
use crate::tagged::{Slot, tree};
use crate::{Made, Paper, PaperError};

/// Longer names make a list of contents no clearer.
const BOOKMARK: usize = 120;

pub(crate) fn written(paper: &Paper, faces: &Faces, sheets: Sheets<'_>) -> Result<Vec<u8>, PaperError> {
    let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1);
    let configuration = configuration.finish().map_err(|_| PaperError::Unwritable)?;
    let mut document =
        Document::new_with(SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() });
    let plain = |text: &str| shown_lines(text, &faces.of(Weight::Regular).shaper.face).join(" ");
    let title = if paper.title.trim().is_empty() { "–".to_owned() } else { plain(&paper.title) };
    let mut drawn: Vec<Vec<Identifier>> = vec![Vec::new(); sheets.slots];
    for page in &sheets.pages {
        draw_page(&mut document, page, faces, &mut drawn)?;
    }
    document.set_outline(outline(&sheets.bookmarks, &title, plain));
    document.set_tag_tree(tree(sheets.tree, &drawn, &paper.language));
    let metadata = Metadata::new().title(title).language(paper.language.clone()).authors(vec![plain(&paper.author)]);
    document.set_metadata(metadata.creation_date(date(paper.made)));
    document.finish().map_err(|_| PaperError::Unwritable)
}

fn draw_page(
    document: &mut Document,
    page: &[Drawn],
    faces: &Faces,
    places: &mut [Vec<Identifier>],
) -> Result<(), PaperError> {
    let settings = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or(PaperError::Unwritable)?;
    let mut sheet = document.start_page_with(settings);
    let mut surface = sheet.surface();
    for drawn in page {
        let slot = match drawn {
            Drawn::Text { slot, .. } => *slot,
            Drawn::Bar { .. } => None,
        };
        let place = surface.start_tagged(content(drawn, slot));
        draw(&mut surface, drawn, faces);
        surface.end_tagged();
        if let Some(place_of) = slot.and_then(|slot| places.get_mut(slot.0)) {
            place_of.push(place);
        }
    }
    surface.finish();
    sheet.finish();
    Ok(())
}

fn content(drawn: &Drawn, slot: Option<Slot>) -> ContentTag<'static> {
    match (drawn, slot) {
        (Drawn::Text { .. }, Some(_)) => ContentTag::Span(SpanTag::empty()),
        (Drawn::Text { .. }, None) => ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)),
        (Drawn::Bar { .. }, _) => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
    }
}

fn draw(surface: &mut Surface<'_>, drawn: &Drawn, faces: &Faces) {
    match drawn {
        Drawn::Text { x, foot, line, style, .. } => {
            surface.set_fill(Some(fill(style.ink)));
            let mut x = *x;
            for run in &line.runs {
                let font = faces.of(style.weight).font.clone();
                surface.draw_glyphs(Point::from_xy(x, *foot), &run.glyphs, font, &run.text, style.size, false);
                x += run.width;
            }
        }
        Drawn::Bar { place: (left, top, width, height), ink } => {
            let mut path = PathBuilder::new();
            if let Some(bar) = Rect::from_xywh(*left, *top, *width, *height) {
                path.push_rect(bar);
            }
            surface.set_fill(Some(fill(*ink)));
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
    }
}

fn fill(ink: Ink) -> Fill {
    Fill { paint: luma::Color::new(ink.shade()).into(), ..Fill::default() }
}

/// Headings below headings. A document without any still has its title.
fn outline(bookmarks: &[Bookmark], title: &str, plain: impl Fn(&str) -> String) -> Outline {
    let mut outline = Outline::new();
    let nodes = nodes(bookmarks, &plain);
    if nodes.is_empty() {
        outline.push_child(OutlineNode::new(title.to_owned(), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    }
    for node in nodes {
        outline.push_child(node);
    }
    outline
}

fn nodes(mut bookmarks: &[Bookmark], plain: &impl Fn(&str) -> String) -> Vec<OutlineNode> {
    let mut nodes = Vec::new();
    while let Some((first, rest)) = bookmarks.split_first() {
        let deeper = rest.iter().take_while(|other| other.level > first.level).count();
        let (below, after) = rest.split_at(deeper);
        let text: String = plain(&first.text).chars().take(BOOKMARK).collect();
        let place = XyzDestination::new(first.page, Point::from_xy(0.0, first.top));
        let mut node = OutlineNode::new(text, place).with_open(true);
        for child in self::nodes(below, plain) {
            node.push_child(child);
        }
        nodes.push(node);
        bookmarks = after;
    }
    nodes
}

fn date(made: Made) -> DateTime {
    let (hours, minutes) = (made.ahead_of_utc / 60, made.ahead_of_utc.unsigned_abs() % 60);
    DateTime::new(made.year)
        .month(made.month)
        .day(made.day)
        .hour(made.hour)
        .minute(made.minute)
        .second(0)
        .utc_offset_hour(i8::try_from(hours).unwrap_or(0))
        .utc_offset_minute(u8::try_from(minutes).unwrap_or(0))
}
