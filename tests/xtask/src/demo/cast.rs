//! Who takes part. The names are those of `forloeb.csv`, so that the import puts everybody to work on their own cases.

/// The municipality.
pub(super) const MUNICIPALITY: &str = "Københavns Kommune";

/// The programme.
pub(super) const PROGRAMME: &str = "IPS Sydhavnen";

/// One person and the folder of their device.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    pub(super) role: &'static str,
    /// As the page says it.
    pub(super) title: (&'static str, &'static str),
}

pub(super) const LEADER: Person =
    Person { key: "ingrid", name: "Ingrid Dahl", role: "leader", title: ("leder", "leader") };

const AASE: Person = Person {
    key: "aase",
    name: "Åse Møller",
    role: "consultant",
    title: ("IPS-konsulent, beskæftigelse", "IPS consultant, employment"),
};
const ASTRID: Person =
    Person { key: "astrid", name: "Astrid Overgaard", role: "consultant", title: ("IPS-konsulent", "IPS consultant") };
const OEJVIND: Person =
    Person { key: "oejvind", name: "Øjvind Kjær", role: "consultant", title: ("IPS-konsulent", "IPS consultant") };
const ERIK: Person = Person {
    key: "erik",
    name: "Erik Åkjær",
    role: "treatment",
    title: ("behandler, rusmiddelbehandling", "treatment worker"),
};

/// Everybody who joins by invitation.
pub(super) const COLLEAGUES: [Person; 4] = [AASE, ASTRID, OEJVIND, ERIK];

/// Whose phones lie on the page.
pub(super) const ON_STAGE: [Person; 2] = [AASE, ERIK];

/// The citizen of the guide: both work with her, and her newest entry is shared.
pub(super) const GUIDE_CASE: &str = "SYD-0001";
