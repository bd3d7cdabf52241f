//! New projects from templates: chosen by mouse or keyboard, and never over unsaved changes without a question.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use waymark::document::edits;
use waymark::model::Role as LinkRole;
use waymark::storage::templates;

use super::Window;
use super::project::habit;
use waymark::workspace::Action;

impl Window {
    fn open_templates(&mut self) {
        self.click("Menu");
        self.harness.get_by_label_contains("File").click();
        self.harness.run();
        self.harness.get_by_label("New from template…").click();
        self.harness.run();
    }

    fn shows_templates(&self) -> bool {
        self.harness.query_by_label("New project from a template").is_some()
    }
}

#[test]
fn a_template_is_chosen_from_the_menu_by_click() {
    let mut window = Window::on_habit();
    window.open_templates();
    for template in templates::list() {
        let row = window.harness.get_by_role_and_label(Role::Button, template.title);
        assert_eq!(row.accesskit_node().description().as_deref(), Some(template.sentence));
    }
    window.click("Marketplace");
    let project = window.workspace().project().clone();
    assert_eq!(project.name, "Marketplace");
    assert_eq!(project.validate(), []);
    assert!(project.cycles.values().any(|c| c.name == "Q4 2026"), "of the day of the window");
    assert!(project.links.values().any(|l| l.role == LinkRole::Guardrail));
    assert!(!window.shows_templates() && !window.workspace().document.is_dirty());
    assert_eq!(window.workspace().file.path, None);
    window.harness.get_by_role_and_label(Role::TreeItem, "Give buyers what they search for");
}

#[test]
fn a_template_is_chosen_by_keyboard() {
    let mut window = Window::on_habit();
    window.open_templates();
    let names: Vec<_> = templates::names().collect();
    assert_eq!(window.workspace().template_draft, Some(names[0]));
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::NONE, Key::ArrowDown);
    assert_eq!(window.workspace().template_draft, Some(names[2]));
    window.press(Modifiers::NONE, Key::ArrowUp);
    assert_eq!(window.workspace().template_draft, Some(names[1]));
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(window.workspace().project().name, "Retention rescue");
}

#[test]
fn esc_and_cancel_close_the_list_and_change_nothing() {
    let mut window = Window::on_habit();
    window.open_templates();
    window.press(Modifiers::NONE, Key::Escape);
    assert!(!window.shows_templates());
    window.open_templates();
    window.click("Cancel");
    assert!(!window.shows_templates());
    assert_eq!(**window.workspace().project(), habit());
}

#[test]
fn unsaved_changes_are_asked_about_before_a_template_takes_their_place() {
    let mut window = Window::on_habit();
    window.rename_the_objective("Become the daily home");
    window.open_templates();
    window.click("Blank");
    assert!(window.workspace().document.is_dirty(), "nothing is lost yet");
    assert!(!window.shows_templates());
    window.click("Cancel");
    assert_eq!(window.workspace().project().name, habit().name);

    window.open_templates();
    window.click("Blank");
    window.click("Discard changes");
    let project = window.workspace().project();
    assert_eq!((project.name.as_str(), project.goals.len(), project.cycles.len()), ("Blank", 0, 2));
}

#[test]
fn every_template_is_drawn() {
    let mut window = Window::on_habit();
    for template in templates::list() {
        window.act(Action::NewFromTemplate(template.name));
        assert_eq!(window.workspace().project().name, template.title);
        // What comes from a template can be edited and undone like anything else.
        let Some(goal) = window.workspace().project().goals.values().find(|g| g.parent.is_none()).cloned() else { continue };
        window.harness.get_by_role_and_label(Role::TreeItem, &goal.title);
        window.act(Action::from(edits::rename_goal(&goal, "Renamed")));
        window.press(Modifiers::COMMAND, Key::Z);
        assert_eq!(window.workspace().project().goal(&goal.id), Some(&*goal));
        assert!(!window.workspace().document.is_dirty());
    }
}
