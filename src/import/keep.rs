//! What stays of an import beside its points: how the table was read, under a name, and the file that its metrics follow.

use std::path::{Component, Path};

use super::{ImportError, Planned, RandomBits, ReadHints, Request};
use crate::document::{self, Edit, Entity};
use crate::model::{Date, ImportRecipe, LinkedSource, Metric, Origin, PercentForm, Project, RecipeId};
use crate::storage::check_linked_path;

impl Planned {
    /// Keeps how the table was read as a recipe of this name, in place of one that has the name already. Fails for a blank name.
    pub fn keep_recipe(
        &mut self,
        name: &str,
        request: &Request,
        hints: &ReadHints,
        project: &Project,
        ids: RandomBits<'_>,
    ) -> Result<RecipeId, ImportError> {
        let name = name.trim();
        if name.is_empty() {
            return Err(ImportError::NoRecipeName);
        }
        let known = project.recipes.values().find(|recipe| recipe.name == name).map(|recipe| recipe.id.clone());
        let id = known.unwrap_or_else(|| RecipeId::from_random(ids()));
        let mut recipe = request.to_recipe(id.clone(), name, hints);
        // A question that was answered is not asked again, nor is what was found by the values that the project had.
        recipe.percent_of.extend(self.percent_of.clone());
        let has = |form: PercentForm| self.percent_of.values().any(|of| *of == form);
        recipe.percent = match request.percent {
            Some(form) => form,
            None if has(PercentForm::Share) && !has(PercentForm::Hundredths) => PercentForm::Share,
            None => PercentForm::Hundredths,
        };
        recipe.percent_of.retain(|_, form| *form != recipe.percent);
        self.add([Edit::Put(Entity::Recipe(recipe))]);
        Ok(id)
    }

    /// Has all metrics follow the file that was read. `path` is as [`WayTo`] says it, `recipe` is one that the project has or that
    /// [`Self::keep_recipe`] adds, and `project` is the one that everything is planned for.
    pub fn follow(&mut self, path: &str, recipe: &RecipeId, project: &Project, today: Date) -> Result<(), ImportError> {
        check_linked_path(path).map_err(ImportError::Refused)?;
        let mut after = project.clone();
        document::apply(&mut after, self.edit.clone()).map_err(|problem| ImportError::Refused(problem.to_string()))?;
        if !after.recipes.contains_key(recipe) {
            return Err(ImportError::NoRecipe(recipe.to_string()));
        }
        let followed = self.metrics.iter().zip(&self.from).filter_map(|(id, from)| {
            let source =
                LinkedSource { path: path.to_owned(), recipe: recipe.clone(), column: from.clone(), refreshed: Some(today), failing: None };
            Some(Edit::from(Metric { origin: Origin::Linked(source), ..after.metric(id)?.clone() }))
        });
        let followed: Vec<Edit> = followed.collect();
        self.add(followed);
        Ok(())
    }

    fn add(&mut self, more: impl IntoIterator<Item = Edit>) {
        let mut edits = match std::mem::replace(&mut self.edit, Edit::Batch(Vec::new())) {
            Edit::Batch(edits) => edits,
            other => vec![other],
        };
        edits.extend(more);
        self.edit = Edit::Batch(edits);
    }
}

/// The recipe of this name or id.
pub fn recipe_named<'a>(project: &'a Project, name: &str) -> Option<&'a ImportRecipe> {
    project.recipes.values().find(|recipe| recipe.name == name || recipe.id.to_string() == name)
}

/// How a [`LinkedSource`] names a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayTo {
    /// From the project's folder with `/` on every system, or from the root of the disk where they have nothing in common.
    pub path: String,
    /// The file is not in that folder or below it: it is read only where somebody allows it.
    pub is_outside: bool,
}

impl WayTo {
    /// The way from a folder to a file; both are canonical. Fails where it cannot be written down.
    pub fn new(folder: &Path, file: &Path) -> Result<Self, ImportError> {
        let (mut from, mut to) = (folder.components().peekable(), file.components().peekable());
        let mut common = 0;
        while let (Some(a), Some(b)) = (from.peek(), to.peek())
            && a == b
        {
            common += usize::from(matches!(a, Component::Normal(_)));
            from.next();
            to.next();
        }
        let ups = from.count();
        let unwritable = || ImportError::Refused(format!("{} has letters that cannot be written down", file.display()));
        let path = if ups > 0 && common == 0 {
            from_root(file.to_str().ok_or_else(unwritable)?)
        } else {
            let steps: Option<Vec<&str>> = to.map(|step| step.as_os_str().to_str()).collect();
            let up = std::iter::repeat_n("..", ups);
            up.chain(steps.ok_or_else(unwritable)?).collect::<Vec<_>>().join("/")
        };
        check_linked_path(&path).map_err(ImportError::Refused)?;
        Ok(Self { path, is_outside: ups > 0 })
    }
}

/// A whole path as other programs write it.
fn from_root(path: &str) -> String {
    if !cfg!(windows) {
        return path.to_owned();
    }
    let share = path.strip_prefix(r"\\?\UNC\").map(|rest| format!("//{rest}"));
    share.unwrap_or_else(|| path.strip_prefix(r"\\?\").unwrap_or(path).to_owned()).replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::apply;
    use crate::import::{Attach, Destination, followed, preview, read_table, refresh};
    use crate::model::{Cadence, MetricId, Point, ProjectId, Role, Series, Stamp, Unit};
    use std::sync::Arc;

    const TABLE: &[u8] = b"month,mau\n2026-01,10\n2026-02,11\n";

    fn planned(project: &Project, ids: RandomBits<'_>) -> (Planned, Request) {
        let table = read_table(TABLE, &ReadHints::default()).unwrap();
        let request = Request::new("month", "mau", Destination::New { name: "MAU".to_owned(), unit: Unit::Count });
        let attach = Attach { target: None, objective: None, role: Role::Outcome, as_of: "2026-03-01".parse().unwrap() };
        (preview(&table, &request, project).unwrap().into_edit(project, &attach, ids).unwrap(), request)
    }

    #[test]
    fn points_recipe_and_link_are_one_step() {
        let mut project = Project::empty(ProjectId::from_random(1), "Trial");
        let before = project.clone();
        let mut last = 1;
        let mut ids = || {
            last += 1;
            last
        };
        let (mut planned, request) = planned(&project, &mut ids);
        let recipe = planned.keep_recipe(" Export ", &request, &ReadHints::default(), &project, &mut ids).unwrap();
        planned.follow("data/mau.csv", &recipe, &project, "2026-03-01".parse().unwrap()).unwrap();
        let back = apply(&mut project, planned.edit).unwrap();
        assert_eq!(project.validate(), []);
        let metric = project.metric(&planned.metrics[0]).unwrap();
        assert_eq!(metric.series.values(), [10.0, 11.0]);
        assert_eq!((followed(&project)[0].path.as_str(), recipe_named(&project, "Export").unwrap().id.clone()), ("data/mau.csv", recipe));
        let again = refresh(&project, followed(&project).remove(0), Ok(TABLE), "2026-03-01".parse().unwrap(), &mut ids);
        assert_eq!(again.found.unwrap().parts[0].unchanged, 2);
        apply(&mut project, back).unwrap();
        assert_eq!(project, before);
    }

    #[test]
    fn a_recipe_of_a_known_name_is_renewed_and_a_missing_one_is_refused() {
        let mut project = Project::empty(ProjectId::from_random(1), "Trial");
        let (mut first, request) = planned(&project, &mut || 7);
        assert_eq!(first.keep_recipe("  ", &request, &ReadHints::default(), &project, &mut || 8), Err(ImportError::NoRecipeName));
        assert!(first.follow("a.csv", &RecipeId::from_random(9), &project, "2026-03-01".parse().unwrap()).is_err());
        let id = first.keep_recipe("Export", &request, &ReadHints::default(), &project, &mut || 8).unwrap();
        apply(&mut project, first.edit.clone()).unwrap();
        let semicolons = ReadHints { delimiter: Some(';'), ..ReadHints::default() };
        assert_eq!(first.keep_recipe("Export", &request, &semicolons, &project, &mut || 9), Ok(id.clone()));
        assert!(first.follow("data/nul", &id, &project, "2026-03-01".parse().unwrap()).is_err());
        apply(&mut project, first.edit).unwrap();
        assert_eq!((project.recipes.len(), project.recipes[&id].delimiter), (1, Some(';')));
    }

    #[test]
    fn percentages_that_were_found_to_be_shares_stay_that() {
        let mut project = Project::empty(ProjectId::from_random(1), "Trial");
        let mut metric = Metric { unit: Unit::Percent, cadence: Cadence::Monthly, ..Metric::new(MetricId::from_random(3), "Churn") };
        let at = Stamp::from_date("2026-01-01".parse().unwrap());
        metric.series = Arc::new(Series::from_points([Point::new(at, 45.0)]).unwrap());
        apply(&mut project, metric.into()).unwrap();
        let held: &[u8] = b"month,churn\n2026-01,0.5\n2026-02,0.4\n";
        let request = Request::new("month", "churn", Destination::Metric("Churn".to_owned()));
        let attach = Attach { target: None, objective: None, role: Role::Outcome, as_of: "2026-03-01".parse().unwrap() };
        let found = preview(&read_table(held, &ReadHints::default()).unwrap(), &request, &project).unwrap();
        let mut planned = found.into_edit(&project, &attach, &mut || 7).unwrap();
        let recipe = planned.keep_recipe("Export", &request, &ReadHints::default(), &project, &mut || 8).unwrap();
        planned.follow("churn.csv", &recipe, &project, "2026-03-01".parse().unwrap()).unwrap();
        apply(&mut project, planned.edit).unwrap();
        let again = refresh(&project, followed(&project).remove(0), Ok(held), "2026-03-02".parse().unwrap(), &mut || 9);
        assert_eq!(again.found.unwrap().parts[0].unchanged, 2);
    }

    #[cfg(unix)]
    #[test]
    fn the_way_to_a_file_says_whether_it_leads_out() {
        let way = |file: &str| WayTo::new(Path::new("/work/plans"), Path::new(file)).map(|way| (way.path, way.is_outside));
        assert_eq!(way("/work/plans/data/a.csv"), Ok(("data/a.csv".to_owned(), false)));
        assert_eq!(way("/work/plans2/a.csv"), Ok(("../plans2/a.csv".to_owned(), true)));
        assert_eq!(way("/work/a.csv"), Ok(("../a.csv".to_owned(), true)));
        assert_eq!(way("/srv/a.csv"), Ok(("/srv/a.csv".to_owned(), true)));
        for nothing in ["/work/plans", "/work", "/work/plans/a:b.csv", "/work/plans/a\\b.csv"] {
            assert!(way(nothing).is_err(), "{nothing}");
        }
    }
}
