//! The programme, and the administrations nobody else is from.

use crate::outward_text::GivesAway::{Programme, Unit};
use crate::outward_text::term::Term;

pub(in crate::outward_text) const TERMS: &[Term] = &[
    Term::letters("ips", Programme),
    Term::start("ipsborger", Programme),
    Term::start("ipsforløb", Programme),
    Term::start("ipsindsats", Programme),
    Term::start("ipskonsulent", Programme),
    Term::start("ipsmedarbejder", Programme),
    Term::start("ipsmetode", Programme),
    Term::start("ipsprogram", Programme),
    Term::start("ipsprojekt", Programme),
    Term::start("ipsspecialist", Programme),
    Term::start("ipssydhavn", Programme),
    Term::start("ipsteam", Programme),
    Term::word("individuelt planlagt", Programme),
    Term::word("job med støtte", Programme),
    Term::word("individual placement", Programme),
    Term::word("individuel placering", Programme),
    Term::word("place then train", Programme),
    Term::word("supported employment", Programme),
    Term::word("supported education", Programme),
    Term::word("employment specialist", Programme),
    Term::word("støttet beskæftigelse", Programme),
    Term::word("beskyttet beskæftigelse", Programme),
    Term::word("socialt udsat", Programme),
    Term::word("særligt udsat", Programme),
    Term::word("fremskudt indsats", Programme),
    Term::word("fremskudt beskæftigelsesindsats", Programme),
    Term::letters("sof", Unit),
    Term::start("socialforvalt", Unit),
    Term::word("social services", Unit),
];
