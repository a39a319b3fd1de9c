//! The catalogue as data for other programs, and the JSON Schema that says what it holds.
//!
//! The schema is derived from the model, with what is worked out beside it ([`worked_out`]), so the two cannot drift
//! apart. It also leads the way through the data: what it calls a text, a length of time or a percentage is given in the
//! form that it promises, whatever templates are given.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value as Json, json};

use super::addresses::Addresses;
use super::context;
use crate::document::{Data, DataPart, Document, document_page};
use crate::markdown::{self, Own};
use crate::model::{Catalogue, Duration, Entities, FromText, Kind, Percent};
use crate::resolve::Catalog;

/// Name of the schema's file, beside the data in every edition.
const SCHEMA: &str = "katalog.schema.json";
/// Counted up when something that a program may rely on is changed or taken away; what is added leaves it.
const FORMAT: u32 = 1;
/// What only templates ask for; changes are told by the feed.
const VIEWS: [&str; 4] = ["call_groups", "changes", "entity_kind_name", "speaks_of_product"];
/// Where the schema keeps its definitions.
const DEFINITIONS: &str = "#/$defs/";

/// The catalogue as data, each entity in its form when it is asked for. `lists` are what templates see.
pub fn data<'a>(
    catalog: &'a Catalog,
    lists: &'a BTreeMap<&'static str, tera::Value>,
    documents: &'a [Document],
    addresses: &'a Addresses<'a>,
) -> Data<'a> {
    let schema = schema();
    let properties = schema["properties"].clone();
    let exporter = Arc::new(Exporter { catalog, addresses, schema });
    let mut data = Data::new();
    data.insert("$schema".into(), DataPart::Value(json!(SCHEMA)));
    data.insert("format".into(), DataPart::Value(json!(FORMAT)));
    let of_documents = Arc::clone(&exporter);
    let document = move |at: usize| of_documents.document(&documents[at]);
    data.insert("documents".into(), DataPart::List(documents.len(), Box::new(document)));
    for (name, list) in lists {
        let Some(schema) = properties.get(name) else { continue };
        let part = match list.as_array() {
            Some(entities) => {
                let (exporter, schema) = (Arc::clone(&exporter), schema["items"].clone());
                let entity = move |at: usize| exporter.value(&json!(entities[at]), &schema);
                DataPart::List(entities.len(), Box::new(entity))
            }
            None => DataPart::Value(exporter.value(&json!(list), schema)),
        };
        data.insert((*name).into(), part);
    }
    data
}

struct Exporter<'a> {
    catalog: &'a Catalog,
    addresses: &'a Addresses<'a>,
    schema: Json,
}

impl Exporter<'_> {
    fn document(&self, document: &Document) -> Json {
        let url = self.addresses.of_path(&document_page(&document.name));
        let mut entry = json!({"name": document.name, "title": document.metadata.title, "url": url});
        if let Some(about) = &document.about {
            entry["about"] = json!(about);
        }
        if let Some(summary) = &document.metadata.summary {
            entry["summary"] = json!(summary);
        }
        entry
    }

    /// A value in the form that its schema promises.
    fn value(&self, value: &Json, schema: &Json) -> Json {
        let name = schema["$ref"].as_str().and_then(|name| name.strip_prefix(DEFINITIONS));
        match (name, value) {
            (Some("Markdown"), Json::String(handle)) => json!(self.markdown(handle)),
            (Some("Duration"), Json::String(text)) => json!(duration(text)),
            (Some("Percent"), Json::String(text)) => json!(percent(text)),
            (Some(name), _) => self.value(value, &self.schema["$defs"][name]),
            (None, Json::Array(items)) => items.iter().map(|item| self.value(item, &schema["items"])).collect(),
            (None, Json::Object(map)) => Json::Object(self.object(map, schema)),
            (None, _) => value.clone(),
        }
    }

    /// An object without what is not given, and with its addresses.
    fn object(&self, map: &Map<String, Json>, schema: &Json) -> Map<String, Json> {
        let given = map.iter().filter(|(key, value)| !value.is_null() && !VIEWS.contains(&key.as_str()));
        let other = &schema["additionalProperties"];
        let of_key = |key: &str| schema["properties"].get(key).unwrap_or(other);
        let mut out: Map<String, Json> =
            given.map(|(key, value)| (key.clone(), self.value(value, of_key(key)))).collect();
        if let (Some(id), true) = (map.get("id").and_then(Json::as_str), map.contains_key("entity_kind")) {
            out.extend(self.addresses.of(id).map(|url| ("url".to_string(), json!(url))));
            out.insert("documents".into(), json!(self.addresses.in_documents(id)));
        }
        out
    }

    /// A text as its author wrote it. Links take the place of references, since nobody else can follow those; nothing
    /// else is changed, so that Markdown is still Markdown for whoever shows it, and can be read as it stands.
    fn markdown(&self, handle: &str) -> String {
        let handle = handle.strip_prefix("![[").and_then(|handle| handle.strip_suffix("]]")).unwrap_or(handle);
        let source = self.catalog.written(handle).unwrap_or_default();
        markdown::portable(source, &|own| match own {
            Own::Reference { id, shown } => self.link(id, shown),
            Own::Picture { name, description, caption } => {
                let caption = self.caption(caption).replace('\\', "\\\\").replace('"', "\\\"");
                let title = if caption.is_empty() { caption } else { format!(" \"{caption}\"") };
                format!("![{description}]({}{title})", self.addresses.of_path(&format!("bilder/{name}")))
            }
            Own::Drawing { description, caption } => {
                let said = [description.to_string(), escaped(&self.caption(caption))];
                said.into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join(" – ")
            }
            Own::Anchor => String::new(),
        })
    }

    /// The caption of a picture, in which no link can stand: what it refers to is called by its name.
    fn caption(&self, written: &str) -> String {
        markdown::portable(written, &|own| match own {
            Own::Reference { id, shown } => {
                let name = || self.catalog.entry(id).map_or(id, |entry| &entry.name);
                shown.unwrap_or_else(name).to_string()
            }
            Own::Picture { .. } | Own::Drawing { .. } | Own::Anchor => String::new(),
        })
    }

    fn link(&self, id: &str, shown: Option<&str>) -> String {
        let name = || self.catalog.entry(id).map_or_else(|| escaped(id), |entry| escaped(&entry.name));
        let shown = shown.map_or_else(name, str::to_string);
        match self.addresses.of(id) {
            // The site's own address may hold what would end a link.
            Some(url) => format!("[{shown}]({})", url.replace('(', "%28").replace(')', "%29").replace(' ', "%20")),
            None => shown,
        }
    }
}

/// A plain text in Markdown, on one line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '|' | '&' | '!' | '#' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

/// `2 timmar` as `PT2H`; what is no length of time stays as it is.
fn duration(text: &str) -> String {
    match Duration::from_text(text) {
        Ok(Duration { minutes: 0, .. }) => "PT0M".into(),
        Ok(Duration { minutes, .. }) => {
            let part = |count: u64, unit: &str| if count == 0 { String::new() } else { format!("{count}{unit}") };
            format!("PT{}{}", part(minutes / 60, "H"), part(minutes % 60, "M"))
        }
        Err(_) => text.to_string(),
    }
}

/// `99,91 %` as `99.91`; what is no percentage stays as it is.
fn percent(text: &str) -> String {
    Percent::from_text(text).map_or_else(|_| text.to_string(), |Percent(value)| value.to_string())
}

/// The JSON Schema of the data.
pub fn schema() -> Json {
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut properties = Map::new();
    for (kind, schema) in Entities::schemas(&mut generator) {
        let list =
            json!({"description": format!("Every {}.", spaced(kind.code_name())), "type": "array", "items": schema});
        properties.insert(context::list_name(kind).into(), list);
    }
    let catalogue = generator.subschema_for::<Catalogue>();
    properties.insert("catalogue".into(), json!(catalogue));
    properties.insert("$schema".into(), text("Where this schema lies, beside the data."));
    let format = "Counted up when something is changed or taken away that a program may rely on.";
    properties.insert("format".into(), json!({"description": format, "const": FORMAT}));
    properties.insert(
        "documents".into(),
        json!({"description": "The documents that are published.", "type": "array", "items": {"$ref": "#/$defs/Document"}}),
    );
    let mut definitions = generator.take_definitions(true);
    add_worked_out(&mut definitions);
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Service catalogue",
        "description": "An edition of a service catalogue. What is not given is left out; lists are always there. Ids and \
            addresses stay the same from edition to edition. An address is relative to the site's root where the \
            catalogue does not say where its site is published.",
        "type": "object",
        "properties": properties,
        "$defs": definitions,
    });
    close(&mut schema);
    schema
}

/// Adds what is worked out to the definitions of what it is worked out for.
fn add_worked_out(definitions: &mut Map<String, Json>) {
    let mut add = |name: &str, fields: &Json| {
        let definition = definitions.entry(name).or_insert_with(|| json!({"type": "object", "properties": {}}));
        let (Some(fields), Some(properties)) = (fields.as_object(), definition["properties"].as_object_mut()) else {
            return;
        };
        properties.extend(fields.clone());
    };
    for kind in Kind::ALL.iter().filter(|kind| **kind != Kind::Chapter) {
        let mut common = common();
        common["entity_kind"] = json!({"description": "What it is.", "const": kind.code_name()});
        add(kind.code_name(), &common);
    }
    for (name, fields) in worked_out().as_object().into_iter().flatten() {
        add(name, fields);
    }
}

/// What everything that has an id has beside its own fields.
fn common() -> Json {
    let used_by = "What refers to it. What calls for an offering uses its service too. By `stödjer` it is supported by what \
        refers, and by `livscykel.ersätts_av` it replaces that.";
    json!({
        "url": perhaps("The address of its page, or of the place where it is described."),
        "documents": list("Its place in each document that describes it, as an address.", text("An address.")),
        "used_by": list(used_by, json!({"$ref": "#/$defs/Use"})),
    })
}

/// What is worked out, by what it is worked out for. Of a new field, the tests ask for a line here.
fn worked_out() -> Json {
    let shares = list("Who pays how much of it.", json!({"$ref": "#/$defs/CostShare"}));
    let not_shared = perhaps("Why the shares have no amounts, in words.");
    let paid = || json!({"$ref": "#/$defs/PaidCost"});
    let more = "How many more there are further down the chain, where the nearest are listed; those list them in turn.";
    let over = json!({"description": "Whether it is there on no day of the edition, which then has no costs of it.", "type": "boolean"});
    let rests_on = json!({"description": "All that it rests on, step by step; the nearest, of a long chain.", "$ref": "#/$defs/Foundation"});
    json!({
        "Foundation": {
            "services": list("The ids of supporting services.", text("An id.")),
            "called_services": list("The ids of IS/IT services that it calls for, which answer for what they rest on.", text("An id.")),
            "products": list("The ids of products.", text("An id.")),
            "contracts": list("The ids of contracts.", text("An id.")),
            "more_services": perhaps_number(more),
            "more_products": perhaps_number(more),
            "more_contracts": perhaps_number(more),
        },
        "Use": {
            "id": text("The id of what refers."),
            "kind": text("What it is, by the name that `entity_kind` has there."),
            "name": text("Its name."),
            "by": text("The key that it refers by, as its author writes it: `ola.avrop.erbjudande`."),
        },
        "Document": {
            "name": text("Its name, the same in every edition."),
            "about": perhaps("The id of what it is all about, where that is one thing."),
            "title": text("Its title."),
            "summary": perhaps("One or two sentences."),
            "url": text("The address of its page."),
        },
        "Catalogue": {
            "status_text": text("The status as a cover says it."),
            "working_days": number("Weekdays of the year that are no holidays."),
            "office_hours_per_day": text("How many hours an office day has, to two decimals."),
        },
        "AvailabilityLevel": {
            "name": text("Its name: `24/7/365 – 2 timmar`."),
            "availability": {"description": "Hours of operation without downtime.", "$ref": "#/$defs/Percent", "type": NULLABLE},
            "commitment": text("Name and availability."),
            "operation_hours": json!({"description": "Hours of operation in a year, to two decimals.", "type": "number"}),
            "hours_text": text("The opening hours in words."),
            "commitment_label": text("The label of the commitment in the CMDB: `24/7/365 - 2 timmar, 99,91%`."),
            "availability_of_year": {
                "description": "The same for the days of the edition's year.", "$ref": "#/$defs/Percent", "type": NULLABLE
            },
            "hours_of_year_text": text("Hours of operation in the edition's year, in words."),
            "availability_derivation": text("How the availability is worked out, in words."),
        },
        "Waiver": {
            "name": text("Its name."),
            "rule_code": perhaps("The code of its rule."),
            "rule_name": perhaps("The name of its rule."),
            "rule_paragraph": perhaps("Where the guideline says what the rule asks for."),
            "expired": {"description": "Whether it had ended when the edition began, and hides nothing.", "type": "boolean"},
        },
        "ServiceLevel": {
            "outages_text": text("The number of outages in words."),
            "restore_text": text("The time to restore in words."),
            "worst_case": perhaps("Longest downtime in a year that the promises allow, in words."),
            "worst_case_derivation": perhaps("How it is worked out."),
            "hours_text": text("The opening hours in words."),
        },
        "Service": {
            "criteria_text": list("The criteria in words.", text("A criterion.")),
            "rests_on": rests_on,
            "over": over,
            "cost_derivation": {"description": "Why it costs what it costs a year.", "$ref": "#/$defs/ServiceCost"},
            "proof": {"description": "Whether its calls make its SLA hold.", "$ref": "#/$defs/Proof"},
            "trace": {"description": "The chain from its SLA to contracts.", "$ref": "#/$defs/Trace"},
        },
        "ServiceLevelAgreement": {
            "covers": list("The ids of the offerings that it is about: those in production.", text("An id.")),
            "decided": {"description": "Whether both parties have signed.", "type": "boolean"},
            "status_text": text("What that is called."),
        },
        "Call": {
            "article_text": perhaps("The article that it counts, in words, where it names one or the offering has several."),
            "unit": perhaps("The unit that it counts, as the article has it."),
            "level": perhaps("The id of the level that is promised of it: its own, or that of its IS/IT service's SLA."),
        },
        "OperationalLevelAgreement": {
            "decided": {"description": "Whether every section is approved.", "type": "boolean"},
            "status_text": text("What that is called."),
            "valid_from": {"description": "First day of the SLA that it secures.", "$ref": "#/$defs/Date", "type": NULLABLE},
            "valid_to": {"description": "Last day of that.", "$ref": "#/$defs/Date", "type": NULLABLE},
        },
        "Proof": {
            "verdict": {"description": "What comes of it; `open` where there is nothing to prove or to prove it by.", "enum": ["holds", "fails", "open"]},
            "verdict_text": text("The same in words."),
            "worst_case": {"description": "Longest downtime in a year by the calls in series.", "$ref": "#/$defs/Duration", "type": NULLABLE},
            "sum_text": perhaps("How it is added up, against what the SLA allows."),
            "calls": list("Every call.", json!({"$ref": "#/$defs/ProofCall"})),
            "carriers": list("What the calls rest on in turn.", json!({"$ref": "#/$defs/ProofCarrier"})),
            "more_carriers": perhaps_number(more),
            "failures": list("Why it fails, in words.", text("A reason.")),
            "more_failures": perhaps_number("How many more reasons there are, of what the calls rest on in turn."),
            "cure_text": perhaps("What would make it hold, in words."),
        },
        "ProofCall": {
            "offering": text("The id of what is called for."),
            "level": perhaps("The id of the level that is promised of it."),
            "level_text": perhaps("The level that is promised of it."),
            "dependency_text": text("How the service depends on it."),
            "counts": {"description": "Whether its worst case is counted.", "type": "boolean"},
            "compared": {
                "description": "Whether its hours and its time to restore are compared with the SLA: it is in series.",
                "type": "boolean",
            },
            "hours_text": perhaps("When it is open."),
            "hours_cover": {"description": "Whether that covers the hours of the SLA.", "type": ["boolean", NULLABLE]},
            "restore_text": perhaps("In what time it is restored."),
            "restored_in_time": {"description": "Whether that is within the response time of the SLA.", "type": ["boolean", NULLABLE]},
            "worst_case_text": perhaps("Its worst case of a year, and how it is worked out."),
            "note": perhaps("Why it does not count."),
        },
        "ProofCarrier": {
            "service": text("The id of a supporting service."),
            "above": text("The id of what rests on it."),
            "enclosed": {"description": "Whether it is enclosed by what rests on it.", "type": "boolean"},
            "need_text": text("What it has to carry."),
            "offering": perhaps("The id of its lowest offering that does."),
            "lack_text": perhaps("What its offerings lack, where none does."),
        },
        "Trace": {
            "rows": list("First its own products and then each call.", json!({"$ref": "#/$defs/TraceRow"})),
            "holes": list("Where the chain is broken, in words.", text("A hole.")),
            "more_holes": perhaps_number("How many more there are of contracts, where there are very many."),
        },
        "TraceRow": {
            "offering": perhaps("The id of what is called for; left out for its own products."),
            "section": perhaps("The section of the Tjänste-OLA that the call is in."),
            "contracts": list("The ids of the contracts at the other end.", text("An id.")),
            "more_contracts": perhaps_number("How many more there are, where the nearest are listed; products list theirs."),
        },
        "SupportingService": {
            "rests_on": rests_on,
            "over": over,
        },
        "Product": {
            "rests_on": rests_on,
            "over": over,
            "cost_derivation": {"description": "What it costs with all that it encloses.", "$ref": "#/$defs/ProductCost"},
        },
        "Customer": {
            "cost_derivation": {"description": "What it pays a year.", "$ref": "#/$defs/CustomerCost"},
        },
        "ServiceCost": {
            "products": list("What it is built on and what that encloses, each once.", json!({"$ref": "#/$defs/CountedCost"})),
            "more_products": perhaps_number(more),
            "more_products_amount": amount("What is known of those together."),
            "products_total": amount("The products together."),
            "calls": list("What its Tjänste-OLA calls for.", json!({"$ref": "#/$defs/CallCost"})),
            "calls_total": amount("The calls together."),
            "underlying": amount("Products and calls together, of what is known."),
            "underlying_partly_known": whether("a product or a call is of a cost that is not known, and is not in that."),
            "once": amount("What is paid once, beside the year's cost; left out where that is nothing."),
            "established": amount("What is set for the service, else the underlying cost; rounded to öre."),
            "is_set": {"description": "Whether it is set for the service.", "type": "boolean"},
            "partly_known": whether("it is such an underlying cost, and the service costs more than that."),
            "too_large": whether("an amount is too large to be worked out, so that there is no sum that it belongs in."),
            "rest": amount("What is set beyond the underlying cost; below zero where that is more, and left out where they are the same."),
            "shares": shares,
            "not_shared": not_shared,
        },
        "ProductCost": {
            "own": amount("What is set for the product itself."),
            "established": amount("The same in whole öre, which is what is shared."),
            "enclosed": list("The products that it encloses, each once.", json!({"$ref": "#/$defs/CountedCost"})),
            "more_enclosed": perhaps_number(more),
            "more_amount": amount("What is known of those together."),
            "total": amount("All of them together, of what is known."),
            "total_partly_known": whether("no cost is set for some of them, and it is not in that."),
            "shares": shares,
            "not_shared": not_shared,
        },
        "CustomerCost": {
            "services": list("Its parts of services.", paid()),
            "services_total": amount("All of them together, of what is known."),
            "services_partly_known": whether("some part of a service has no amount, and is not in the sum, or is of a cost that is partly known."),
            "products": list("Its parts of products, which services' costs may hold.", paid()),
            "products_total": amount("All of them together, of what is known."),
            "products_partly_known": whether("some part of a product has no amount, and is not in the sum."),
            "too_large": whether("an amount is too large to be worked out, so that there is no sum that it belongs in."),
        },
        "CountedCost": {
            "id": text("The id of a Product."),
            "amount": amount("What is set for it."),
        },
        "CallCost": {
            "offering": text("The id of the ServiceOffering."),
            "article": perhaps("The number of the article whose units are counted."),
            "article_name": perhaps("Its name."),
            "amount": amount("What it costs a year."),
            "once": amount("What is paid once."),
            "derivation": text("How it is worked out, or why it is not, in words."),
            "not_counted": list("The offering's articles that no call counts.", text("An article number.")),
            "also_product": list(
                "Products counted for the service that the price pays for too, with the first call for each offering.",
                text("An id."),
            ),
            "more_also_products": perhaps_number("So many more such, further down in the chain."),
        },
        "CostShare": {
            "customer": text("The id of a Customer."),
            "percent": {"description": "How much of the whole.", "$ref": "#/$defs/Percent"},
            "amount": amount("In whole öre."),
        },
        "PaidCost": {
            "id": text("The id of a Service or Product."),
            "whole": amount("What it costs."),
            "partly_known": whether("it costs more than what is known, and the customer pays more."),
            "percent": {"description": "How much of it the customer pays.", "$ref": "#/$defs/Percent"},
            "amount": amount("In whole öre."),
        },
        "PriceItem": {
            "price_lines": list("The price as the price list shows it, a line for each step.", text("A line.")),
            "unit_text": text("What the price is for, as the price list shows it."),
            "terms_text": text("Base fee, included volume, invoicing and own validity, as the price list shows them."),
        },
        "Capability": {
            "class_text": perhaps("The class as the capability map prints it."),
            "group": text("The id of its CapabilityGroup."),
        },
        "GenericCapability": {
            "group": text("The id of its GenericGroup."),
            "supported_by": list("The capabilities that support it first of all.", json!({"$ref": "#/$defs/Support"})),
        },
        "Support": {
            "id": perhaps("The id of a Capability or CapabilityGroup."),
            "printed": perhaps("A name as printed, that no capability has."),
        },
    })
}

/// The type of what may be left out, until [`close`] has said so.
const NULLABLE: &str = "null";

fn text(description: &str) -> Json {
    json!({"description": description, "type": "string"})
}

fn perhaps(description: &str) -> Json {
    json!({"description": description, "type": ["string", NULLABLE]})
}

/// Kronor that may not be known.
fn amount(description: &str) -> Json {
    json!({"description": description, "$ref": "#/$defs/Amount", "type": NULLABLE})
}

fn whether(description: &str) -> Json {
    json!({"description": format!("Whether {description}"), "type": "boolean"})
}

fn perhaps_number(description: &str) -> Json {
    json!({"description": description, "type": ["integer", NULLABLE]})
}

fn number(description: &str) -> Json {
    json!({"description": description, "type": "integer"})
}

fn list(description: &str, items: Json) -> Json {
    json!({"description": description, "type": "array", "items": items})
}

/// `ServiceOffering` as words.
fn spaced(name: &str) -> String {
    let mut words = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}

/// Says of every object that it has its properties and no others, and which may be left out: those that could have been
/// null, and no others.
fn close(schema: &mut Json) {
    match schema {
        Json::Array(items) => items.iter_mut().for_each(close),
        Json::Object(map) => {
            if let Some(Json::Object(properties)) = map.get_mut("properties") {
                let required: Vec<Json> = properties
                    .iter_mut()
                    .filter_map(|(key, schema)| (!take_null(schema)).then(|| json!(key)))
                    .collect();
                map.insert("required".into(), Json::Array(required));
                map.insert("additionalProperties".into(), Json::Bool(false));
            }
            // Nothing is read back, so what a field is when it is not written is of no use.
            map.remove("default");
            map.remove("readOnly");
            // Of a number, how many bits it has is the program's own affair.
            map.retain(|key, value| key != "format" || !value.as_str().is_some_and(|format| format.contains("int")));
            for (key, inner) in map {
                match (key.as_str(), inner) {
                    ("properties" | "$defs", Json::Object(named)) => named.values_mut().for_each(close),
                    (_, inner) => close(inner),
                }
            }
        }
        _ => {}
    }
}

/// Takes away that a value may be null; whether it might.
fn take_null(schema: &mut Json) -> bool {
    let Some(map) = schema.as_object_mut() else { return false };
    if map.get("type").is_some_and(|kind| kind == NULLABLE) {
        map.remove("type");
        return true;
    }
    if let Some(Json::Array(kinds)) = map.get_mut("type") {
        let before = kinds.len();
        kinds.retain(|kind| kind != NULLABLE);
        let took = kinds.len() < before;
        if let [kind] = &kinds[..] {
            let kind = kind.clone();
            map.insert("type".into(), kind);
        }
        return took;
    }
    if let Some(Json::Array(choices)) = map.get_mut("anyOf") {
        let before = choices.len();
        choices.retain(|choice| choice["type"] != NULLABLE);
        let took = choices.len() < before;
        if let ([Json::Object(choice)], true) = (&choices[..], took) {
            let choice = choice.clone();
            map.remove("anyOf");
            map.extend(choice);
        }
        return took;
    }
    false
}
