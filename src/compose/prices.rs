//! The price list as rows for a spreadsheet.

use crate::calculate::price::{self, Days};
use crate::document::{Sheet, Value};
use crate::markdown;
use crate::model::{Amount, Date, Edition, Price, PriceItem, ServiceOffering};
use crate::resolve::Catalog;
use crate::text;

const COLUMNS: [&str; 16] = [
    "Artikel",
    "Tjänst",
    "Erbjudande",
    "Benämning",
    "Volym",
    "Pris (kr)",
    "I stället för pris",
    "Block",
    "Enhet",
    "Per",
    "Grundavgift (kr)",
    "Ingående volym",
    "Fakturering",
    "Giltig från",
    "Giltig till",
    "Anmärkning",
];

/// Every price item, a row each; an item with steps has a row a step.
pub fn sheet(catalog: &Catalog) -> Sheet {
    let catalogue = &catalog.catalogue;
    let edition = &catalogue.edition;
    let entities = catalog.entities();
    let services = entities.services.iter();
    let services = services.map(|of| (&of.name, of.example, &of.offerings));
    let supporting = entities.supporting_services.iter();
    let supporting = supporting.map(|of| (&of.name, of.example, &of.offerings));
    let mut rows = Vec::new();
    let mut shows_example = false;
    for (name, is_example, offerings) in services.chain(supporting) {
        for offering in offerings.iter().filter(|offering| !offering.prices.is_empty()) {
            shows_example |= is_example || offering.is_example();
            for item in &offering.prices {
                push_rows(item, name, offering, catalog, &mut rows);
            }
        }
    }
    let mut remarks = vec![
        format!("{} – {}", catalogue.organisation, catalogue.unit),
        format!("Utgåva {}, version {}, {}", edition.year, edition.version, edition.status.label().to_lowercase()),
        format!("Belopp i {}, {} moms", catalogue.currency_code(), catalogue.vat_rule().label()),
    ];
    if shows_example {
        remarks.push(crate::write::EXAMPLE_NOTICE.to_string());
    }
    let title = catalogue.documents.get("prislista").map_or("Prislista", |metadata| &metadata.title).to_string();
    let columns = COLUMNS.map(str::to_string).to_vec();
    Sheet { stem: format!("prislista-{}", edition.year), title, remarks, columns, rows }
}

fn push_rows(
    item: &PriceItem,
    service: &str,
    offering: &ServiceOffering,
    catalog: &Catalog,
    rows: &mut Vec<Vec<Value>>,
) {
    let mut steps: Vec<(String, Option<&Price>)> = Vec::new();
    for step in price::steps(item) {
        steps.push((step.volumes(), Some(step.price)));
    }
    if steps.is_empty() {
        steps.push((String::new(), item.price.as_ref()));
    }
    let days = price::days(catalog, offering, item);
    let (from, to) = days_told(&catalog.catalogue.edition, days);
    for (volume, price) in steps {
        let amount = price.and_then(|price| price.amount());
        let word = price.filter(|_| amount.is_none()).map(|price| price.to_string());
        rows.push(vec![
            Value::Text(item.article.clone()),
            Value::Text(service.to_string()),
            Value::Text(offering.name.clone()),
            Value::Text(item.name.clone()),
            some_text(Some(volume).filter(|volume| !volume.is_empty())),
            amount.map_or(Value::Empty, Value::Amount),
            some_text(word),
            item.block.map_or(Value::Empty, |block| Value::Number(block.into())),
            some_text(item.unit.clone()),
            some_text(item.period.map(|period| period.label().to_string())),
            item.base_fee.map_or(Value::Empty, |Amount(fee)| Value::Amount(fee)),
            item.included_volume.map_or(Value::Empty, |Amount(volume)| Value::Number(volume)),
            some_text(item.invoicing.clone()),
            from.map_or(Value::Empty, Value::Date),
            to.map_or(Value::Empty, Value::Date),
            some_text(remark(catalog, item, days)),
        ]);
    }
}

/// From when and until when a price holds: in the edition, unless it or its service says something else.
fn days_told(edition: &Edition, days: Days) -> (Option<Date>, Option<Date>) {
    if days.is_none {
        return (None, None);
    }
    // The edition's days go with a price's own only where it begins before it ends.
    let from = edition.valid_from.filter(|from| days.to.is_none_or(|to| *from <= to));
    let to = edition.valid_to.filter(|to| days.from.is_none_or(|from| from <= *to));
    (days.from.or(from), days.to.or(to))
}

/// What is remarked on a price, and that it does not hold, which no day tells.
fn remark(catalog: &Catalog, item: &PriceItem, days: Days) -> Option<String> {
    let note = item.note.as_ref().map(|note| markdown::letters(catalog.text(&note.handle).unwrap_or_default()));
    let absent = days.is_none.then(|| format!("{}.", text::capitalized(price::NOT_IN_EDITION)));
    let told: Vec<String> = absent.into_iter().chain(note).collect();
    (!told.is_empty()).then(|| told.join(" "))
}

fn some_text(text: Option<String>) -> Value {
    text.map_or(Value::Empty, Value::Text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::catalog_of;

    #[test]
    fn a_price_without_a_day_of_its_own_has_the_editions_unless_it_begins_after_it_ends() {
        let edition = "organisation: O\nenhet: E\nutgåva: {år: 2027, version: '1', status: utkast, \
            giltig_från: 2027-01-01, giltig_till: 2027-12-31}\n\
            kontorstid: {från: '08:00', till: '16:45', dagar_per_år: 260}\n";
        let days = |own: &str| {
            let service = format!(
                "namn: A\nerbjudanden: [{{suffix: B, priser: [{{artikel: '1', benämning: C, pris: 1{own}}}]}}]\n"
            );
            let (_folder, catalog) = catalog_of(&[("tjanster/a.yaml", &service), ("katalog.yaml", edition)]);
            let sheet = sheet(&catalog);
            [13, 14].map(|column| match &sheet.rows[0][column] {
                Value::Date(day) => day.to_string(),
                _ => String::new(),
            })
        };
        assert_eq!(days(""), ["2027-01-01", "2027-12-31"]);
        assert_eq!(days(", giltig_från: 2027-12-31"), ["2027-12-31", "2027-12-31"]);
        assert_eq!(days(", giltig_till: 2027-01-01"), ["2027-01-01", "2027-01-01"]);
        assert_eq!(days(", giltig_från: 2028-02-29"), ["2028-02-29", ""]);
        assert_eq!(days(", giltig_till: 2026-12-31"), ["", "2026-12-31"]);
    }

    #[test]
    fn a_price_holds_as_long_as_its_service_is_there() {
        let edition = |days: &str| {
            format!(
                "organisation: O\nenhet: E\nutgåva: {{år: 2027, version: '1', status: utkast{days}}}\n\
                 kontorstid: {{från: '08:00', till: '16:45', dagar_per_år: 260}}\n"
            )
        };
        let told = |days: &str, life: &str, own: &str| {
            let service = format!(
                "namn: A\nlivscykel: {{status: {life}}}\n\
                 erbjudanden: [{{suffix: B, priser: [{{artikel: '1', benämning: C, pris: 1{own}}}]}}]\n"
            );
            let (_folder, catalog) = catalog_of(&[("tjanster/a.yaml", &service), ("katalog.yaml", &edition(days))]);
            let offering = catalog.get_offering("a.b").unwrap();
            let [from, to, remark] = [13, 14, 15].map(|column| match &sheet(&catalog).rows[0][column] {
                Value::Date(day) => day.to_string(),
                Value::Text(text) => text.clone(),
                _ => String::new(),
            });
            let terms = price::terms(&catalog, offering, &offering.prices[0]).replace('\u{a0}', " ");
            (from, to, remark, terms)
        };
        let all_year = ", giltig_från: 2027-01-01, giltig_till: 2027-12-31";
        let is = |told: (String, String, String, String), wanted: [&str; 4]| {
            assert_eq!([&*told.0, &*told.1, &*told.2, &*told.3], wanted);
        };
        let ends = "under-avveckling, till: 2027-05-31";
        is(told(all_year, ends, ""), ["2027-01-01", "2027-05-31", "", "Till 31 maj 2027"]);
        is(told("", ends, ""), ["", "2027-05-31", "", "Till 31 maj 2027"]);
        is(
            told(all_year, ends, ", giltig_från: 2027-03-01"),
            ["2027-03-01", "2027-05-31", "", "Från 1 mars 2027; till 31 maj 2027"],
        );
        let begins = "planerad, från: 2027-09-01";
        is(told(all_year, begins, ""), ["2027-09-01", "2027-12-31", "", "Från 1 september 2027"]);
        let over = "avvecklad, till: 2026-05-31";
        let absent = "Gäller inte under utgåvans tid";
        is(told(all_year, over, ""), ["", "", &format!("{absent}."), absent]);
        is(told(all_year, over, ", giltig_till: 2026-05-31"), ["", "2026-05-31", "", "Till 31 maj 2026"]);
        is(told(", giltig_från: 2027-07-01", "aktiv", ""), ["2027-07-01", "", "", ""]);
    }

    #[test]
    fn a_remark_is_told_whole_in_one_cell() {
        let service = "namn: A\nerbjudanden:\n  - suffix: B\n    priser:\n      - artikel: '1'\n        benämning: C\n        \
            pris: 1\n        fotnot: |\n          Gäller inte:\n\n          - jour\n          - beredskap\n\n          \
            Ytor ingår.[^a]\n\n          [^a]: Dock inte i juli.\n";
        let (_folder, catalog) = catalog_of(&[("tjanster/a.yaml", service)]);
        let told = "Gäller inte: jour; beredskap; Ytor ingår. (Dock inte i juli.)".to_string();
        assert_eq!(sheet(&catalog).rows[0][15], Value::Text(told));
    }
}
