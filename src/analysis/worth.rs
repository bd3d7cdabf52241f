//! What initiatives are worth against what they take, for choosing among them.

use crate::model::Initiative;

/// Where an initiative stands by value and effort, 1…5 each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quadrant {
    /// Much value, little effort.
    QuickWin,
    /// Much of both.
    BigBet,
    /// Little of both.
    FillIn,
    /// Little value, much effort.
    ThinkTwice,
    /// In the middle of one of the two.
    Between,
}

impl Quadrant {
    pub fn word(self) -> &'static str {
        match self {
            Self::QuickWin => "Quick win",
            Self::BigBet => "Big bet",
            Self::FillIn => "Fill-in",
            Self::ThinkTwice => "Think twice",
            Self::Between => "In between",
        }
    }
}

/// Of an initiative whose value and effort are both said.
pub fn quadrant(initiative: &Initiative) -> Option<Quadrant> {
    let (value, effort) = (initiative.value?, initiative.effort?);
    Some(match (value.cmp(&3), effort.cmp(&3)) {
        (std::cmp::Ordering::Equal, _) | (_, std::cmp::Ordering::Equal) => Quadrant::Between,
        (std::cmp::Ordering::Greater, std::cmp::Ordering::Less) => Quadrant::QuickWin,
        (std::cmp::Ordering::Greater, std::cmp::Ordering::Greater) => Quadrant::BigBet,
        (std::cmp::Ordering::Less, std::cmp::Ordering::Less) => Quadrant::FillIn,
        (std::cmp::Ordering::Less, std::cmp::Ordering::Greater) => Quadrant::ThinkTwice,
    })
}

/// A key that sorts initiatives into the order in which they are worth a look: the most value for each effort first, of equals the most
/// value; those without both last.
pub fn worth_order(initiative: &Initiative) -> (bool, i64, u8) {
    match (initiative.value, initiative.effort) {
        // In 60ths, which 1…5 all divide: no rounding.
        (Some(value), Some(effort)) => (false, -(i64::from(value) * 60 / i64::from(effort.max(1))), 5 - value.min(5)),
        _ => (true, 0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rated(value: u8, effort: u8) -> Initiative {
        Initiative { value: Some(value), effort: Some(effort), ..Initiative::default() }
    }

    #[test]
    fn the_corners_have_names_and_the_middle_is_between() {
        let words = [(5, 1), (4, 5), (2, 2), (1, 4), (3, 1), (5, 3)].map(|(v, e)| quadrant(&rated(v, e)).unwrap().word());
        assert_eq!(words, ["Quick win", "Big bet", "Fill-in", "Think twice", "In between", "In between"]);
        assert_eq!(quadrant(&Initiative { value: Some(5), ..Initiative::default() }), None);
    }

    #[test]
    fn the_most_value_for_the_effort_comes_first() {
        let mut all = [rated(2, 1), rated(5, 5), rated(4, 2), rated(5, 1), rated(1, 1), Initiative::default()];
        all.sort_by_key(worth_order);
        let order: Vec<_> = all.iter().map(|i| (i.value.unwrap_or(0), i.effort.unwrap_or(0))).collect();
        // 5/1 · 4/2 before 2/1, of more value · 5/5 before 1/1 · unrated
        assert_eq!(order, [(5, 1), (4, 2), (2, 1), (5, 5), (1, 1), (0, 0)]);
    }
}
