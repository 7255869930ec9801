//! Any bytes as a file: refused in words, or opened as a report that saves and opens again as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ziping::app::ids::Random;
use ziping::app::restore::{read_text, restore};

struct Counting(u64);

impl Random for Counting {
    fn fill(&mut self, buffer: &mut [u8]) {
        for byte in buffer {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = (self.0 >> 33) as u8;
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    match read_text(bytes).and_then(|text| restore(&text, &mut Counting(1))) {
        Err(error) => assert!(error.to_string().starts_with("没有打开：")),
        Ok(opened) => {
            let text = serde_json::to_string(&opened.document).unwrap();
            let again = restore(&text, &mut Counting(2)).unwrap();
            assert_eq!(again.document, opened.document);
            assert!(again.repairs.is_empty(), "{:?}", again.repairs);
        }
    }
});
