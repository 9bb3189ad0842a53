//! Whether a municipality can lose somebody and go on.

use feltbog_app::{LedSide as AppSide, Team, TeamGap as AppGap};
use feltbog_domain::Side;

use crate::reply::{LedSide, TeamGap, TeamPage};

pub(crate) fn team(team: Team) -> TeamPage {
    TeamPage {
        sides: team.sides.into_iter().map(led_side).collect(),
        administrators: team.administrators,
        share_holders: team.share_holders,
        gaps: team.gaps.into_iter().map(gap).collect(),
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
