//! What services, products and customers cost and pay, as templates and other programs see it.

use rust_decimal::Decimal;
use tera::Value;

use super::object::{left_out, object};
use super::shared::Rows;
use crate::calculate::cost::{self, Bills, Distribution, Kronor, NotShared, OfCall, Paid};
use crate::model::{Customer, Product, Service};
use crate::resolve::Catalog;
use crate::text::{self, NO_BREAK_SPACE};

/// Why a service costs what it costs.
pub fn of_service<'a>(catalog: &'a Catalog, service: &'a Service, rows: &Rows<'a>) -> Value {
    let found = cost::of_service(catalog, service);
    object! {
        "products": products(&found.products[..found.nearest], rows),
        "more_products": left_out(found.products.len() - found.nearest),
        "more_products_amount": found.further_sum.known(),
        "products_total": found.products_sum.known(),
        "calls": found.calls.iter().map(call).collect::<Vec<_>>(),
        "calls_total": found.calls_sum.known(),
        "underlying": found.underlying.known(),
        "underlying_partly_known": found.is_partly_known,
        "once": found.once.known().filter(is_something),
        "established": found.established.known(),
        "is_set": found.is_set,
        "partly_known": found.is_partly_known && !found.is_set,
        "too_large": [found.underlying, found.established, found.once].contains(&Kronor::TooLarge),
        "rest": found.rest.known().filter(is_something),
        "shares": shares(&found.distribution),
        "not_shared": found.distribution.not_shared.map(why),
    }
}

/// What a product costs with all that it encloses.
pub fn of_product<'a>(catalog: &'a Catalog, product: &'a Product, rows: &Rows<'a>) -> Value {
    let found = cost::of_product(catalog, product);
    object! {
        "own": found.own,
        "established": found.established.known(),
        "enclosed": products(&found.enclosed[..found.nearest], rows),
        "more_enclosed": left_out(found.enclosed.len() - found.nearest),
        "more_amount": found.further_sum.known(),
        "total": found.total.known(),
        "total_partly_known": !found.missing.is_empty(),
        "shares": shares(&found.distribution),
        "not_shared": found.distribution.not_shared.map(why),
    }
}

/// What a customer pays a year.
pub fn of_customer(bills: &Bills, customer: &Customer) -> Value {
    let found = bills.of_customer(&customer.id);
    let is_known = |paid: &Paid<'_>| paid.part.amount.known().is_some() && !paid.is_partly_known;
    let is_partly_known = |paid: &[Paid<'_>]| !paid.iter().all(is_known);
    object! {
        "services": found.services.iter().map(paid).collect::<Vec<_>>(),
        "services_total": found.services_sum.known(),
        "services_partly_known": is_partly_known(&found.services),
        "products": found.products.iter().map(paid).collect::<Vec<_>>(),
        "products_total": found.products_sum.known(),
        "products_partly_known": is_partly_known(&found.products),
        "too_large": [found.services_sum, found.products_sum].contains(&Kronor::TooLarge),
    }
}

/// The costs of all services together.
pub fn overview(bills: &Bills) -> Value {
    let found = bills.overview();
    object! {
        "established": found.established.known(),
        "partly_known": found.is_partly_known,
        "repeated": found.repeated,
        "distributed": found.distributed.known(),
        "undistributed": found.undistributed.known().filter(is_something),
        "too_large": [found.established, found.distributed].contains(&Kronor::TooLarge),
    }
}

/// Whether an amount is one to tell of, where nothing is left out.
fn is_something(amount: &Decimal) -> bool {
    !amount.is_zero()
}

fn products<'a>(products: &[&'a Product], rows: &Rows<'a>) -> Vec<Value> {
    let amount = |product: &Product| product.cost.as_ref().and_then(|cost| cost.amount).map(|amount| amount.0);
    let row = |product: &&'a Product| {
        rows.products.value(&product.id, || object! {"id": product.id, "amount": amount(product)})
    };
    products.iter().map(row).collect()
}

fn call(found: &OfCall<'_>) -> Value {
    let articles = found.not_counted.iter().map(|item| &item.article);
    let also: Vec<&str> = found.also_product.iter().map(|product| product.id.as_str()).collect();
    object! {
        "offering": found.offering.id,
        "article": found.item.map(|item| &item.article),
        "article_name": found.item.map(|item| &item.name),
        "amount": found.worked.charge.yearly().known(),
        "once": found.worked.charge.once().known(),
        "derivation": found.worked.derivation,
        "not_counted": articles.collect::<Vec<_>>(),
        "also_product": also,
        "more_also_products": left_out(found.also_more),
    }
}

fn shares(distribution: &Distribution<'_>) -> Vec<Value> {
    let parts = distribution.parts.iter();
    let parts = parts.map(
        |part| object! {"customer": part.customer, "percent": part.percent.to_string(), "amount": part.amount.known()},
    );
    parts.collect()
}

fn paid(found: &Paid<'_>) -> Value {
    object! {
        "id": found.id,
        "whole": found.whole.known(),
        "partly_known": found.is_partly_known,
        "percent": found.part.percent.to_string(),
        "amount": found.part.amount.known(),
    }
}

/// Why a cost is not shared out, as a reader is told.
fn why(not_shared: NotShared) -> String {
    match not_shared {
        NotShared::NoShares => "Ingen fördelningsnyckel är angiven.".into(),
        NotShared::NoCost => "Kostnaden är inte känd.".into(),
        NotShared::Sum(Some(total)) => {
            format!("Andelarna är tillsammans {}, inte 100{NO_BREAK_SPACE}%.", percent(total))
        }
        NotShared::Sum(None) | NotShared::TooLarge => "Beloppen är för stora för att fördelas.".into(),
    }
}

fn percent(value: Decimal) -> String {
    let value = value.normalize();
    text::percent(value, value.scale())
}
