//! The sentence on top of the board and the line under it.

use super::Source;
use crate::model::{Date, Status, capitalised};

const WORDS: [&str; 13] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// "three", "19".
fn number(count: usize) -> String {
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

/// What the objectives come to. Those that people set aside or closed do not count.
pub(in crate::chart) fn title(source: &Source<'_>) -> String {
    let Source { project, tree, evaluation, cycle, .. } = *source;
    let mut statuses = Vec::new();
    let mut some_set_aside = false;
    let mut archived_to = 0;
    for (index, seat) in tree.seats().iter().enumerate() {
        let Some(goal) = project.goal(&seat.goal).filter(|_| index >= archived_to) else { continue };
        if goal.archived {
            archived_to = seat.end;
            continue;
        }
        if !goal.is_objective() || cycle.is_some_and(|(_, goals)| !goals.members.contains(&goal.id)) {
            continue;
        }
        match evaluation.goal(&goal.id).map_or(Status::NoData, |r| r.status) {
            Status::Postponed | Status::Abandoned | Status::Closed => some_set_aside = true,
            status => statuses.push(status),
        }
    }
    match (statuses.is_empty(), some_set_aside) {
        (true, true) => "No objective is active".to_owned(),
        (true, false) => "No objectives yet".to_owned(),
        (false, _) => sentence(&statuses),
    }
}

fn sentence(statuses: &[Status]) -> String {
    let of = statuses.len();
    let count = |wanted: &[Status]| statuses.iter().filter(|s| wanted.contains(s)).count();
    let attention = count(&[Status::Behind, Status::AtRisk, Status::Missed]);
    let (on_track, achieved) = (count(&[Status::OnTrack]), count(&[Status::Achieved]));
    // "The objective is", "Both objectives are", "All three objectives are".
    let all = match of {
        1 => "The objective".to_owned(),
        2 => "Both objectives".to_owned(),
        n => format!("All {} objectives", number(n)),
    };
    let are = if of == 1 { "is" } else { "are" };
    if attention == of {
        return format!("{all} need{} attention", if of == 1 { "s" } else { "" });
    }
    if attention > 0 {
        let need = if attention == 1 { "needs" } else { "need" };
        return format!("{} of {} objectives {need} attention", capitalised(&number(attention)), number(of));
    }
    if achieved == of {
        return format!("{all} {are} achieved");
    }
    if on_track + achieved == of {
        return if achieved == 0 { format!("{all} {are} on track") } else { format!("{all} {are} on track or achieved") };
    }
    let unknown = of - on_track - achieved;
    if unknown == of {
        return match of {
            1 => "The objective cannot be judged yet".to_owned(),
            n => format!("None of the {} objectives can be judged yet", number(n)),
        };
    }
    format!("No objective needs attention; {} cannot be judged yet", number(unknown))
}

/// The cycle, how far it has gone, and what changes are compared with.
pub(super) fn subtitle(source: &Source<'_>) -> String {
    let as_of = source.evaluation.as_of;
    let current = source.project.cycle_on(as_of);
    let cycle = source.cycle.map(|(cycle, _)| cycle);
    let gone = cycle.or(current).map(|c| format!("{}, {}", c.name, gone_words(c.start, c.end, as_of)));
    let all = (cycle.is_none() && source.project.cycles.len() > 1).then(|| "All cycles".to_owned());
    let time: Vec<String> = [all, gone].into_iter().flatten().collect();
    if time.is_empty() {
        "Compared with the last check-ins".to_owned()
    } else {
        format!("{} · compared with the last check-ins", time.join(" · "))
    }
}

/// "52 of 92 days gone", "begins in 12 days", "ended 3 days ago". The day itself is over, as everywhere.
fn gone_words(start: Date, end: Date, as_of: Date) -> String {
    let days = |n: i64| if n == 1 { "1 day".to_owned() } else { format!("{n} days") };
    if as_of < start {
        format!("begins in {}", days((start - as_of).num_days()))
    } else if as_of > end {
        format!("ended {} ago", days((as_of - end).num_days()))
    } else {
        format!("{} of {} gone", (as_of - start).num_days() + 1, days((end - start).num_days() + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Status::{Achieved, AtRisk, Behind, Missed, NoData, OnTrack, TooEarly};

    #[test]
    fn the_title_says_how_many_need_attention() {
        let check = |statuses: &[Status], expected: &str| assert_eq!(sentence(statuses), expected);
        check(&[Behind, OnTrack, AtRisk], "Two of three objectives need attention");
        check(&[Missed, OnTrack, OnTrack, TooEarly], "One of four objectives needs attention");
        check(&[Behind], "The objective needs attention");
        check(&[Behind, AtRisk], "Both objectives need attention");
        check(&[Behind, AtRisk, Missed], "All three objectives need attention");
        check(&[OnTrack], "The objective is on track");
        check(&[OnTrack, OnTrack], "Both objectives are on track");
        check(&[Achieved, OnTrack, OnTrack], "All three objectives are on track or achieved");
        check(&[Achieved; 13], "All 13 objectives are achieved");
        check(&[OnTrack, NoData, TooEarly], "No objective needs attention; two cannot be judged yet");
        check(&[NoData, TooEarly], "None of the two objectives can be judged yet");
        let mut many = vec![OnTrack; 20];
        many[3] = AtRisk;
        check(&many, "One of 20 objectives needs attention");
    }

    #[test]
    fn a_cycle_says_how_far_it_has_gone() {
        let day = |text: &str| text.parse().unwrap();
        let check = |as_of: &str, expected: &str| assert_eq!(gone_words(day("2026-10-01"), day("2026-12-31"), day(as_of)), expected);
        check("2026-11-21", "52 of 92 days gone");
        check("2026-12-31", "92 of 92 days gone");
        check("2026-09-30", "begins in 1 day");
        check("2027-01-03", "ended 3 days ago");
    }
}
