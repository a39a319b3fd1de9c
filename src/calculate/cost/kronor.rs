//! Kronor that are worked out, or why there are none.

use std::iter::Sum;

use rust_decimal::Decimal;

use crate::calculate::exact;

/// What something comes to, in kronor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kronor {
    /// Nobody has said.
    Unknown,
    /// So many.
    Known(Decimal),
    /// There is no room to work it out.
    TooLarge,
}

impl Kronor {
    /// The figure, where there is one.
    pub fn known(self) -> Option<Decimal> {
        match self {
            Kronor::Known(amount) => Some(amount),
            Kronor::Unknown | Kronor::TooLarge => None,
        }
    }

    /// What is made of it, which is too large where it comes to nothing.
    pub(super) fn then(self, work_out: impl FnOnce(Decimal) -> Option<Decimal>) -> Kronor {
        match self {
            Kronor::Known(amount) => work_out(amount).map_or(Kronor::TooLarge, Kronor::Known),
            Kronor::Unknown | Kronor::TooLarge => self,
        }
    }
}

impl From<Option<Decimal>> for Kronor {
    fn from(amount: Option<Decimal>) -> Kronor {
        amount.map_or(Kronor::Unknown, Kronor::Known)
    }
}

/// Of what is known. What is too large is left out of no sum: without it, the rest would be taken for the whole.
impl Sum for Kronor {
    fn sum<I: Iterator<Item = Kronor>>(amounts: I) -> Kronor {
        amounts.fold(Kronor::Unknown, |sum, amount| match (sum, amount) {
            (sum, Kronor::Unknown) | (Kronor::Unknown, sum) => sum,
            (Kronor::TooLarge, _) | (_, Kronor::TooLarge) => Kronor::TooLarge,
            (Kronor::Known(sum), Kronor::Known(amount)) => {
                exact::add(sum, amount).map_or(Kronor::TooLarge, Kronor::Known)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(amounts: &[Kronor]) -> Kronor {
        amounts.iter().copied().sum()
    }

    #[test]
    fn a_sum_is_of_what_is_known_and_none_where_something_is_too_large() {
        let (one, two) = (Kronor::Known(Decimal::ONE), Kronor::Known(Decimal::TWO));
        assert_eq!(sum(&[]), Kronor::Unknown);
        assert_eq!(sum(&[Kronor::Unknown, one, Kronor::Unknown, one]), two);
        assert_eq!(sum(&[one, Kronor::TooLarge, Kronor::Unknown, one]), Kronor::TooLarge);
        assert_eq!(sum(&[Kronor::Known(Decimal::MAX), one, Kronor::Known(-Decimal::MAX)]), Kronor::TooLarge);
    }
}
