//! What somebody typed into a field of the page, out of an address.

/// The text of `name` in a query; empty when it does not stand there.
pub(super) fn typed(query: &str, name: &str) -> String {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(known, _)| *known == name).map(|(_, value)| decoded(value)).next().unwrap_or_default()
}

fn decoded(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => digit(rest.next()) << 4 | digit(rest.next()),
            other => other,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn digit(sign: Option<u8>) -> u8 {
    sign.and_then(|sign| char::from(sign).to_digit(16)).and_then(|digit| u8::try_from(digit).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::typed;

    #[test]
    fn letters_come_back_as_they_were_typed() {
        assert_eq!(typed("after=12&word=%C3%85se+M%C3%B8ller%21", "word"), "Åse Møller!");
        assert_eq!(typed("after=12", "word"), "");
    }
}
