//! What charts are drawn from.

use feltbog_app::CountedCharts;
use feltbog_reports::{MeetingWeek, Stage, Wait};

use super::report::iso_week;
use super::scope::scope;
use crate::reply::{CaseloadRow, ChartsPage, MeetingWeekRow, StageRow, WaitRow};

pub(crate) fn charts(counted: CountedCharts) -> ChartsPage {
    let CountedCharts { charts, as_of, caseload, caseload_limit, scope: whose } = counted;
    let stage = |(stage, citizens): (Stage, u64)| StageRow { stage: word(stage).to_owned(), citizens };
    let wait = |Wait { from_day, to_day, citizens }: Wait| WaitRow { from_day, to_day, citizens };
    ChartsPage {
        as_of: as_of.to_string(),
        scope: scope(whose),
        funnel: charts.funnel.into_iter().map(stage).collect(),
        waits: charts.waits.into_iter().map(wait).collect(),
        met_nobody: charts.met_nobody,
        weeks: charts.weeks.into_iter().map(meeting_week).collect(),
        caseload: caseload.into_iter().map(|(name, citizens)| CaseloadRow { name, citizens }).collect(),
        caseload_limit,
    }
}

fn meeting_week(MeetingWeek { week, meetings, consultants }: MeetingWeek) -> MeetingWeekRow {
    MeetingWeekRow { week: iso_week(week), meetings, consultants }
}

const fn word(stage: Stage) -> &'static str {
    match stage {
        Stage::Enrolled => "enrolled",
        Stage::MetEmployer => "met_employer",
        Stage::Started => "started",
        Stage::AtWork => "at_work",
    }
}
