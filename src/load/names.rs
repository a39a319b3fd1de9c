//! How files and ids are called, and what a name that is none was meant to be.

use super::sources::CATALOGUE;
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::model::PLACES;
use crate::{paths, text};

/// What is said of something that is none of the files which a folder is for.
pub fn only(place: Place, name: &str, is_folder: bool, files: &str, ending: &str) -> Diagnostic {
    let message = match is_folder {
        true => format!("”{name}” är en mapp, men här får bara {files} ligga ({ending})"),
        false => format!("här får bara {files} ligga ({ending})"),
    };
    let help = match is_folder {
        true => "flytta filerna i mappen hit, och ta bort den".to_string(),
        false => format!("ge filen ändelsen {ending} om den hör hit, eller flytta den ut ur mappen"),
    };
    Diagnostic::error(codes::UNKNOWN_FILE, place, message).with_help(help)
}

/// What is said of a folder that is named as a file, or a file that is named as a folder, if it is that.
pub fn mistaken(name: &str, is_folder: bool, known: &[&str]) -> Option<(String, String)> {
    let stem = if is_folder { yaml_stem(name)? } else { name };
    if !known.contains(&stem) {
        return None;
    }
    Some(match (is_folder, stem) {
        (true, CATALOGUE) => (
            format!("”{name}” är en mapp, men ska vara en fil"),
            "skriv uppgifterna i en fil med det namnet".to_string(),
        ),
        (true, _) => (
            format!("”{name}” är en mapp, men heter som en fil, och ingen läser den"),
            format!("kalla mappen ”{stem}”, eller gör en fil av den"),
        ),
        (false, CATALOGUE) => {
            (format!("”{name}” saknar sin ändelse, och ingen läser den"), format!("kalla filen {name}.yaml"))
        }
        (false, _) => (
            format!("”{name}” ska vara en mapp, men är ingen, och ingen läser den"),
            "lägg uppgifterna i filer i en mapp med det namnet".to_string(),
        ),
    })
}

/// The lists that a file or folder of that name holds, if it holds several.
pub fn lists_in(stem: &str) -> impl Iterator<Item = &'static str> {
    let stem = yaml_stem(stem).unwrap_or(stem).to_string();
    PLACES.iter().filter_map(move |at| at.split_once('#').filter(|(of, _)| *of == stem).map(|(_, list)| list))
}

/// The name without its ending, of a file whose ending was meant to say that it is YAML: `.YAML`, `.yaml.txt`.
pub fn meant_stem(name: &str) -> Option<String> {
    let name = name.to_lowercase();
    let name = name.strip_suffix(".txt").unwrap_or(&name);
    yaml_stem(name).map(str::to_string)
}

/// The name without its ending, of a YAML file.
pub fn yaml_stem(name: &str) -> Option<&str> {
    name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"))
}

/// Why a text is no id, and what to do about it.
pub(crate) fn no_id(text: &str) -> Option<(String, Option<String>)> {
    if !is_id(text) {
        let message =
            format!("”{text}” kan inte vara ett id: det skrivs med a–z, siffror och bindestreck, högst 64 tecken");
        let slug = text::slug(text);
        return Some((message, is_id(&slug).then(|| format!("byt till ”{slug}”"))));
    }
    let message = format!("”{text}” kan inte vara ett id: Windows tillåter inga filer med det namnet");
    paths::is_device(text).then(|| (message, Some(format!("lägg till ett ord, som i ”{text}-drift”"))))
}

/// Lower-case ASCII letters, digits and single hyphens between them.
fn is_id(text: &str) -> bool {
    let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.len() <= 64 && text.split('-').all(word)
}
