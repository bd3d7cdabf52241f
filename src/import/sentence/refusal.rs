//! Why a sentence makes no goal.

use crate::model::Date;

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    #[error("there is nothing to read; write a sentence such as “Bring MAU to 10 million by Q4”")]
    Empty,
    #[error("the sentence has {chars} characters, but {most} are the most; say one goal at a time")]
    TooLong { chars: usize, most: usize },
    #[error("there are several lines; say one goal on one line")]
    SeveralLines,
    #[error("there are no words in it; write a sentence such as “Keep uptime above 99.9 %”")]
    NoWords,
    #[error("it says when, but not what is to be reached")]
    OnlyTime,
    #[error("it says how, but not what is to be reached")]
    OnlyInitiative,
    #[error("it does not say of what; name a metric, such as “Reduce page load time by 20 %”")]
    NoSubject,
    #[error("it gives two targets, “{first}” and “{second}”; say one")]
    TwoTargets { first: String, second: String },
    #[error("it gives two amounts, “{first}” and “{second}”; say one")]
    TwoAmounts { first: String, second: String },
    #[error("it gives two due dates, {first} and {second}; say one")]
    TwoDueDates { first: Date, second: Date },
    #[error("it gives two start dates, {first} and {second}; say one")]
    TwoStartDates { first: Date, second: Date },
    #[error("it ends on {due}, before it starts on {starts}")]
    EndsBeforeStart { starts: Date, due: Date },
    #[error("it is to {verb}, but {to} lies {other} {from}")]
    WrongWay { verb: &'static str, from: String, to: String, other: &'static str },
    #[error("it is to {verb}, but says “{said}”")]
    Against { verb: &'static str, said: String },
    #[error("the target {0} equals the start; nothing would change")]
    NoChange(String),
    #[error("an amount of 0 changes nothing; say by how much")]
    ZeroAmount,
    #[error("nothing can fall by more than 100 %, but {0} % was said")]
    FallsTooFar(String),
    #[error("the target {target}, the start {start} and the amount do not agree; leave one of them out")]
    Disagree { start: String, target: String },
    #[error("the range from {low} to {high} is upside down")]
    UpsideDown { low: String, high: String },
    #[error("“{0}” is no number that can be meant; write it as 1,200 or 2.5 million")]
    NoSuchNumber(String),
    #[error("“{said}” does not fit {metric}, whose unit is {unit}")]
    WrongUnit { said: String, metric: String, unit: String },
    #[error("it mixes units, {first} and {second}; use one")]
    MixedUnits { first: String, second: String },
    #[error("“{0}” can be read in two ways; write the date as 2027-03-01 or 1 March 2027")]
    AmbiguousDate(String),
    #[error("there is no such date as “{0}”")]
    NoSuchDate(String),
    #[error("“{said}” may be {first} or {second}; use the full name")]
    AmbiguousMetric { said: String, first: String, second: String },
}
