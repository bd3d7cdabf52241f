//! The ways in which the KPI view shows a metric.

use crate::analysis::xmr::{Choice, Ranges};

/// How the KPI view shows a metric.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KpiMode {
    /// Over time, against its target and pace.
    #[default]
    Trend,
    /// Signal and noise: its XmR chart.
    Variation(Choice),
    /// How often which values came about.
    Distribution,
}

impl KpiMode {
    /// The XmR chart in the advised form.
    pub const XMR: Self = Self::Variation(Choice { form: None, ranges: Ranges::Mean });

    /// In the order of their tabs, each as it opens.
    pub const ALL: [Self; 3] = [Self::Trend, Self::XMR, Self::Distribution];

    pub fn word(self) -> &'static str {
        match self {
            Self::Trend => "Trend",
            Self::Variation(_) => "XmR",
            Self::Distribution => "Distribution",
        }
    }

    /// What the command says.
    pub fn command(self) -> &'static str {
        match self {
            Self::Trend => "Trend of the KPI",
            Self::Variation(_) => "XmR chart of the KPI",
            Self::Distribution => "Distribution of the KPI",
        }
    }

    /// In a sentence: "Export the XmR chart of …".
    pub fn noun(self) -> &'static str {
        match self {
            Self::Trend => "chart",
            Self::Variation(_) => "XmR chart",
            Self::Distribution => "distribution",
        }
    }

    /// What it answers.
    pub fn question(self) -> &'static str {
        match self {
            Self::Trend => "Where is it going, and will it get there?",
            Self::Variation(_) => "Is this a signal or routine variation?",
            Self::Distribution => "Which values are usual?",
        }
    }

    /// As the command line and file names write it: "xmr".
    pub fn slug(self) -> &'static str {
        match self {
            Self::Trend => "trend",
            Self::Variation(_) => "xmr",
            Self::Distribution => "distribution",
        }
    }

    /// The mode that a slug means, as it opens.
    pub fn of_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.slug() == slug)
    }

    /// Whether both are the same picture, whatever is chosen within it.
    pub fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }

    /// Whether the time range changes what it shows.
    pub fn obeys_range(self) -> bool {
        true
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
