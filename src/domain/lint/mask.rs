//! Quick looks that spare most searches: which characters some words may hold, and where a word may begin.
//!
//! Must not know: what the words mean.

use super::text::Text;

/// Which characters a text may hold, folded into one number. Only a "no" is certain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mask(u64);

impl Mask {
    /// The mask of a text.
    pub fn of(text: &str) -> Self {
        Self(text.chars().fold(0, |mask, c| mask | bit(c)))
    }

    /// Whether all characters of a word may stand in the text.
    pub fn may(self, word: &str) -> bool {
        word.chars().all(|c| self.0 & bit(c) != 0)
    }

    /// Whether all characters of another text may stand in this one.
    pub fn covers(self, other: Mask) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether the text, whose mask this is, contains one of some words.
    pub fn any(self, text: &str, words: &[&str]) -> bool {
        words.iter().any(|word| self.may(word) && text.contains(word))
    }
}

fn bit(c: char) -> u64 {
    // Chinese characters differ in their low bits.
    1 << (u32::from(c) & 63)
}

/// Words that are looked for at every place of a text.
pub struct Words {
    words: &'static [&'static str],
    firsts: u64,
}

impl Words {
    /// Prepares the search.
    pub fn new(words: &'static [&'static str]) -> Self {
        let firsts = words.iter().filter_map(|word| word.chars().next()).fold(0, |mask, c| mask | bit(c));
        Self { words, firsts }
    }

    /// The first of the words that stands at an index.
    pub fn at(&self, text: &Text, index: usize) -> Option<&'static str> {
        if self.firsts & bit(text.at(index)) == 0 {
            return None;
        }
        self.words.iter().find(|word| text.starts(index, word)).copied()
    }
}
