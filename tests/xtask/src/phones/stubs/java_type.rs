//! Types as Java writes them, and as class files do.

/// A type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Type {
    /// By its letter in a class file.
    Primitive(char),
    /// Of a generic class or method.
    Variable(String),
    /// With what stands between its brackets.
    Class(String, Vec<Argument>),
    /// Of as many dimensions as there are of these around a type.
    Array(Box<Type>),
}

/// What stands between brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Argument {
    /// `?`
    Any,
    /// The type, or one above or below it, as the sign of a class file says.
    Of(&'static str, Type),
}

/// Names that stand for types, each with its bounds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Generics(pub(super) Vec<(String, Vec<Type>)>);

impl Type {
    pub(super) fn class(name: String) -> Self {
        Self::Class(name, Vec::new())
    }

    /// What every enumeration extends.
    pub(super) fn enumeration(name: &str) -> Self {
        Self::Class(class_name("Enum"), vec![Argument::Of("", Self::class(name.to_owned()))])
    }

    /// Reads a type without annotations, where these names stand for types. Nothing for what is none.
    pub(super) fn read(text: &str, generics: &Generics) -> Option<Self> {
        let text = text.trim();
        if let Some(item) = text.strip_suffix("[]").or_else(|| text.strip_suffix("...")) {
            return Some(Self::Array(Box::new(Self::read(item, generics)?)));
        }
        if let Some((_, letter)) = PRIMITIVES.into_iter().find(|(name, _)| *name == text) {
            return Some(Self::Primitive(letter));
        }
        if generics.has(text) {
            return Some(Self::Variable(text.to_owned()));
        }
        let (name, arguments) = text.split_once('<').unwrap_or((text, ">"));
        if name.is_empty() || name.contains(|letter: char| !letter.is_alphanumeric() && !"._$".contains(letter)) {
            return None;
        }
        let arguments = split(arguments.strip_suffix('>')?, ',');
        let arguments = arguments.into_iter().map(|one| Argument::read(one, generics)).collect::<Option<_>>()?;
        Some(Self::Class(class_name(name), arguments))
    }

    /// How a class file names it where generics play no part.
    pub(super) fn descriptor(&self, generics: &Generics) -> String {
        match self {
            Self::Primitive(letter) => letter.to_string(),
            Self::Array(item) => format!("[{}", item.descriptor(generics)),
            Self::Variable(_) | Self::Class(..) => format!("L{};", self.erased(generics)),
        }
    }

    /// The class, or of a variable its first bound.
    pub(super) fn erased(&self, generics: &Generics) -> String {
        match self {
            Self::Class(name, _) => name.clone(),
            Self::Variable(name) => match generics.bound(name) {
                Some(bound) => bound.erased(generics),
                None => class_name("Object"),
            },
            Self::Primitive(_) | Self::Array(_) => self.descriptor(generics),
        }
    }

    /// How a class file names it with its generics.
    pub(super) fn signature(&self) -> String {
        match self {
            Self::Primitive(letter) => letter.to_string(),
            Self::Variable(name) => format!("T{name};"),
            Self::Array(item) => format!("[{}", item.signature()),
            Self::Class(name, arguments) if arguments.is_empty() => format!("L{name};"),
            Self::Class(name, arguments) => {
                format!("L{name}<{}>;", arguments.iter().map(Argument::signature).collect::<String>())
            }
        }
    }
}

impl Argument {
    fn read(text: &str, generics: &Generics) -> Option<Self> {
        let text = text.trim();
        if text == "?" {
            return Some(Self::Any);
        }
        let (sign, text) = match (text.strip_prefix("? extends "), text.strip_prefix("? super ")) {
            (Some(text), _) => ("+", text),
            (None, Some(text)) => ("-", text),
            (None, None) => ("", text),
        };
        Some(Self::Of(sign, Type::read(text, generics)?))
    }

    fn signature(&self) -> String {
        match self {
            Self::Any => "*".to_owned(),
            Self::Of(sign, java) => format!("{sign}{}", java.signature()),
        }
    }
}

impl Generics {
    /// Reads what stands between the brackets of a class or a method; the names may speak of each other.
    pub(super) fn read(text: &str, around: &Self) -> Option<Self> {
        let named = |one: &str| one.split_whitespace().next().map(|name| (name.to_owned(), Vec::new()));
        let known = around.with(&Self(split(text, ',').into_iter().map(named).collect::<Option<_>>()?));
        let read = |one: &str| {
            let (name, bounds) = one.trim().split_once(" extends ").unwrap_or((one.trim(), ""));
            let bounds =
                split(bounds, '&').into_iter().map(|bound| Type::read(bound, &known)).collect::<Option<_>>()?;
            Some((name.to_owned(), bounds))
        };
        split(text, ',').into_iter().map(read).collect::<Option<_>>().map(Self)
    }

    /// These, and inside them others, which hide those of the same name.
    pub(super) fn with(&self, inner: &Self) -> Self {
        Self(inner.0.iter().chain(&self.0).cloned().collect())
    }

    pub(super) fn signature(&self) -> String {
        let bounds = |bounds: &[Type]| match bounds {
            [] => format!(":L{};", class_name("Object")),
            bounds => bounds.iter().map(|bound| format!(":{}", bound.signature())).collect(),
        };
        let named: String = self.0.iter().map(|(name, all)| format!("{name}{}", bounds(all))).collect();
        if named.is_empty() { named } else { format!("<{named}>") }
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    fn bound(&self, name: &str) -> Option<&Type> {
        self.0.iter().find(|(known, _)| known == name).and_then(|(_, bounds)| bounds.first())
    }
}

/// A class's name in class files. Packages begin with a small letter, and a name without any is of `java.lang`.
pub(super) fn class_name(name: &str) -> String {
    if !name.contains('.') {
        return format!("java/lang/{name}");
    }
    let mut written = String::new();
    let mut inside = false;
    for part in name.split('.') {
        if !written.is_empty() {
            written.push(if inside { '$' } else { '/' });
        }
        inside |= part.starts_with(char::is_uppercase);
        written.push_str(part);
    }
    written
}

/// Cuts at a letter, but not inside brackets; nothing of nothing.
pub(super) fn split(text: &str, at: char) -> Vec<&str> {
    let (mut pieces, mut depth, mut from) = (Vec::new(), 0_usize, 0);
    for (place, letter) in text.char_indices() {
        match letter {
            '<' | '(' => depth += 1,
            '>' | ')' => depth = depth.saturating_sub(1),
            _ if letter == at && depth == 0 => {
                pieces.extend(text.get(from..place));
                from = place + letter.len_utf8();
            }
            _ => {}
        }
    }
    pieces.extend(text.get(from..));
    pieces.into_iter().map(str::trim).filter(|piece| !piece.is_empty()).collect()
}

const PRIMITIVES: [(&str, char); 9] = [
    ("boolean", 'Z'),
    ("byte", 'B'),
    ("char", 'C'),
    ("short", 'S'),
    ("int", 'I'),
    ("long", 'J'),
    ("float", 'F'),
    ("double", 'D'),
    ("void", 'V'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_named_with_its_generics_and_without() {
        let generics = Generics::read("T extends android.os.Parcelable, K", &Generics::default()).unwrap();
        let java = Type::read("java.util.Map.Entry<? extends T,K>[]", &generics).unwrap();
        assert_eq!(java.descriptor(&generics), "[Ljava/util/Map$Entry;");
        assert_eq!(java.signature(), "[Ljava/util/Map$Entry<+TT;TK;>;");
        assert_eq!(Type::read("T", &generics).unwrap().descriptor(&generics), "Landroid/os/Parcelable;");
        assert_eq!(generics.signature(), "<T:Landroid/os/Parcelable;K:Ljava/lang/Object;>");
        assert_eq!(Type::read("a b", &generics), None);
    }
}
