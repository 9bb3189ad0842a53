//! Reading Android's text of signatures, of which each line is a class or a member.

use anyhow::{Context, Result};

use super::java_type::{Generics, Type, class_name, split};

/// What kind of class it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Class,
    Interface,
    Enum,
}

/// A class with what can be seen of it.
#[derive(Debug)]
pub(super) struct Class {
    /// As class files write it.
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) access: u16,
    /// What only one inside another can be.
    pub(super) nested_access: u16,
    pub(super) generics: Generics,
    pub(super) extends: Option<Type>,
    pub(super) implements: Vec<Type>,
    pub(super) members: Vec<Member>,
}

/// A field, or with parameters a method.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) access: u16,
    pub(super) generics: Generics,
    pub(super) result: Type,
    /// Whether there may be nothing; unsaid of most.
    pub(super) nullable: Option<bool>,
    pub(super) parameters: Option<Vec<Parameter>>,
}

/// What a method takes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parameter {
    pub(super) java: Type,
    pub(super) nullable: Option<bool>,
}

/// All classes but annotations. A member of which the types are not understood is left out: whoever uses it will hear.
pub(super) fn classes(text: &str) -> Result<Vec<Class>> {
    let mut classes = Vec::<Class>::new();
    let (mut package, mut annotation) = (String::new(), false);
    for line in text.lines() {
        let (depth, line) = (line.len() - line.trim_start().len(), bare(line.trim()));
        if let Some(name) = line.strip_prefix("package ") {
            package = name.trim_end_matches('{').trim().to_owned();
        } else if depth == CLASS && line.ends_with('{') {
            let class = class(&line, &package);
            annotation = class.is_none();
            classes.extend(class);
        } else if depth == MEMBER && !annotation {
            let class = classes.last_mut().context("a member stands outside any class")?;
            let member = member(&line, class);
            class.members.extend(member);
        }
    }
    Ok(classes)
}

fn class(line: &str, package: &str) -> Option<Class> {
    let mut words = split(line.trim_end_matches('{').trim(), ' ').into_iter();
    let (mut access, mut nested_access) = (0, 0);
    let kind = loop {
        match words.next()? {
            "class" => break Kind::Class,
            "interface" => break Kind::Interface,
            "enum" => break Kind::Enum,
            "@interface" => return None,
            "static" => nested_access |= STATIC,
            "protected" => nested_access |= PROTECTED,
            word => access |= modifier(word),
        }
    };
    access |= match kind {
        Kind::Class => SUPER,
        Kind::Interface => INTERFACE | ABSTRACT,
        Kind::Enum => SUPER | ENUM,
    };
    let (name, generics) = words.next().map(|name| name.split_once('<').unwrap_or((name, ">")))?;
    let generics = Generics::read(generics.strip_suffix('>')?, &Generics::default())?;
    let (mut extends, mut implements, mut extending) = (None, Vec::new(), false);
    for word in words {
        match word {
            "extends" => extending = true,
            "implements" => extending = false,
            name if extending && kind != Kind::Interface => extends = Some(Type::read(name, &generics)?),
            name => implements.push(Type::read(name, &generics)?),
        }
    }
    let name = class_name(&format!("{package}.{name}"));
    Some(Class { name, kind, access, nested_access, generics, extends, implements, members: Vec::new() })
}

fn member(line: &str, class: &Class) -> Option<Member> {
    let (what, line) = line.split_once(' ')?;
    let (line, _) = line.split_once(" = ").or_else(|| line.rsplit_once(';'))?;
    match what {
        "method" | "ctor" => method(line, what == "ctor", class),
        "field" => field(line, class, 0),
        "enum_constant" => field(line, class, ENUM),
        _ => None,
    }
}

fn field(line: &str, class: &Class, access: u16) -> Option<Member> {
    let head = Head::read(line, &class.generics)?;
    let (java, name) = head.rest.rsplit_once(' ')?;
    let (result, name) = (Type::read(java, &class.generics)?, name.to_owned());
    let access = access | head.access;
    Some(Member { name, access, generics: Generics::default(), result, nullable: head.nullable, parameters: None })
}

fn method(line: &str, constructor: bool, class: &Class) -> Option<Member> {
    let (before, after) = line.split_once('(')?;
    let (parameters, _) = after.split_once(')')?;
    let head = Head::read(before, &class.generics)?;
    let known = class.generics.with(&head.generics);
    let (name, result) = if constructor {
        ("<init>", Type::Primitive('V'))
    } else {
        let (java, name) = head.rest.rsplit_once(' ')?;
        (name, Type::read(java, &known)?)
    };
    let parameters = split(parameters, ',').into_iter().map(|one| parameter(one, &known)).collect::<Option<_>>()?;
    let mut access = head.access | if before.contains("abstract ") { 0 } else { NATIVE };
    if class.kind == Kind::Interface && access & STATIC == 0 && !before.contains("default ") {
        access = (access | ABSTRACT) & !NATIVE;
    }
    if after.contains("...)") {
        access |= VARARGS;
    }
    let (name, nullable) = (name.to_owned(), head.nullable);
    Some(Member { name, access, generics: head.generics, result, nullable, parameters: Some(parameters) })
}

fn parameter(text: &str, known: &Generics) -> Option<Parameter> {
    let (nullable, java) = nullness(text);
    Some(Parameter { java: Type::read(java.trim_start_matches("final "), known)?, nullable })
}

/// What a member begins with: its modifiers and the names that stand for types.
struct Head<'a> {
    access: u16,
    nullable: Option<bool>,
    generics: Generics,
    rest: &'a str,
}

impl<'a> Head<'a> {
    fn read(text: &'a str, around: &Generics) -> Option<Self> {
        let (nullable, mut rest) = nullness(text);
        let mut access = 0;
        while let Some((word, after)) = rest.split_once(' ').filter(|(word, _)| MODIFIERS.contains(word)) {
            access |= modifier(word);
            rest = after.trim_start();
        }
        let mut generics = Generics::default();
        if rest.starts_with('<') {
            let whole = *split(rest, ' ').first()?;
            generics = Generics::read(whole.strip_prefix('<')?.strip_suffix('>')?, around)?;
            rest = rest.strip_prefix(whole)?.trim_start();
        }
        Some(Self { access, nullable, generics, rest })
    }
}

fn nullness(text: &str) -> (Option<bool>, &str) {
    let text = text.trim();
    match (text.strip_prefix("@Nullable "), text.strip_prefix("@NonNull ")) {
        (Some(rest), _) => (Some(true), rest),
        (None, Some(rest)) => (Some(false), rest),
        (None, None) => (None, text),
    }
}

/// The line without annotations, but for those two that say whether there may be nothing, where they come first.
fn bare(line: &str) -> String {
    let (mut kept, mut rest) = (String::new(), line);
    while let Some(place) =
        rest.find('@').filter(|place| !rest.get(..*place).is_some_and(|before| before.contains(" = ")))
    {
        let (before, from) = rest.split_at(place);
        let end = from.find([' ', '(']).unwrap_or(from.len());
        let (name, mut after) = from.split_at(end);
        kept.push_str(before);
        if name == "@interface" || (KEPT.contains(&name) && !before.ends_with(['<', '.'])) {
            kept.push_str(name);
        } else {
            after = after.strip_prefix('(').map_or(after, behind_brackets).trim_start();
        }
        rest = after;
    }
    kept + rest
}

/// What follows the bracket that closes the one before; brackets between quotation marks do not count.
fn behind_brackets(text: &str) -> &str {
    let (mut depth, mut quoted, mut before) = (1_usize, false, ' ');
    for (place, letter) in text.char_indices() {
        match letter {
            '"' if before != '\\' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text.get(place + 1..).unwrap_or_default();
        }
        before = letter;
    }
    ""
}

fn modifier(word: &str) -> u16 {
    match word {
        "public" => PUBLIC,
        "protected" => PROTECTED,
        "static" => STATIC,
        "final" => FINAL,
        "abstract" => ABSTRACT,
        _ => 0,
    }
}

const CLASS: usize = 2;
const MEMBER: usize = 4;
const KEPT: [&str; 2] = ["@Nullable", "@NonNull"];
const MODIFIERS: [&str; 11] = [
    "public",
    "protected",
    "static",
    "final",
    "abstract",
    "default",
    "synchronized",
    "native",
    "transient",
    "volatile",
    "strictfp",
];
const PUBLIC: u16 = 0x1;
const PROTECTED: u16 = 0x4;
const STATIC: u16 = 0x8;
const FINAL: u16 = 0x10;
const SUPER: u16 = 0x20;
const VARARGS: u16 = 0x80;
/// A body that lies elsewhere: then the class file has none.
const NATIVE: u16 = 0x100;
const INTERFACE: u16 = 0x200;
const ABSTRACT: u16 = 0x400;
const ENUM: u16 = 0x4000;

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"// Signature format: 2.0
package android.os {

  @UiContext public abstract class Box<T> extends android.os.Case implements android.os.Lid<T> android.os.Parcelable {
    ctor public Box(@NonNull android.content.Context, @IntRange(from=0, to=5) int);
    method @Nullable @RequiresPermission(value="a (b)") public final <K extends T> K open(@Nullable String, java.lang.Object...) throws java.io.IOException;
    field public static final String NAME = "a (@b)";
  }

  public static interface Box.Hand {
    method public void give(boolean);
  }

  public @interface Marked {
    method public abstract int value();
  }

}
"#;

    #[test]
    fn classes_and_members_are_read_from_their_lines() {
        let found = classes(TEXT).unwrap();
        let [boxed, hand] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((boxed.name.as_str(), hand.name.as_str()), ("android/os/Box", "android/os/Box$Hand"));
        assert_eq!(boxed.implements.len(), 2);
        let [made, open, name] = boxed.members.as_slice() else { panic!("{:?}", boxed.members) };
        assert_eq!((made.name.as_str(), open.name.as_str(), name.name.as_str()), ("<init>", "open", "NAME"));
        assert_eq!((open.nullable, open.access), (Some(true), PUBLIC | FINAL | NATIVE | VARARGS));
        let parameters = open.parameters.as_deref().unwrap();
        assert_eq!(parameters.iter().map(|one| one.nullable).collect::<Vec<_>>(), [Some(true), None]);
        assert_eq!(open.result.erased(&boxed.generics.with(&open.generics)), "java/lang/Object");
        assert_eq!(hand.members.first().map(|give| give.access), Some(PUBLIC | ABSTRACT));
    }
}
