//! Cells beside each other.

use crate::bidi_lines::Line;
use crate::sheet::{Drawn, Sheets, kept};
use crate::style::{BELOW, CELL, CELL_HEADING, END, Ink, LEFT, STRONG, Style, TEXT, TOP, WIDTH};
use crate::tagged::{Slot, Tagged};
use crate::{Align, Table};

const GAP: f32 = 10.0;
/// Lines of a heading that are said again on the next page.
const HEAD_AGAIN: usize = 3;

#[derive(Clone, Copy)]
struct Place {
    left: f32,
    width: f32,
    align: Align,
    style: Style,
}

/// A row: for each cell where it stands, which text it is, and its lines.
type Row = Vec<(Place, Slot, Vec<Line>)>;

impl Sheets<'_> {
    pub(crate) fn facts(&mut self, facts: &[(String, String)]) {
        let places = places(&[(3, Align::Start, STRONG), (7, Align::Start, TEXT)]);
        let mut slots = Vec::with_capacity(facts.len());
        for (name, value) in facts {
            let row = self.row(&places, &[name.clone(), value.clone()]);
            slots.push(row.iter().map(|(_, slot, _)| *slot).collect());
            self.put_row(row, &[], &places);
        }
        self.tree.push(Tagged::Facts(slots));
        self.y += BELOW;
    }

    pub(crate) fn table(&mut self, table: &Table) {
        let shares = |style| table.columns.iter().map(move |column| (column.share, column.align, style));
        let heads: Vec<String> = table.columns.iter().map(|column| column.heading.clone()).collect();
        let above = places(&shares(CELL_HEADING).collect::<Vec<_>>());
        let head = self.row(&above, &heads);
        let head_slots = head.iter().map(|(_, slot, _)| *slot).collect();
        // A heading alone at the foot of a page is of no use.
        self.room(CELL_HEADING.leading + 3.0 * CELL.leading);
        self.put_row(head, &[], &above);
        self.hairline();
        let below = places(&shares(CELL).collect::<Vec<_>>());
        let mut slots = Vec::with_capacity(table.rows.len());
        for cells in &table.rows {
            let row = self.row(&below, cells);
            slots.push(row.iter().map(|(_, slot, _)| *slot).collect());
            self.put_row(row, &heads, &above);
            self.hairline();
        }
        self.tree.push(Tagged::Table(head_slots, slots));
        self.y += BELOW;
    }

    fn row(&mut self, places: &[Place], cells: &[String]) -> Row {
        let mut row = Vec::with_capacity(places.len());
        for (at, place) in places.iter().enumerate() {
            let text = cells.get(at).map(|cell| kept(cell)).unwrap_or_else(|| kept(""));
            row.push((*place, self.slot(), self.set(&text, place.style, place.width)));
        }
        row
    }

    /// A row that fits on one page stands on one page; a longer one goes on.
    fn put_row(&mut self, row: Row, heads: &[String], above: &[Place]) {
        let leading = row.iter().map(|(place, _, _)| place.style.leading).fold(0.0, f32::max);
        let count = row.iter().map(|(_, _, lines)| lines.len()).max().unwrap_or(0);
        let height: f32 = std::iter::repeat_n(leading, count).sum();
        if height < (END - TOP) / 2.0 && self.room(height) {
            self.say_heads_again(heads, above);
        }
        let mut cells: Vec<_> = row.into_iter().map(|(place, slot, lines)| (place, slot, lines.into_iter())).collect();
        for _ in 0..count {
            if self.room(leading) {
                self.say_heads_again(heads, above);
            }
            for (place, slot, lines) in &mut cells {
                if let Some(line) = lines.next() {
                    self.put_cell(*place, line, Some(*slot));
                }
            }
            self.y += leading;
        }
        self.y += 2.0;
    }

    fn say_heads_again(&mut self, heads: &[String], places: &[Place]) {
        let mut most = 0;
        let top = self.y;
        for (head, place) in heads.iter().zip(places) {
            let lines = self.set(head, place.style, place.width);
            most = most.max(lines.len().min(HEAD_AGAIN));
            for line in lines.into_iter().take(HEAD_AGAIN) {
                self.put_cell(*place, line, None);
                self.y += place.style.leading;
            }
            self.y = top;
        }
        if most > 0 {
            self.y += std::iter::repeat_n(CELL_HEADING.leading, most).sum::<f32>() + 2.0;
            self.hairline();
        }
    }

    fn put_cell(&mut self, place: Place, line: Line, slot: Option<Slot>) {
        let x = line.left(place.left, place.width, place.align == Align::End);
        let style = place.style;
        let foot = self.y + style.size + (style.leading - style.size) / 2.0 - 1.0;
        self.put(Drawn::Text { x, foot, line, style, slot });
    }

    fn hairline(&mut self) {
        self.put(Drawn::Bar { place: (LEFT, self.y, WIDTH, 0.5), ink: Ink::Hairline });
        self.y += 2.5;
    }
}

fn places(columns: &[(u16, Align, Style)]) -> Vec<Place> {
    let shares: f32 = columns.iter().map(|(share, ..)| f32::from(*share).max(1.0)).sum();
    let gaps: f32 = columns.iter().skip(1).map(|_| GAP).sum();
    let mut left = LEFT;
    let mut places = Vec::with_capacity(columns.len());
    for (share, align, style) in columns {
        let width = ((WIDTH - gaps) * f32::from(*share).max(1.0) / shares).max(style.size);
        places.push(Place { left, width, align: *align, style: *style });
        left += width + GAP;
    }
    places
}
