//! Sentences and what they mean, written by hand from SEMANTICS, "Quick entry".

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::model::{
    Aim, Calendar, Cycle, CycleId, Date, Direction, Goal, GoalId, Metric, MetricId, Point, Project, ProjectId, Series, Stamp, Unit,
};

mod plans;

use plans::made;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn empty() -> Project {
    let mut project = Project::empty(ProjectId::from_random(1), "Test");
    let id = GoalId::parse("g-grow").unwrap();
    project.goals.insert(id.clone(), Arc::new(Goal::objective(id, None, "Grow")));
    project
}

fn add(project: &mut Project, id: &str, name: &str, abbreviation: &str, unit: Unit, direction: Direction, value: Option<f64>) {
    let id = MetricId::parse(id).unwrap();
    let points = value.map(|v| Point::new(Stamp::from_date(day("2026-10-01")), v));
    let series = Arc::new(Series::from_points(points).unwrap());
    let metric = Metric { abbreviation: abbreviation.to_owned(), unit, direction, series, ..Metric::new(id.clone(), name) };
    project.metrics.insert(id, Arc::new(metric));
}

/// A project with metrics, as of 21 November 2026.
fn known() -> Project {
    let mut project = empty();
    let eur = || Unit::Currency("EUR".to_owned());
    add(&mut project, "m-mrr", "Monthly recurring revenue", "MRR", eur(), Direction::Up, Some(100_000.0));
    add(&mut project, "m-mau", "Monthly active users", "", Unit::Count, Direction::Up, Some(8_000_000.0));
    add(&mut project, "m-churn", "Churn rate", "", Unit::Percent, Direction::Down, Some(4.0));
    add(&mut project, "m-load", "Page load time", "", Unit::Seconds, Direction::Down, Some(2.5));
    add(&mut project, "m-signups", "Sign-ups", "", Unit::Count, Direction::Up, None);
    add(&mut project, "m-nps", "Net promoter score", "NPS", Unit::Score, Direction::Up, Some(34.0));
    add(&mut project, "m-seen", "Seen within 4 hours", "", Unit::Percent, Direction::Up, Some(91.0));
    add(&mut project, "m-csat", "Happy customers", "", Unit::Percent, Direction::Up, Some(85.0));
    Arc::make_mut(project.metrics.get_mut(&MetricId::parse("m-csat").unwrap()).unwrap()).synonyms = vec!["CSAT".to_owned()];
    project
}

fn read_in(project: &Project, line: &str) -> Result<Reading, Refusal> {
    read(line, &Context { project, as_of: day("2026-11-21"), cycle: None })
}

/// A reading in one line: kind [metric] unit, start → target … upper, by amount, starts .. due, ? what is missing, + the initiative.
#[expect(clippy::format_push_string, reason = "reads in the order of the line")]
fn shown(reading: &Reading) -> String {
    let mut text = reading.kind.code().to_owned();
    match &reading.metric {
        Some(Measure::Known(id)) => text += &format!(" [{id}]"),
        Some(Measure::New { name, abbreviation }) if abbreviation.is_empty() => text += &format!(" [{name}]"),
        Some(Measure::New { name, abbreviation }) => text += &format!(" [{name}, {abbreviation}]"),
        None => {}
    }
    text += &reading.unit.as_ref().map_or_else(String::new, |u| format!(" {}", u.code()));
    text += &reading.start.map_or_else(String::new, |v| format!(" from {v}"));
    text += &reading.target.map_or_else(String::new, |v| format!(" to {v}"));
    text += &reading.upper.map_or_else(String::new, |v| format!(" … {v}"));
    text += &reading.amount.map_or_else(String::new, |v| format!(" by {v}{}", if reading.relative { "%" } else { "" }));
    if reading.starts.is_some() || reading.due.is_some() {
        let date = |d: Option<Date>| d.map_or_else(String::new, |d| d.to_string());
        text += &format!(" {}..{}", date(reading.starts), date(reading.due));
    }
    for missing in &reading.missing {
        text += &format!(" ?{}", missing.code());
    }
    text + &reading.initiative.as_ref().map_or_else(String::new, |i| format!(" + {i}"))
}

fn check(project: &Project, table: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (line, expect) in table {
        let found = read_in(project, line).map_or_else(|refusal| format!("refused: {refusal}"), |reading| shown(&reading));
        if found != *expect {
            wrong.push(format!("{line}\n  expected {expect}\n  found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}

#[test]
fn the_sentences_of_semantics() {
    check(
        &empty(),
        &[
            ("Bring MAU to 10 million by Q4 2024", "increase [MAU] to 10000000 ..2024-12-31 ?start ?future_due"),
            (
                "Increase Monthly Recurring Revenue (MRR) by 15% within the next six months",
                "increase [Monthly Recurring Revenue, MRR] by 15% ..2027-05-21 ?start",
            ),
            // The next quarter is the coming one: January to March.
            (
                "Improve customer satisfaction (CSAT) scores from 85% to 90% within the next quarter",
                "increase [Customer satisfaction, CSAT] percent from 85 to 90 2027-01-01..2027-03-31",
            ),
            ("Reduce page load time by 20%", "decrease [Page load time] by 20% ?start ?due"),
            ("Reduce page load time by 20% within the next six months", "decrease [Page load time] by 20% ..2027-05-21 ?start"),
            ("Achieve a Net Promoter Score of 70+", "increase [Net Promoter Score] to 70 ?start ?due"),
            ("Reduce onboarding time by 30%", "decrease [Onboarding time] by 30% ?start ?due"),
            (
                "Increase Net promoter score (NPS) by 5 points in next 6 months by revamping the login experience",
                "increase [Net promoter score, NPS] by 5 ..2027-05-21 ?start + Revamping the login experience",
            ),
            ("Increase revenue by 3% in next quarter", "increase [Revenue] by 3% 2027-01-01..2027-03-31 ?start"),
            ("20% increase in daily active users", "increase [Daily active users] by 20% ?start ?due"),
            ("Enter two new international markets within the next quarter", "milestone to 2 2027-01-01..2027-03-31"),
            ("Keep uptime above 99.9%", "at_least [Uptime] percent to 99.9 ?due"),
            ("Establish partnerships with three key influencers", "milestone to 3 ?due"),
            ("Improve user experience", "objective"),
        ],
    );
}

#[test]
fn metrics_of_the_project_are_recognised() {
    check(
        &known(),
        &[
            ("Increase MRR by 15 %", "increase [m-mrr] currency:EUR by 15% ?due"),
            ("increase monthly recurring revenues to €120k", "increase [m-mrr] currency:EUR to 120000 ?due"),
            ("Bring MAU to 10 million by Q4 2027", "increase [m-mau] count to 10000000 ..2027-12-31"),
            ("Bring MAU to 5 million by Q4 2027", "decrease [m-mau] count to 5000000 ..2027-12-31"),
            ("Get churn below 3% by June", "decrease [m-churn] percent to 3 ..2027-06-30"),
            ("Keep churn below 2%", "at_most [m-churn] percent to 2 ?due"),
            ("Keep the churn at 2 %", "at_most [m-churn] percent to 2 ?due"),
            ("Improve page load times by 20%", "decrease [m-load] seconds by 20% ?due"),
            ("Reduce page load time to 1800 ms", "decrease [m-load] seconds to 1.8 ?due"),
            ("Bring page load time to 2 s by 31 Dec", "decrease [m-load] seconds to 2 ..2026-12-31"),
            ("Double signups by end of March", "increase [m-signups] count by 100% ..2027-03-31 ?start"),
            ("Raise NPS by 5 points", "increase [m-nps] score by 5 ?due"),
            ("Raise CSAT to 90%", "increase [m-csat] percent to 90 ?due"),
            ("Keep seen within 4 hours above 95 % until Q4 2027", "at_least [m-seen] percent to 95 ..2027-12-31"),
            ("m-nps to 50", "increase [m-nps] score to 50 ?due"),
            ("Improve NPS", "increase [m-nps] score ?target ?due"),
            ("Increase MRR by 15% to €115k", "increase [m-mrr] currency:EUR to 115000 by 15% ?due"),
        ],
    );
}

#[test]
fn verbs_and_amounts() {
    check(
        &empty(),
        &[
            ("Grow ARR from $1.2M to $2M by FY27", "increase [ARR] currency:USD from 1200000 to 2000000 ..2027-12-31"),
            (
                "Lower customer acquisition cost from €300 to €240 by year end",
                "decrease [Customer acquisition cost] currency:EUR from 300 to 240 ..2026-12-31",
            ),
            ("Cut churn in half by H1 2027", "decrease [Churn] by 50% ..2027-06-30 ?start"),
            ("Halve support tickets by 1 July 2027", "decrease [Support tickets] by 50% ..2027-07-01 ?start"),
            ("Triple sign-ups this quarter", "increase [Sign-ups] by 200% 2026-10-01..2026-12-31 ?start"),
            ("Reach 10 million monthly active users by 2028", "increase [Monthly active users] to 10000000 ..2028-12-31 ?start"),
            ("Hit £250k in monthly sales by December 15, 2026", "increase [Monthly sales] currency:GBP to 250000 ..2026-12-15 ?start"),
            ("Keep response time between 2 h and 4 h", "between [Response time] hours to 2 … 4 ?due"),
            ("Maintain gross margin at or above 60 %", "at_least [Gross margin] percent to 60 ?due"),
            ("Keep first response time under 30 min", "at_most [First response time] minutes to 30 ?due"),
            ("Limit cloud costs to 40,000 USD in 2027", "at_most [Cloud costs] currency:USD to 40000 2027-01-01..2027-12-31"),
            ("NPS of 70 or more", "at_least [NPS] to 70 ?due"),
            ("Churn below 2%", "at_most [Churn] percent to 2 ?due"),
            ("MAU from 5M to 10M by 2026-12-31", "increase [MAU] from 5000000 to 10000000 ..2026-12-31"),
            ("Revenue +20% by Q2 2027", "increase [Revenue] by 20% ..2027-06-30 ?start"),
            ("Activation 45% → 60%", "increase [Activation] percent from 45 to 60 ?due"),
            ("A 10% reduction in refunds by the end of Q1", "decrease [Refunds] by 10% ..2027-03-31 ?start"),
            ("Increase conversion by 2 percentage points by March 2027", "increase [Conversion] percent by 2 ..2027-03-31 ?start"),
            ("Grow the community by 1 500 members", "increase [Community members] by 1500 ?start ?due"),
            ("Reduce deployment time from 2 h to 30 min", "decrease [Deployment time] minutes from 120 to 30 ?due"),
            (
                "We want to increase retention to 40% from 1 January to 31 March 2027",
                "increase [Retention] percent to 40 2027-01-01..2027-03-31 ?start",
            ),
            ("By launching referrals, increase sign-ups by 10%", "increase [Sign-ups] by 10% ?start ?due + Launching referrals"),
            ("Increase day 30 retention to 40% by week 14 2027", "increase [Day 30 retention] percent to 40 ..2027-04-11 ?start"),
            ("Increase weekly active users 10x in a year", "increase [Weekly active users] by 900% ..2027-11-21 ?start"),
            ("Grow referrals to 3x by Q2 2027", "increase [Referrals] by 200% ..2027-06-30 ?start"),
            ("Reduce bug backlog to zero within 90 days", "decrease [Bug backlog] to 0 ..2027-02-19 ?start"),
            ("Raise revenue to 1,5 Mio € before April", "increase [Revenue] currency:EUR to 1500000 ..2027-03-31 ?start"),
            (
                "Improve satisfaction by a third over the next two quarters",
                "increase [Satisfaction] by 33.333333333333336% ..2027-05-21 ?start",
            ),
            ("Ensure at least 95 % of orders arrive on time", "at_least [Orders arrive on time] percent to 95 ?due"),
            // A word that leads a name belongs to it; "AOV" finds it again by its initials.
            ("Raise average order value to €60 by Q2 2027", "increase [Average order value] currency:EUR to 60 ..2027-06-30 ?start"),
            ("Drive revenue up 25 % by Q4 2027", "increase [Revenue] by 25% ..2027-12-31 ?start"),
            ("Drive hosting costs down 10 % by Q4 2027", "decrease [Hosting costs] by 10% ..2027-12-31 ?start"),
            ("Keep load above 3 % and below 5 % until Q4 2027", "between [Load] percent to 3 … 5 ..2027-12-31"),
            ("Keep load below 5 % and above 3 % until Q4 2027", "between [Load] percent to 3 … 5 ..2027-12-31"),
            ("Keep NPS at 70 and above", "at_least [NPS] to 70 ?due"),
            ("Starting in January, grow MRR to 2M until 30.06.2027", "increase [MRR] to 2000000 2027-01-01..2027-06-30 ?start"),
        ],
    );
}

#[test]
fn a_share_says_by_how_much_without_by() {
    check(
        &empty(),
        &[
            ("Win 50% more deals next quarter", "increase [Deals] by 50% 2027-01-01..2027-03-31 ?start"),
            ("Sign up 20 % more teams", "increase [Teams] by 20% ?start ?due"),
            ("Get 30 % fewer tickets by Q3", "decrease [Tickets] by 30% ..2027-09-30 ?start"),
            ("Achieve a 20% reduction in churn by Q2 2027", "decrease [Churn] by 20% ..2027-06-30 ?start"),
            ("Grow DAU 20% by 2030", "increase [DAU] by 20% ..2030-12-31 ?start"),
            ("Cut churn 2 percentage points by Q2 2027", "decrease [Churn] percent by 2 ..2027-06-30 ?start"),
            // A limit and a number of things stay what they were.
            ("Keep 95 % or more of orders on time", "at_least [Orders on time] percent to 95 ?due"),
            ("Hire 10 more engineers by Q1 2027", "milestone to 10 ..2027-03-31"),
        ],
    );
}

#[test]
fn milestones_and_objectives() {
    check(
        &empty(),
        &[
            ("Hire five engineers by Q1 2027", "milestone to 5 ..2027-03-31"),
            ("Launch the mobile app by 15 January", "milestone ..2027-01-15"),
            ("Open 3 stores in H1 2027", "milestone to 3 2027-01-01..2027-06-30"),
            ("Sign 500 customers by June 2027", "increase [Customers] to 500 ..2027-06-30 ?start"),
            ("Conduct twelve customer interviews this month", "milestone to 12 2026-11-01..2026-11-30"),
            ("Make field teams love the app", "objective"),
            ("Improve user experience by Q2 2027", "objective ..2027-06-30"),
            ("Build trust by answering every ticket", "objective + Answering every ticket"),
            ("Become the number one in our market", "objective"),
            ("Nobody waits long", "objective"),
        ],
    );
}

#[test]
fn a_year_of_four_digits_is_a_year_where_it_can_be_no_amount() {
    check(
        &empty(),
        &[
            ("Raise weekly users from 2 k to 5 k by 2099", "increase [Weekly users] from 2000 to 5000 ..2099-12-31"),
            ("Raise weekly users to 5 k by 2099", "increase [Weekly users] to 5000 ..2099-12-31 ?start"),
            ("Raise weekly users to 5 k until 2099", "increase [Weekly users] to 5000 ..2099-12-31 ?start"),
            ("Raise weekly users to 5 k till 2027", "increase [Weekly users] to 5000 ..2027-12-31 ?start"),
            ("Raise weekly users to 5 k in 2027", "increase [Weekly users] to 5000 2027-01-01..2027-12-31 ?start"),
            ("Raise weekly users to 5 k by end of 2027", "increase [Weekly users] to 5000 ..2027-12-31 ?start"),
            ("Raise weekly users to 5 k by the end of 2099", "increase [Weekly users] to 5000 ..2099-12-31 ?start"),
            ("Raise weekly users to 5 k by Q3 2027", "increase [Weekly users] to 5000 ..2027-09-30 ?start"),
            ("Raise weekly users to 5 k by mid 2027", "increase [Weekly users] to 5000 ..2027-06-30 ?start"),
            ("Raise weekly users to 5 k by mid-2027", "increase [Weekly users] to 5000 ..2027-06-30 ?start"),
            ("Raise weekly users to 5 k by the middle of March 2027", "increase [Weekly users] to 5000 ..2027-03-15 ?start"),
            ("Raise weekly users to 5 k by early 2027", "increase [Weekly users] to 5000 ..2027-03-31 ?start"),
            ("Raise weekly users to 5 k by late 2027", "increase [Weekly users] to 5000 ..2027-12-31 ?start"),
            ("Raise weekly users to 5 k by late March", "increase [Weekly users] to 5000 ..2027-03-31 ?start"),
            ("Raise weekly users to 5 k by mid Q2 2027", "increase [Weekly users] to 5000 ..2027-05-15 ?start"),
            ("Raise weekly users to 5 k by 06/2027", "increase [Weekly users] to 5000 ..2027-06-30 ?start"),
            ("Reduce late deliveries by 20%", "decrease [Late deliveries] by 20% ?start ?due"),
            ("Raise weekly users by 20% by 2099", "increase [Weekly users] by 20% ..2099-12-31 ?start"),
            ("Launch the app by 2099", "milestone ..2099-12-31"),
            ("Launch the app by summer 2027", "milestone ?due"),
            ("Hire 2000 engineers", "increase [Engineers] to 2000 ?start ?due"),
            ("Reduce tickets by 2000", "decrease [Tickets] by 2000 ?start ?due"),
            ("Raise users by 1500", "increase [Users] by 1500 ?start ?due"),
            ("Raise users by 2030 users", "increase [Users users] by 2030 ?start ?due"),
            ("Raise users to 5000 by 2000 by Q4 2027", "increase [Users] to 5000 by 2000 ..2027-12-31"),
        ],
    );
}

#[test]
fn a_year_that_could_be_an_amount_says_what_it_was_taken_for() {
    let taken = |line: &str| read_in(&known(), line).unwrap().taken;
    assert_eq!(taken("Raise sign-ups by 2030"), Some(Taken::Year("by 2030".to_owned())));
    assert_eq!(taken("Raise sign-ups by 2099"), Some(Taken::Amount("by 2099".to_owned())));
    assert_eq!(taken("Reduce tickets by 2000"), Some(Taken::Amount("by 2000".to_owned())));
    for plain in [
        "Raise sign-ups by 1500",
        "Raise sign-ups by 2,030",
        "Raise sign-ups to 5 k by 2030",
        "Raise sign-ups by end of 2030",
        "Launch the app by 2030",
        "Raise sign-ups by 2000 by Q4 2027",
    ] {
        assert_eq!(taken(plain), None, "{plain}");
    }
    let told = taken("Reduce tickets by 2000").unwrap().words();
    assert_eq!(told, "“by 2000” is read as an amount; to mean the year, say “by end of 2000”");
    let told = taken("Raise sign-ups by 2030").unwrap().words();
    assert_eq!(told, "“by 2030” is read as the end of that year; to mean an amount, say “by a total of 2030”");
    let meant = read_in(&known(), "Raise sign-ups by a total of 2030").unwrap();
    assert_eq!((meant.amount, meant.due), (Some(2030.0), None));
    let line = "Reduce tickets by 2000";
    let context_project = known();
    let context = Context { project: &context_project, as_of: day("2026-11-21"), cycle: None };
    let reading = read(line, &context).unwrap();
    let mut corrections = Corrections::default();
    corrections.set(&reading, Part::Due(Some(day("2027-03-31"))));
    assert_eq!(corrections.apply(&reading, &context).taken, None, "once it is put right, there is nothing to tell");
}

#[test]
fn what_cannot_be_meant_is_refused() {
    check(
        &known(),
        &[
            ("Bring DAU to 5 k by 31 Dec 9999", "refused: there is no such date as “31 Dec 9999”"),
            ("Bring DAU to 5 k by January 1, 0001", "refused: there is no such date as “January 1, 0001”"),
            ("", "refused: there is nothing to read; write a sentence such as “Bring MAU to 10 million by Q4”"),
            ("?!", "refused: there are no words in it; write a sentence such as “Keep uptime above 99.9 %”"),
            ("by Q4 2027", "refused: it says when, but not what is to be reached"),
            ("by revamping the login", "refused: it says how, but not what is to be reached"),
            ("20%", "refused: it does not say of what; name a metric, such as “Reduce page load time by 20 %”"),
            ("Increase by 20%", "refused: it does not say of what; name a metric, such as “Reduce page load time by 20 %”"),
            ("Increase", "refused: it does not say of what; name a metric, such as “Reduce page load time by 20 %”"),
            ("Increase MRR from 90 to 80", "refused: it is to rise, but 80 lies below 90"),
            ("Reduce churn from 3% to 4%", "refused: it is to fall, but 4% lies above 3%"),
            ("Bring MRR to 10 k to 20 k", "refused: it gives two targets, “10 k” and “20 k”; say one"),
            ("Increase MRR by 5% by 10%", "refused: it gives two amounts, “5%” and “10%”; say one"),
            (
                "Increase MRR from 100 to 120 by 50%",
                "refused: the target 120, the start 100 and the amount do not agree; leave one of them out",
            ),
            ("Increase MRR by 0%", "refused: an amount of 0 changes nothing; say by how much"),
            ("Increase MRR by −5%", "refused: it is to rise, but says “−5%”"),
            ("Reduce churn by 120%", "refused: nothing can fall by more than 100 %, but 120 % was said"),
            ("Raise NPS to 50 by Q1 2027 by Q2 2027", "refused: it gives two due dates, 2027-03-31 and 2027-06-30; say one"),
            ("Raise NPS to 50 by 31 February 2027", "refused: there is no such date as “31 February 2027”"),
            ("Raise NPS to 50 by Q5 2027", "refused: there is no such date as “Q5 2027”"),
            (
                "Raise NPS to 50 by 03/04/2027",
                "refused: “03/04/2027” can be read in two ways; write the date as 2027-03-01 or 1 March 2027",
            ),
            ("Bring MAU to 90%", "refused: “90%” does not fit Monthly active users, whose unit is a count"),
            ("Keep churn between 4% and 2%", "refused: the range from 4% to 2% is upside down"),
            ("Raise sales from €5 to $9", "refused: it mixes units, USD and EUR; use one"),
            ("Keep churn below 3% and above 5%", "refused: the range from above 5% to below 3% is upside down"),
            ("Raise NPS to 50 in the next 0 months", "refused: there is no such date as “the next 0 months”"),
            ("Raise NPS to 50 within 100000 years", "refused: there is no such date as “100000 years”"),
            ("Raise NPS to 1e400", "refused: “1e400” is no number that can be meant; write it as 1,200 or 2.5 million"),
            ("Increase MRR from 5 to 5", "refused: the target 5 equals the start; nothing would change"),
            ("Raise NPS\nRaise MRR", "refused: there are several lines; say one goal on one line"),
        ],
    );
    assert_eq!(read_in(&empty(), &"long ".repeat(200)), Err(Refusal::TooLong { chars: 999, most: MAX_CHARS }));
}

#[test]
fn two_metrics_of_one_name_are_asked_about() {
    let mut project = known();
    add(&mut project, "m-nps2", "NPS", "", Unit::Score, Direction::Up, None);
    let refusal = read_in(&project, "Raise NPS to 50").unwrap_err();
    assert_eq!(refusal.to_string(), "“NPS” may be “Net promoter score” (m-nps) or “NPS” (m-nps2); use the full name");
}

#[test]
fn quarters_are_those_of_the_fiscal_year() {
    let mut project = empty();
    project.settings.calendar = Calendar { fiscal_start_month: 4, ..Calendar::default() };
    check(
        &project,
        &[
            // FY27 ends in March 2027, and 21 November lies in its third quarter.
            ("Raise NPS to 50 by Q4 2027", "increase [NPS] to 50 ..2027-03-31 ?start"),
            ("Raise NPS to 50 by H1 FY27", "increase [NPS] to 50 ..2026-09-30 ?start ?future_due"),
            ("Raise NPS to 50 by FY27", "increase [NPS] to 50 ..2027-03-31 ?start"),
            ("Raise NPS to 50 by year end", "increase [NPS] to 50 ..2027-03-31 ?start"),
            ("Raise NPS to 50 next quarter", "increase [NPS] to 50 2027-01-01..2027-03-31 ?start"),
            ("Raise NPS to 50 by 2027", "increase [NPS] to 50 ..2027-12-31 ?start"),
        ],
    );
}

#[test]
fn a_decimal_comma_is_the_projects() {
    let mut project = empty();
    project.settings.locale.decimal_mark = ',';
    project.settings.locale.grouping = crate::model::Grouping::Point;
    check(
        &project,
        &[
            ("Raise sales to 1.500,5 by Q4", "increase [Sales] to 1500.5 ..2026-12-31 ?start"),
            ("Raise NPS to 7,125", "increase [NPS] to 7.125 ?start ?due"),
        ],
    );
    check(
        &empty(),
        &[
            ("Raise sales to 1,500.5 by Q4", "increase [Sales] to 1500.5 ..2026-12-31 ?start"),
            ("Raise NPS to 7,125", "increase [NPS] to 7125 ?start ?due"),
        ],
    );
}

#[test]
fn the_title_leaves_time_and_work_out() {
    let title = |line| read_in(&empty(), line).unwrap().title;
    assert_eq!(title("Bring MAU to 10 million by Q4 2027"), "Bring MAU to 10 million");
    assert_eq!(title("we want to raise NPS (score) by 5 points in next 6 months, by revamping the login"), "Raise NPS (score) by 5 points");
    assert_eq!(title("By launching referrals, increase sign-ups by 10%."), "Increase sign-ups by 10%");
}

#[test]
fn chips_say_what_each_part_is() {
    let line = "Raise NPS from 34 to 50 by Q2 2027 by fixing bugs";
    let reading = read_in(&empty(), line).unwrap();
    let chips: Vec<(&str, &str)> = reading.chips.iter().map(|c| (c.role.word(), &line[c.span.clone()])).collect();
    let expect = [
        ("Kind", "Raise"),
        ("Of what", "NPS"),
        ("From", "from 34"),
        ("Target", "to 50"),
        ("When", "by Q2 2027"),
        ("Initiative", "by fixing bugs"),
    ];
    assert_eq!(chips, expect);
}

#[test]
fn a_verb_that_is_a_noun_is_one_chip() {
    sound("Increase of 31 next");
    let line = "Increase of 20% in MRR by Q2 2027";
    let reading = read_in(&empty(), line).unwrap();
    assert_eq!(reading.chips.iter().filter(|c| c.role == ChipRole::Kind).count(), 1, "{:?}", reading.chips);
}

fn sound(line: &str) {
    let project = known();
    let Ok(reading) = read_in(&project, line) else { return };
    let mut last = 0;
    for chip in &reading.chips {
        assert!(chip.span.start >= last && chip.span.end > chip.span.start && line.get(chip.span.clone()).is_some(), "{line:?}: {chip:?}");
        last = chip.span.end;
    }
    assert!(reading.title.chars().any(char::is_alphanumeric), "{line:?}");
    assert_eq!(read_in(&project, line), Ok(reading));
    // Whatever can be planned can be applied and taken back.
    if let Err(problem) = made(&project, line) {
        assert!(!problem.contains("there is no such goal"), "{problem}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(line in ".{0,80}") {
        sound(&line);
    }

    #[test]
    fn any_words_of_the_grammar_are_read_or_refused(words in proptest::collection::vec(proptest::sample::select(vec![
        "Increase", "reduce", "keep", "halve", "launch", "hire", "improve", "MRR", "churn", "(NPS)", "from", "to", "by", "between", "and", "of",
        "within", "in", "the", "next", "end of", "Q4", "2027", "March", "31", "six", "months", "20%", "5 points", "10 million", "€5k", "70+",
        "2x", "half", "above", "at most", "revamping", ",", "->", "–", "two", "zero", "increase", "99999999999999999999", "1e999", "quarter",
        "starting", "FY27", "-5", "ß", "\u{1F600}", "\u{0}", "a", "million", "1.000.000", "12/31/2027", "week", "9999", "years",
    ]), 0..14)) {
        sound(&words.join(" "));
    }
}
