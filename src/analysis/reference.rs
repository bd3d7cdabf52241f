//! Well-known series whose analysis by R is published with them (`tests/data/series`: R's `datasets` and `forecast::gold`).

/// One column of a table, from 0; what is no number is missing.
fn column(text: &str, index: usize) -> Vec<Option<f64>> {
    text.lines().skip(1).map(|line| line.split(',').nth(index).and_then(|cell| cell.trim().parse().ok())).collect()
}

fn whole(text: &str, index: usize) -> Vec<f64> {
    column(text, index).into_iter().map(Option::unwrap).collect()
}

pub(crate) fn nile() -> Vec<f64> {
    whole(include_str!("../../tests/data/series/R_Nile.csv"), 1)
}

pub(crate) fn nottem() -> Vec<f64> {
    whole(include_str!("../../tests/data/series/R_nottem.csv"), 1)
}

/// Daily, with gaps; `None` where the market was closed.
pub(crate) fn gold() -> Vec<Option<f64>> {
    column(include_str!("../../tests/data/series/gold_daily_missing_outlier.csv"), 1)
}

/// Box & Jenkins (1976): 150 values of sales and of their leading indicator.
pub(crate) fn sales_and_lead() -> (Vec<f64>, Vec<f64>) {
    let table = include_str!("../../tests/data/series/R_BJsales_lead.csv");
    (whole(table, 1), whole(table, 2))
}

pub(crate) fn air_passengers() -> Vec<f64> {
    whole(include_str!("../../tests/data/series/R_AirPassengers.csv"), 1)
}

pub(crate) fn www_usage() -> Vec<f64> {
    whole(include_str!("../../tests/data/series/R_WWWusage.csv"), 1)
}

pub(crate) fn lake_huron() -> Vec<f64> {
    whole(include_str!("../../tests/data/series/R_LakeHuron.csv"), 1)
}
