//! The scorecard as it is arranged: of each KPI what was reached, what was to be reached and the difference, period by period.

use super::sheet::{Sheet, Value, clean, form_of, form_of_difference};
use crate::chart::scorecard::Part;
use crate::export::Stage;
use crate::ui::views::scorecard_shown;

const PARTS: [Part; 3] = [Part::Actual, Part::Target, Part::Variance];
const HEADS: [&str; 7] = ["Group", "KPI", "Owner", "Unit", "Status", "Target", "Number"];

pub(super) fn sheet(stage: &Stage<'_>) -> Sheet {
    let scorecard = scorecard_shown(&stage.scene());
    let periods = scorecard.columns.list.iter().map(|column| column.words.clone());
    let heads = HEADS.map(str::to_owned).into_iter().chain(periods).collect();
    let mut rows = Vec::new();
    for group in &scorecard.groups {
        for row in &scorecard.rows[group.rows.clone()] {
            let (form, difference) = (form_of(&row.format), form_of_difference(&row.format));
            for part in PARTS {
                let mut cells = vec![
                    Value::text(&group.title),
                    Value::text(&row.name),
                    Value::text(&row.owner),
                    Value::text(clean(&row.format.unit.words())),
                    Value::text(&row.standing.word),
                    Value::text(&row.target_words),
                    Value::text(part.word()),
                ];
                let form = if part == Part::Variance { &difference } else { &form };
                cells.extend(row.cells.iter().map(|cell| Value::number(cell.number(part), form)));
                rows.push(cells);
            }
        }
    }
    Sheet { name: "Scorecard".to_owned(), heads, rows, frozen: 2, drawn: None }
}
