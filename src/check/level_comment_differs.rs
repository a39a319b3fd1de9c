//! A remark on a level that promises more than the level's own figures give.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Findings, Rule};
use crate::calculate::availability;
use crate::diagnostic::{Code, Severity};
use crate::model::{FromText, OfficeHours, Percent, ServiceLevel};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(195),
    name: "level-comment-differs",
    severity: Severity::Info,
    draft: Severity::Info,
    paragraph: "bilaga 1",
    docs: "En servicenivås återställsetid gånger antalet avbrott är den längsta tid som den får vara nere på ett år. Anger \
           kommentaren en tillgänglighet i procent ska det vara den som siffrorna ger, annars lovar nivån två olika saker.",
    wrong: &[(
        "servicenivaer.yaml",
        r#"- {id: platina, namn: Platina, öppettid: dygnet-runt, återställsetid: 10 minuter, avbrott_per_år: 1, kommentar: "Motsvarar 99,999 % av året."}"#,
    )],
    right: &[(
        "servicenivaer.yaml",
        r#"- {id: platina, namn: Platina, öppettid: dygnet-runt, återställsetid: 10 minuter, avbrott_per_år: 1, kommentar: "Motsvarar 99,998 % av året."}"#,
    )],
    cure: "rätta procenttalet, eller nivåns återställsetid och avbrott",
    check,
};

/// As many decimals as tell a minute of a year from none.
const MOST_DECIMALS: u32 = 4;

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let office = &catalog.catalogue.office_hours;
    for level in &catalog.entities().service_levels {
        let Some(stated) = level.comment.as_deref().and_then(stated_percent) else { continue };
        let Some(own) = own_percent(level, office, stated.0.scale()) else { continue };
        if own.0 != stated.0 {
            let worst = availability::worst_case_minutes(level).unwrap_or_default();
            let own = told(level, office, own);
            let minutes = if worst == 1 { "minuts" } else { "minuters" };
            let worst = text::number(worst.into());
            let message = format!(
                "kommentaren till ”{}” säger {stated}, men {worst} {minutes} avbrott på ett år ger {own}",
                level.name
            );
            findings.add(&level.id, "kommentar", message, RULE.cure);
        }
    }
}

/// The level's own percentage, with more decimals where it would be rounded to a whole year without an outage.
fn told(level: &ServiceLevel, office: &OfficeHours, own: Percent) -> Percent {
    let finer = (own.0.scale()..=MOST_DECIMALS).filter_map(|decimals| own_percent(level, office, decimals));
    finer.into_iter().find(|percent| percent.0 < Decimal::ONE_HUNDRED).unwrap_or(own)
}

/// The first percentage of a text that can be an availability.
fn stated_percent(text: &str) -> Option<Percent> {
    let own = text.match_indices('%').filter(|(at, sign)| is_of_time(&text[at + sign.len()..]));
    let figures = own.map(|(at, _)| text[..at].trim_end()).filter_map(|before| {
        let start = before
            .rfind(|c: char| !c.is_ascii_digit() && c != ',' && c != '.')
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        Percent::from_text(&before[start..]).ok()
    });
    figures.into_iter().find(|percent| percent.0 >= Decimal::from(50) && percent.0 <= Decimal::ONE_HUNDRED)
}

/// Whether a percentage before these words is of time: *99,9 % av året*, but not *80 % av tjänsterna*. Where nothing is said it
/// is.
fn is_of_time(after: &str) -> bool {
    let mut words = after.split_whitespace();
    let is_time = |word: &str| word.starts_with("år") || word.contains("tid");
    words.next() != Some("av") || words.take(2).any(is_time)
}

/// Percent of a year's time of operation that remains at worst, with so many decimals.
fn own_percent(level: &ServiceLevel, office: &OfficeHours, decimals: u32) -> Option<Percent> {
    let worst = Decimal::from(availability::worst_case_minutes(level)?).checked_mul(Decimal::ONE_HUNDRED)?;
    let operation = Decimal::from(availability::minutes_per_year(level.hours, office));
    let percent = Decimal::ONE_HUNDRED - worst.checked_div(operation)?;
    let mut rounded = percent.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(decimals);
    Some(Percent(rounded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_is_never_told_as_a_whole_year() {
        let level = "- {id: platina, namn: Platina, öppettid: dygnet-runt, återställsetid: 10 minuter, avbrott_per_år: 1, \
            kommentar: \"99,99 %\"}\n";
        let (_folder, catalog) = crate::testing::catalog_of(&[("servicenivaer.yaml", level)]);
        let found = crate::check::check(&catalog).into_iter().find(|finding| finding.code == RULE.code);
        let message = found.expect("it differs").message;
        assert!(message.contains("99,99\u{a0}%, men 10 minuters avbrott på ett år ger 99,998\u{a0}%"), "{message}");
    }

    #[test]
    fn the_percentage_of_a_remark_is_found_however_it_is_written() {
        let found = |text: &str| stated_percent(text).map(|percent| percent.0.to_string());
        assert_eq!(found("Tex 99,999% motsvarar ett avbrott"), Some("99.999".into()));
        assert_eq!(found("Högst 5 % av fallen; 99,95\u{a0}% av året"), Some("99.95".into()));
        assert_eq!(found("% och ö% och –99,9 %"), Some("99.9".into()));
        assert_eq!(found("Används av 80 % av tjänsterna."), None);
        assert_eq!(found("Används av 80 % av tjänsterna, 99,9 % av den tiden."), Some("99.9".into()));
        assert_eq!(found("Ingen siffra"), None);
    }
}
