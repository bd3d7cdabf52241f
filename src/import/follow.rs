//! Metrics that follow a file: what a refresh would change, and what is kept when it fails.

use std::collections::BTreeMap;

use super::{Attach, Destination, ImportError, Preview, RandomBits, ReadHints, Request, Take, preview, read_table};
use crate::document::Edit;
use crate::model::{Date, LinkedSource, Metric, MetricId, Origin, Project, RecipeId, Role};

/// A file that metrics follow by one recipe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// As [`LinkedSource::path`].
    pub path: String,
    pub recipe: RecipeId,
    pub metrics: Vec<MetricId>,
}

/// What a refresh of one file found.
#[derive(Clone, Debug, PartialEq)]
pub struct Refreshed {
    pub followed: Followed,
    /// What would change, or why nothing can.
    pub found: Result<Preview, ImportError>,
    /// Takes the values in, or notes since when the refresh fails. Empty where nothing is to be noted.
    pub edits: Vec<Edit>,
}

/// The files that the metrics of a project follow.
pub fn followed(project: &Project) -> Vec<Followed> {
    let mut files: BTreeMap<(&str, &RecipeId), Vec<MetricId>> = BTreeMap::new();
    for metric in project.metrics.values() {
        if let Origin::Linked(source) = &metric.origin {
            files.entry((&source.path, &source.recipe)).or_default().push(metric.id.clone());
        }
    }
    let followed =
        |((path, recipe), metrics): ((&str, &RecipeId), Vec<MetricId>)| Followed { path: path.to_owned(), recipe: recipe.clone(), metrics };
    files.into_iter().map(followed).collect()
}

/// Reads a file again for the metrics that follow it. `bytes` is what is in it, or why it cannot be read. Old values stay where it fails.
pub fn refresh(project: &Project, followed: Followed, bytes: Result<&[u8], String>, today: Date, ids: RandomBits<'_>) -> Refreshed {
    let planned = bytes.map_err(ImportError::Refused).and_then(|bytes| read_again(project, &followed, bytes));
    let attach = Attach { target: None, objective: None, role: Role::Outcome, as_of: today };
    let planned = planned.and_then(|preview| {
        let edit = preview.clone().into_edit(project, &attach, ids)?.edit;
        Ok((preview, edit))
    });
    let (found, mut edits) = match planned {
        Ok((preview, edit)) => (Ok(preview), vec![edit]),
        Err(problem) => (Err(problem), Vec::new()),
    };
    let noted = followed.metrics.iter().filter_map(|id| project.metric(id)).filter_map(|metric| noted(metric, &found, today));
    edits.splice(0..0, noted);
    Refreshed { followed, found, edits }
}

/// The metric with what is to be noted of the refresh.
fn noted(metric: &Metric, found: &Result<Preview, ImportError>, today: Date) -> Option<Edit> {
    let Origin::Linked(before) = &metric.origin else { return None };
    let source = match found {
        Ok(_) => LinkedSource { refreshed: Some(today), failing: None, ..before.clone() },
        // Since when it fails is what was noted first.
        Err(problem) => {
            let since = before.failing.as_ref().map_or(today, |(since, _)| *since);
            LinkedSource { failing: Some((since, problem.to_string())), ..before.clone() }
        }
    };
    (source != *before).then(|| Edit::from(Metric { origin: Origin::Linked(source), ..metric.clone() }))
}

fn read_again(project: &Project, followed: &Followed, bytes: &[u8]) -> Result<Preview, ImportError> {
    let recipe = project.recipes.get(&followed.recipe).ok_or_else(|| ImportError::NoRecipe(followed.recipe.to_string()))?;
    let take = |metric: &Metric| match &metric.origin {
        Origin::Linked(source) => Some(Take::new(&*source.column, Destination::Metric(metric.id.to_string()))),
        Origin::Recorded | Origin::Computed { .. } => None,
    };
    let takes = followed.metrics.iter().filter_map(|id| project.metric(id)).filter_map(take).collect();
    let table = read_table(bytes, &ReadHints::from(recipe))?;
    let preview = preview(&table, &Request { takes, ..Request::of_recipe(recipe) }, project)?;
    match preview.refused.first() {
        // All metrics of a file are of one state.
        Some((from, problem)) => Err(ImportError::Refused(format!("{from}: {problem}"))),
        None => Ok(preview),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::apply;
    use crate::model::{Point, ProjectId, Stamp};

    fn project() -> (Project, MetricId) {
        let mut project = Project::empty(ProjectId::from_random(1), "Trial");
        let recipe = Request::new("month", "mau", Destination::Metric(String::new())).to_recipe(
            RecipeId::from_random(2),
            "Export",
            &ReadHints::default(),
        );
        let source = LinkedSource {
            path: "data/mau.csv".to_owned(),
            recipe: recipe.id.clone(),
            column: "mau".to_owned(),
            refreshed: None,
            failing: None,
        };
        let metric = Metric {
            origin: Origin::Linked(source),
            cadence: crate::model::Cadence::Monthly,
            ..Metric::new(MetricId::from_random(3), "MAU")
        };
        let id = metric.id.clone();
        let at = Stamp::from_date("2026-01-01".parse().unwrap());
        let edits = vec![
            Edit::Put(crate::document::Entity::Recipe(recipe)),
            metric.into(),
            Edit::Points { metric: id.clone(), changes: vec![(at, Some(Point::new(at, 9.0)))] },
        ];
        apply(&mut project, Edit::Batch(edits)).unwrap();
        (project, id)
    }

    fn refreshed(project: &mut Project, bytes: Result<&[u8], String>, day: &str) -> Refreshed {
        let followed = followed(project).remove(0);
        let found = refresh(project, followed, bytes, day.parse().unwrap(), &mut || 9);
        apply(project, Edit::Batch(found.edits.clone())).unwrap();
        assert_eq!(project.validate(), []);
        found
    }

    #[test]
    fn a_refresh_takes_values_in_and_says_when() {
        let (mut project, id) = project();
        let found = refreshed(&mut project, Ok(b"month,mau\n2026-01,10\n2026-02,11\n"), "2026-03-01").found.unwrap();
        assert_eq!((found.parts[0].added, found.parts[0].changed), (1, 1));
        let metric = project.metric(&id).unwrap();
        assert_eq!(metric.series.values(), [10.0, 11.0]);
        let Origin::Linked(source) = &metric.origin else { panic!("it follows the file still") };
        assert_eq!((source.refreshed, &source.failing), ("2026-03-01".parse().ok(), &None));
        assert_eq!(refreshed(&mut project, Ok(b"month,mau\n2026-01,10\n2026-02,11\n"), "2026-03-01").edits, [Edit::Batch(Vec::new())]);
    }

    #[test]
    fn a_refresh_that_fails_keeps_the_values_and_says_since_when() {
        let (mut project, id) = project();
        refreshed(&mut project, Err("it is not there".to_owned()), "2026-03-01").found.unwrap_err();
        refreshed(&mut project, Ok(b"month,users\n2026-01,10\n"), "2026-03-05").found.unwrap_err();
        let metric = project.metric(&id).unwrap();
        assert_eq!(metric.series.values(), [9.0]);
        let Origin::Linked(source) = &metric.origin else { panic!("it follows the file still") };
        let (since, reason) = source.failing.clone().unwrap();
        assert_eq!(
            (Some(since), reason.as_str()),
            ("2026-03-01".parse().ok(), "there is no column \"mau\"; the columns are \"month\", \"users\"")
        );
        refreshed(&mut project, Ok(b"month,mau\n2026-01,10\n"), "2026-03-06").found.unwrap();
        let Origin::Linked(source) = &project.metric(&id).unwrap().origin else { panic!("it follows the file still") };
        assert_eq!(source.failing, None);
    }
}
