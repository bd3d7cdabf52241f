use serde::{Deserialize, Serialize};

use super::super::scalar::{Coded, List, Text};
use super::is_default;
use crate::model::{self, Date, GoalId, MetricId, OrderKey};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Deck {
    #[serde(default, skip_serializing_if = "is_default")]
    title: Text,
    #[serde(default, skip_serializing_if = "is_default")]
    subtitle: Text,
    #[serde(default, skip_serializing_if = "is_default")]
    last_meeting: Option<Coded<Date>>,
    #[serde(default, skip_serializing_if = "is_default")]
    slides: List<Slide>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Slide {
    subject: Subject,
    #[serde(default, skip_serializing_if = "is_default")]
    hidden: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    title: Option<Text>,
    #[serde(default, skip_serializing_if = "is_default")]
    note: Text,
    #[serde(default, skip_serializing_if = "is_default")]
    order: Option<Coded<OrderKey>>,
    #[serde(default, skip_serializing_if = "is_default")]
    mode: Option<Text>,
    #[serde(default, skip_serializing_if = "is_default")]
    range: Option<Range>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
enum Subject {
    Title,
    Agreed,
    Summary,
    Objective(Coded<GoalId>),
    Kpi(Coded<MetricId>),
    Changes,
    Decisions,
    Appendix,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "DateRange")]
struct Range {
    from: Coded<Date>,
    to: Coded<Date>,
}

impl From<&model::Deck> for Deck {
    fn from(deck: &model::Deck) -> Self {
        let model::Deck { title, subtitle, last_meeting, slides } = deck;
        Self {
            title: Text(title.clone()),
            subtitle: Text(subtitle.clone()),
            last_meeting: last_meeting.map(Coded),
            slides: slides.iter().map(Into::into).collect(),
        }
    }
}

impl From<Deck> for model::Deck {
    fn from(deck: Deck) -> Self {
        let Deck { title, subtitle, last_meeting, slides } = deck;
        let mut slides: Vec<model::SlideEdit> = slides.0.into_iter().map(Into::into).collect();
        slides.sort_by(|a, b| a.subject.cmp(&b.subject));
        Self { title: title.0, subtitle: subtitle.0, last_meeting: last_meeting.map(|d| d.0), slides }
    }
}

impl From<&model::SlideEdit> for Slide {
    fn from(slide: &model::SlideEdit) -> Self {
        let model::SlideEdit { subject, hidden, title, note, order, mode, range } = slide;
        Self {
            subject: match subject {
                model::SlideSubject::Title => Subject::Title,
                model::SlideSubject::Agreed => Subject::Agreed,
                model::SlideSubject::Summary => Subject::Summary,
                model::SlideSubject::Objective(goal) => Subject::Objective(Coded(goal.clone())),
                model::SlideSubject::Kpi(metric) => Subject::Kpi(Coded(metric.clone())),
                model::SlideSubject::Changes => Subject::Changes,
                model::SlideSubject::Decisions => Subject::Decisions,
                model::SlideSubject::Appendix => Subject::Appendix,
            },
            hidden: *hidden,
            title: title.clone().map(Text),
            note: Text(note.clone()),
            order: order.clone().map(Coded),
            mode: mode.clone().map(Text),
            range: range.map(|(from, to)| Range { from: Coded(from), to: Coded(to) }),
        }
    }
}

impl From<Slide> for model::SlideEdit {
    fn from(slide: Slide) -> Self {
        let Slide { subject, hidden, title, note, order, mode, range } = slide;
        Self {
            subject: match subject {
                Subject::Title => model::SlideSubject::Title,
                Subject::Agreed => model::SlideSubject::Agreed,
                Subject::Summary => model::SlideSubject::Summary,
                Subject::Objective(goal) => model::SlideSubject::Objective(goal.0),
                Subject::Kpi(metric) => model::SlideSubject::Kpi(metric.0),
                Subject::Changes => model::SlideSubject::Changes,
                Subject::Decisions => model::SlideSubject::Decisions,
                Subject::Appendix => model::SlideSubject::Appendix,
            },
            hidden,
            title: title.map(|t| t.0),
            note: note.0,
            order: order.map(|k| k.0),
            mode: mode.map(|m| m.0),
            range: range.map(|r| (r.from.0, r.to.0)),
        }
    }
}
