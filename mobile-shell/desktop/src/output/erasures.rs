//! Erasures and their certificates.

use feltbog_bridge::{ErasedWorkRow, ErasureDevice, ErasureRow};

use super::when;

/// What was proposed.
pub(super) fn proposed(proposal: &str, case_ref: &str) -> String {
    let short: String = proposal.chars().take(12).collect();
    format!(
        "Sletningen er foreslået. En administrator, der er en anden end dig, skal bekræfte den, før noget slettes:\n\
         \x20   feltbog erase --confirm {short}\n\
         Kald den {case_ref}, når I taler om det. Forslaget gælder i 30 dage og går af sted ved næste udveksling: feltbog sync.\n"
    )
}

/// Every erasure, newest first.
pub(super) fn text(erasures: &[ErasureRow]) -> String {
    if erasures.is_empty() {
        return "Intet er slettet eller foreslået slettet.\n".to_owned();
    }
    erasures.iter().map(one).collect()
}

fn one(row: &ErasureRow) -> String {
    let short: String = row.proposal.chars().take(12).collect();
    let mut text = format!(
        "{}  {short}  {}, foreslået af {}\n    {} kaldes {}.\n",
        when::moment(&row.at),
        row.reason_name,
        row.by,
        if row.folders.is_empty() { "Registreringen" } else { "Borgeren" },
        row.case_ref
    );
    text.push_str(&state(row, &short));
    text
}

fn state(row: &ErasureRow, short: &str) -> String {
    let confirmed_by = row.confirmed_by.clone().unwrap_or_default();
    let shut_out = if row.shut_out_devices.is_empty() {
        String::new()
    } else {
        format!("    Spærret, før den nåede at svare: {}.\n", names(&row.shut_out_devices))
    };
    match row.state.as_str() {
        "proposed" if row.may_confirm => {
            format!("    Intet er slettet. Bekræft med: feltbog erase --confirm {short}\n")
        }
        "proposed" => "    Intet er slettet. En administrator skal bekræfte.\n".to_owned(),
        "complete" => format!(
            "    Slettet; bekræftet af {confirmed_by}. Alle enheder har svaret, at intet er tilbage: {}.\n{shut_out}",
            names(&row.confirmed_devices)
        ),
        _ => format!(
            "    Slettet på serveren; bekræftet af {confirmed_by}. Disse enheder har ikke svaret endnu og kan have noget: {}.\n{shut_out}",
            names(&row.missing_devices)
        ),
    }
}

fn names(devices: &[ErasureDevice]) -> String {
    let name = |device: &ErasureDevice| {
        let short: String = device.device.chars().take(8).collect();
        format!("{} ({short})", device.member)
    };
    devices.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Own entries of erased cases that were never sent.
pub(super) fn left(work: &[ErasedWorkRow]) -> String {
    if work.is_empty() {
        return "Der er intet usendt om slettede borgere.\n".to_owned();
    }
    let entries: String = work.iter().map(entry).collect();
    format!(
        "{entries}Borgeren er slettet, og det, der står her, blev aldrig sendt. Skriv det af, hvis det hører til et andet sted, og smid \
         det væk: feltbog erasures discard ID. Først da kan denne computer svare, at intet er tilbage.\n"
    )
}

fn entry(row: &ErasedWorkRow) -> String {
    let mut text = format!("{}  {}  [{}]\n", when::moment(&row.at), row.kind_name, row.entry);
    for line in row.note.lines() {
        text.push_str(format!("    {line}").trim_end());
        text.push('\n');
    }
    text
}
