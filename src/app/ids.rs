//! Random ids, from a source of randomness that comes in.

/// A source of random bytes: the browser's, or a seeded one in tests.
pub trait Random {
    /// Fills the buffer.
    fn fill(&mut self, buffer: &mut [u8]);
}

/// Letters of ids: base32 without those that are mistaken for others.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// Ten random base32 characters (50 bits). Two colleagues who add rows at the same time get different ids.
pub fn new_id(random: &mut dyn Random) -> String {
    let mut bytes = [0u8; 10];
    random.fill(&mut bytes);
    bytes.iter().map(|byte| LETTERS.get(usize::from(byte & 31)).copied().map_or('a', char::from)).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Counts, so that tests are repeatable.
    pub(crate) struct Counting(pub u64);

    impl Random for Counting {
        fn fill(&mut self, buffer: &mut [u8]) {
            for byte in buffer {
                self.0 =
                    self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                *byte = (self.0 >> 33) as u8;
            }
        }
    }

    #[test]
    fn ids_are_ten_letters_and_differ() {
        let mut random = Counting(7);
        let ids: std::collections::HashSet<String> = (0..1_000).map(|_| new_id(&mut random)).collect();
        assert_eq!(ids.len(), 1_000);
        assert!(ids.iter().all(|id| id.len() == 10 && id.bytes().all(|b| LETTERS.contains(&b))));
    }
}
