//! The price list as rows for a spreadsheet.

use crate::calculate::price;
use crate::document::{Sheet, Value};
use crate::markdown;
use crate::model::{Amount, Date, Edition, Lifecycle, Price, PriceItem, ServiceOffering};
use crate::resolve::Catalog;

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
    let services = services.map(|of| (&of.name, of.example, &of.offerings, of.lifecycle.as_ref()));
    let supporting = entities.supporting_services.iter();
    let supporting = supporting.map(|of| (&of.name, of.example, &of.offerings, of.lifecycle.as_ref()));
    let mut rows = Vec::new();
    let mut shows_example = false;
    for (name, is_example, offerings, lifecycle) in services.chain(supporting) {
        let days = days_of(edition, lifecycle);
        for offering in offerings.iter().filter(|offering| !offering.prices.is_empty()) {
            shows_example |= is_example || offering.is_example();
            for item in &offering.prices {
                push_rows(item, name, offering, days, catalog, &mut rows);
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

/// From when and until when a price holds that does not say so itself: in the edition, as long as the service is there. Of
/// one that is not there at all nothing is said.
fn days_of(edition: &Edition, lifecycle: Option<&Lifecycle>) -> (Option<Date>, Option<Date>) {
    let days = edition.days();
    if Lifecycle::is_outside(lifecycle, days) {
        return (None, None);
    }
    let begins = lifecycle.and_then(|lifecycle| lifecycle.from).filter(|begins| *begins > days.0);
    let ends = lifecycle.and_then(|lifecycle| lifecycle.to).filter(|ends| (days.0..days.1).contains(ends));
    (begins.or(edition.valid_from), ends.or(edition.valid_to))
}

fn push_rows(
    item: &PriceItem,
    service: &str,
    offering: &ServiceOffering,
    (first, last): (Option<Date>, Option<Date>),
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
    for (volume, price) in steps {
        let amount = price.and_then(|price| price.amount());
        let word = price.filter(|_| amount.is_none()).map(|price| price.to_string());
        // The edition's days go with a price's own only where it begins before it ends.
        let from = item.valid_from.or(first.filter(|from| item.valid_to.is_none_or(|to| *from <= to)));
        let to = item.valid_to.or(last.filter(|to| item.valid_from.is_none_or(|from| from <= *to)));
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
            some_text(item.note.as_ref().map(|note| markdown::letters(catalog.text(&note.handle).unwrap_or_default()))),
        ]);
    }
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
    fn a_remark_is_told_whole_in_one_cell() {
        let service = "namn: A\nerbjudanden:\n  - suffix: B\n    priser:\n      - artikel: '1'\n        benämning: C\n        \
            pris: 1\n        fotnot: |\n          Gäller inte:\n\n          - jour\n          - beredskap\n\n          \
            Ytor ingår.[^a]\n\n          [^a]: Dock inte i juli.\n";
        let (_folder, catalog) = catalog_of(&[("tjanster/a.yaml", service)]);
        let told = "Gäller inte: jour; beredskap; Ytor ingår. (Dock inte i juli.)".to_string();
        assert_eq!(sheet(&catalog).rows[0][15], Value::Text(told));
    }
}
