//! Android's own classes, to compile against: names and types, and nothing that runs.
//!
//! Android publishes its interface as a text of signatures, which Debian carries. Each class of it becomes a class file.

mod class_file;
mod java_type;
mod signatures;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use self::class_file::ClassFile;
use self::java_type::{Type, class_name};
use self::signatures::{Class, Kind, Member, classes};

/// Writes a class file for every class of the signatures below a folder.
pub(super) fn write(signatures: &str, folder: &Path) -> Result<()> {
    let classes = classes(signatures)?;
    for class in &classes {
        let file = folder.join(&class.name).with_extension("class");
        let parent = file.parent().with_context(|| format!("{} lies in no package", class.name))?;
        fs::create_dir_all(parent)?;
        fs::write(file, bytes(class, &classes))?;
    }
    Ok(())
}

fn bytes(class: &Class, all: &[Class]) -> Vec<u8> {
    let parent = class.extends.clone().unwrap_or_else(|| default_parent(class));
    let mut file = ClassFile::new(class.access, &class.name, &parent.erased(&class.generics));
    for interface in &class.implements {
        file.implements(&interface.erased(&class.generics));
    }
    let parents = [&parent].into_iter().chain(&class.implements).map(Type::signature).collect::<String>();
    file.signature(&format!("{}{parents}", class.generics.signature()));
    for member in &class.members {
        add(&mut file, class, member);
    }
    let family = all.iter().filter(|other| {
        let nested = other.name.strip_prefix(&class.name).and_then(|rest| rest.strip_prefix('$'));
        other.name == class.name || nested.is_some_and(|rest| !rest.contains('$'))
    });
    for other in family {
        if let Some((outer, inner)) = other.name.rsplit_once('$') {
            file.nested(&other.name, outer, inner, other.access | other.nested_access);
        }
    }
    file.bytes()
}

fn default_parent(class: &Class) -> Type {
    if class.kind == Kind::Enum { Type::enumeration(&class.name) } else { Type::class(class_name("Object")) }
}

fn add(file: &mut ClassFile, class: &Class, member: &Member) {
    let generics = class.generics.with(&member.generics);
    match &member.parameters {
        None => file.field(member, &member.result.descriptor(&generics), &member.result.signature()),
        Some(parameters) => {
            let (erased, whole): (String, String) =
                parameters.iter().map(|one| (one.java.descriptor(&generics), one.java.signature())).unzip();
            let descriptor = format!("({erased}){}", member.result.descriptor(&generics));
            let signature = format!("{}({whole}){}", member.generics.signature(), member.result.signature());
            file.method(member, &descriptor, &signature, parameters);
        }
    }
}
