//! What several rules ask for, worked out once for all of them.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::downtime_beyond_hours;
use super::levels::{self, Unproven};
use super::names::Applications;
use super::texts::Suspects;
use super::waivers::InForce;
use crate::calculate::foundation;
use crate::calculate::period::Period;
use crate::model::{Service, UnderpinningContract};
use crate::resolve::Catalog;

/// What rules have in common.
pub struct Facts<'a> {
    /// The names of the applications.
    pub applications: Applications,
    /// The ids of the levels that contradict themselves, for nothing to be told of what they promise.
    pub contradictory: FxHashSet<&'a str>,
    /// The services whose SLA is not proved to hold.
    pub unproven: Vec<Unproven<'a>>,
    /// The contracts that SLAs rest on, each with their services.
    pub underpinned: Vec<(&'a UnderpinningContract, Vec<(&'a Service, Period)>)>,
    /// The texts that the rules about words look into.
    pub suspects: Suspects<'a>,
}

impl<'a> Facts<'a> {
    /// Those of a catalogue. They are there before any rule is asked: a thread that waits for another's would have to
    /// wait for itself, should it be given the other's work.
    pub fn of(catalog: &'a Catalog, waivers: &BTreeMap<u16, Vec<InForce<'_>>>) -> Facts<'a> {
        let contradictory = downtime_beyond_hours::told(catalog, waivers);
        let (suspects, (unproven, underpinned)) = rayon::join(
            || Suspects::of(catalog),
            || rayon::join(|| levels::unproven(catalog, &contradictory), || foundation::underpinned(catalog)),
        );
        Facts { applications: Applications::of(catalog), contradictory, unproven, underpinned, suspects }
    }
}
