//! Units and how a value in them is written.

/// What a metric's values are counted in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    Count,
    /// In hundredths: 45 means 45 %.
    Percent,
    /// An ISO 4217 code, such as EUR.
    Currency(String),
    Seconds,
    Minutes,
    Hours,
    Days,
    /// A plain quotient: 0.45 means 0.45.
    Ratio,
    Score,
    /// A word of the project's own, such as "tickets".
    Custom(String),
}

/// Why a text is no unit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no unit; use count, percent, currency:EUR, seconds, minutes, hours, days, ratio, score or custom:LABEL")]
pub struct UnitError(String);

impl Unit {
    /// Reads the words of the command line and the file: `count`, `percent`, `currency:EUR`, `seconds`, `minutes`,
    /// `hours`, `days`, `ratio`, `score`, `custom:LABEL`.
    pub fn parse(text: &str) -> Result<Self, UnitError> {
        let wrong = || UnitError(text.chars().take(60).collect());
        if let Some((kind, rest)) = text.split_once(':') {
            return match kind {
                "currency" if rest.len() == 3 && rest.bytes().all(|b| b.is_ascii_alphabetic()) => {
                    Ok(Self::Currency(rest.to_ascii_uppercase()))
                }
                "custom" if !rest.trim().is_empty() => Ok(Self::Custom(rest.trim().to_owned())),
                _ => Err(wrong()),
            };
        }
        Ok(match text {
            "count" => Self::Count,
            "percent" => Self::Percent,
            "seconds" => Self::Seconds,
            "minutes" => Self::Minutes,
            "hours" => Self::Hours,
            "days" => Self::Days,
            "ratio" => Self::Ratio,
            "score" => Self::Score,
            _ => return Err(wrong()),
        })
    }

    /// What [`Self::parse`] reads back.
    pub fn code(&self) -> String {
        match self {
            Self::Count => "count".to_owned(),
            Self::Percent => "percent".to_owned(),
            Self::Currency(code) => format!("currency:{code}"),
            Self::Seconds => "seconds".to_owned(),
            Self::Minutes => "minutes".to_owned(),
            Self::Hours => "hours".to_owned(),
            Self::Days => "days".to_owned(),
            Self::Ratio => "ratio".to_owned(),
            Self::Score => "score".to_owned(),
            Self::Custom(label) => format!("custom:{label}"),
        }
    }

    /// What values in it are, in words: "a count", "per cent", "EUR".
    pub fn words(&self) -> String {
        let word = match self {
            Self::Count => "a count",
            Self::Percent => "per cent",
            Self::Currency(code) => return code.clone(),
            Self::Seconds => "seconds",
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Ratio => "a ratio",
            Self::Score => "points of a score",
            Self::Custom(label) => return label.clone(),
        };
        word.to_owned()
    }

    /// The sign before a number: "€ ".
    pub fn prefix(&self) -> String {
        match self {
            Self::Currency(code) => match code.as_str() {
                "EUR" => "€ ".to_owned(),
                "USD" => "$ ".to_owned(),
                "GBP" => "£ ".to_owned(),
                "JPY" => "¥ ".to_owned(),
                other => format!("{other} "),
            },
            _ => String::new(),
        }
    }

    /// The sign after a number: " %", " min", " tickets".
    pub fn suffix(&self) -> String {
        match self {
            Self::Count | Self::Currency(_) | Self::Ratio | Self::Score => String::new(),
            Self::Percent => " %".to_owned(),
            Self::Seconds => " s".to_owned(),
            Self::Minutes => " min".to_owned(),
            Self::Hours => " h".to_owned(),
            Self::Days => " d".to_owned(),
            Self::Custom(label) => format!(" {label}"),
        }
    }

    /// The unit of a difference of two values: percentages differ by points.
    pub fn difference_suffix(&self) -> String {
        match self {
            Self::Percent => " pts".to_owned(),
            _ => self.suffix(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back() {
        for code in ["count", "percent", "currency:EUR", "seconds", "minutes", "hours", "days", "ratio", "score", "custom:tickets a day"] {
            assert_eq!(Unit::parse(code).unwrap().code(), code);
        }
        for wrong in ["", "percents", "currency:", "currency:EURO", "custom: "] {
            assert!(Unit::parse(wrong).is_err(), "{wrong}");
        }
    }
}
