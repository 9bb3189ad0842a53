//! A class file, as the Java Virtual Machine Specification lays it out (chapter 4), as far as a compiler reads it.

use std::collections::HashMap;

use super::signatures::{Member, Parameter};

/// One class.
pub(super) struct ClassFile {
    constants: Constants,
    head: [u16; 3],
    interfaces: Vec<u16>,
    fields: Vec<Vec<u8>>,
    methods: Vec<Vec<u8>>,
    nested: Vec<[u16; 4]>,
    signature: Vec<u8>,
}

impl ClassFile {
    pub(super) fn new(access: u16, name: &str, parent: &str) -> Self {
        let mut constants = Constants::default();
        let head = [access, constants.class(name), constants.class(parent)];
        let (interfaces, fields, methods, nested) = Default::default();
        Self { constants, head, interfaces, fields, methods, nested, signature: Vec::new() }
    }

    pub(super) fn implements(&mut self, name: &str) {
        let interface = self.constants.class(name);
        self.interfaces.push(interface);
    }

    /// The class with its generics.
    pub(super) fn signature(&mut self, signature: &str) {
        self.signature = self.constants.signature(signature);
    }

    /// A class inside another, which is this one or around it.
    pub(super) fn nested(&mut self, name: &str, outer: &str, inner: &str, access: u16) {
        let row = [self.constants.class(name), self.constants.class(outer), self.constants.text(inner), access];
        self.nested.push(row);
    }

    pub(super) fn field(&mut self, member: &Member, descriptor: &str, signature: &str) {
        let attributes = [Some(self.constants.signature(signature)), self.constants.nullness(member.nullable)];
        let field = self.constants.member(member, descriptor, &attributes.into_iter().flatten().collect::<Vec<_>>());
        self.fields.push(field);
    }

    pub(super) fn method(&mut self, member: &Member, descriptor: &str, signature: &str, parameters: &[Parameter]) {
        let attributes = [
            Some(self.constants.signature(signature)),
            self.constants.nullness(member.nullable),
            Some(self.constants.nullness_of_all(parameters)),
        ];
        let method = self.constants.member(member, descriptor, &attributes.into_iter().flatten().collect::<Vec<_>>());
        self.methods.push(method);
    }

    pub(super) fn bytes(mut self) -> Vec<u8> {
        let mut attributes = vec![self.signature];
        if !self.nested.is_empty() {
            let rows = self.nested.iter().flatten().flat_map(|number| number.to_be_bytes());
            let rows: Vec<u8> = count(self.nested.len()).into_iter().chain(rows).collect();
            attributes.push(self.constants.attribute("InnerClasses", &rows));
        }
        let mut bytes = MAGIC_AND_VERSION.to_vec();
        bytes.extend(count(self.constants.rows.len() + 1));
        bytes.extend(self.constants.rows.concat());
        bytes.extend(self.head.into_iter().flat_map(u16::to_be_bytes));
        bytes.extend(count(self.interfaces.len()));
        bytes.extend(self.interfaces.into_iter().flat_map(u16::to_be_bytes));
        for rows in [self.fields, self.methods, attributes] {
            bytes.extend(count(rows.len()));
            bytes.extend(rows.concat());
        }
        bytes
    }
}

/// What everything else names by its number.
#[derive(Default)]
struct Constants {
    rows: Vec<Vec<u8>>,
    known: HashMap<Vec<u8>, u16>,
}

impl Constants {
    fn text(&mut self, text: &str) -> u16 {
        self.row([&[UTF8][..], &count(text.len()), text.as_bytes()].concat())
    }

    fn class(&mut self, name: &str) -> u16 {
        let name = self.text(name).to_be_bytes();
        self.row([&[CLASS][..], &name].concat())
    }

    fn row(&mut self, row: Vec<u8>) -> u16 {
        if let Some(number) = self.known.get(&row) {
            return *number;
        }
        self.rows.push(row.clone());
        let number = u16::try_from(self.rows.len()).unwrap_or(u16::MAX);
        self.known.insert(row, number);
        number
    }

    fn member(&mut self, member: &Member, descriptor: &str, attributes: &[Vec<u8>]) -> Vec<u8> {
        let head = [member.access, self.text(&member.name), self.text(descriptor)];
        let head = head.into_iter().flat_map(u16::to_be_bytes);
        head.chain(count(attributes.len())).chain(attributes.concat()).collect()
    }

    fn signature(&mut self, signature: &str) -> Vec<u8> {
        let signature = self.text(signature).to_be_bytes();
        self.attribute("Signature", &signature)
    }

    fn nullness(&mut self, nullable: Option<bool>) -> Option<Vec<u8>> {
        let annotation = self.annotation(nullable);
        nullable.map(|_| self.attribute("RuntimeInvisibleAnnotations", &annotation))
    }

    fn nullness_of_all(&mut self, parameters: &[Parameter]) -> Vec<u8> {
        let each: Vec<_> = parameters.iter().flat_map(|one| self.annotation(one.nullable)).collect();
        let number = u8::try_from(parameters.len()).unwrap_or(u8::MAX);
        self.attribute("RuntimeInvisibleParameterAnnotations", &[&[number][..], &each].concat())
    }

    /// How many there are, and the one there is.
    fn annotation(&mut self, nullable: Option<bool>) -> Vec<u8> {
        let Some(nullable) = nullable else { return count(0).to_vec() };
        let name = self.text(if nullable { "Landroid/annotation/Nullable;" } else { "Landroid/annotation/NonNull;" });
        [count(1), name.to_be_bytes(), count(0)].concat()
    }

    fn attribute(&mut self, name: &str, content: &[u8]) -> Vec<u8> {
        let (name, length) = (self.text(name).to_be_bytes(), u32::try_from(content.len()).unwrap_or(u32::MAX));
        [&name[..], &length.to_be_bytes(), content].concat()
    }
}

fn count(number: usize) -> [u8; 2] {
    u16::try_from(number).unwrap_or(u16::MAX).to_be_bytes()
}

/// Of Java 8.
const MAGIC_AND_VERSION: [u8; 8] = [0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 52];
const UTF8: u8 = 1;
const CLASS: u8 = 7;
