//! Whether a municipality can lose somebody and go on.

use feltbog_app::{LedSide as AppSide, ProgrammeView, Team, TeamGap as AppGap};
use feltbog_domain::{Side, TalkInterval};

use crate::reply::{LedSide, ProgrammeRow, TeamGap, TeamPage};

pub(crate) fn team(team: Team) -> TeamPage {
    TeamPage {
        sides: team.sides.into_iter().map(led_side).collect(),
        administrators: team.administrators,
        share_holders: team.share_holders,
        gaps: team.gaps.into_iter().map(gap).collect(),
        programmes: team.programmes.into_iter().map(programme).collect(),
        may_act: team.may_act,
    }
}

fn led_side(led: AppSide) -> LedSide {
    LedSide {
        programme: led.programme,
        side: word(led.side),
        leaders: led.leaders,
        deputies: led.deputies,
        records: led.records,
    }
}

fn programme(view: ProgrammeView) -> ProgrammeRow {
    let interval = view.settings.talk_interval;
    // One that a newer version wrote is shown as it stands.
    let in_words = interval.map(|text| text.parse().map_or(text, TalkInterval::danish));
    ProgrammeRow { name: view.name, authority: view.settings.authority, talk_interval: in_words, may_set: view.may_set }
}

fn gap(gap: AppGap) -> TeamGap {
    let (code, of) = match gap {
        AppGap::NoLeader { programme, side } => ("leader", Some((programme, side))),
        AppGap::NoDeputy { programme, side } => ("deputy", Some((programme, side))),
        AppGap::SecondAdministrator => ("second_administrator", None),
        AppGap::ShareHolders => ("share_holders", None),
    };
    let (programme, side) = of.unzip();
    TeamGap { code: code.to_owned(), programme, side: side.map(word) }
}

fn word(side: Side) -> String {
    match side {
        Side::Employment => "employment",
        Side::Treatment => "treatment",
    }
    .to_owned()
}
