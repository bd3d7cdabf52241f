//! Where dates repeat: the columns that tell the rows of one date apart, and the one of them that names the metric.

use std::collections::HashMap;

use super::{Column, Holds, metric_named};
use crate::import::{MAX_COLUMNS, Table};
use crate::model::Project;

/// The columns that tell the rows of one date apart.
pub(in crate::import) struct Names {
    /// Its cells name the metric.
    pub(in crate::import) metric: usize,
    /// These tell the rows of one metric apart.
    pub(in crate::import) others: Vec<usize>,
    /// Why it is that column.
    pub(super) because: String,
}

/// More columns are not tried.
const TRIED: usize = 6;

/// Finds them. `None` where dates do not repeat, or no columns of few values tell their rows apart.
pub(in crate::import) fn names_of(table: &Table, dates: &[usize], columns: &[Column], project: Option<&Project>) -> Option<Names> {
    if dates.is_empty() {
        return None;
    }
    let rows: Vec<usize> = (0..table.len()).collect();
    let numbers: Vec<usize> = (0..columns.len()).filter(|i| columns[*i].holds == Holds::Numbers && !dates.contains(i)).collect();
    let words = (0..columns.len()).filter(|i| columns[*i].holds == Holds::Words && !dates.contains(i));
    // Numbers may name a metric where others are its values.
    let candidates = words.chain(numbers.iter().copied().filter(|_| numbers.len() > 1));
    let all = telling(table, &rows, dates, candidates, columns, project)?;
    if numbers.iter().all(|number| all.columns.iter().any(|found| found.column == *number)) {
        return None;
    }
    let mut found = all.columns;
    let (first, told) = (found[0].evidence, found.len());
    let mut why = None;
    if found.get(1).is_some_and(|second| second.evidence == first) {
        // Metrics differ in size; the parts of one metric are alike.
        let left = numbers.iter().copied().filter(|number| found.iter().all(|f| f.column != *number));
        let value = left.max_by_key(|number| super::is_value_name(&columns[*number].name))?;
        let spread: Vec<f64> = found.iter().map(|f| spread(table, value, f)).collect();
        let most = (0..found.len()).filter(|i| found[*i].evidence == first).max_by(|a, b| spread[*a].total_cmp(&spread[*b]))?;
        let metric = found.remove(most);
        why = Some(format!("the values differ most between the names in {}", columns[metric.column].name));
        found.insert(0, metric);
    }
    let metric = &found[0];
    let name = |found: &Told| format!("{} ({})", columns[found.column].name, found.values);
    let because = if told == 1 {
        let nearly = if all.is_exact { "each" } else { "nearly each" };
        format!("{nearly} date occurs once for each of the {} names in {}", metric.values, columns[metric.column].name)
    } else {
        let why = why.unwrap_or_else(|| why_metric(metric, &columns[metric.column].name));
        let all: Vec<String> = found.iter().map(name).collect();
        format!("the rows of a date differ in {}; {why}", and_list(&all))
    };
    Some(Names { metric: metric.column, others: found[1..].iter().map(|found| found.column).collect(), because })
}

/// "kpi (4), site (3) and team (2)".
fn and_list(words: &[String]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        words => words.concat(),
    }
}

fn why_metric(metric: &Told, name: &str) -> String {
    match metric.evidence {
        Evidence { known: 1, .. } => format!("one of the names in {name} is a metric of this project"),
        Evidence { known, .. } if known > 1 => format!("{known} of the names in {name} are metrics of this project"),
        Evidence { is_metric_word: true, .. } => format!("{name} is a usual name for a column of metrics"),
        Evidence { .. } => format!("{name} names the metrics, since the others are usual names for groups"),
    }
}

/// A column that helps to tell rows apart.
pub(in crate::import) struct Told {
    pub(in crate::import) column: usize,
    /// Different cells that it has.
    pub(in crate::import) values: usize,
    evidence: Evidence,
    /// The number of each row's cell.
    ids: Vec<u32>,
}

/// What speaks for a column of metrics' names; the greater, the more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Evidence {
    is_words: bool,
    /// Metrics of the project among its names.
    known: usize,
    is_metric_word: bool,
    is_no_group_word: bool,
}

pub(in crate::import) struct Telling {
    /// As few as will do, best first.
    pub(in crate::import) columns: Vec<Told>,
    is_exact: bool,
}

/// The columns that, with `keys`, tell `rows` apart, or nearly all of them; as few as will do. `None` where nothing does, or nothing
/// needs to.
pub(in crate::import) fn telling(
    table: &Table,
    rows: &[usize],
    keys: &[usize],
    candidates: impl Iterator<Item = usize>,
    columns: &[Column],
    project: Option<&Project>,
) -> Option<Telling> {
    let mut key: Vec<u128> = vec![0; rows.len()];
    let mut groups = 1;
    for column in keys {
        let (ids, count) = numbered(table, rows, *column, usize::MAX)?;
        // Most tables have each date once, and nothing to tell apart.
        if count == rows.len() {
            return None;
        }
        extend(&mut key, &ids, count);
        groups = count;
    }
    if keys.len() > 1 {
        groups = distinct(key.clone());
    }
    let base = rows.len() - groups;
    if base == 0 {
        return None;
    }
    let told = |column: usize| {
        let seen = &columns[column];
        // Remarks are rare, or do not come back; most names have a value on most dates.
        let most = MAX_COLUMNS.min(3 * rows.len() / groups.max(1));
        if seen.filled * 10 < table.len() * 9 || is_remark_name(&seen.name) {
            return None;
        }
        let (ids, values) = numbered(table, rows, column, most)?;
        let comes_back = groups == 1 || values < rows.len();
        (values > 1 && comes_back).then(|| Told { column, values, evidence: Evidence::of(table, rows, seen, &ids, project, column), ids })
    };
    let mut found: Vec<Told> = candidates.filter_map(told).collect();
    found.sort_by(|a, b| b.evidence.cmp(&a.evidence).then(a.values.cmp(&b.values)));
    found.truncate(TRIED);
    let left = |with: &[&Told]| {
        let mut key = key.clone();
        for told in with {
            extend(&mut key, &told.ids, told.values);
        }
        rows.len() - distinct(key)
    };
    // A few rows may be there twice.
    let will_do = |with: &[&Told]| left(with) * 20 <= base;
    // Where most dates occur once, those that do not are rather rows that were added twice.
    let is_usual = |told: &Told| base * 4 >= rows.len() || told.evidence.known > 0 || told.evidence.is_metric_word;
    if let Some(one) = found.iter().position(|told| is_usual(told) && will_do(&[told])) {
        let one = found.swap_remove(one);
        let is_exact = left(&[&one]) == 0;
        return Some(Telling { columns: vec![one], is_exact });
    }
    if base * 4 < rows.len() || !will_do(&found.iter().collect::<Vec<_>>()) {
        return None;
    }
    for index in (0..found.len()).rev() {
        let without: Vec<&Told> = (0..found.len()).filter(|i| *i != index).map(|i| &found[i]).collect();
        if !without.is_empty() && will_do(&without) {
            drop(found.remove(index));
        }
    }
    let is_exact = left(&found.iter().collect::<Vec<_>>()) == 0;
    Some(Telling { columns: found, is_exact })
}

/// A number for each different cell of a column, in the order of the rows; `None` where there are more than `most`.
fn numbered(table: &Table, rows: &[usize], column: usize, most: usize) -> Option<(Vec<u32>, usize)> {
    let mut known: HashMap<&str, u32> = HashMap::new();
    let mut ids = Vec::with_capacity(rows.len());
    for row in rows {
        let next = u32::try_from(known.len()).ok()?;
        let id = *known.entry(table.cell(*row, column).trim()).or_insert(next);
        if known.len() > most {
            return None;
        }
        ids.push(id);
    }
    Some((ids, known.len()))
}

/// How many different keys there are. In order they are counted in a third of the time that a set takes.
fn distinct(mut keys: Vec<u128>) -> usize {
    keys.sort_unstable();
    keys.dedup();
    keys.len()
}

/// Rows are fewer than 2³², and so few columns of so few values are tried that no two combinations have one number.
fn extend(key: &mut [u128], ids: &[u32], count: usize) {
    for (key, id) in key.iter_mut().zip(ids) {
        *key = *key * count.max(1) as u128 + u128::from(*id);
    }
}

impl Evidence {
    fn of(table: &Table, rows: &[usize], column: &Column, ids: &[u32], project: Option<&Project>, index: usize) -> Self {
        let is_known = |project: &Project| {
            let mut next = 0;
            let first_rows = rows.iter().zip(ids).filter(|(_, id)| {
                let is_first = **id == next;
                next += u32::from(is_first);
                is_first
            });
            first_rows.filter(|(row, _)| metric_named(project, table.cell(**row, index)).is_some()).count()
        };
        let known = project.filter(|project| !project.metrics.is_empty()).map_or(0, is_known);
        Self {
            is_words: column.holds == Holds::Words,
            known,
            is_metric_word: has_word(&column.name, &METRIC_WORDS),
            is_no_group_word: !has_word(&column.name, &GROUP_WORDS),
        }
    }
}

/// How much of the values' differences in size lies between the names of a column.
fn spread(table: &Table, value: usize, told: &Told) -> f64 {
    let mut sums = vec![(0.0, 0.0); told.values];
    let size = |cell: &str| {
        let digits: String = cell.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        Some(digits.parse::<f64>().ok()?.abs().ln_1p())
    };
    for (row, id) in told.ids.iter().enumerate() {
        if let (Some(size), Some((sum, count))) = (size(table.cell(row, value)), sums.get_mut(*id as usize)) {
            *sum += size;
            *count += 1.0;
        }
    }
    sums.into_iter().filter(|(_, count)| *count > 0.0).map(|(sum, count): (f64, f64)| sum * sum / count).sum()
}

fn has_word(name: &str, words: &[&str]) -> bool {
    let lower = name.to_lowercase();
    lower
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| words.contains(&word) || word.strip_suffix('s').is_some_and(|w| words.contains(&w)))
}

fn is_remark_name(name: &str) -> bool {
    has_word(name, &REMARK_WORDS)
}

const METRIC_WORDS: [&str; 17] = [
    "metric",
    "kpi",
    "measure",
    "measurement",
    "indicator",
    "series",
    "variable",
    "metrik",
    "kennzahl",
    "messgröße",
    "indikator",
    "indicateur",
    "mesure",
    "métrique",
    "indicador",
    "métrica",
    "stat",
];

const GROUP_WORDS: [&str; 42] = [
    "region",
    "country",
    "site",
    "city",
    "market",
    "location",
    "store",
    "segment",
    "cohort",
    "group",
    "team",
    "department",
    "unit",
    "channel",
    "source",
    "medium",
    "campaign",
    "platform",
    "device",
    "browser",
    "os",
    "plan",
    "tier",
    "product",
    "category",
    "type",
    "status",
    "gender",
    "sex",
    "age",
    "customer",
    "owner",
    "id",
    "code",
    "key",
    "land",
    "standort",
    "gruppe",
    "kanal",
    "produkt",
    "pays",
    "país",
];

const REMARK_WORDS: [&str; 13] = [
    "note",
    "comment",
    "remark",
    "description",
    "bemerkung",
    "kommentar",
    "anmerkung",
    "notiz",
    "remarque",
    "commentaire",
    "nota",
    "comentario",
    "observación",
];
