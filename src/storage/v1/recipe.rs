use serde::{Deserialize, Serialize};

use super::super::scalar::{Coded, List, Text};
use super::{is_default, mirror};
use crate::model::{self, Date, RecipeId};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Recipe {
    id: Coded<RecipeId>,
    name: Text,
    shape: Shape,
    #[serde(default, skip_serializing_if = "is_default")]
    delimiter: Option<Coded<char>>,
    #[serde(default, skip_serializing_if = "is_default")]
    encoding: Option<Text>,
    #[serde(default, skip_serializing_if = "is_default")]
    decimal_mark: Option<Coded<char>>,
    #[serde(default, skip_serializing_if = "is_default")]
    date_format: Option<Text>,
    #[serde(default, skip_serializing_if = "is_default")]
    date_order: Option<DateOrder>,
    #[serde(default, skip_serializing_if = "is_default")]
    start: Option<Coded<Date>>,
    #[serde(default, skip_serializing_if = "is_default")]
    sheet: Option<Text>,
    #[serde(default, skip_serializing_if = "is_default")]
    skip_rows: u32,
    #[serde(default, skip_serializing_if = "is_default")]
    has_header: Option<bool>,
    #[serde(default, skip_serializing_if = "is_default")]
    filters: List<Filter>,
    #[serde(default, skip_serializing_if = "is_default")]
    percent: PercentForm,
    #[serde(default, skip_serializing_if = "is_default")]
    percent_of: List<PercentOf>,
    #[serde(default, skip_serializing_if = "is_default")]
    on_duplicate: OnDuplicate,
    #[serde(default, skip_serializing_if = "is_default")]
    mode: Mode,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
enum Shape {
    Long { date: Text, value: Text },
    Wide { date: Text, columns: List<Text> },
    Tall { date: Text, metric: Text, value: Text },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Filter {
    column: Text,
    value: Text,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PercentOf {
    series: Text,
    form: PercentForm,
}

mirror!(DateOrder = DateOrder { DayFirst, MonthFirst });
mirror!(PercentForm = PercentForm { Hundredths, Share });
mirror!(OnDuplicate = OnDuplicate { Reject, Last, Sum, Mean });
mirror!(Mode = ImportMode { Merge, Replace, FillGaps });

#[expect(clippy::derivable_impls, reason = "the enum comes from a macro that knows no default")]
impl Default for PercentForm {
    fn default() -> Self {
        Self::Hundredths
    }
}

#[expect(clippy::derivable_impls, reason = "the enum comes from a macro that knows no default")]
impl Default for OnDuplicate {
    fn default() -> Self {
        Self::Reject
    }
}

#[expect(clippy::derivable_impls, reason = "the enum comes from a macro that knows no default")]
impl Default for Mode {
    fn default() -> Self {
        Self::Merge
    }
}

impl From<&model::ImportRecipe> for Recipe {
    fn from(recipe: &model::ImportRecipe) -> Self {
        let model::ImportRecipe {
            id,
            name,
            shape,
            delimiter,
            encoding,
            decimal_mark,
            date_format,
            date_order,
            start,
            sheet,
            skip_rows,
            has_header,
            filters,
            percent,
            percent_of,
            on_duplicate,
            mode,
        } = recipe;
        Self {
            id: Coded(id.clone()),
            name: Text(name.clone()),
            shape: shape.into(),
            delimiter: delimiter.map(Coded),
            encoding: encoding.clone().map(Text),
            decimal_mark: decimal_mark.map(Coded),
            date_format: date_format.clone().map(Text),
            date_order: date_order.map(Into::into),
            start: start.map(Coded),
            sheet: sheet.clone().map(Text),
            skip_rows: *skip_rows,
            has_header: *has_header,
            filters: filters.iter().map(|(c, v)| Filter { column: Text(c.clone()), value: Text(v.clone()) }).collect(),
            percent: (*percent).into(),
            percent_of: percent_of.iter().map(|(s, form)| PercentOf { series: Text(s.clone()), form: (*form).into() }).collect(),
            on_duplicate: (*on_duplicate).into(),
            mode: (*mode).into(),
        }
    }
}

impl From<Recipe> for model::ImportRecipe {
    fn from(recipe: Recipe) -> Self {
        let Recipe {
            id,
            name,
            shape,
            delimiter,
            encoding,
            decimal_mark,
            date_format,
            date_order,
            start,
            sheet,
            skip_rows,
            has_header,
            filters,
            percent,
            percent_of,
            on_duplicate,
            mode,
        } = recipe;
        Self {
            id: id.0,
            name: name.0,
            shape: shape.into(),
            delimiter: delimiter.map(|c| c.0),
            encoding: encoding.map(|t| t.0),
            decimal_mark: decimal_mark.map(|c| c.0),
            date_format: date_format.map(|t| t.0),
            date_order: date_order.map(Into::into),
            start: start.map(|day| day.0),
            sheet: sheet.map(|t| t.0),
            skip_rows,
            has_header,
            filters: filters.0.into_iter().map(|f| (f.column.0, f.value.0)).collect(),
            percent: percent.into(),
            percent_of: percent_of.0.into_iter().map(|of| (of.series.0, of.form.into())).collect(),
            on_duplicate: on_duplicate.into(),
            mode: mode.into(),
        }
    }
}

impl From<&model::TableShape> for Shape {
    fn from(shape: &model::TableShape) -> Self {
        let text = |t: &String| Text(t.clone());
        match shape {
            model::TableShape::Long { date, value } => Self::Long { date: text(date), value: text(value) },
            model::TableShape::Wide { date, columns } => Self::Wide { date: text(date), columns: columns.iter().map(text).collect() },
            model::TableShape::Tall { date, metric, value } => Self::Tall { date: text(date), metric: text(metric), value: text(value) },
        }
    }
}

impl From<Shape> for model::TableShape {
    fn from(shape: Shape) -> Self {
        match shape {
            Shape::Long { date, value } => Self::Long { date: date.0, value: value.0 },
            Shape::Wide { date, columns } => Self::Wide { date: date.0, columns: columns.0.into_iter().map(|t| t.0).collect() },
            Shape::Tall { date, metric, value } => Self::Tall { date: date.0, metric: metric.0, value: value.0 },
        }
    }
}
