//! The elements that rules know: each has a number, so that those of a part with many thousands are told apart, and
//! given to whom they concern, without their names being looked at.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::story::{self, Wants};
use crate::office::xml::{Class, Tag};

/// What is known of an element before it is met.
pub struct Element {
    /// Empty for all that no rule knows.
    pub name: &'static str,
    pub role: Role,
    /// Which collectors are told where it begins, and where it ends; a bit for each.
    pub starts: u16,
    pub ends: u16,
}

/// What an element means for the reading itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Other,
    Paragraph,
    /// Text that a reader sees.
    Text,
    /// Text of a field's instruction.
    Instruction,
    /// It is there to name a style.
    Style,
    /// What holds forms of the same thing, and one of them.
    Choice,
    Form,
    /// What tracked changes keep of how something looked before.
    Former,
}

const ROLES: [(&str, Role); 17] = [
    ("w:p", Role::Paragraph),
    ("w:t", Role::Text),
    ("w:instrText", Role::Instruction),
    ("w:pStyle", Role::Style),
    ("w:rStyle", Role::Style),
    ("w:tblStyle", Role::Style),
    ("mc:AlternateContent", Role::Choice),
    ("mc:Choice", Role::Form),
    ("mc:Fallback", Role::Form),
    ("w:rPrChange", Role::Former),
    ("w:pPrChange", Role::Former),
    ("w:tblPrChange", Role::Former),
    ("w:tblPrExChange", Role::Former),
    ("w:trPrChange", Role::Former),
    ("w:tcPrChange", Role::Former),
    ("w:tblGridChange", Role::Former),
    ("w:sectPrChange", Role::Former),
];

/// Elements that are only known as those around others.
const AROUND: [&str; 10] =
    ["w:r", "w:rPr", "w:pPr", "w:tblPr", "w:trPr", "w:tcPr", "w:tblGrid", "w:ffData", "w:style", "w:rPrDefault"];

/// Set in the class of an element that refers to a relationship.
const REFERS: Class = 1 << 31;

/// What there is to know of elements.
pub struct Elements {
    elements: Vec<Element>,
    /// Which collectors are told the text; a bit for each.
    pub listeners: u16,
    numbers: HashMap<&'static str, Class>,
}

/// All of them.
pub fn elements() -> &'static Elements {
    static ELEMENTS: LazyLock<Elements> = LazyLock::new(|| Elements::of(&story::wants()));
    &ELEMENTS
}

impl Elements {
    fn of(wants: &[Wants]) -> Elements {
        let mut elements = Elements { elements: Vec::new(), listeners: 0, numbers: HashMap::new() };
        elements.known("");
        for (name, role) in ROLES {
            elements.known(name).role = role;
        }
        for name in AROUND {
            elements.known(name);
        }
        for (index, wants) in wants.iter().enumerate() {
            elements.listeners |= u16::from(wants.text) << index;
            for name in wants.starts.iter().copied().flatten() {
                elements.known(name).starts |= 1 << index;
            }
            for name in wants.ends.iter().copied().flatten() {
                elements.known(name).ends |= 1 << index;
            }
        }
        elements
    }

    /// The same, but every collector is told of everything.
    #[cfg(test)]
    pub fn all_to_all() -> Elements {
        let mut elements = Elements::of(&story::wants());
        for element in &mut elements.elements {
            (element.starts, element.ends) = (u16::MAX >> 6, u16::MAX >> 6);
        }
        elements.listeners = u16::MAX >> 6;
        elements
    }

    fn known(&mut self, name: &'static str) -> &mut Element {
        let number = *self.numbers.entry(name).or_insert_with(|| {
            self.elements.push(Element { name, role: Role::Other, starts: 0, ends: 0 });
            self.elements.len() as Class - 1
        });
        &mut self.elements[number as usize]
    }

    /// An element's class, by which [`Elements::get`] and [`refers`] know it.
    pub fn class_of(&self, tag: &Tag<'_>) -> Class {
        let number = self.numbers.get(tag.name.as_ref()).copied().unwrap_or_default();
        let refers = tag.attributes().any(|(name, _)| name.starts_with("r:"));
        if refers { number | REFERS } else { number }
    }

    /// What is known of elements of this class.
    pub fn get(&self, class: Class) -> &Element {
        &self.elements[(class & !REFERS) as usize]
    }
}

/// Whether an element of this class refers to a relationship.
pub fn refers(class: Class) -> bool {
    class & REFERS != 0
}

/// The elements around a place.
pub struct Path {
    classes: Vec<Class>,
    elements: &'static Elements,
}

impl Default for Path {
    fn default() -> Path {
        Path::of(elements())
    }
}

impl Path {
    /// No elements, whose classes are from there.
    pub fn of(elements: &'static Elements) -> Path {
        Path { classes: Vec::new(), elements }
    }

    pub fn push(&mut self, class: Class) {
        self.classes.push(class);
    }

    pub fn pop(&mut self) {
        self.classes.pop();
    }

    /// The name so many steps out; the innermost is 0 steps out. Empty beyond the root, and for what no rule knows.
    pub fn up(&self, steps: usize) -> &'static str {
        self.element(steps).name
    }

    /// What the innermost element means.
    pub fn role(&self) -> Role {
        self.element(0).role
    }

    fn element(&self, steps: usize) -> &'static Element {
        let class = self.classes.len().checked_sub(steps + 1).map(|index| self.classes[index]);
        self.elements.get(class.unwrap_or_default())
    }
}
