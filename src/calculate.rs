//! Every figure that is worked out: rules and templates both ask here, so a table and the check of it cannot disagree.

pub mod availability;
pub mod calendar;
pub mod cost;
mod exact;
pub mod foundation;
pub mod period;
pub mod price;
pub mod proof;
pub mod traceability;
