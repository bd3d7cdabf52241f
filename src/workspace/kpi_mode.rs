//! The ways in which the KPI view shows a metric.

use crate::analysis::xmr::{Choice, Ranges};
use crate::chart::Against;

/// How the KPI view shows a metric.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KpiMode {
    /// Over time, against its target and pace.
    #[default]
    Trend,
    /// Signal and noise: its XmR chart.
    Variation(Choice),
    /// What comes back every year or week.
    Season(SeasonForm),
    /// Against earlier periods, or against other metrics.
    Compare(CompareWith),
    /// How often which values came about.
    Distribution,
    /// What its inputs or segments brought to its change.
    Contributions,
    /// Against a driver.
    Relation,
    /// The values as a table.
    Table,
}

/// The two pictures of a season.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SeasonForm {
    /// Years over one another.
    #[default]
    Years,
    /// One small series for each place in the season.
    Cycle,
}

/// What a metric is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CompareWith {
    /// With itself, just before and a year before.
    #[default]
    Earlier,
    /// With the metrics of [`KpiView::compared`](super::KpiView::compared).
    Others(Against),
}

impl KpiMode {
    /// The XmR chart in the advised form.
    pub const XMR: Self = Self::Variation(Choice { form: None, ranges: Ranges::Mean });

    /// In the order of their tabs, each as it opens.
    pub const ALL: [Self; 8] = [
        Self::Trend,
        Self::XMR,
        Self::Season(SeasonForm::Years),
        Self::Compare(CompareWith::Earlier),
        Self::Distribution,
        Self::Contributions,
        Self::Relation,
        Self::Table,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::Trend => "Trend",
            Self::Variation(_) => "XmR",
            Self::Season(_) => "Season",
            Self::Compare(_) => "Compare",
            Self::Distribution => "Distribution",
            Self::Contributions => "Contributions",
            Self::Relation => "Relation",
            Self::Table => "Table",
        }
    }

    /// What the command says.
    pub fn command(self) -> &'static str {
        match self {
            Self::Trend => "Trend of the KPI",
            Self::Variation(_) => "XmR chart of the KPI",
            Self::Season(_) => "Season of the KPI",
            Self::Compare(_) => "Compare the KPI",
            Self::Distribution => "Distribution of the KPI",
            Self::Contributions => "Contributions to the KPI",
            Self::Relation => "Relation of the KPI with a driver",
            Self::Table => "Table of the KPI",
        }
    }

    /// In a sentence: "Export the XmR chart of …".
    pub fn noun(self) -> &'static str {
        match self {
            Self::Trend => "chart",
            Self::Variation(_) => "XmR chart",
            Self::Season(_) => "season",
            Self::Compare(_) => "comparison",
            Self::Distribution => "distribution",
            Self::Contributions => "contributions",
            Self::Relation => "relation",
            Self::Table => "table",
        }
    }

    /// What it answers.
    pub fn question(self) -> &'static str {
        match self {
            Self::Trend => "Where is it going, and will it get there?",
            Self::Variation(_) => "Is this a signal or routine variation?",
            Self::Season(_) => "What comes back every year?",
            Self::Compare(_) => "How does it compare with earlier periods, and with other metrics?",
            Self::Distribution => "Which values are usual?",
            Self::Contributions => "What did the change come from?",
            Self::Relation => "Does a driver move before it?",
            Self::Table => "What are the values, period by period?",
        }
    }

    /// As the command line and file names write it: "xmr".
    pub fn slug(self) -> &'static str {
        match self {
            Self::Trend => "trend",
            Self::Variation(_) => "xmr",
            Self::Season(SeasonForm::Years) => "season",
            Self::Season(SeasonForm::Cycle) => "cycle",
            Self::Compare(CompareWith::Earlier) => "compare",
            Self::Compare(CompareWith::Others(_)) => "metrics",
            Self::Distribution => "distribution",
            Self::Contributions => "contributions",
            Self::Relation => "relation",
            Self::Table => "table",
        }
    }

    /// The mode that a slug means, as it opens.
    pub fn of_slug(slug: &str) -> Option<Self> {
        let others = [Self::Season(SeasonForm::Cycle), Self::Compare(CompareWith::Others(Against::Index))];
        Self::ALL.into_iter().chain(others).find(|mode| mode.slug() == slug)
    }

    /// Whether both are the same picture, whatever is chosen within it.
    pub fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }

    /// Whether it is a figure; the others are charts over time.
    pub fn is_figure(self) -> bool {
        !matches!(self, Self::Trend | Self::Variation(_))
    }

    /// Whether the time range changes what it shows: a season needs years.
    pub fn obeys_range(self) -> bool {
        !matches!(self, Self::Season(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_is_found_by_its_slug() {
        for mode in KpiMode::ALL {
            assert_eq!(KpiMode::of_slug(mode.slug()), Some(mode));
        }
        assert_eq!(KpiMode::XMR, KpiMode::Variation(Choice::default()));
        assert_eq!(KpiMode::of_slug("pie"), None);
    }
}
