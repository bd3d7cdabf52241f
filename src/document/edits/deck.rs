//! What people change about the slides.

use super::Change;
use crate::document::Edit;
use crate::model::{Deck, OrderKey, Project, SlideEdit, SlideSubject};

/// Changes one slide; what then says nothing any more leaves the project.
fn with_slide(project: &Project, label: String, subject: &SlideSubject, change: impl FnOnce(&mut SlideEdit)) -> Change {
    let mut deck = project.deck.clone();
    let at = deck.slides.binary_search_by(|slide| slide.subject.cmp(subject));
    let mut slide = at.map_or_else(|_| untouched(subject), |at| deck.slides[at].clone());
    change(&mut slide);
    match at {
        Ok(at) => deck.slides[at] = slide,
        Err(at) => deck.slides.insert(at, slide),
    }
    Change::new(label, Edit::Deck(Box::new(deck)))
}

fn untouched(subject: &SlideSubject) -> SlideEdit {
    SlideEdit { subject: subject.clone(), hidden: false, title: None, note: String::new(), order: None, mode: None, range: None }
}

/// Leaves a slide out, or takes it in.
pub fn hide_slide(project: &Project, subject: &SlideSubject, name: &str, hidden: bool) -> Change {
    let verb = if hidden { "Leave out" } else { "Show" };
    with_slide(project, format!("{verb} the slide {}", super::quoted(name)), subject, |slide| slide.hidden = hidden)
}

/// Words its message; `None` or nothing takes the drafted one again. `hidden` is whether it is left out now, which stays.
pub fn title_slide(project: &Project, subject: &SlideSubject, hidden: bool, title: Option<String>) -> Change {
    let title = title.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
    with_slide(project, "Change the title of a slide".to_owned(), subject, |slide| (slide.title, slide.hidden) = (title, hidden))
}

/// What the presenter wants to remember.
pub fn note_on_slide(project: &Project, subject: &SlideSubject, hidden: bool, note: String) -> Change {
    with_slide(project, "Change the note of a slide".to_owned(), subject, |slide| (slide.note, slide.hidden) = (note, hidden))
}

/// Pins the picture of a KPI's slide: the slug of a mode and the days shown. A pinned slide is in the deck.
pub fn pin_slide(
    project: &Project,
    subject: &SlideSubject,
    mode: Option<String>,
    range: Option<(crate::model::Date, crate::model::Date)>,
) -> Change {
    let label = if mode.is_none() && range.is_none() { "Unpin a slide" } else { "Pin a slide" };
    with_slide(project, label.to_owned(), subject, |slide| (slide.mode, slide.range, slide.hidden) = (mode, range, false))
}

/// Puts slides in an order, each with whether it is left out now (`chart::deck::moved_orders` makes the keys).
pub fn order_slides(project: &Project, orders: Vec<(SlideSubject, OrderKey, bool)>) -> Change {
    let mut deck: Deck = project.deck.clone();
    for (subject, order, hidden) in orders {
        match deck.slides.binary_search_by(|slide| slide.subject.cmp(&subject)) {
            Ok(at) => deck.slides[at].order = Some(order),
            Err(at) => deck.slides.insert(at, SlideEdit { order: Some(order), hidden, ..untouched(&subject) }),
        }
    }
    Change::new("Move a slide", Edit::Deck(Box::new(deck)))
}

/// Forgets everything that was changed about the slides.
pub fn redraft_slides(project: &Project) -> Change {
    Change::new("Draft the slides anew", Edit::Deck(Box::new(Deck { slides: Vec::new(), ..project.deck.clone() })))
}

/// What the first slide says.
pub fn name_deck(project: &Project, title: String, subtitle: String) -> Change {
    Change::new("Change the title of the deck", Edit::Deck(Box::new(Deck { title, subtitle, ..project.deck.clone() })))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::Fixture;
    use crate::document::apply::apply;

    #[test]
    fn a_slide_is_left_out_worded_pinned_and_ordered_and_each_step_can_be_taken_back() {
        let mut f = Fixture::new();
        let before = f.project.clone();
        let (summary, objective) = (SlideSubject::Summary, SlideSubject::Objective(f.root.clone()));
        let steps: [&dyn Fn(&Project) -> Change; 5] = [
            &|p| hide_slide(p, &summary, "Summary", true),
            &|p| title_slide(p, &objective, false, Some("  We are late ".to_owned())),
            &|p| note_on_slide(p, &objective, false, "Be brief".to_owned()),
            &|p| order_slides(p, vec![(objective.clone(), OrderKey::middle(), false), (SlideSubject::Changes, OrderKey::middle(), true)]),
            &|p| pin_slide(p, &summary, Some("xmr".to_owned()), None),
        ];
        let mut inverses = Vec::new();
        for step in steps {
            let change = step(&f.project);
            inverses.push(apply(&mut f.project, change.edit).unwrap());
            assert_eq!(f.project.validate(), []);
        }
        let slide = |subject: &SlideSubject| f.project.deck.slides.iter().find(|s| s.subject == *subject).unwrap();
        assert_eq!((slide(&objective).title.as_deref(), slide(&objective).note.as_str()), (Some("We are late"), "Be brief"));
        assert!(slide(&SlideSubject::Changes).hidden && !slide(&summary).hidden);
        let change = redraft_slides(&f.project);
        inverses.push(apply(&mut f.project, change.edit).unwrap());
        assert!(f.project.deck.slides.is_empty());
        for inverse in inverses.into_iter().rev() {
            apply(&mut f.project, inverse).unwrap();
        }
        assert_eq!(f.project, before);
    }
}
