//! Something that ends before it begins, or that is agreed on when it has ended.

use super::{Findings, Rule, histories};
use crate::calculate::period;
use crate::diagnostic::{Code, Severity};
use crate::model::{Date, Lifecycle, Service, ServiceOffering};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(180),
    name: "dates-in-order",
    severity: Severity::Error,
    draft: Severity::Error,
    paragraph: "katalogen",
    docs: "Första dagen kommer före den sista, i utgåvan och i allt som gäller för en tid: SLA, stödjande kontrakt, priser, \
           livscykler och styrande dokument. Är datumen omkastade gäller det inte en enda dag. Ett SLA undertecknas, avsnitten i \
           ett Tjänste-OLA godkänns och katalogens dokument får sina versioner senast den sista dagen: ett senare datum är \
           felskrivet.",
    wrong: &[(
        "kontrakt/leverantorsstod.yaml",
        "
        giltig_från: 2028-12-31
        giltig_till: 2026-01-01
        ",
    )],
    right: &[(
        "kontrakt/leverantorsstod.yaml",
        "
        giltig_från: 2026-01-01
        giltig_till: 2028-12-31
        ",
    )],
    cure: "rätta det datum som är fel",
    check,
};

/// Where a life whose last day comes before its first is told.
pub(super) const LAST_DAY: &str = "livscykel.till";

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let mut ask = Ask { findings };
    let edition = &catalog.catalogue.edition;
    ask.about("katalog", || "utgåva.giltig_till".into(), || "utgåvan".into(), edition.valid_from, edition.valid_to);
    let entities = &catalog.entities();
    for service in &entities.services {
        if let Some(agreement) = &service.agreement {
            let (path, what) = (|| "sla.giltig_till".into(), || format!("SLA för {}", quoted(&service.name)));
            ask.about(&service.id, path, what, agreement.valid_from, agreement.valid_to);
        }
        ask.about_agreement(catalog, service);
        ask.about_life(&service.id, &service.name, service.lifecycle.as_ref());
        ask.about_prices(&service.id, &service.offerings);
    }
    for service in &entities.supporting_services {
        ask.about_life(&service.id, &service.name, service.lifecycle.as_ref());
        ask.about_prices(&service.id, &service.offerings);
    }
    for product in &entities.products {
        ask.about_life(&product.id, &product.name, product.lifecycle.as_ref());
    }
    for contract in &entities.contracts {
        ask.about(
            &contract.id,
            || "giltig_till".into(),
            || quoted(&contract.name),
            contract.valid_from,
            contract.valid_to,
        );
    }
    for document in &entities.governing_documents {
        ask.about(
            &document.id,
            || "giltig_till".into(),
            || quoted(&document.name),
            document.valid_from,
            document.valid_to,
        );
    }
    for history in histories::all(catalog).into_iter().filter(|history| history.id == "katalog") {
        for (at, (version, day)) in history.versions.iter().enumerate() {
            let (path, title) = (|| history.path(at, "datum"), history.title);
            let what = || format!("version {version} av {} är från", quoted(title));
            ask.about_end("katalog", path, what, *day, "utgåvan", edition.last_day());
        }
    }
}

fn quoted(name: &str) -> String {
    format!("”{name}”")
}

struct Ask<'f, 'a> {
    findings: &'f mut Findings<'a>,
}

impl Ask<'_, '_> {
    /// Almost all dates are in order, and need no words.
    fn about(
        &mut self,
        id: &str,
        path: impl FnOnce() -> String,
        what: impl FnOnce() -> String,
        from: Option<Date>,
        to: Option<Date>,
    ) {
        let (Some(from), Some(to)) = (from, to) else { return };
        if to < from {
            let (to, from) = (text::date(to), text::date(from));
            let message = format!("{} slutar {to}, före den första dagen, {from}", what());
            self.findings.add(id, &path(), message, RULE.cure);
        }
    }

    /// Whether what is agreed on was signed and approved while it lasted.
    fn about_agreement(&mut self, catalog: &Catalog, service: &Service) {
        let days = period::of_agreement(catalog, service);
        // Of days in disorder either may be the wrong one, which is told.
        if !period::is_some(days) {
            return;
        }
        let (_, last) = days;
        let signatures = service.agreement.iter().flat_map(|agreement| &agreement.signatures);
        for (at, signature) in signatures.enumerate() {
            let path = || format!("sla.underskrifter.{at}.datum");
            let what = || format!("SLA för {} är undertecknat", quoted(&service.name));
            self.about_end(&service.id, path, what, signature.date, "det", last);
        }
        let whole = if service.agreement.is_some() { "SLA" } else { "utgåvan" };
        for (at, section) in service.sections().iter().enumerate() {
            let path = || format!("ola.avsnitt.{at}.godkänd");
            let what = || format!("avsnittet {} för {} är godkänt", quoted(&section.name), quoted(&service.name));
            self.about_end(&service.id, path, what, section.approved, whole, last);
        }
    }

    /// What has been done on a day is done before something else has ended.
    fn about_end(
        &mut self,
        id: &str,
        path: impl FnOnce() -> String,
        what: impl FnOnce() -> String,
        day: Option<Date>,
        whole: &str,
        last: Date,
    ) {
        if let Some(day) = day.filter(|day| *day > last) {
            let message = format!("{} {}, men {whole} gäller till {}", what(), text::date(day), text::date(last));
            self.findings.add(id, &path(), message, RULE.cure);
        }
    }

    fn about_life(&mut self, id: &str, name: &str, lifecycle: Option<&Lifecycle>) {
        let Some(lifecycle) = lifecycle else { return };
        self.about(id, || LAST_DAY.into(), || quoted(name), lifecycle.from, lifecycle.to);
    }

    fn about_prices(&mut self, id: &str, offerings: &[ServiceOffering]) {
        for (at, offering) in offerings.iter().enumerate() {
            for (item_at, item) in offering.prices.iter().enumerate() {
                let path = || format!("erbjudanden.{at}.priser.{item_at}.giltig_till");
                let what = || format!("priset för artikel {}", item.article);
                self.about(id, path, what, item.valid_from, item.valid_to);
            }
        }
    }
}
