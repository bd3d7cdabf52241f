//! A project whose every text is trouble: markup, signs that formats give a meaning to, control characters, emoji, scripts that run from
//! right to left, ideographs, and titles of 300 characters.

use std::sync::Arc;

use waymark::model::{
    Aim, Benchmark, BenchmarkKind, CheckIn, Closing, Cycle, Deck, Event, Goal, GoalKind, GoalState, Initiative, KeyResult, LedgerEntry,
    MeetingEntry, Metric, Objective, Point, Project, SegmentOf, Series, SlideEdit, SlideSubject, StatusOverride, Step, Threshold,
};
use waymark::storage;

/// Texts that harm who trusts them. Each starts with letters, so that a title is a title.
pub(crate) const TEXTS: [&str; 12] = [
    "Markup </text></svg><script>alert('pwned')</script><img src=x onerror=alert(1)>",
    "Ampersand & \"double\" 'single' `back` &amp; &#60; &lt;b&gt; &nbsp;",
    "Closing ]]> <!-- --> <![CDATA[ <?xml?> </title></style> <a href=\"javascript:alert(1)\">here</a>",
    "Control \u{0}\u{1}\u{7}\u{8}\u{b}\u{c}\u{1b}[31m\u{7f}\u{85}\u{9f} characters \u{fffe}\u{ffff}",
    "Lines\none\r\ntwo\ttab\u{2028}three\u{2029}four",
    "Emoji 🚀 rocket 👩‍🔬 scientist 🇩🇪 flag ☀️ sun and words after",
    "هدف الربع الرابع والنمو",
    "יעד הרבעון הרביעי והצמיחה",
    "第四季度目标と四半期の目標 4분기 목표",
    "\u{202e}turned round\u{202c} \u{200b}\u{200d}\u{feff} marks e\u{301}\u{302}\u{303}\u{304}\u{305}",
    "A title of three hundred characters that goes on and on, through every breakfast, lunch and dinner of a long quarter, past the board and \
     the scorecard, over the roadmap, under the map, around the review, and does not come to any end before the page does, whatever the width \
     of the page may be, since nobody ever told it to stop there",
    "OneWordOfThreeHundredCharactersWithoutAnyPlaceToBreakItWhichNoLineOfAnyPageCanHoldAndWhichMustBeCutOrFoldedSomewhereInTheMiddleOfItself\
     AndThenGoesOnForAnotherHundredCharactersBecauseSomebodyLeanedOnTheKeyboardWhileThinkingAboutSomethingElseEntirelyOrBecauseATableHad\
     LostItsSpacesOnTheWay",
];

/// What a spreadsheet takes for a formula.
pub(crate) const FORMULAS: [&str; 6] =
    ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1:A9)", "\t=1+1", "\r=HYPERLINK(\"http://example.org\",\"click\")"];

/// Hands out the texts in turn, each with a number of its own, so that no two fields say the same.
#[derive(Default)]
struct Troubles(usize);

impl Troubles {
    fn next(&mut self) -> String {
        let index = self.0;
        self.0 += 1;
        let texts = TEXTS.len() + FORMULAS.len();
        match TEXTS.get(index % texts) {
            Some(text) => format!("{text} {index}"),
            None => format!("{} {index}", FORMULAS[index % texts - TEXTS.len()]),
        }
    }

    fn replace(&mut self, text: &mut String) {
        *text = self.next();
    }

    fn steps(&mut self, steps: &mut [Step]) {
        for Step { title, done_on: _ } in steps {
            self.replace(title);
        }
    }
}

/// The sample with trouble in every text that a person can type.
pub(crate) fn project() -> Project {
    let mut sample = storage::sample();
    let mut troubles = Troubles::default();
    let t = &mut troubles;
    let Project {
        id: _,
        name,
        vision,
        description,
        settings: _,
        cycles,
        goals,
        metrics,
        links: _,
        events,
        check_ins,
        meeting_log,
        recipes: _,
        deck,
    } = &mut sample;
    for text in [name, vision, description] {
        t.replace(text);
    }
    for Cycle { id: _, name, start: _, end: _ } in cycles.values_mut() {
        t.replace(name);
    }
    for goal in goals.values_mut() {
        trouble_goal(t, Arc::make_mut(goal));
    }
    for metric in metrics.values_mut() {
        trouble_metric(t, Arc::make_mut(metric));
    }
    for Event { id: _, date: _, until: _, title, description, kind: _, metrics: _ } in events.values_mut() {
        t.replace(title);
        t.replace(description);
    }
    for CheckIn { id: _, goal: _, date: _, value: _, confidence: _, status, note, by } in check_ins.values_mut() {
        t.replace(note);
        t.replace(by);
        if let Some(StatusOverride { status: _, computed: _, why }) = status {
            t.replace(why);
        }
    }
    for MeetingEntry { id: _, date: _, kind: _, text, owner, due: _, done_on: _, outcome, goal: _, metric: _ } in meeting_log.values_mut() {
        t.replace(text);
        t.replace(owner);
        t.replace(outcome);
    }
    let objective = goals.values().find(|goal| goal.is_objective()).map(|goal| SlideSubject::Objective(goal.id.clone()));
    let Deck { title, subtitle, last_meeting: _, slides } = deck;
    t.replace(title);
    t.replace(subtitle);
    slides.clear();
    for subject in [SlideSubject::Summary, SlideSubject::Changes].into_iter().chain(objective) {
        let (title, note) = (Some(t.next()), t.next());
        slides.push(SlideEdit { subject, hidden: false, title, note, order: None, mode: None, range: None });
    }
    sample
}

fn trouble_goal(t: &mut Troubles, goal: &mut Goal) {
    t.replace(&mut goal.title);
    t.replace(&mut goal.description);
    t.replace(&mut goal.owner);
    goal.tags = [t.next(), t.next()].into();
    match &mut goal.state {
        GoalState::Active => {}
        GoalState::Postponed { note, .. } | GoalState::Abandoned { note, .. } | GoalState::Closed(Closing { note, .. }) => t.replace(note),
    }
    match &mut goal.kind {
        GoalKind::KeyResult(KeyResult { aim: Aim::Milestone { steps }, .. }) | GoalKind::Initiative(Initiative { steps, .. }) => {
            t.steps(steps);
        }
        GoalKind::Objective(Objective { answered_questions: _ }) | GoalKind::KeyResult(_) => {}
    }
    for LedgerEntry { on: _, change: _, why } in &mut goal.ledger {
        t.replace(why);
    }
}

fn trouble_metric(t: &mut Troubles, metric: &mut Metric) {
    for text in [&mut metric.name, &mut metric.abbreviation, &mut metric.description, &mut metric.owner] {
        t.replace(text);
    }
    // Half keep the sentence that is made up for them, which holds their names.
    metric.headline = t.0.is_multiple_of(2).then(|| t.next());
    metric.synonyms = vec![t.next()];
    for Threshold { label, limit: _ } in &mut metric.thresholds {
        t.replace(label);
    }
    if metric.benchmarks.is_empty()
        && let Some((at, value)) = metric.series.last()
    {
        let date = at.date();
        metric.benchmarks.push(Benchmark { name: String::new(), kind: BenchmarkKind::Industry, value, date, source: String::new() });
    }
    for Benchmark { name, source, .. } in &mut metric.benchmarks {
        t.replace(name);
        t.replace(source);
    }
    if let Some(SegmentOf { whole: _, dimension, value }) = &mut metric.segment {
        t.replace(dimension);
        t.replace(value);
    }
    let mut points: Vec<Point> = metric.series.points().collect();
    for Point { note, .. } in points.iter_mut().rev().take(1) {
        *note = Some(t.next());
    }
    metric.series = Arc::new(Series::from_points(points).unwrap());
}
