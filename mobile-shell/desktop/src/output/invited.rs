//! An invitation, to copy or to scan.

use feltbog_bridge::Request;
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

/// The invitation with a line on what to do with it.
pub(super) fn text(request: &Request, invitation: &str) -> String {
    let whom = if let Request::Invite { name, .. } = request { name.as_str() } else { "din kollega" };
    format!("Invitation til {whom}. Giv den kun til den, den er til; den virker én gang.\n\n{invitation}\n")
}

/// The QR code in half blocks; `coloured` paints it so that it is dark on light whatever the terminal's colours.
pub(super) fn drawing(invitation: &str, coloured: bool) -> String {
    let Ok(code) = QrCode::with_error_correction_level(invitation, qrcode::EcLevel::L) else {
        return "\nInvitationen er for lang til en QR-kode. Kopiér teksten i stedet.\n".to_owned();
    };
    // Blocks are what a terminal lights up, so the light modules are drawn.
    let drawn = code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build();
    let width = drawn.lines().map(|line| line.chars().count()).max().unwrap_or_default();
    let advice = format!("Kan koden ikke scannes, så gør vinduet mindst {width} tegn bredt.\n");
    if !coloured {
        return format!("\n{drawn}\n{advice}");
    }
    let lines: String = drawn.lines().map(|line| format!("{WHITE_ON_BLACK}{line}{AS_BEFORE}\n")).collect();
    format!("\n{lines}{advice}")
}

const WHITE_ON_BLACK: &str = "\u{1b}[97;40m";
const AS_BEFORE: &str = "\u{1b}[0m";
