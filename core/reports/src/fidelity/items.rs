//! The 25 items.

use crate::measure::Text;

/// Part of the scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// 1 to 3.
    Staffing,
    /// 4 to 11.
    Organisation,
    /// 12 to 25.
    Services,
}

/// One item.
#[derive(Debug, PartialEq, Eq)]
pub struct Item {
    /// 1 to 25.
    pub number: u8,
    /// What it is called.
    pub name: Text,
    /// Whether it is counted from entries.
    pub counted: bool,
}

impl Item {
    /// Its part of the scale.
    #[must_use]
    pub const fn section(&self) -> Section {
        match self.number {
            ..=3 => Section::Staffing,
            4..=11 => Section::Organisation,
            _ => Section::Services,
        }
    }
}

const fn counted(number: u8, da: &'static str, en: &'static str) -> Item {
    Item { number, name: Text { da, en }, counted: true }
}

const fn seen(number: u8, da: &'static str, en: &'static str) -> Item {
    Item { number, name: Text { da, en }, counted: false }
}

/// All of them, in order.
pub static ITEMS: [Item; 25] = [
    counted(1, "Borgere pr. konsulent", "Caseload size"),
    seen(2, "Konsulenternes tid går til beskæftigelse", "Employment services staff"),
    seen(3, "Samme konsulent i alle faser", "Vocational generalists"),
    seen(4, "Fast tilknytning til behandlingsteam", "Integration by team assignment"),
    seen(5, "Hyppig kontakt med behandlingsteam", "Integration by frequent contact"),
    seen(6, "Samarbejde med beskæftigelsesmyndigheden", "Collaboration with the employment authority"),
    seen(7, "Konsulenterne er en enhed", "Vocational unit"),
    seen(8, "Lederens rolle", "Role of supervisor"),
    seen(9, "Ingen sorteres fra", "Zero exclusion"),
    seen(10, "Organisationens blik på ordinært job", "Agency focus on competitive employment"),
    seen(11, "Ledelsens opbakning", "Executive team support"),
    seen(12, "Vejledning om ydelser og job", "Work incentives planning"),
    seen(13, "Åbenhed over for arbejdsgiveren", "Disclosure"),
    seen(14, "Løbende erhvervsprofil", "Ongoing, work-based assessment"),
    counted(15, "Hurtig jobsøgning", "Rapid job search"),
    seen(16, "Jobsøgning efter borgerens ønsker", "Individualised job search"),
    counted(17, "Møder med arbejdsgivere", "Job development: frequent employer contact"),
    seen(18, "Kvalitet i arbejdsgiverkontakten", "Job development: quality of employer contact"),
    counted(19, "Forskellige slags job", "Diversity of job types"),
    counted(20, "Forskellige arbejdsgivere", "Diversity of employers"),
    counted(21, "Ordinære, faste job", "Competitive jobs"),
    seen(22, "Støtte efter den enkelte", "Individualised follow-along supports"),
    seen(23, "Støtte uden slutdato", "Time-unlimited follow-along supports"),
    seen(24, "Arbejde ude blandt folk", "Community-based services"),
    seen(25, "Opsøgende kontakt", "Assertive engagement and outreach"),
];
