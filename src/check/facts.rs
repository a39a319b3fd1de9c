//! What several rules ask for, worked out once for all of them.

use super::levels::{self, Unproven};
use super::names::Applications;
use super::texts::Suspects;
use crate::calculate::foundation;
use crate::calculate::period::Period;
use crate::model::{Service, UnderpinningContract};
use crate::resolve::Catalog;

/// What rules have in common.
pub struct Facts<'a> {
    /// The names of the applications.
    pub applications: Applications,
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
    pub fn of(catalog: &'a Catalog) -> Facts<'a> {
        let (suspects, (unproven, underpinned)) = rayon::join(
            || Suspects::of(catalog),
            || rayon::join(|| levels::unproven(catalog), || foundation::underpinned(catalog)),
        );
        Facts { applications: Applications::of(catalog), unproven, underpinned, suspects }
    }
}
