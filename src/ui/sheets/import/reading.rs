//! How the file is read, part by part: what was found, how sure that is, and a choice in its place.

use egui::{Align2, Label, ScrollArea, Sense, Ui, vec2};

use super::grid::sure_ui;
use super::{Desk, combo_ui, filters};
use crate::import::{DateOrder, Fact, Holds, Looked, ReadHints, RecipeChoice, ShapeKind, Sure, TableSource, delimiter_word};
use crate::model::{ImportMode, OnDuplicate, PercentForm, TableShape, Unit};
use crate::ui::theme::{TextSize, size, space};
use crate::ui::widgets::{self, DateField, TextField};

const NAME: f32 = 80.0;
const SURE: f32 = 76.0;
const DELIMITERS: [char; 5] = [',', ';', '\t', '|', ' '];
const ENCODINGS: [&str; 10] =
    ["UTF-8", "windows-1252", "windows-1250", "windows-1251", "ISO-8859-2", "macintosh", "UTF-16LE", "UTF-16BE", "Shift_JIS", "GBK"];
/// Rows among which the names of the columns may be said to be.
const HEADER_ROWS: usize = 6;

pub(super) fn reading_ui(desk: &mut Desk<'_>, ui: &mut Ui, height: f32) {
    let area = ScrollArea::vertical().id_salt("how it is read").max_height(height).auto_shrink([false, false]);
    area.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        // Room for the scroll bar.
        ui.set_max_width(ui.available_width() - space::M);
        head_ui(desk, ui);
        recipe_ui(desk, ui);
        match desk.found.looked.clone() {
            Ok(looked) => {
                file_ui(desk, ui, &looked);
                shape_ui(desk, ui, &looked);
                dates_ui(desk, ui, &looked);
                values_ui(desk, ui, &looked);
                points_ui(desk, ui);
                filters::filters_ui(desk, ui, &looked);
            }
            Err(_) => unreadable_ui(desk, ui),
        }
    });
}

/// A name, what there is to choose, and how sure the choice is; why, where it is not certain.
pub(super) fn row_ui(desk: &mut Desk<'_>, ui: &mut Ui, name: &str, fact: Option<&Fact>, add: impl FnOnce(&mut Desk<'_>, &mut Ui, f32)) {
    let theme = desk.scene.theme;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let (rect, _) = ui.allocate_exact_size(vec2(NAME, size::CONTROL), Sense::hover());
        ui.painter().text(rect.left_center(), Align2::LEFT_CENTER, name, theme.font(TextSize::Small), theme.text.muted);
        let width = ui.available_width() - SURE - space::XS;
        add(desk, ui, width);
        if let Some(fact) = fact {
            sure_ui(ui, desk, fact.sure, &fact.because);
        }
    });
    if let Some(fact) = fact.filter(|fact| fact.sure != Sure::Certain) {
        because_ui(desk, ui, &fact.because);
    }
}

fn because_ui(desk: &Desk<'_>, ui: &mut Ui, because: &str) {
    ui.horizontal(|ui| {
        ui.add_space(NAME + space::XS);
        ui.add(Label::new(desk.theme().muted(super::sentence(because), TextSize::Caption)).wrap());
    });
}

fn head_ui(desk: &Desk<'_>, ui: &mut Ui) {
    let theme = desk.scene.theme;
    ui.label(theme.strong("How it is read", TextSize::Body));
    if let Ok(looked) = &desk.found.looked {
        let words = format!("{}, {}", desk.counted(looked.table.len(), "row"), desk.counted(looked.table.header.len(), "column"));
        widgets::truncated_ui(ui, theme.muted(words, TextSize::Small));
    }
}

fn recipe_ui(desk: &mut Desk<'_>, ui: &mut Ui) {
    let project = desk.scene.project;
    if project.recipes.is_empty() {
        return;
    }
    let used = desk.found.looked.as_ref().ok().and_then(|looked| looked.recipe.as_ref()).map(|recipe| recipe.id.clone());
    let current = used.map_or(RecipeChoice::None, RecipeChoice::This);
    let mut options = vec![(RecipeChoice::None, "As guessed".to_owned())];
    options.extend(project.recipes.values().map(|recipe| (RecipeChoice::This(recipe.id.clone()), recipe.name.clone())));
    let fitting = desk.wanted.choices.recipe == RecipeChoice::Fitting && current != RecipeChoice::None;
    let fact = fitting.then(|| Fact { words: String::new(), sure: Sure::Likely, because: "its columns are all in the table".to_owned() });
    row_ui(desk, ui, "Recipe", fact.as_ref(), |desk, ui, width| {
        if let Some(recipe) = combo_ui(ui, desk.scene.theme, "Recipe", &current, &options, width) {
            desk.choices().use_recipe(recipe);
        }
    });
}

/// The table cannot be read as it is said: another way is, or what was said is taken back.
fn unreadable_ui(desk: &mut Desk<'_>, ui: &mut Ui) {
    let theme = desk.scene.theme;
    let hints = desk.wanted.choices.hints.clone();
    if hints != ReadHints::default() && widgets::button_ui(ui, theme, "Read it as it was found").clicked() {
        desk.choices().read_as(ReadHints::default());
    }
    row_ui(desk, ui, "Encoding", None, |desk, ui, width| {
        let current = hints.encoding.clone().unwrap_or_default();
        let options: Vec<(String, String)> = ENCODINGS.iter().map(|e| ((*e).to_owned(), (*e).to_owned())).collect();
        if let Some(encoding) = combo_ui(ui, theme, "Encoding", &current, &options, width) {
            desk.choices().read_as(ReadHints { encoding: Some(encoding), ..hints.clone() });
        }
    });
}

fn file_ui(desk: &mut Desk<'_>, ui: &mut Ui, looked: &Looked) {
    let facts = desk.found.facts.clone();
    let Some(facts) = facts else { return };
    let hints = desk.wanted.choices.hints.clone();
    match &looked.table.source {
        TableSource::Text { delimiter, encoding } => {
            row_ui(desk, ui, "Columns by", facts.delimiter.as_ref(), |desk, ui, width| {
                let mut options: Vec<(char, String)> = DELIMITERS.map(|d| (d, delimiter_word(d))).to_vec();
                if !DELIMITERS.contains(delimiter) {
                    options.push((*delimiter, delimiter_word(*delimiter)));
                }
                if let Some(delimiter) = combo_ui(ui, desk.scene.theme, "Delimiter", delimiter, &options, width) {
                    desk.choices().read_as(ReadHints { delimiter: Some(delimiter), ..hints.clone() });
                }
            });
            row_ui(desk, ui, "Encoding", facts.encoding.as_ref(), |desk, ui, width| {
                let others = ENCODINGS.iter().filter(|e| *e != encoding);
                let options: Vec<(&str, String)> = std::iter::once(encoding).chain(others).map(|e| (*e, (*e).to_owned())).collect();
                if let Some(encoding) = combo_ui(ui, desk.scene.theme, "Encoding", encoding, &options, width) {
                    desk.choices().read_as(ReadHints { encoding: Some(encoding.to_owned()), ..hints.clone() });
                }
            });
        }
        TableSource::Sheet { name, sheets, .. } => row_ui(desk, ui, "Sheet", facts.sheet.as_ref(), |desk, ui, width| {
            let options: Vec<(String, String)> = sheets.iter().map(|sheet| (sheet.clone(), sheet.clone())).collect();
            if let Some(sheet) = combo_ui(ui, desk.scene.theme, "Sheet", name, &options, width) {
                desk.choices().read_as(ReadHints { sheet: Some(sheet), ..hints.clone() });
            }
        }),
    }
    row_ui(desk, ui, "Names", Some(&facts.header), |desk, ui, width| {
        let current = (hints.skip_rows, hints.has_header);
        let mut options = vec![((None, None), facts.header.words.clone())];
        options.extend((0..HEADER_ROWS).map(|row| ((Some(row), Some(true)), format!("In filled row {}", row + 1))));
        options.push(((None, Some(false)), "No row has names".to_owned()));
        if let Some((skip_rows, has_header)) = combo_ui(ui, desk.scene.theme, "Names of the columns", &current, &options, width) {
            desk.choices().read_as(ReadHints { skip_rows, has_header, ..hints.clone() });
        }
    });
}

fn shape_ui(desk: &mut Desk<'_>, ui: &mut Ui, looked: &Looked) {
    let Some(facts) = desk.found.facts.clone() else { return };
    let shape = desk.wanted.choices.shape(looked).ok().cloned();
    let date = shape.as_ref().map_or(String::new(), |shape| date_of(shape).to_owned());
    let kinds: Vec<(ShapeKind, String)> = ShapeKind::ALL
        .into_iter()
        .filter(|kind| looked.in_shape(*kind, &date).is_some())
        .map(|kind| {
            let words = match kind {
                ShapeKind::Long => "One metric",
                ShapeKind::Wide => "A column each",
                ShapeKind::Tall => "Rows name it",
            };
            (kind, words.to_owned())
        })
        .collect();
    let current = shape.as_ref().map(ShapeKind::of);
    row_ui(desk, ui, "Metrics in", Some(&facts.shape), |desk, ui, width| {
        let kinds: Vec<(Option<ShapeKind>, String)> = kinds.iter().map(|(kind, words)| (Some(*kind), words.clone())).collect();
        if let Some(Some(kind)) = combo_ui(ui, desk.scene.theme, "Shape of the table", &current, &kinds, width)
            && let Some(shape) = looked.in_shape(kind, &date)
        {
            desk.choices().read_in_shape(shape);
        }
    });
    if facts.shape.sure == Sure::Certain && !facts.shape.because.is_empty() {
        because_ui(desk, ui, &facts.shape.because);
    }
    let (names, value) = match &shape {
        Some(TableShape::Tall { metric, value, .. }) => (Some(metric.clone()), Some(value.clone())),
        Some(TableShape::Long { value, .. }) => (None, Some(value.clone())),
        _ => (None, None),
    };
    let columns = |wanted: Option<Holds>| -> Vec<(String, String)> {
        let mut columns: Vec<usize> = (0..looked.columns.len()).filter(|i| looked.table.column(&looked.table.header[*i]).is_ok()).collect();
        columns.sort_by_key(|i| wanted.is_some_and(|wanted| looked.columns[*i].holds != wanted));
        columns.into_iter().map(|i| (looked.table.header[i].clone(), looked.table.header[i].clone())).collect()
    };
    if let Some(names) = names {
        let mut options = looked.name_choices(&date, value.as_deref().unwrap_or_default());
        if !options.contains(&names) {
            options.push(names.clone());
        }
        let options: Vec<(String, String)> = options.into_iter().map(|name| (name.clone(), name)).collect();
        row_ui(desk, ui, "Named in", None, |desk, ui, width| {
            if let Some(metric) = combo_ui(ui, desk.scene.theme, "Column with the names", &names, &options, width)
                && let Some(TableShape::Tall { date, value, .. }) = shape.clone()
            {
                desk.choices().read_in_shape(TableShape::Tall { date, metric, value });
            }
        });
    }
    if let Some(current) = value {
        row_ui(desk, ui, "Values in", None, |desk, ui, width| {
            if let Some(value) = combo_ui(ui, desk.scene.theme, "Column with the values", &current, &columns(Some(Holds::Numbers)), width) {
                match shape.clone() {
                    Some(TableShape::Tall { date, metric, .. }) => desk.choices().read_in_shape(TableShape::Tall { date, metric, value }),
                    Some(TableShape::Long { date, .. }) => desk.choices().read_in_shape(TableShape::Long { date, value }),
                    _ => {}
                }
            }
        });
    }
}

fn date_of(shape: &TableShape) -> &str {
    match shape {
        TableShape::Long { date, .. } | TableShape::Wide { date, .. } | TableShape::Tall { date, .. } => date,
    }
}

fn dates_ui(desk: &mut Desk<'_>, ui: &mut Ui, looked: &Looked) {
    let theme = desk.scene.theme;
    let Some(facts) = desk.found.facts.clone() else { return };
    let Ok(shape) = desk.wanted.choices.shape(looked).cloned() else { return };
    let date = date_of(&shape).to_owned();
    row_ui(desk, ui, "Dates in", Some(&facts.dates), |desk, ui, width| {
        let words = |date: &String| if date.is_empty() { "No column: rows are counted".to_owned() } else { date.clone() };
        let options: Vec<(String, String)> = looked.date_choices().into_iter().map(|date| (date.clone(), words(&date))).collect();
        if let Some(date) = combo_ui(ui, theme, "Column with the dates", &date, &options, width) {
            let shape = looked.dated(&shape, &date);
            desk.choices().read_in_shape(shape);
        }
    });
    let choices = &desk.wanted.choices;
    let counted = date.is_empty() || desk.found.read.as_ref().is_ok_and(|preview| preview.dates.is_counted);
    if counted {
        let start = choices.start;
        row_ui(desk, ui, "First row is", None, |desk, ui, _| {
            let field = DateField::new("day of the first row", "Day of the first row", start, desk.scene.as_of);
            if let Some(start) = field.show(ui, theme, &mut desk.kept.drafts).committed {
                desk.choices().start = start;
            }
        });
        return;
    }
    let form = match (&choices.date_format, choices.date_order) {
        (Some(_), _) => DateForm::Pattern,
        (None, Some(DateOrder::DayFirst)) => DateForm::DayFirst,
        (None, Some(DateOrder::MonthFirst)) => DateForm::MonthFirst,
        (None, None) => DateForm::Found,
    };
    let pattern = choices.date_format.clone();
    row_ui(desk, ui, "Written", facts.date_form.as_ref(), |desk, ui, width| {
        let options = [
            (DateForm::Found, facts.date_form.as_ref().map_or("As written", |fact| fact.words.as_str()).to_owned()),
            (DateForm::DayFirst, "Day first: 31/12".to_owned()),
            (DateForm::MonthFirst, "Month first: 12/31".to_owned()),
            (DateForm::Pattern, "By a pattern…".to_owned()),
        ];
        if let Some(form) = combo_ui(ui, theme, "How dates are written", &form, &options, width) {
            let choices = desk.choices();
            choices.date_order = None;
            choices.date_format = None;
            match form {
                DateForm::Found => {}
                DateForm::DayFirst => choices.date_order = Some(DateOrder::DayFirst),
                DateForm::MonthFirst => choices.date_order = Some(DateOrder::MonthFirst),
                DateForm::Pattern => choices.date_format = Some("%d/%m/%Y".to_owned()),
            }
        }
    });
    if let Some(pattern) = pattern {
        row_ui(desk, ui, "Pattern", None, |desk, ui, width| {
            let field = TextField::new("pattern of dates", "Pattern of dates", &pattern).width(width).hint("%d/%m/%Y");
            if let Some(pattern) = field.show(ui, theme, &mut desk.kept.drafts).committed {
                desk.choices().date_format = Some(pattern);
            }
        });
    }
}

#[derive(Clone, Copy, PartialEq)]
enum DateForm {
    Found,
    DayFirst,
    MonthFirst,
    Pattern,
}

fn values_ui(desk: &mut Desk<'_>, ui: &mut Ui, looked: &Looked) {
    let theme = desk.scene.theme;
    let Some(facts) = desk.found.facts.clone() else { return };
    let mark = desk.wanted.choices.decimal_mark;
    row_ui(desk, ui, "Numbers", facts.decimal_mark.as_ref(), |desk, ui, width| {
        let options = [
            (None, facts.decimal_mark.as_ref().map_or("As written", |fact| fact.words.as_str()).to_owned()),
            (Some('.'), "Decimal point: 0.5".to_owned()),
            (Some(','), "Decimal comma: 0,5".to_owned()),
        ];
        if let Some(mark) = combo_ui(ui, theme, "Decimal mark", &mark, &options, width) {
            desk.choices().decimal_mark = mark;
        }
    });
    let percents = facts.percent.is_some() || looked.columns.iter().any(|column| column.unit == Unit::Percent);
    if percents {
        let form = desk.wanted.choices.percent;
        let found = facts.percent.as_ref().map_or("–", |fact| fact.words.as_str()).to_owned();
        row_ui(desk, ui, "Percentages", facts.percent.as_ref(), |desk, ui, width| {
            let options = [
                (None, found),
                (Some(PercentForm::Share), "0.45 is 45 %".to_owned()),
                (Some(PercentForm::Hundredths), "45 is 45 %".to_owned()),
            ];
            if let Some(form) = combo_ui(ui, theme, "How percentages are written", &form, &options, width) {
                desk.choices().write_percent(form);
            }
        });
    }
}

fn points_ui(desk: &mut Desk<'_>, ui: &mut Ui) {
    let theme = desk.scene.theme;
    let Some(request) = &desk.found.request else { return };
    let (duplicates, mode) =
        (desk.wanted.choices.on_duplicate.unwrap_or(request.on_duplicate), desk.wanted.choices.mode.unwrap_or(request.mode));
    row_ui(desk, ui, "Same date", None, |desk, ui, _| {
        let options = [
            (OnDuplicate::Reject, "Ask"),
            (OnDuplicate::Last, "The last row counts"),
            (OnDuplicate::Sum, "The sum of the rows"),
            (OnDuplicate::Mean, "The mean of the rows"),
        ];
        let options: Vec<_> = options.into_iter().map(|(how, words)| (how, words.to_owned())).collect();
        if let Some(how) = combo_ui(ui, theme, "Rows of the same date", &duplicates, &options, ui.available_width()) {
            desk.choices().on_duplicate = Some(how);
        }
    });
    if let Ok(preview) = &desk.found.read {
        let (dates, rows) = preview.parts.iter().fold((0, 0), |(d, r), part| (d + part.reading.repeated, r + part.reading.joined));
        if dates > 0 {
            let words = format!("{} more than once; {} joined with another", desk.counted(dates, "date"), desk.counted(rows, "row"));
            because_ui(desk, ui, &words);
        }
    }
    row_ui(desk, ui, "What is there", None, |desk, ui, _| {
        let options =
            [(ImportMode::Merge, "Add and renew"), (ImportMode::Replace, "Replace all points"), (ImportMode::FillGaps, "Only fill gaps")];
        let options: Vec<_> = options.into_iter().map(|(mode, words)| (mode, words.to_owned())).collect();
        if let Some(mode) = combo_ui(ui, theme, "Points that are there already", &mode, &options, ui.available_width()) {
            desk.choices().mode = Some(mode);
        }
    });
}
