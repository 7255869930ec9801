//! The tree of the report's copy of its scoring template: what is added, taken out or moved.
//!
//! Answers stay where they are; one whose indicator is gone is 已停用.

use super::{LIST, answers, change};
use crate::domain::cell::Cell;
use crate::domain::document::Document;
use crate::domain::edit::Edit;
use crate::domain::rows::RowId;
use crate::domain::score::template::{Aspect, GradeDef, Group, Indicator, Rule, Scoring};

/// A part of the tree that can be moved or taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A level 1 by its position.
    Aspect(usize),
    /// A level 2 by the positions of its level 1 and its own.
    Group(usize, usize),
    /// An indicator by its id.
    Row(String),
    /// A grade by its position.
    Grade(usize),
}

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Towards the beginning.
    Up,
    /// Towards the end.
    Down,
}

impl Way {
    fn from(self, at: usize) -> Option<usize> {
        match self {
            Way::Up => at.checked_sub(1),
            Way::Down => at.checked_add(1),
        }
    }
}

/// Adds a level 1 with an empty level 2 at the end.
pub fn add_aspect(document: &Document) -> Option<Edit> {
    change(document, |scoring| {
        let name = free_name("新一级指标", scoring.aspects.iter().map(|aspect| aspect.name.as_str()));
        let groups = vec![Group { name: "新二级指标".to_owned(), ..Group::default() }];
        scoring.aspects.push(Aspect { name, groups, ..Aspect::default() });
    })
}

/// Adds a level 2 at the end of a level 1.
pub fn add_group(document: &Document, aspect: usize) -> Option<Edit> {
    change(document, |scoring| {
        if let Some(aspect) = scoring.aspects.get_mut(aspect) {
            let name = free_name("新二级指标", aspect.groups.iter().map(|group| group.name.as_str()));
            aspect.groups.push(Group { name, ..Group::default() });
        }
    })
}

/// Adds an indicator to a level 2, scored by hand until a rule is chosen.
pub fn add_row(document: &Document, (aspect, group): (usize, usize), id: &RowId) -> Option<Edit> {
    let names = document.scoring.iter().flat_map(|scoring| scoring.rows()).map(|row| row.name.as_str());
    let row = Indicator {
        id: id.as_str().to_owned(),
        name: free_name("新指标", names),
        manual: true,
        rule: Some(Rule::of("manual")),
        ..Indicator::default()
    };
    let data = answers(id.clone(), &row.name, None);
    let edit = change(document, |scoring| {
        if let Some(group) = scoring.aspects.get_mut(aspect).and_then(|aspect| aspect.groups.get_mut(group)) {
            group.rows.push(row);
        }
    })?;
    Some(Edit::Batch(vec![edit, Edit::Insert { list: LIST.to_owned(), at: usize::MAX, rows: vec![data] }]))
}

/// Adds a grade below the others.
pub fn add_grade(document: &Document) -> Option<Edit> {
    change(document, |scoring| {
        scoring.grades.push(GradeDef { name: "新等级".to_owned(), from: Cell::Blank });
    })
}

/// Takes a part out, with what is in it.
pub fn remove(document: &Document, part: &Part) -> Option<Edit> {
    change(document, |scoring| match part {
        Part::Aspect(at) => take(&mut scoring.aspects, *at),
        Part::Group(aspect, at) => {
            if let Some(aspect) = scoring.aspects.get_mut(*aspect) {
                take(&mut aspect.groups, *at);
            }
        }
        Part::Row(id) => groups(scoring).for_each(|group| group.rows.retain(|row| row.id != *id)),
        Part::Grade(at) => take(&mut scoring.grades, *at),
    })
}

/// Moves a part by one place, and says where it is then. At the edge of its level it goes on into the neighbouring one.
/// `None` where there is no place to go to.
pub fn shift(document: &Document, part: &Part, way: Way) -> Option<(Edit, Part)> {
    let mut moved = None;
    let edit = change(document, |scoring| {
        moved = match part {
            Part::Aspect(at) => swap(&mut scoring.aspects, *at, way).map(Part::Aspect),
            Part::Grade(at) => swap(&mut scoring.grades, *at, way).map(Part::Grade),
            Part::Group(aspect, at) => {
                let parents = scoring.aspects.iter_mut().map(|aspect| &mut aspect.groups).collect();
                shift_child(parents, (*aspect, *at), way).map(|(aspect, at)| Part::Group(aspect, at))
            }
            Part::Row(id) => {
                let parents: Vec<&mut Vec<Indicator>> =
                    groups(scoring).map(|group| &mut group.rows).collect();
                let found = parents
                    .iter()
                    .enumerate()
                    .find_map(|(parent, rows)| Some((parent, rows.iter().position(|row| row.id == *id)?)));
                found.and_then(|at| shift_child(parents, at, way)).map(|_| part.clone())
            }
        };
    })?;
    Some((edit, moved?))
}

/// Says that a row was filled in after its original (no longer 未见原文).
pub fn completed(document: &Document, id: &str) -> Option<Edit> {
    change(document, |scoring| {
        if let Some(row) = scoring.row_mut(id) {
            row.unseen = false;
        }
    })
}

fn groups(scoring: &mut Scoring) -> impl Iterator<Item = &mut Group> {
    scoring.aspects.iter_mut().flat_map(|aspect| &mut aspect.groups)
}

fn take<T>(all: &mut Vec<T>, at: usize) {
    if at < all.len() {
        all.remove(at);
    }
}

/// Exchanges an element with its neighbour, and says where it is then.
fn swap<T>(all: &mut [T], at: usize, way: Way) -> Option<usize> {
    let other = way.from(at).filter(|other| at.max(*other) < all.len())?;
    all.swap(at, other);
    Some(other)
}

/// Moves the child at `at` of the parent at `parent`: within it, or into the one before or behind.
fn shift_child<T>(
    mut parents: Vec<&mut Vec<T>>,
    (parent, at): (usize, usize),
    way: Way,
) -> Option<(usize, usize)> {
    let own = parents.get_mut(parent).filter(|own| at < own.len())?;
    if let Some(at) = swap(own, at, way) {
        return Some((parent, at));
    }
    let next = way.from(parent).filter(|next| *next < parents.len())?;
    let child = parents.get_mut(parent)?.remove(at);
    let neighbour = parents.get_mut(next)?;
    let to = if way == Way::Up { neighbour.len() } else { 0 };
    neighbour.insert(to, child);
    Some((next, to))
}

/// The name, numbered where it is taken.
fn free_name<'a>(name: &str, taken: impl Iterator<Item = &'a str>) -> String {
    let taken: Vec<&str> = taken.collect();
    if !taken.contains(&name) {
        return name.to_owned();
    }
    let numbered = (2..).map(|number: usize| format!("{name}{number}"));
    numbered.into_iter().find(|name| !taken.contains(&name.as_str())).unwrap_or_default()
}
