//! HTML by hand: what is no part of this program's own text goes in by one way, which escapes it.

/// A page that grows.
#[derive(Debug, Default)]
pub(super) struct Html(String);

impl Html {
    /// Tags, and words that need no escaping: this program's own, known when it is compiled.
    pub(super) fn raw(&mut self, html: &'static str) -> &mut Self {
        self.0.push_str(html);
        self
    }

    /// Whatever else there is.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            match letter {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                _ => self.0.push(letter),
            }
        }
        self
    }

    /// The same; what stands between backticks is what somebody types.
    pub(super) fn prose(&mut self, text: &str) -> &mut Self {
        for (place, part) in text.split('`').enumerate() {
            match place % 2 {
                0 => self.text(part),
                _ => self.raw("<code>").text(part).raw("</code>"),
            };
        }
        self
    }

    pub(super) fn done(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_text_and_never_a_tag() {
        let mut html = Html::default();
        html.raw("<p title=\"").text("\"<b onclick='x()'>&amp;</b>").raw("\">").prose("Type `a<b`.");
        let escaped = "<p title=\"&quot;&lt;b onclick=&#39;x()&#39;&gt;&amp;amp;&lt;/b&gt;\">";
        assert_eq!(html.done(), format!("{escaped}Type <code>a&lt;b</code>."));
    }
}
