//! Amounts, prices, times and addresses as authors write them: what is read is what is written, and is read the same again.
#![no_main]

use katalog::model::{Amount, ClockTime, Date, Duration, FromText, Percent, Price};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(amount) = Amount::from_text(text) {
        let shown = amount.to_string();
        // Three decimals after a full stop could be thousands, and are written with a comma.
        assert_eq!(Amount::from_text(&shown.replace('.', ",")).unwrap(), amount, "{text:?} is {shown}");
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let (written, read) = (digits(text), digits(&shown));
        assert_eq!(written.trim_start_matches('0'), read.trim_start_matches('0'), "{text:?} is {shown}");
    }
    if let Ok(price) = Price::from_text(text) {
        assert_eq!(Price::from_text(&price.to_string().replace('.', ",")).unwrap(), price);
    }
    if let Ok(date) = Date::from_text(text) {
        assert_eq!(date.to_string(), text);
    }
    if let Ok(time) = ClockTime::from_text(text) {
        assert_eq!(time.to_string(), text);
    }
    if let Ok(percent) = Percent::from_text(text) {
        let _ = percent.to_string();
    }
    if let Ok(duration) = Duration::from_text(text) {
        assert_eq!(Duration::from_text(&duration.to_string()).unwrap().minutes, duration.minutes);
    }
    katalog::text::slug(text);
    assert!(katalog::text::path_encoded(text).is_ascii());
});
