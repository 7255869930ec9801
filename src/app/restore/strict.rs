//! JSON text to a value, refusing what would be lost: a key that stands twice in one object.
//!
//! Knows JSON and nothing of reports.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value, error::Category};

use super::error::{RestoreError, Syntax};

/// Parses a text. Depth is bounded by the parser, size by the gate.
pub(super) fn parse(text: &str) -> Result<Value, RestoreError> {
    let duplicate = RefCell::new(None);
    let mut parser = serde_json::Deserializer::from_str(text);
    let parsed = Strict(&duplicate).deserialize(&mut parser).and_then(|value| parser.end().map(|()| value));
    parsed.map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let problem = match (duplicate.take(), error.classify()) {
            (Some(key), _) => Syntax::Duplicate(key),
            (None, Category::Eof) => Syntax::CutShort,
            // The parser has no kinds for these; its words are fixed and the tests hold on to them.
            _ if error.to_string().starts_with("recursion limit") => Syntax::TooDeep,
            _ if error.to_string().starts_with("number out of range") => Syntax::HugeNumber,
            _ => Syntax::Malformed,
        };
        RestoreError::Syntax { problem, line, column }
    })
}

/// Makes a value and notes the first key that stands twice.
#[derive(Clone, Copy)]
struct Strict<'a>(&'a RefCell<Option<String>>);

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }
    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }
    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = access.next_element_seed(self)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = access.next_key::<String>()? {
            if map.contains_key(&key) {
                self.0.replace(Some(key));
                return Err(A::Error::custom("duplicate key"));
            }
            let value = access.next_value_seed(self)?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_damage_is_told_apart_with_its_place() {
        let deep = "[".repeat(100_000);
        let cases: &[(&str, Syntax, usize)] = &[
            ("{\n\"a\":1,\n", Syntax::CutShort, 3),
            ("{\n\"a\":\"x", Syntax::CutShort, 2),
            ("{\"a\":1}\nx", Syntax::Malformed, 2),
            ("{\"a\":1,\n\"a\":2}", Syntax::Duplicate("a".into()), 2),
            ("{\"a\":{\"b\":1,\"b\":1}}", Syntax::Duplicate("b".into()), 1),
            ("[1e400]", Syntax::HugeNumber, 1),
            (&deep, Syntax::TooDeep, 1),
            ("单位：科技局", Syntax::Malformed, 1),
        ];
        for (text, problem, line) in cases {
            match parse(text) {
                Err(RestoreError::Syntax { problem: found, line: at, .. }) => {
                    assert_eq!((&found, at), (problem, *line), "{}", text.get(..20).unwrap_or(text));
                }
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn what_is_sound_comes_through_unchanged() {
        for text in [r#"{"a":[1,-2,1.5,true,null,"x"],"b":{}}"#, "[]", "\"x\"", "18446744073709551615"] {
            assert_eq!(parse(text).unwrap(), serde_json::from_str::<Value>(text).unwrap());
        }
    }
}
