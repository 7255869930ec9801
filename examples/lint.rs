//! Prints what the linter finds in text files, one JSON object a line: `cargo run -q --release --example lint -- FILE…`.
//!
//! With `-a` claims that hold are printed too, with severity "holds", and the quantities that take part in none.

use std::process::ExitCode;

use serde_json::json;
use ziping::domain::lint::{Claim, lint};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let all = arguments.iter().any(|argument| argument == "-a");
    let mut code = ExitCode::SUCCESS;
    for file in arguments.iter().filter(|argument| *argument != "-a") {
        match std::fs::read(file) {
            Ok(bytes) => print(file, &String::from_utf8_lossy(&bytes), all),
            Err(error) => {
                eprintln!("{file}: {error}");
                code = ExitCode::FAILURE;
            }
        }
    }
    code
}

fn print(file: &str, text: &str, all: bool) {
    let name = std::path::Path::new(file).file_name().map_or(file.into(), |name| name.to_string_lossy());
    let report = lint(text);
    if all {
        for place in &report.unchecked {
            let range = [place.range.start, place.range.end];
            println!(
                "{}",
                json!({"file": name, "severity": "unchecked", "stated": place.shown, "places": [range]})
            );
        }
    }
    let claims: Vec<&Claim> = if all { report.claims.iter().collect() } else { report.findings() };
    for claim in claims {
        let places: Vec<[usize; 2]> =
            claim.places.iter().map(|place| [place.range.start, place.range.end]).collect();
        println!(
            "{}",
            json!({
                "file": name,
                "relation": claim.relation.key(),
                "severity": claim.severity.map_or("holds", |severity| severity.key()),
                "check": claim.check,
                "start": claim.range.start,
                "end": claim.range.end,
                "stated": claim.stated,
                "computed": claim.computed,
                "difference": claim.difference,
                "message": claim.message,
                "closes": claim.closes,
                "places": places,
            })
        );
    }
}
