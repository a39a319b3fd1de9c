//! Linked data: what each page of the site says of itself to a machine, as JSON-LD in schema.org's words and, of IS/IT
//! services, in those of CPSV-AP 3.2, the European profile for public services.
//!
//! The context stands in each page, so that nobody has to fetch one. An address is absolute where the site has one, and
//! else the way there from the page. Of a person it says no more than that there is a page.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rustc_hash::FxHashSet;
use serde_json::{Value as Json, json};

use super::addresses::Addresses;
use crate::calculate::price;
use crate::document::{Block, Document, Page, Publication, Publisher, document_page, plain_text, walk};
use crate::model::{
    Amount, AvailabilityLevel, Customer, CustomerKind, Department, Edition, Entity, GlossaryTerm, Hours, Kind,
    Markdown, Period, PriceItem, Product, Service, ServiceLevel, ServiceLevelAgreement, ServiceOffering,
    SupportingClass, SupportingService, VatRule,
};
use crate::resolve::Catalog;

/// The site's first page.
const START: &str = "index.html";
/// A page with more offers than this says how many there are and where: its data is to stay small.
const MOST_OFFERS: usize = 3;

/// Says of the pages what they say to machines.
pub struct Linked<'a> {
    catalog: &'a Catalog,
    publication: &'a Publication,
    /// The ids of all words with a meaning: they are few, and are asked for among the thousands below a page.
    terms: FxHashSet<&'a str>,
}

impl<'a> Linked<'a> {
    /// Of the pages of a publication.
    pub fn of(catalog: &'a Catalog, publication: &'a Publication) -> Linked<'a> {
        let terms = catalog.all::<GlossaryTerm>().iter().map(Entity::id);
        let levels = catalog.all::<ServiceLevel>().iter().map(Entity::id);
        let availability = catalog.all::<AvailabilityLevel>().iter().map(Entity::id);
        Linked { catalog, publication, terms: terms.chain(levels).chain(availability).collect() }
    }

    /// What a page says.
    pub fn page(&self, page: &Page) -> Json {
        let below = self.publication.pages_below(&page.path).filter_map(|page| page.about.as_deref());
        let terms: Vec<&str> = below.filter(|id| self.terms.contains(id)).collect();
        self.linker(&page.path).page(page, &terms)
    }

    /// What a document's page says.
    pub fn document(&self, document: &Document) -> Json {
        let path = document_page(&document.name);
        self.linker(&path).document(document, &path)
    }

    fn linker(&self, path: &str) -> Linker<'_> {
        let publisher = &self.publication.publisher;
        let root = publisher.site.clone().unwrap_or_else(|| "../".repeat(path.matches('/').count()));
        let addresses = Addresses { root, targets: &self.publication.targets };
        Linker { catalog: self.catalog, publisher, publication: self.publication, addresses }
    }
}

/// What words without a prefix mean.
fn context() -> Json {
    json!({
        "@vocab": "https://schema.org/",
        "dayOfWeek": {"@type": "@vocab"},
    })
}

/// The same with the words of CPSV-AP, which asks for texts with a language.
fn context_of_service() -> Json {
    let mut context = context();
    for (prefix, vocabulary) in [
        ("cpsv", "http://purl.org/vocab/cpsv#"),
        ("cv", "http://data.europa.eu/m8g/"),
        ("dct", "http://purl.org/dc/terms/"),
        ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ] {
        context[prefix] = json!(vocabulary);
    }
    for text in ["dct:title", "dct:description", "skos:prefLabel"] {
        context[text] = json!({"@id": text, "@language": "sv"});
    }
    context
}

/// Says things from where one page stands.
struct Linker<'a> {
    catalog: &'a Catalog,
    publisher: &'a Publisher,
    publication: &'a Publication,
    addresses: Addresses<'a>,
}

impl Linker<'_> {
    /// `terms` are those that have pages below this one.
    fn page(&self, page: &Page, terms: &[&str]) -> Json {
        let mut nodes = vec![self.web_page(&page.path, &page.title, page.summary.as_deref(), page.parent.as_deref())];
        let main = page.about.as_deref().and_then(|id| self.thing(id, page));
        if let Some(main) = &main {
            nodes[0]["mainEntity"] = json!({"@id": main["@id"]});
        }
        nodes.extend(main);
        if page.path == START {
            nodes.push(self.data(page));
        }
        if !terms.is_empty() {
            let mut set = self.term_set(page);
            set["hasDefinedTerm"] = terms.iter().map(|id| self.named(id, json!("DefinedTerm"), &[])).collect();
            nodes.push(set);
        }
        let is_service = page.about.as_deref().is_some_and(|id| self.catalog.get::<Service>(id).is_some());
        if is_service {
            nodes.push(self.authority());
        }
        let context = if is_service { context_of_service() } else { context() };
        json!({"@context": context, "@graph": nodes})
    }

    fn document(&self, document: &Document, path: &str) -> Json {
        let metadata = &document.metadata;
        let mut page = self.web_page(path, &metadata.title, metadata.summary.as_deref(), Some(START));
        let mut main = json!({
            "@id": format!("{}#dokument", self.addresses.of_path(path)),
            "@type": "DigitalDocument",
            "name": metadata.title,
            "version": metadata.version,
            "creativeWorkStatus": metadata.status,
            "inLanguage": "sv",
            "publisher": self.publisher(),
        });
        add(&mut main, "temporalCoverage", period(&self.catalog.catalogue.edition));
        page["mainEntity"] = main;
        json!({"@context": context(), "@graph": [page]})
    }

    fn web_page(&self, path: &str, title: &str, summary: Option<&str>, parent: Option<&str>) -> Json {
        let id = self.addresses.of_path(path);
        let mut page = json!({"@id": id, "@type": "WebPage", "name": title, "inLanguage": "sv"});
        add(&mut page, "description", summary.map(|summary| json!(summary)));
        let site = self.publication.page(START).map(|start| {
            let id = format!("{}#webbplats", self.addresses.of_path(START));
            json!({"@id": id, "@type": "WebSite", "name": start.title})
        });
        add(&mut page, "isPartOf", site);
        let mut crumbs: Vec<(&str, &str)> = vec![(path, title)];
        for above in self.publication.pages_above(parent) {
            // As the menu calls it, and the page's own trail.
            crumbs.push((&above.path, above.navigation.as_ref().map_or(&above.title, |entry| &entry.label)));
        }
        let items = crumbs.iter().rev().enumerate().map(|(at, (path, title))| {
            let item = json!({"@id": self.addresses.of_path(path)});
            json!({"@type": "ListItem", "position": at + 1, "name": title, "item": item})
        });
        page["breadcrumb"] = json!({"@type": "BreadcrumbList", "itemListElement": items.collect::<Vec<_>>()});
        page
    }

    /// The edition as data. The writer leaves it out where no data is written.
    fn data(&self, start: &Page) -> Json {
        let edition = &self.catalog.catalogue.edition;
        let mut data = json!({
            "@id": format!("{}#data", self.addresses.of_path(START)),
            "@type": "Dataset",
            "name": format!("{} {}", start.title, edition.year),
            "version": edition.version,
            "inLanguage": "sv",
            "publisher": self.publisher(),
            "distribution": {
                "@type": "DataDownload",
                "encodingFormat": "application/json",
                // The data lies beside the site, wherever that is.
                "contentUrl": {"@id": format!("../json/katalog-{}.json", edition.year)},
            },
        });
        add(&mut data, "description", start.summary.as_ref().map(|summary| json!(summary)));
        add(&mut data, "temporalCoverage", period(edition));
        data
    }

    fn publisher(&self) -> Json {
        let id = format!("{}#organisation", self.addresses.of_path(START));
        json!({"@id": id, "@type": "GovernmentOrganization", "name": self.publisher.organisation})
    }

    /// The publisher as CPSV-AP's competent authority.
    fn authority(&self) -> Json {
        let mut authority = self.publisher();
        authority["@type"] = json!(["GovernmentOrganization", "cv:PublicOrganisation"]);
        authority["skos:prefLabel"] = json!(self.publisher.organisation);
        if !self.publisher.unit.is_empty() {
            authority["department"] = json!({"@type": "GovernmentOrganization", "name": self.publisher.unit});
        }
        authority
    }

    /// What a page is all about, where schema.org has a word for that.
    fn thing(&self, id: &str, page: &Page) -> Option<Json> {
        match self.catalog.entry(id)?.kind {
            kind if is_term(kind) => Some(self.term(id, page)),
            Kind::Service => self.catalog.get(id).map(|service| self.service(service)),
            Kind::SupportingService => self.catalog.get(id).map(|service| self.supporting_service(service)),
            Kind::Product => self.catalog.get(id).map(|product| self.product(product)),
            // Of people, nothing; for the others schema.org has no word.
            _ => self.organisation(id),
        }
    }

    fn service(&self, service: &Service) -> Json {
        let provider = json!({"@id": self.publisher()["@id"]});
        let description = self.in_short(service.summary.as_ref(), service.description.as_ref());
        let mut node = self.named(&service.id, json!(["GovernmentService", "cpsv:PublicService"]), &service.synonyms);
        add(&mut node, "description", description.clone());
        add(&mut node, "dct:description", description);
        node["identifier"] = json!(service.id);
        node["dct:identifier"] = json!(service.id);
        node["dct:title"] = json!(service.name);
        node["provider"] = provider.clone();
        node["cv:hasCompetentAuthority"] = provider;
        add(&mut node, "serviceType", service.area.as_ref().map(|area| json!(area)));
        let audience = service.audience.as_ref().map(|text| self.paragraphs(text)).filter(|text| !text.is_empty());
        add(&mut node, "audience", audience.map(|text| json!({"@type": "Audience", "audienceType": one_or_all(text)})));
        let products: Vec<&str> = service.products.iter().map(|product| product.id.as_str()).collect();
        add(&mut node, "isRelatedTo", self.references(&products));
        add(&mut node, "dct:requires", self.references(&called_for(service)));
        if let Some(agreement) = &service.agreement {
            let terms = self.addresses.of(&agreement.level.id).map(|url| json!({"@id": url}));
            add(&mut node, "termsOfService", terms);
            node["hoursAvailable"] = self.opening_hours(agreement);
        }
        add(&mut node, "offers", self.offers(&service.id, &service.offerings));
        node
    }

    fn supporting_service(&self, service: &SupportingService) -> Json {
        let mut node = self.named(&service.id, json!("Service"), &service.synonyms);
        node["identifier"] = json!(service.id);
        node["provider"] = self.publisher();
        node["serviceType"] = json!(match service.class {
            SupportingClass::Technical => "Teknisk tjänst",
            SupportingClass::Delivery => "Leveranstjänst",
        });
        add(&mut node, "description", self.in_short(service.summary.as_ref(), service.description.as_ref()));
        let products: Vec<&str> = service.products.iter().map(|product| product.id.as_str()).collect();
        add(&mut node, "isRelatedTo", self.references(&products));
        add(&mut node, "offers", self.offers(&service.id, &service.offerings));
        node
    }

    /// `Product` is schema.org's word for any offered product, not only for goods.
    fn product(&self, product: &Product) -> Json {
        let mut node = self.named(&product.id, json!("Product"), &product.synonyms);
        node["productID"] = json!(product.id);
        add(&mut node, "category", product.area.as_ref().map(|area| json!(area)));
        add(&mut node, "description", self.in_short(product.summary.as_ref(), product.description.as_ref()));
        let owner = product.department.as_ref().and_then(|department| self.organisation(&department.id));
        add(&mut node, "owner", owner);
        let enclosed: Vec<&str> = product.contains.iter().map(|enclosed| enclosed.id.as_str()).collect();
        add(&mut node, "isRelatedTo", self.references(&enclosed));
        node
    }

    fn term(&self, id: &str, page: &Page) -> Json {
        let term = self.catalog.get::<GlossaryTerm>(id);
        let mut node = self.named(id, json!("DefinedTerm"), term.map_or(&[], |term| &term.synonyms));
        node["termCode"] = json!(id);
        add(&mut node, "description", self.in_short(None, term.and_then(|term| term.definition.as_ref())));
        let above = page.parent.as_deref().and_then(|path| self.publication.page(path));
        add(&mut node, "inDefinedTermSet", above.map(|above| self.term_set(above)));
        node
    }

    /// The terms below a page.
    fn term_set(&self, page: &Page) -> Json {
        let id = format!("{}#begrepp", self.addresses.of_path(&page.path));
        json!({"@id": id, "@type": "DefinedTermSet", "name": page.title})
    }

    /// A department or a customer.
    fn organisation(&self, id: &str) -> Option<Json> {
        let (abbreviation, kind) = match self.catalog.entry(id)?.kind {
            Kind::Department => (&self.catalog.get::<Department>(id)?.abbreviation, "GovernmentOrganization"),
            Kind::Customer => {
                let customer = self.catalog.get::<Customer>(id)?;
                // A company that the region owns is no authority.
                let is_authority = customer.kind == Some(CustomerKind::Administration);
                (&customer.abbreviation, if is_authority { "GovernmentOrganization" } else { "Organization" })
            }
            _ => return None,
        };
        Some(self.named(id, json!(kind), abbreviation.as_slice()))
    }

    fn named(&self, id: &str, kind: Json, other_names: &[String]) -> Json {
        let name = self.catalog.entry(id).map_or(id, |entry| &entry.name);
        let mut node = json!({"@type": kind, "name": name});
        add(&mut node, "@id", self.identity(id).map(|id| json!(id)));
        let other_names = (!other_names.is_empty()).then(|| one_or_all(other_names.to_vec()));
        add(&mut node, "alternateName", other_names);
        node
    }

    /// A thing is told from the page about it by the anchor of its heading.
    fn identity(&self, id: &str) -> Option<String> {
        let url = self.addresses.of(id)?;
        Some(if url.contains('#') { url } else { format!("{url}#{id}") })
    }

    fn references(&self, ids: &[&str]) -> Option<Json> {
        let ids: BTreeSet<String> = ids.iter().filter_map(|id| self.identity(id)).collect();
        (!ids.is_empty()).then(|| ids.into_iter().map(|id| json!({"@id": id})).collect())
    }

    /// One sentence, or a text's first paragraph.
    fn in_short(&self, summary: Option<&String>, description: Option<&Markdown>) -> Option<Json> {
        let first = || self.paragraphs(description?).into_iter().next();
        summary.cloned().or_else(first).map(|text| json!(text))
    }

    /// The paragraphs of a text, those in lists too, as letters.
    fn paragraphs(&self, text: &Markdown) -> Vec<String> {
        let mut found = Vec::new();
        walk(self.catalog.text(&text.handle).unwrap_or_default(), &mut |block| {
            if let Block::Paragraph(inlines) = block {
                found.push(plain_text(inlines));
            }
        });
        found
    }

    /// When the service is available, and from when to when that is promised.
    fn opening_hours(&self, agreement: &ServiceLevelAgreement) -> Json {
        let week = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let office = &self.catalog.catalogue.office_hours;
        let mut hours = json!({"@type": "OpeningHoursSpecification"});
        let (days, opens, closes) = match self.catalog[&agreement.level].hours {
            Hours::Always => (&week[..], "00:00".to_string(), "23:59".to_string()),
            Hours::Office => (&week[..5], office.from.to_string(), office.to.to_string()),
        };
        hours["dayOfWeek"] = json!(days);
        hours["opens"] = json!(opens);
        hours["closes"] = json!(closes);
        add(&mut hours, "validFrom", agreement.valid_from.map(|day| json!(day)));
        add(&mut hours, "validThrough", agreement.valid_to.map(|day| json!(day)));
        hours
    }

    /// What costs an amount. Where that is much, how much it is, and where.
    fn offers(&self, service: &str, offerings: &[ServiceOffering]) -> Option<Json> {
        let items = offerings.iter().flat_map(|offering| offering.prices.iter().map(move |item| (offering, item)));
        let mut offers: Vec<Json> = items.filter_map(|(offering, item)| self.offer(offering, item)).collect();
        match offers.len() {
            0 => None,
            1 => offers.pop(),
            count if count <= MOST_OFFERS => Some(Json::Array(offers)),
            count => {
                let url = self.addresses.of(service).map(|url| json!({"@id": url}));
                let mut offers =
                    json!({"@type": "AggregateOffer", "offerCount": count, "priceCurrency": self.currency()});
                add(&mut offers, "url", url);
                Some(offers)
            }
        }
    }

    fn offer(&self, offering: &ServiceOffering, item: &PriceItem) -> Option<Json> {
        let mut prices: Vec<Json> = Vec::new();
        for step in price::steps(item) {
            let Some(amount) = step.price.amount() else { continue };
            let mut price = self.unit_price(item, amount);
            let mut volume = json!({"@type": "QuantitativeValue", "minValue": step.from});
            add(&mut volume, "maxValue", step.to.map(|to| json!(to)));
            price["eligibleQuantity"] = volume;
            prices.push(price);
        }
        if item.steps.is_empty() {
            prices.extend(item.price.and_then(|price| price.amount()).map(|amount| self.unit_price(item, amount)));
        }
        if let (Some(Amount(fee)), false) = (item.base_fee, prices.is_empty()) {
            let mut price = self.fixed_price(item, fee);
            price["name"] = json!("Grundavgift");
            prices.push(price);
        }
        if prices.is_empty() {
            return None;
        }
        let mut offer =
            json!({"@type": "Offer", "name": format!("{} – {}", offering.name, item.name), "sku": item.article});
        offer["priceSpecification"] = one_or_all(prices);
        let terms = price::terms(self.catalog, offering, item);
        let days = price::days(self.catalog, offering, item);
        add(&mut offer, "description", (!terms.is_empty()).then(|| json!(terms)));
        add(&mut offer, "validFrom", days.from.map(|day| json!(day)));
        add(&mut offer, "validThrough", days.to.map(|day| json!(day)));
        Some(offer)
    }

    fn unit_price(&self, item: &PriceItem, amount: Decimal) -> Json {
        let mut price = self.fixed_price(item, amount);
        add(&mut price, "unitText", item.unit.as_ref().map(|unit| json!(unit)));
        let block = item.block.filter(|block| *block != 1);
        add(&mut price, "referenceQuantity", block.map(|block| json!({"@type": "QuantitativeValue", "value": block})));
        price
    }

    /// What is paid whatever the volume.
    fn fixed_price(&self, item: &PriceItem, amount: Decimal) -> Json {
        let mut price = json!({
            "@type": "UnitPriceSpecification",
            "price": amount.to_string(),
            "priceCurrency": self.currency(),
        });
        price["valueAddedTaxIncluded"] = json!(self.catalog.catalogue.vat_rule() == VatRule::Including);
        add(&mut price, "billingDuration", item.period.and_then(billing_duration).map(|period| json!(period)));
        price
    }

    fn currency(&self) -> &str {
        self.catalog.catalogue.currency_code()
    }
}

/// What is a word with a meaning: levels are too.
fn is_term(kind: Kind) -> bool {
    matches!(kind, Kind::GlossaryTerm | Kind::ServiceLevel | Kind::AvailabilityLevel)
}

/// The supporting services whose offerings a service calls for.
fn called_for(service: &Service) -> Vec<&str> {
    let calls = service.calls().iter();
    calls.filter_map(|call| call.offering.id.split_once('.')).map(|(service, _)| service).collect()
}

/// The edition's first and last day.
fn period(edition: &Edition) -> Option<Json> {
    Some(json!(format!("{}/{}", edition.valid_from?, edition.valid_to?)))
}

/// For how long a price is paid, as ISO 8601 writes it; a price that is paid once is for no time.
fn billing_duration(period: Period) -> Option<&'static str> {
    match period {
        Period::Once => None,
        Period::Hour => Some("PT1H"),
        Period::Day => Some("P1D"),
        Period::Month => Some("P1M"),
        Period::Quarter => Some("P3M"),
        Period::Tertial => Some("P4M"),
        Period::Year => Some("P1Y"),
    }
}

fn one_or_all<T: Into<Json>>(mut values: Vec<T>) -> Json {
    match values.len() {
        1 => values.pop().map_or(Json::Null, Into::into),
        _ => values.into_iter().map(Into::into).collect(),
    }
}

/// Adds a property that there is a value for.
fn add(node: &mut Json, key: &str, value: Option<Json>) {
    if let Some(value) = value {
        node[key] = value;
    }
}
