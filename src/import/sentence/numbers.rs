//! The numbers of a sentence, brought to one unit.

use super::Refusal;
use super::amounts::{Said, seconds_in};
use super::slots::{Slot, Slots};
use crate::model::{Metric, Unit};

/// The numbers of a sentence in one unit.
pub(super) struct Numbers {
    pub(super) unit: Option<Unit>,
    pub(super) start: Option<f64>,
    pub(super) target: Option<f64>,
    pub(super) upper: Option<f64>,
    pub(super) relative: bool,
    pub(super) amount: Option<f64>,
    pub(super) decimals: u8,
}

fn unit_of(said: &Said) -> Option<Unit> {
    match said {
        Said::Percent | Said::PercentPoints => Some(Unit::Percent),
        Said::Currency(code) => Some(Unit::Currency(code.clone())),
        Said::Duration(unit) => Some(unit.clone()),
        Said::Points | Said::Times => None,
    }
}

/// What a number in one unit is in another; `None` where they do not go together.
fn conversion(from: &Unit, to: &Unit) -> Option<f64> {
    if from == to {
        return Some(1.0);
    }
    if let (Some(a), Some(b)) = (seconds_in(from), seconds_in(to)) {
        return Some(a / b);
    }
    (*from == Unit::Percent && *to == Unit::Ratio).then_some(0.01)
}

impl Numbers {
    pub(super) fn of(slots: &Slots, metric: Option<&Metric>) -> Result<Self, Refusal> {
        let relative = slots.by.as_ref().is_some_and(|b| b.amount.said == Some(Said::Percent));
        let (low, high) = slots.between.as_ref().map_or((None, None), |(a, b)| (Some(a), Some(b)));
        let target = slots.target.as_ref().or(low);
        let absolute = slots.by.as_ref().filter(|_| !relative);
        let said = |slot: &&Slot| slot.amount.said.as_ref().and_then(unit_of);
        let sayers: Vec<&Slot> = [target, high, slots.start.as_ref(), absolute].into_iter().flatten().collect();
        let unit = metric.map(|m| m.unit.clone()).or_else(|| sayers.iter().find_map(said));
        let scaled = |slot: &Slot| -> Result<f64, Refusal> {
            let Some((from, to)) = said(&slot).zip(unit.clone()) else { return Ok(slot.amount.value) };
            let value = conversion(&from, &to).map(|factor| slot.amount.value * factor);
            value.ok_or_else(|| match metric {
                Some(metric) => Refusal::WrongUnit { said: slot.words.clone(), metric: metric.short_name().to_owned(), unit: to.words() },
                None => Refusal::MixedUnits { first: to.words(), second: from.words() },
            })
        };
        Ok(Self {
            start: slots.start.as_ref().map(scaled).transpose()?,
            target: target.map(scaled).transpose()?,
            upper: high.map(scaled).transpose()?,
            amount: match absolute {
                Some(slot) => Some(scaled(slot)?),
                None => slots.by.as_ref().map(|b| b.amount.value),
            },
            relative,
            decimals: slots.all().map(|s| s.amount.decimals).max().unwrap_or(0),
            unit,
        })
    }
}
