//! How a chart writes its values.

use crate::model::{Locale, Magnitude, Metric, Project, Unit};

/// Unit, decimals and locale of one metric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueFormat {
    pub unit: Unit,
    pub decimals: u8,
    pub locale: Locale,
}

/// Units longer than this stand in the subtitle, not on the axis.
const LONGEST_AXIS_UNIT: usize = 8;

impl ValueFormat {
    /// How the values of a metric are written in a project; without a metric (values from check-ins): plain numbers, up to two decimals.
    pub fn of(project: &Project, metric: Option<&Metric>) -> Self {
        let (unit, decimals) = metric.map_or((Unit::Count, 2), |m| (m.unit.clone(), m.decimals));
        Self { unit, decimals, locale: project.settings.locale }
    }

    /// "8.2 M", "€ 3.4 k", "45 %".
    pub fn value(&self, value: f64) -> String {
        self.locale.value(value, &self.unit, self.decimals)
    }

    /// "28 to 36 tickets", "€ 3 k to € 4 k": what both ends share stands once, behind.
    pub fn span(&self, low: f64, high: f64, between: &str) -> String {
        let (low, high) = (self.value(low), self.value(high));
        format!("{}{between}{high}", without_unit_of(&low, &high))
    }

    /// "8,231,004", "€ 3,412.50".
    pub fn exact(&self, value: f64) -> String {
        self.locale.exact(value, &self.unit, self.decimals)
    }

    /// "+0.6 pts", "−€ 9 k".
    pub fn difference(&self, value: f64) -> String {
        self.locale.difference(value, &self.unit, self.decimals)
    }

    /// A difference without its sign: "0.8 M", "3.4 pts".
    pub fn distance(&self, value: f64) -> String {
        let text = self.locale.difference(value.abs(), &self.unit, self.decimals);
        text.trim_start_matches(['+', '±', '−']).to_owned()
    }

    /// The unit in words, for a subtitle: "%", "millions", "€ thousands", "hours". None for plain numbers.
    pub fn unit_words(&self, magnitude: Magnitude) -> Option<String> {
        let power = magnitude.scale_and_letter().1;
        let scale = match magnitude {
            Magnitude::One => "",
            Magnitude::Thousand => "thousands",
            Magnitude::Million => "millions",
            Magnitude::Billion => "billions",
            Magnitude::Trillion => "trillions",
            Magnitude::Power(_) => &power,
        };
        let unit = match &self.unit {
            Unit::Count | Unit::Ratio => String::new(),
            Unit::Score => "score".to_owned(),
            Unit::Percent => "%".to_owned(),
            Unit::Currency(_) => self.unit.prefix().trim().to_owned(),
            Unit::Seconds => "seconds".to_owned(),
            Unit::Minutes => "minutes".to_owned(),
            Unit::Hours => "hours".to_owned(),
            Unit::Days => "days".to_owned(),
            Unit::Custom(label) => label.clone(),
        };
        let words = match (scale.is_empty(), unit.is_empty()) {
            (true, true) => return None,
            (true, false) => unit,
            (false, true) => scale.to_owned(),
            (false, false) if matches!(self.unit, Unit::Currency(_)) => format!("{unit} {scale}"),
            (false, false) if matches!(magnitude, Magnitude::Power(_)) => format!("{scale} {unit}"),
            (false, false) => format!("{scale} of {unit}"),
        };
        Some(words)
    }

    /// "€ 2 × 10¹²", whatever letter there is for it.
    pub(super) fn power(&self, value: f64) -> String {
        self.tick(value, Magnitude::power_of(value), 0, true)
    }

    /// The label of one tick; `dressed` ones carry the unit.
    pub(super) fn tick(&self, value: f64, magnitude: Magnitude, decimals: u8, dressed: bool) -> String {
        let (scale, letter) = magnitude.scale_and_letter();
        let number = self.locale.fixed_or_power((value / scale).abs(), decimals);
        let negative = value < 0.0 && number.chars().any(|c| ('1'..='9').contains(&c));
        let sign = if negative { "−" } else { "" };
        if !dressed {
            return format!("{sign}{number}");
        }
        let space = if letter.is_empty() { "" } else { " " };
        let suffix = self.unit.suffix();
        let suffix = if suffix.chars().count() > LONGEST_AXIS_UNIT { String::new() } else { suffix };
        format!("{sign}{}{number}{space}{letter}{suffix}", self.unit.prefix())
    }
}
/// The number alone where the other value ends with the same unit: "36.8" of "36.8 tickets" beside "36 tickets".
pub(super) fn without_unit_of<'a>(value: &'a str, other: &str) -> &'a str {
    let begins_with_digits = |text: &str| text.trim_start_matches(['−', '-']).starts_with(|c: char| c.is_ascii_digit());
    let unit = |text: &'a str| text.find(char::is_whitespace).map(|at| text.split_at(at));
    match unit(value) {
        Some((number, unit)) if begins_with_digits(value) && begins_with_digits(other) && other.ends_with(unit) => number,
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_ends_share_stands_once() {
        assert_eq!(without_unit_of("28 tickets", "36 tickets"), "28");
        assert_eq!(without_unit_of("36.8 tickets", "28 – 36 tickets"), "36.8");
        assert_eq!(without_unit_of("800 k", "1.2 M"), "800 k", "another size of the number");
        assert_eq!(without_unit_of("€ 3 k", "€ 4 k"), "€ 3 k", "what stands before is not dropped");
        assert_eq!(without_unit_of("–", "36 tickets"), "–");
    }
}
