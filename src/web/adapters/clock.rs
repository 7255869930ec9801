//! Time and randomness of the browser.

use ziping::app::ids::Random;

/// Milliseconds since the page was opened; never runs backwards.
pub fn monotonic_ms() -> u64 {
    let now = web_sys::window().and_then(|window| window.performance()).map_or(0.0, |timer| timer.now());
    now as u64
}

/// Milliseconds since 1970 by the computer's clock, which may be set: for reminders, never to order versions.
pub fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}

/// Local date and time, `YYYY-MM-DDThh:mm:ss`.
pub fn local_now() -> String {
    let now = js_sys::Date::new_0();
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
        now.get_full_year(),
        now.get_month() + 1,
        now.get_date(),
        now.get_hours(),
        now.get_minutes(),
        now.get_seconds()
    )
}

/// The year before this one, four digits.
pub fn last_year() -> String {
    format!("{:04}", js_sys::Date::new_0().get_full_year().saturating_sub(1))
}

/// `crypto.getRandomValues`.
pub struct BrowserRandom;

impl Random for BrowserRandom {
    fn fill(&mut self, buffer: &mut [u8]) {
        if let Some(crypto) = web_sys::window().and_then(|window| window.crypto().ok()) {
            crypto.get_random_values_with_u8_array(buffer).ok();
        }
    }
}

/// A new random id.
pub fn new_id() -> String {
    ziping::app::ids::new_id(&mut BrowserRandom)
}
