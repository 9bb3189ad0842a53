//! Pages, filled from top to bottom.

use crate::bidi_lines::{Line, set};
use crate::face::Faces;
use crate::style::{
    BELOW, END, FOOT, Ink, KEPT_BELOW, LEFT, PAGE, QUIET, RIGHT, STRONG, Style, TEXT, TOP, WIDTH, above,
};
use crate::tagged::{Slot, Tagged};
use crate::{Block, Level, Paper};

const INDENT: f32 = 12.0;

/// Something on a page.
pub(crate) enum Drawn {
    /// A line with its left end and its foot; without a slot it is no part of the document.
    Text { x: f32, foot: f32, line: Line, style: Style, slot: Option<Slot> },
    /// A filled rectangle: left, top, width, height.
    Bar { place: (f32, f32, f32, f32), ink: Ink },
}

/// Where a heading stands.
pub(crate) struct Bookmark {
    pub(crate) level: Level,
    pub(crate) text: String,
    pub(crate) page: usize,
    pub(crate) top: f32,
}

/// A document on its pages.
pub(crate) struct Sheets<'a> {
    pub(crate) pages: Vec<Vec<Drawn>>,
    pub(crate) tree: Vec<Tagged>,
    pub(crate) slots: usize,
    pub(crate) bookmarks: Vec<Bookmark>,
    pub(crate) faces: &'a Faces,
    /// How far down the last page is filled.
    pub(crate) y: f32,
}

/// Sets a document.
pub(crate) fn laid_out<'a>(paper: &Paper, faces: &'a Faces) -> Sheets<'a> {
    let mut sheets =
        Sheets { pages: vec![Vec::new()], tree: Vec::new(), slots: 0, bookmarks: Vec::new(), faces, y: TOP };
    for block in &paper.blocks {
        sheets.block(block);
    }
    sheets.feet(paper);
    sheets
}

impl Sheets<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(level, text) => self.heading(*level, text),
            Block::Text(text) => self.paragraph(text, TEXT),
            Block::Quiet(text) => self.paragraph(text, QUIET),
            Block::Notice(text) => self.notice(text),
            Block::List(items) => self.list(items),
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
        }
    }

    fn heading(&mut self, level: Level, text: &str) {
        let style = Style::heading(level);
        let lines = self.set(text, style, WIDTH);
        if self.y > TOP {
            self.y += above(level);
        }
        // However long the heading is, it begins with what follows it or on a page of its own.
        let rows = lines.iter().take(4).map(|_| style.leading).sum::<f32>();
        self.room(rows + KEPT_BELOW);
        let (page, top) = (self.pages.len().saturating_sub(1), self.y);
        self.bookmarks.push(Bookmark { level, text: text.to_owned(), page, top });
        let slot = self.slot();
        self.lines(lines, style, LEFT, WIDTH, slot);
        self.tree.push(Tagged::Heading(level, text.to_owned(), slot));
        self.y += 2.0;
    }

    fn paragraph(&mut self, text: &str, style: Style) {
        let slot = self.slot();
        let lines = self.set(text, style, WIDTH);
        self.lines(lines, style, LEFT, WIDTH, slot);
        self.tree.push(Tagged::Text(slot));
        self.y += BELOW;
    }

    fn notice(&mut self, text: &str) {
        let slot = self.slot();
        for line in self.set(text, STRONG, WIDTH - INDENT) {
            self.room(STRONG.leading);
            let place = (LEFT, self.y, 2.5, STRONG.leading);
            self.put(Drawn::Bar { place, ink: Ink::Black });
            self.lines(vec![line], STRONG, LEFT + INDENT, WIDTH - INDENT, slot);
        }
        self.tree.push(Tagged::Text(slot));
        self.y += BELOW;
    }

    fn list(&mut self, items: &[String]) {
        let mut slots = Vec::with_capacity(items.len());
        for item in items {
            let (dot, body) = (self.slot(), self.slot());
            self.room(TEXT.leading);
            let top = self.y;
            let dots = self.set("•", TEXT, INDENT);
            self.lines(dots, TEXT, LEFT, INDENT, dot);
            self.y = top;
            let lines = self.set(&kept(item), TEXT, WIDTH - INDENT);
            self.lines(lines, TEXT, LEFT + INDENT, WIDTH - INDENT, body);
            slots.push((dot, body));
        }
        self.tree.push(Tagged::List(slots));
        self.y += BELOW;
    }

    /// What stands at the foot of every page, once it is known how many there are.
    fn feet(&mut self, paper: &Paper) {
        let (count, foot) = (self.pages.len(), paper.foot.replace('\n', " "));
        let (before, between) = &paper.counting;
        for (number, mut page) in (1_usize..).zip(std::mem::take(&mut self.pages)) {
            let name = self.set(&foot, QUIET, WIDTH * 0.75).into_iter().next();
            page.extend(name.map(|line| Drawn::Text { x: LEFT, foot: FOOT, line, style: QUIET, slot: None }));
            let number = self.set(&format!("{before} {number} {between} {count}"), QUIET, WIDTH * 0.25);
            page.extend(number.into_iter().next().map(|line| {
                let x = PAGE.0 - RIGHT - line.width;
                Drawn::Text { x, foot: FOOT, line, style: QUIET, slot: None }
            }));
            self.pages.push(page);
        }
    }

    /// Makes room, and says whether that took a new page.
    pub(crate) fn room(&mut self, height: f32) -> bool {
        let full = self.y + height > END && self.y > TOP;
        if full {
            self.pages.push(Vec::new());
            self.y = TOP;
        }
        full
    }

    pub(crate) fn set(&self, text: &str, style: Style, width: f32) -> Vec<Line> {
        set(text, style, width, self.faces)
    }

    pub(crate) fn slot(&mut self) -> Slot {
        self.slots += 1;
        Slot(self.slots - 1)
    }

    pub(crate) fn put(&mut self, drawn: Drawn) {
        if let Some(page) = self.pages.last_mut() {
            page.push(drawn);
        }
    }

    fn lines(&mut self, lines: Vec<Line>, style: Style, left: f32, width: f32, slot: Slot) {
        for line in lines {
            self.room(style.leading);
            let x = line.left(left, width, false);
            let foot = self.y + style.size + (style.leading - style.size) / 2.0 - 1.0;
            self.put(Drawn::Text { x, foot, line, style, slot: Some(slot) });
            self.y += style.leading;
        }
    }
}

/// A text that takes its place even where nothing is written.
pub(crate) fn kept(text: &str) -> String {
    if text.trim().is_empty() { "\u{a0}".to_owned() } else { text.to_owned() }
}
