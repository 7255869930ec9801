//! Answers to what a template asks for of its own: one row for each input, under the input's id.
//!
//! The definitions lie in the template. An answer whose input is gone stays, with the name that it had.

use std::sync::Arc;

use super::Document;
use crate::domain::cell::Raw;
use crate::domain::place::Place;
use crate::domain::record::record;
use crate::domain::rows::{List, RowData, RowId};
use crate::domain::template::Input;

record! {
    /// The answer to one input of a template.
    InputAnswer: row {
        name: Text { label: "项目" },
        value: Text { label: "内容" },
    }
}

/// The list of answers.
pub const INPUTS: &str = "inputs";

impl Document {
    /// Gives each input of the template a row for its answer, in the template's order; rows that are there stay.
    pub fn open_inputs(&mut self) {
        let template = self.template.clone();
        let answers: &mut dyn List = &mut self.inputs;
        for (at, input) in template.inputs().enumerate() {
            let mut data = RowData { id: RowId::new(&input.id), ..RowData::default() };
            data.cells.insert("name".to_owned(), Raw::text(input.label.as_str()));
            // A row whose id is there is passed over.
            answers.insert(at, &[data]);
        }
    }

    /// Takes away the rows of other templates in which nothing was answered.
    pub fn close_inputs(&mut self) {
        let template = self.template.clone();
        let unused = |row: &&Arc<InputAnswer>| {
            row.value.is_blank() && row.extra.is_empty() && template.input(row.id.as_str()).is_none()
        };
        let ids: Vec<RowId> = self.inputs.iter().filter(unused).map(|row| row.id.clone()).collect();
        let answers: &mut dyn List = &mut self.inputs;
        answers.remove(&ids);
    }

    /// What is answered to an input.
    pub fn answer(&self, input: &Input) -> Raw {
        self.get(&answer_place(input))
    }

    /// The input of the template that a place answers.
    pub fn input_at(&self, place: &Place) -> Option<&Input> {
        match place {
            Place::Cell { list: INPUTS, row, column: "value" } => self.template.input(row.as_str()),
            _ => None,
        }
    }
}

/// Where an input is answered.
pub fn answer_place(input: &Input) -> Place {
    Place::cell(INPUTS, &RowId::new(&input.id), "value")
}
