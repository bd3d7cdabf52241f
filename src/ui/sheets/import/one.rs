//! One series: where it goes, what a new metric is, and the chart as it would be.

use egui::{Id, Popup, PopupCloseBehavior, ScrollArea, Ui, Vec2, vec2};

use super::{Desk, combo_ui, counts_words, series};
use crate::import::{Destination, ImportError, Listed, Sure};
use crate::model::{Cadence, Metric, PercentForm, Unit, capitalised};
use crate::ui::chart::{ChartOptions, Margins, chart_ui};
use crate::ui::inspector::words;
use crate::ui::scene::Medium;
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets::{self, PickRow, TextField, pick_field_ui, pick_rows_ui};

const NAME: f32 = 76.0;
const CURRENCIES: [&str; 6] = ["EUR", "USD", "GBP", "CHF", "JPY", "SEK"];
const LIST: f32 = 280.0;

pub(super) fn one_ui(desk: &mut Desk<'_>, ui: &mut Ui, room: Vec2) {
    let theme = desk.scene.theme;
    ui.spacing_mut().item_spacing.y = space::XS;
    let Some(listed) = series::shown(desk).cloned() else {
        ui.add_space(room.y);
        return;
    };
    let top = ui.cursor().top();
    widgets::truncated_ui(ui, theme.strong(&listed.take.from, TextSize::Body));
    row_ui(desk, ui, "Goes to", |desk, ui| pick_ui(desk, ui, &listed));
    match &listed.take.to {
        Destination::New { name, unit } => new_ui(desk, ui, &listed, name, unit),
        Destination::Metric(id) => {
            if let Some(metric) = desk.scene.project.find_metric(id) {
                let words = format!("{}, {}", capitalised(metric.cadence.word()), metric.unit.words());
                row_ui(desk, ui, "", |_, ui| widgets::truncated_ui(ui, theme.muted(words, TextSize::Small)));
            }
        }
    }
    percent_ui(desk, ui, &listed);
    outcome_ui(desk, ui, &listed);
    let left = room.y - (ui.cursor().top() - top) - space::S;
    if left > 4.0 * size::ROW {
        chart(desk, ui, &listed, vec2(room.x, left));
    }
    let used = ui.cursor().top() - top;
    ui.add_space((room.y - used).max(0.0));
}

fn row_ui<R>(desk: &mut Desk<'_>, ui: &mut Ui, name: &str, add: impl FnOnce(&mut Desk<'_>, &mut Ui) -> R) -> R {
    let theme = desk.scene.theme;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let (rect, _) = ui.allocate_exact_size(vec2(NAME, size::CONTROL), egui::Sense::hover());
        ui.painter().text(rect.left_center(), egui::Align2::LEFT_CENTER, name, theme.font(TextSize::Small), theme.text.muted);
        add(desk, ui)
    })
    .inner
}

/// How this series writes percentages: in a wide table others may write them otherwise.
fn percent_ui(desk: &mut Desk<'_>, ui: &mut Ui, listed: &Listed) {
    let theme = desk.scene.theme;
    let unit = match &listed.take.to {
        Destination::New { unit, .. } => unit,
        Destination::Metric(id) => match desk.scene.project.find_metric(id) {
            Some(metric) => &metric.unit,
            None => return,
        },
    };
    if *unit != Unit::Percent || desk.found.listed.len() < 2 || !listed.taken {
        return;
    }
    let from = &listed.take.from;
    let found = match desk.found.part(from) {
        Some(part) if part.numbers.shares => "As read: 0.45 is 45 %",
        Some(_) => "As read: 45 is 45 %",
        None => "As the table shows",
    };
    let current = desk.wanted.choices.series.get(from).and_then(|said| said.percent);
    let options = [
        (None, found.to_owned()),
        (Some(PercentForm::Share), "0.45 is 45 %".to_owned()),
        (Some(PercentForm::Hundredths), "45 is 45 %".to_owned()),
    ];
    row_ui(desk, ui, "Percentages", |desk, ui| {
        let width = ui.available_width();
        if let Some(form) = combo_ui(ui, theme, "How percentages of this series are written", &current, &options, width) {
            desk.choices().of_series(from).percent = form;
            desk.wanted.shown = Some(from.clone());
        }
    });
}

/// The metric that the series goes to: one that is known, found by its letters, or a new one.
fn pick_ui(desk: &mut Desk<'_>, ui: &mut Ui, listed: &Listed) {
    let theme = desk.scene.theme;
    let from = &listed.take.from;
    let words = match &listed.take.to {
        Destination::New { .. } => "A new metric".to_owned(),
        Destination::Metric(_) => series::goes_to(desk, listed),
    };
    let button = widgets::button_ui(ui, theme, &words);
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Metric that {from} goes to: {words}")));
    if listed.sure != Sure::Certain {
        super::grid::sure_ui(ui, desk, listed.sure, "the names are alike");
    }
    if button.clicked() {
        desk.kept.pick.text.clear();
        desk.kept.pick.at = 0;
    }
    let mut chosen = None;
    Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        ui.set_width(LIST);
        let id = Id::unique("metric for a series");
        let fresh = button.clicked();
        let keys = pick_field_ui(ui, theme, id, "Find a metric", "Name of a metric", &mut desk.kept.pick, fresh);
        let wanted = desk.kept.pick.text.trim().to_lowercase();
        let names = |m: &Metric| format!("{} {} {}", m.name, m.abbreviation, m.synonyms.join(" ")).to_lowercase();
        let fits = |m: &&Metric| m.formula().is_none() && (wanted.is_empty() || names(m).contains(&wanted));
        let mut metrics: Vec<&Metric> = desk.scene.project.metrics.values().map(AsRef::as_ref).filter(fits).collect();
        metrics.sort_by_key(|m| m.name.to_lowercase());
        let mut rows: Vec<PickRow<'_>> =
            metrics.iter().map(|m| PickRow { words: m.name.clone(), note: m.cadence.word().to_owned(), ..PickRow::default() }).collect();
        rows.push(PickRow { words: "A new metric".to_owned(), ..PickRow::default() });
        ScrollArea::vertical().id_salt("metrics").max_height(LIST).show(ui, |ui| {
            if let Some(index) = pick_rows_ui(ui, theme, &rows, &mut desk.kept.pick, keys.enter) {
                chosen = Some(metrics.get(index).map(|m| m.id.to_string()));
            }
        });
        if chosen.is_some() || keys.escape {
            ui.close();
        }
    });
    if let Some(metric) = chosen {
        let to = metric.map_or_else(|| new_named(desk, from), Destination::Metric);
        let said = desk.choices().of_series(from);
        said.to = Some(to);
        said.taken = Some(true);
        said.cadence = None;
        desk.wanted.shown = Some(from.clone());
    }
}

/// A new metric of the series' own name, in the unit that the column shows.
fn new_named(desk: &Desk<'_>, from: &str) -> Destination {
    let looked = desk.found.looked.as_ref().ok();
    let column = looked.and_then(|looked| looked.table.column(from).ok().and_then(|index| looked.columns.get(index)));
    // Two metrics of one name could not be told apart.
    let known = desk.scene.project.find_metric(from.trim()).is_some();
    let name = if known { format!("{}, imported", from.trim()) } else { from.trim().to_owned() };
    Destination::New { name, unit: column.map_or(Unit::Count, |column| column.unit.clone()) }
}

fn new_ui(desk: &mut Desk<'_>, ui: &mut Ui, listed: &Listed, name: &str, unit: &Unit) {
    let theme = desk.scene.theme;
    let from = &listed.take.from;
    let put = |desk: &mut Desk<'_>, name: String, unit: Unit| {
        let said = desk.choices().of_series(from);
        said.to = Some(Destination::New { name, unit });
        desk.wanted.shown = Some(from.clone());
    };
    row_ui(desk, ui, "Name", |desk, ui| {
        let field = TextField::new(("name of the metric", from), "Name of the new metric", name).required("A metric needs a name");
        if let Some(name) = field.show(ui, theme, &mut desk.kept.drafts).committed {
            put(desk, name, unit.clone());
        }
    });
    row_ui(desk, ui, "Unit", |desk, ui| {
        let options = units(unit, &desk.scene.project.settings.currency);
        let custom = matches!(unit, Unit::Custom(_));
        let width = if custom { 120.0 } else { 150.0 };
        if let Some(unit) = combo_ui(ui, theme, "Unit of the new metric", unit, &options, width) {
            put(desk, name.to_owned(), unit);
        }
        if let Unit::Custom(word) = unit {
            let field = TextField::new(("word of the unit", from), "Word of the unit", word).required("A unit needs a word");
            if let Some(word) = field.show(ui, theme, &mut desk.kept.drafts).committed {
                put(desk, name.to_owned(), Unit::Custom(word));
            }
        } else if let Some((sure, because)) = unit_sure(desk, listed) {
            super::grid::sure_ui(ui, desk, sure, &because);
        }
    });
    let part = desk.found.part(from);
    let direction = listed.take.direction.or(part.map(|p| p.direction)).unwrap_or(crate::model::Direction::Up);
    let cadence = listed.take.cadence.or(part.map(|p| p.cadence));
    row_ui(desk, ui, "Direction", |desk, ui| {
        let width = ui.available_width();
        if let Some(direction) = combo_ui(ui, theme, "Direction of the new metric", &direction, &words::options(&words::DIRECTIONS), width)
        {
            desk.choices().of_series(from).direction = Some(direction);
        }
    });
    row_ui(desk, ui, "Cadence", |desk, ui| {
        let mut options: Vec<(Option<Cadence>, String)> = words::cadences().into_iter().map(|(c, word)| (Some(c), word)).collect();
        if cadence.is_none() {
            options.insert(0, (None, "–".to_owned()));
        }
        if let Some(cadence) = combo_ui(ui, theme, "Cadence of the new metric", &cadence, &options, 150.0) {
            desk.choices().of_series(from).cadence = cadence;
        }
        match (listed.take.cadence, cadence) {
            (None, Some(_)) => super::grid::sure_ui(ui, desk, Sure::Likely, "it is the usual distance of its dates"),
            (None, None) if matches!(desk.found.problem(from), Some(ImportError::CadenceUnknown)) => {
                super::grid::sure_ui(ui, desk, Sure::Open, "its dates do not show it");
            }
            (None, None) => {}
            (Some(_), _) => super::grid::sure_ui(ui, desk, Sure::Certain, "you chose it"),
        }
    });
}

/// How sure the unit of a series is that nobody chose.
fn unit_sure(desk: &Desk<'_>, listed: &Listed) -> Option<(Sure, String)> {
    if desk.wanted.choices.series.get(&listed.take.from).is_some_and(|said| said.to.is_some()) {
        return Some((Sure::Certain, "you chose it".to_owned()));
    }
    let looked = desk.found.looked.as_ref().ok()?;
    let column = &looked.columns[looked.table.column(&listed.take.from).ok()?];
    let because = match column.unit_sure {
        Sure::Certain => "the signs in all of its cells show it",
        Sure::Likely | Sure::Open => "its name and signs are all there is to tell",
    };
    Some((column.unit_sure, because.to_owned()))
}

fn units(current: &Unit, currency: &str) -> Vec<(Unit, String)> {
    let plain = [
        (Unit::Count, "Count"),
        (Unit::Percent, "Percent"),
        (Unit::Ratio, "Ratio"),
        (Unit::Score, "Score"),
        (Unit::Seconds, "Seconds"),
        (Unit::Minutes, "Minutes"),
        (Unit::Hours, "Hours"),
        (Unit::Days, "Days"),
    ];
    let mut units: Vec<(Unit, String)> = plain.into_iter().map(|(unit, word)| (unit, word.to_owned())).collect();
    let mut codes: Vec<&str> = std::iter::once(currency).chain(CURRENCIES).collect();
    if let Unit::Currency(code) = current {
        codes.push(code);
    }
    for code in codes {
        let unit = Unit::Currency(code.to_owned());
        if !units.iter().any(|(known, _)| *known == unit) {
            units.push((unit, code.to_owned()));
        }
    }
    let custom = if let Unit::Custom(_) = current { current.clone() } else { Unit::Custom("items".to_owned()) };
    units.push((custom, "Another word".to_owned()));
    units
}

/// What taking the series would change, and what of its rows does not come in.
fn outcome_ui(desk: &Desk<'_>, ui: &mut Ui, listed: &Listed) {
    let theme = desk.scene.theme;
    let from = &listed.take.from;
    if !listed.taken {
        let words = if series::is_computed(desk, listed) {
            "Left out: a formula gives the values of this metric. It can go to another one."
        } else {
            "Left out. Tick it in the list to take it."
        };
        ui.add(egui::Label::new(theme.muted(words, TextSize::Small)).wrap());
        return;
    }
    let (words, colour) = match (desk.found.part(from), desk.found.problem(from)) {
        (Some(part), _) => {
            let reading = &part.reading;
            let counts = [
                (part.added, "new"),
                (part.changed, "changed"),
                (part.unchanged, "as before"),
                (part.removed, "removed"),
                (reading.joined, "joined with another of its date"),
                (reading.without_value.len(), "without a value"),
                (reading.rejected.len(), "not taken"),
                (reading.left_out, "filtered out"),
            ];
            (format!("{}.", counts_words(desk, &counts)), theme.text.default)
        }
        (None, Some(_)) if desk.found.waits(from) => ("Waits for the answer above.".to_owned(), theme.text.muted),
        (None, Some(problem)) => (super::sentence(&problem.to_string()), theme.error()),
        (None, None) => (String::new(), theme.text.muted),
    };
    ui.add(egui::Label::new(theme.number(words, TextSize::Small).color(colour)).wrap());
}

fn chart(desk: &mut Desk<'_>, ui: &mut Ui, listed: &Listed, size: Vec2) {
    let Some(shown) = desk.found.shown.as_ref().filter(|shown| shown.from == listed.take.from) else { return };
    let id = Id::unique(("chart of an import", &shown.from));
    let options = ChartOptions { id, medium: Medium::Screen, range: None, cursor: None, size, caption: false, margins: Margins::default() };
    chart_ui(ui, desk.scene.theme, &shown.chart, &mut desk.kept.plot, &options);
}
