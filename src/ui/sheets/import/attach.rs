//! What goes with the points: the objective that the metrics support, the recipe that is kept, and the file that they follow.

use egui::Ui;

use super::{Desk, combo_ui};
use crate::import::RecipeChoice;
use crate::model::{GoalId, Role, Tree, capitalised};
use crate::storage::OutsideFile;
use crate::ui::sheets::parts::check_ui;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets::{self, QuestionAnswer, QuestionButton, TextField};
use crate::workspace::Workspace;
use crate::workspace::importing::{FollowAs, LinkTo};

const NAME: f32 = 76.0;
const ROLE: f32 = 96.0;

#[derive(Clone, PartialEq)]
enum Kind {
    Nothing,
    Objective(GoalId),
    New,
}

/// Of all of it, so that it stands at the foot of its column.
pub(super) fn height(desk: &Desk<'_>) -> f32 {
    let rows = if matches!(desk.wanted.objective, LinkTo::New(_)) { 4.0 } else { 3.0 };
    let reason = if desk.found.inner.as_ref().is_ok_and(|inner| inner.outside.is_none()) { 0.0 } else { size::ROW_DENSE };
    rows * (size::CONTROL + space::XS) + reason + 3.0 * space::XS
}

pub(super) fn attach_ui(desk: &mut Desk<'_>, ui: &mut Ui, workspace: &Workspace) {
    let theme = desk.scene.theme;
    ui.spacing_mut().item_spacing.y = space::XS;
    ui.add_space(space::XS);
    widgets::separator_ui(ui, theme);
    link_ui(desk, ui);
    recipe_ui(desk, ui);
    follow_ui(desk, ui, workspace);
}

fn name_ui(desk: &Desk<'_>, ui: &mut Ui, name: &str) {
    let (rect, _) = ui.allocate_exact_size(egui::vec2(NAME, size::CONTROL), egui::Sense::hover());
    ui.painter().text(rect.left_center(), egui::Align2::LEFT_CENTER, name, desk.theme().font(TextSize::Small), desk.theme().text.muted);
}

fn link_ui(desk: &mut Desk<'_>, ui: &mut Ui) {
    let theme = desk.scene.theme;
    let project = desk.scene.project;
    let tree = Tree::of(project);
    let mut options = vec![(Kind::Nothing, "No objective".to_owned())];
    let open = project.goals.values().filter(|goal| goal.is_objective() && !goal.archived);
    let mut objectives: Vec<_> = open.map(|goal| (tree.seats().iter().position(|seat| seat.goal == goal.id), goal)).collect();
    objectives.sort_by_key(|(place, _)| *place);
    options.extend(objectives.into_iter().map(|(_, goal)| (Kind::Objective(goal.id.clone()), goal.title.clone())));
    options.push((Kind::New, "New objective…".to_owned()));
    let current = match &desk.wanted.objective {
        LinkTo::Nothing => Kind::Nothing,
        LinkTo::Objective(goal) => Kind::Objective(goal.clone()),
        LinkTo::New(_) => Kind::New,
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        name_ui(desk, ui, "Supports");
        let role = if current == Kind::Nothing { 0.0 } else { ROLE + space::XS };
        let width = ui.available_width() - role;
        if let Some(kind) = combo_ui(ui, theme, "Objective that the metrics support", &current, &options, width) {
            desk.wanted.objective = match kind {
                Kind::Nothing => LinkTo::Nothing,
                Kind::Objective(goal) => LinkTo::Objective(goal),
                Kind::New => LinkTo::New("New objective".to_owned()),
            };
        }
        if current != Kind::Nothing {
            let roles: Vec<(Role, String)> = Role::ALL.into_iter().map(|role| (role, capitalised(role.word()))).collect();
            if let Some(role) = combo_ui(ui, theme, "Role for the objective", &desk.wanted.role, &roles, ui.available_width()) {
                desk.wanted.role = role;
            }
        }
    });
    if let LinkTo::New(title) = desk.wanted.objective.clone() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            name_ui(desk, ui, "");
            let field =
                TextField::new("title of the new objective", "Title of the new objective", &title).required("An objective needs a title");
            if let Some(title) = field.show(ui, theme, &mut desk.kept.drafts).committed {
                desk.wanted.objective = LinkTo::New(title);
            }
        });
    }
}

fn recipe_ui(desk: &mut Desk<'_>, ui: &mut Ui) {
    let theme = desk.scene.theme;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let mut on = desk.wanted.recipe.is_some();
        let before = on;
        let why = "How this table was read is kept in the project, so that the next one like it is read the same way";
        check_ui(ui, theme, &mut on, "Remember this as", "Remember how this table was read").on_hover_text(why);
        if on != before {
            desk.wanted.recipe = on.then(|| desk.importing.source.recipe_name());
            // A file is followed by a recipe.
            desk.wanted.follow &= on || uses_recipe(desk);
        }
        if let Some(name) = desk.wanted.recipe.clone() {
            let field = TextField::new("name of the recipe", "Name of the recipe", &name).required("A recipe needs a name");
            if let Some(name) = field.show(ui, theme, &mut desk.kept.drafts).committed {
                desk.wanted.recipe = Some(name);
            }
        }
    });
}

fn uses_recipe(desk: &Desk<'_>) -> bool {
    let used = desk.found.looked.as_ref().is_ok_and(|looked| looked.recipe.is_some());
    used && desk.wanted.choices.recipe != RecipeChoice::None
}

fn follow_ui(desk: &mut Desk<'_>, ui: &mut Ui, workspace: &Workspace) {
    let theme = desk.scene.theme;
    // A project that was saved meanwhile is known by its path.
    let inner = if workspace.file.path.is_none() && desk.importing.source.path().is_some() {
        Err("Save the project first: the file is found from its folder".to_owned())
    } else {
        desk.found.inner.clone()
    };
    let mut on = desk.wanted.follow;
    let before = on;
    ui.add_enabled_ui(inner.is_ok(), |ui| {
        let check = check_ui(ui, theme, &mut on, "Follow this file", "Follow this file");
        check.on_hover_text("The metrics take new values from the file when it is refreshed");
    });
    if on != before {
        let is_outside = inner.as_ref().is_ok_and(|inner| inner.outside.is_some());
        match (on, is_outside) {
            (true, true) => desk.kept.asks_to_follow = true,
            (true, false) => follow(desk),
            (false, _) => desk.wanted.follow = false,
        }
    }
    match inner {
        Ok(FollowAs { outside: Some(file), path }) => {
            widgets::truncated_ui(ui, theme.muted("The file is outside the project's folder", TextSize::Caption));
            question_ui(desk, ui, &file, &path);
        }
        Ok(_) => desk.kept.asks_to_follow = false,
        Err(reason) => {
            widgets::truncated_ui(ui, theme.muted(super::sentence(&reason), TextSize::Caption));
        }
    }
}

fn follow(desk: &mut Desk<'_>) {
    let name = Some(desk.importing.source.recipe_name()).filter(|_| !uses_recipe(desk));
    desk.wanted.follow_file(name.as_deref());
}

/// Asked before a file outside the project's folder is followed.
fn question_ui(desk: &mut Desk<'_>, ui: &Ui, file: &OutsideFile, path: &str) {
    if !desk.kept.asks_to_follow {
        return;
    }
    let text = format!(
        "The metrics would follow\n\n{}\n\nIn the project it is called {path}. Waymark then reads it whenever this project is open from where it \
         is now, on this computer, until you take that back. Whoever opens the project elsewhere is asked first.",
        file.real.display()
    );
    let buttons = [QuestionButton { label: "Follow it", answer: true }, QuestionButton { label: "Cancel", answer: false }];
    match widgets::question_ui(ui.ctx(), desk.scene.theme, "Follow a file outside the project's folder?", &text, &buttons) {
        None => return,
        Some(QuestionAnswer::Given(true)) => follow(desk),
        Some(QuestionAnswer::Given(false) | QuestionAnswer::Cancelled) => {}
    }
    desk.kept.asks_to_follow = false;
}
