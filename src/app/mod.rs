//! Use-cases around one open report, with the outside world behind traits.
