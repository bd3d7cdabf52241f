//! One file a view. Each gets a [`Scene`], its scratch and a medium, draws, and answers with actions.

pub mod board;
mod chart_card;
mod check_in_button;
mod cycle;
mod goal_header;
mod import_offer;
mod key_results;
mod kpi;
mod limits;
mod map;
mod moves;
mod objective;
mod review;
mod roadmap;
mod scorecard;
pub(in crate::ui) mod target;
mod time_range;

pub use board::board_ui;
pub use cycle::{CarryOffer, carry_offer, empty_cycle_words};
pub use goal_header::goal_header_ui;
pub use key_results::goal_rows_ui;
pub use kpi::{figure_of, kpi_ui, rows_a_page, table_page_ui};
pub use map::{MapPage, map_page_ui, map_pages, map_ui};
pub use moves::{bets_ui, evidence_listed, evidence_ui, lane_ui, moved_ui};
pub use objective::{ChartItem, chart_item_ui, chart_items, common_span, goals_under, objective_ui};
pub use review::{ReviewPart, review_part_ui, review_parts, review_ui};
pub use roadmap::{RoadmapPart, roadmap_page_ui, roadmap_parts, roadmap_shown, roadmap_ui};
pub(in crate::ui) use scorecard::{CellOf, cell_why};
pub use scorecard::{ScorecardPage, scorecard_page_ui, scorecard_pages, scorecard_shown, scorecard_ui};

use egui::{Frame, Margin, Ui};

use super::scene::{Medium, Scene};
use super::theme::space;

/// The margins of a view, and its scroll area on a screen.
fn page_ui(ui: &mut Ui, scene: &Scene<'_>, medium: Medium, id: &str, add: impl FnOnce(&mut Ui)) {
    match medium {
        Medium::Screen => {
            egui::ScrollArea::vertical().id_salt(id).auto_shrink([false, false]).show(ui, |ui| {
                Frame::new().inner_margin(Margin::same(space::XL as i8)).show(ui, |ui| {
                    ui.spacing_mut().item_spacing = egui::vec2(space::S, space::M);
                    add(ui);
                });
            });
        }
        Medium::Page => {
            ui.spacing_mut().item_spacing = egui::vec2(scene.theme.px(space::S), scene.theme.px(space::M));
            add(ui);
        }
    }
}
