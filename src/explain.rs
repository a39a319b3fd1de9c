//! The rules as they are explained: to whoever asks in a terminal, and as a chapter of the handbook.
//!
//! Both are printed from the records that the program itself goes by, as Markdown that can be read as it stands.

use std::fmt::Write as _;

use crate::check::{Example, unindented};
use crate::records::{self, Record};
use crate::text;

/// The rule with a code (`K123`) or a name; the error is the name nearest to it, if one is near.
pub fn find(name: &str) -> Result<Record, Option<&'static str>> {
    let name = name.trim();
    let records = records::all();
    let found = records.iter().find(|record| record.name == name || record.code.to_string().eq_ignore_ascii_case(name));
    found.copied().ok_or_else(|| text::did_you_mean(name, records.iter().map(|record| record.name)))
}

/// A line for each rule: code, weight, name and where it is asked for.
pub fn list() -> String {
    let mut out = String::new();
    for record in records::all() {
        let weight = record.severity.label();
        let _ =
            writeln!(out, "{}  {weight:<7}  {:<34}  {}", record.code, record.name, record.asked.unwrap_or_default());
    }
    out
}

/// The handbook's chapter: every rule.
pub fn chapter() -> String {
    let mut out = String::from(INTRODUCTION);
    for record in records::all() {
        out.push('\n');
        out.push_str(&rule(&record));
    }
    out
}

const INTRODUCTION: &str = "# Regler

Det här är allt som `katalog check` och `katalog build` kan anmärka på. Varje anmärkning har en kod. `katalog explain K105`
visar vad en av dem betyder. I exemplen står `# …` för övriga nycklar.

Ett fel stoppar publiceringen, en varning gör det bara med `--strict`, och en upplysning är värd att känna till. Medan
utgåvan skrivs (utkast och remiss) väger det som saknas lättare än när den är beslutad.

Hur en regel väger kan ändras i `katalog.yaml`, med regelns kod eller namn:

```yaml
regler: {K105: av, product-levels: fel}     # fel, varning, info eller av
```

Ett undantag gäller en regel för en enda post, av ett skäl och för en tid. Det skrivs i `undantag.yaml` och trycks i en
bilaga till tjänstekatalogen:

```yaml
- id: hosting-utan-brons
  regel: K132
  gäller: hosting-server                    # utelämnas för det som gäller katalogen som helhet
  skäl: Plattformen levereras bara dygnet runt.
  beslutat_av: processagare-tjanstekatalog
  giltig_till: 2027-12-31
```
";

/// What there is to know of one rule.
pub fn rule(record: &Record) -> String {
    let Record { code, name, docs, cure, .. } = record;
    let mut out = format!("## {code} {name}\n\n- Vikt: {}\n", weight(record));
    if let Some(asked) = record.asked {
        let _ = writeln!(out, "- Källa: {asked}");
    }
    let _ = write!(out, "\n{docs}\n");
    examples(&mut out, "Fel", record.wrong);
    examples(&mut out, "Rätt", record.right);
    let _ = write!(out, "\nÅtgärd: {cure}.\n");
    out
}

/// How much a finding weighs, in words.
fn weight(record: &Record) -> String {
    let label = record.severity.label();
    match record.draft == record.severity {
        true => label.to_string(),
        false => format!("{label} i en beslutad utgåva, annars {}", record.draft.label()),
    }
}

fn examples(out: &mut String, heading: &str, example: Example) {
    for (at, (path, text)) in example.iter().enumerate() {
        let heading = if at == 0 { heading } else { "och" };
        let _ = write!(out, "\n{heading}, i `{path}`:\n\n```yaml\n{}```\n", unindented(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_found_by_code_and_by_name() {
        for name in ["K105", "k105", "holidays-not-deducted"] {
            assert_eq!(find(name).map(|record| record.code.0).ok(), Some(105), "{name}");
        }
        assert_eq!(find("holiday-not-deducted").err(), Some(Some("holidays-not-deducted")));
        assert_eq!(find("K999").err(), Some(None));
    }

    #[test]
    fn a_rule_is_told_with_its_examples() {
        insta::assert_snapshot!(rule(&find("K106").unwrap()), @"
        ## K106 governing-document-expired

        - Vikt: varning
        - Källa: § 1.6

        Det som katalogen följer ska gälla under hela utgåvan. Ett styrande dokument vars giltighet går ut före utgåvans slut behöver förlängas eller ersättas, och ett som börjar gälla senare än utgåvan är inte det som gäller från början.

        Fel, i `styrande-dokument.yaml`:

        ```yaml
        - {id: riktlinjen, titel: Produkt och tjänstemodell 2.0, giltig_till: 2026-06-30}
        ```

        Rätt, i `styrande-dokument.yaml`:

        ```yaml
        - {id: riktlinjen, titel: Produkt och tjänstemodell 2.0, giltig_till: 2027-12-31}
        ```

        Åtgärd: förnya dokumentet, eller ange det som har ersatt det.
        ");
    }
}
