//! Arithmetic that gives the exact figure, or none: where a figure has no room, the type's own would round it off, and a krona
//! is lost or won.

use rust_decimal::Decimal;

/// The sum of two figures.
pub fn add(a: Decimal, b: Decimal) -> Option<Decimal> {
    let (a, b) = (a.normalize(), b.normalize());
    let scale = a.scale().max(b.scale());
    let scaled = |figure: Decimal| figure.mantissa().checked_mul(10i128.checked_pow(scale - figure.scale())?);
    figure(scaled(a)?.checked_add(scaled(b)?)?, scale)
}

/// A figure less another.
pub fn sub(a: Decimal, b: Decimal) -> Option<Decimal> {
    add(a, -b)
}

/// The product of two figures.
pub fn mul(a: Decimal, b: Decimal) -> Option<Decimal> {
    let (a, b) = (a.normalize(), b.normalize());
    figure(a.mantissa().checked_mul(b.mantissa())?, a.scale() + b.scale())
}

/// The figure of these digits, of which the last `scale` are decimals.
fn figure(mut digits: i128, mut scale: u32) -> Option<Decimal> {
    while scale > 0 && digits % 10 == 0 {
        (digits, scale) = (digits / 10, scale - 1);
    }
    Decimal::try_from_i128_with_scale(digits, scale).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn figures_are_exact_or_none() {
        assert_eq!(mul(decimal("125.50"), decimal("4")), Some(decimal("502")));
        assert_eq!(add(decimal("0.1"), decimal("-0.30")), Some(decimal("-0.2")));
        assert_eq!(sub(decimal("100"), decimal("99.995")), Some(decimal("0.005")));
        // The type's own product of these is 2 öre more than the truth.
        let each = decimal("-570230429515377422779.281806");
        assert_ne!(each.checked_mul(decimal("2459")).and_then(|sum| sum.checked_sub(sum.trunc())), Some(Decimal::ZERO));
        assert_eq!(mul(each, decimal("2459")), None);
        assert_eq!(add(Decimal::MAX, decimal("0.5")), None);
        assert_eq!(add(Decimal::MAX, Decimal::ONE), None);
        assert_eq!(mul(Decimal::MAX, Decimal::MAX), None);
        assert_eq!(mul(Decimal::MAX, Decimal::ZERO), Some(Decimal::ZERO));
        assert_eq!(mul(decimal("0.0000000000000000000000000001"), decimal("0.1")), None);
    }
}
