//! The verb of a sentence and which way it wants things to go.

use super::words::{Word, any_phrase, at};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Verb {
    Raise,
    Lower,
    /// Better, whichever way that is.
    Improve,
    Reach,
    Keep,
    /// Not above.
    Cap,
    /// Something that can be counted: "hire five engineers".
    Count,
    /// Something that is done or not: "launch the app".
    Deliver,
    /// Rise by a number of hundredths of the start.
    Raiseby(f64),
    Lowerby(f64),
}

const RAISE: &[&str] = &[
    "increase", "raise", "grow", "boost", "lift", "bump", "expand", "push", "scale", "gain", "up", "push up", "drive up", "bring up",
    "scale up", "step up", "ramp up", "elevate", "extend", "multiply", "amplify", "growth",
];
const LOWER: &[&str] = &[
    "reduce",
    "decrease",
    "lower",
    "cut",
    "shrink",
    "drop",
    "trim",
    "slash",
    "minimise",
    "minimize",
    "lessen",
    "shorten",
    "bring down",
    "drive down",
    "cut down",
    "curb",
    "push down",
    "get down",
    "diminish",
    "reduction",
    "decline",
];
const IMPROVE: &[&str] =
    &["improve", "enhance", "optimise", "optimize", "better", "accelerate", "strengthen", "move", "change", "drive", "improvement"];
const REACH: &[&str] = &[
    "bring",
    "reach",
    "achieve",
    "hit",
    "get",
    "get to",
    "attain",
    "take",
    "deliver",
    "earn",
    "generate",
    "make",
    "obtain",
    "score",
    "exceed",
    "surpass",
    "pass",
    "cross",
    "book",
    "close with",
    "have",
    "bring in",
    "produce",
    "rise",
    "record",
];
const KEEP: &[&str] = &["keep", "maintain", "hold", "stay", "sustain", "preserve", "ensure", "guarantee", "remain", "retain", "hold on"];
const CAP: &[&str] = &["limit", "cap", "restrict"];
const COUNT: &[&str] = &[
    "enter",
    "establish",
    "sign",
    "sign up",
    "hire",
    "onboard",
    "open",
    "add",
    "conduct",
    "run",
    "interview",
    "create",
    "start",
    "set up",
    "recruit",
    "train",
    "host",
    "win",
    "acquire",
    "secure",
    "build",
    "introduce",
    "expand into",
    "organise",
    "organize",
    "form",
    "partner with",
    "hold",
    "write",
    "land",
    "find",
    "meet",
    "visit",
    "develop",
    "design",
    "test",
];
const DELIVER: &[&str] = &[
    "launch",
    "ship",
    "release",
    "publish",
    "complete",
    "finish",
    "migrate",
    "roll out",
    "deploy",
    "implement",
    "enter",
    "open",
    "expand into",
    "close",
    "submit",
    "pass the",
    "obtain certification",
    "go live",
    "sunset",
    "retire",
    "deprecate",
    "file",
];

/// "Increasing" as "increase", "cutting" as "cut".
fn plain_forms(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    if let Some(stem) = word.strip_suffix("ing").filter(|s| s.len() >= 2) {
        forms.push(stem.to_owned());
        forms.push(format!("{stem}e"));
        let mut letters = stem.chars().rev();
        if let (Some(a), Some(b)) = (letters.next(), letters.next())
            && a == b
        {
            forms.push(stem[..stem.len() - a.len_utf8()].to_owned());
        }
    }
    forms
}

/// What a sentence may begin with before it comes to the point.
const PREAMBLE: &[&str] = &[
    "we want to",
    "we will",
    "we need to",
    "we should",
    "we must",
    "we aim to",
    "our goal is to",
    "our aim is to",
    "the goal is to",
    "let's",
    "lets",
    "let us",
    "please",
    "i want to",
    "to",
    "goal :",
    "objective :",
    "kr :",
    "key result :",
    "help us",
    "aim to",
];

/// The place where the sentence comes to the point.
pub(super) fn after_preamble(words: &[Word], from: usize) -> usize {
    let mut place = from;
    while let Some(next) = any_phrase(words, place, PREAMBLE).filter(|next| *next < words.len()) {
        place = next;
    }
    place
}

/// The verb that begins at a word and the place after it. Whether a counting verb delivers, too, is the second answer.
pub(super) fn verb(words: &[Word], from: usize) -> Option<(Verb, usize)> {
    let two = format!("{} {}", at(words, from), at(words, from + 1));
    let find = |text: &str| -> Option<Verb> {
        let among = |list: &[&str]| list.contains(&text);
        Some(match text {
            "halve" | "half" => Verb::Lowerby(50.0),
            "double" => Verb::Raiseby(100.0),
            "triple" | "treble" => Verb::Raiseby(200.0),
            "quadruple" => Verb::Raiseby(300.0),
            _ if among(RAISE) => Verb::Raise,
            _ if among(LOWER) => Verb::Lower,
            _ if among(IMPROVE) => Verb::Improve,
            _ if among(REACH) => Verb::Reach,
            _ if among(KEEP) => Verb::Keep,
            _ if among(CAP) => Verb::Cap,
            _ if among(COUNT) => Verb::Count,
            _ if among(DELIVER) => Verb::Deliver,
            _ => return None,
        })
    };
    if let Some(verb) = find(&two) {
        return Some((verb, from + 2));
    }
    plain_forms(at(words, from)).iter().find_map(|form| find(form)).map(|verb| (verb, from + 1))
}

/// Whether doing it once is a milestone of its own: "launch the app".
pub(super) fn delivers(words: &[Word], from: usize) -> bool {
    let two = format!("{} {}", at(words, from), at(words, from + 1));
    DELIVER.contains(&two.as_str()) || plain_forms(at(words, from)).iter().any(|f| DELIVER.contains(&f.as_str()))
}

/// "20 % increase in …": the noun and which way it goes.
pub(super) fn noun(word: &str) -> Option<Verb> {
    Some(match word {
        "increase" | "growth" | "rise" | "lift" | "uplift" | "gain" | "boost" | "jump" => Verb::Raise,
        "reduction" | "decrease" | "drop" | "cut" | "decline" | "fall" => Verb::Lower,
        "improvement" => Verb::Improve,
        _ => return None,
    })
}

/// Whether less of what is named is usually better. Only where neither the metric nor the numbers say it.
pub(super) fn less_is_better(words: &[Word]) -> bool {
    const LESS: &[&str] = &[
        "time",
        "times",
        "latency",
        "churn",
        "cost",
        "costs",
        "bug",
        "bugs",
        "defect",
        "defects",
        "error",
        "errors",
        "complaint",
        "complaints",
        "tickets",
        "abandonment",
        "bounce",
        "cac",
        "debt",
        "incident",
        "incidents",
        "downtime",
        "attrition",
        "turnover",
        "crash",
        "crashes",
        "delay",
        "delays",
        "load",
        "backlog",
        "waste",
        "refunds",
        "returns",
        "unsubscribes",
        "outages",
        "expenses",
        "emissions",
        "mttr",
    ];
    words.iter().any(|w| LESS.contains(&w.lower.as_str()))
}
