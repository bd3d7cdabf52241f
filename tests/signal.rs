//! Basic statistics and XmR charts against published results that are not part of the repository: `../shared/reference`. Where the folder
//! is missing, a test says so and passes.

#![expect(clippy::unwrap_used, reason = "helpers of tests, where a missing value is the failure")]
#![expect(clippy::print_stderr, reason = "a test that skips says so")]

use std::path::Path;

use waymark::analysis::statistics::{autocorrelation, mean, standard_deviation};
use waymark::analysis::xmr::{Options, Ranges, Rule, chart};

fn reference(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference").join(name);
    let found = std::fs::read_to_string(&path).ok();
    if found.is_none() {
        eprintln!("skipped: {} is not there", path.display());
    }
    found
}

/// Digits that agree, as NIST counts them: −log₁₀ of the relative error.
fn digits(found: f64, certified: f64) -> f64 {
    if found == certified { 15.0 } else { -((found - certified) / certified).abs().log10() }
}

/// The certified number on the line that begins with some words.
fn certified(text: &str, words: &str) -> f64 {
    let line = text.lines().find(|l| l.starts_with(words)).unwrap();
    line.rsplit_once(':').unwrap().1.split_whitespace().next().unwrap().parse().unwrap()
}

#[test]
fn nist_univariate_sets() {
    for (name, least) in [("Lew", 9.0), ("Michelso", 9.0), ("NumAcc3", 9.0), ("NumAcc4", 8.0)] {
        let Some(text) = reference(&format!("nist/{name}.dat")) else { return };
        let values: Vec<f64> = text.lines().skip(60).map(|l| l.trim().parse().unwrap()).collect();
        let check = |what: &str, found: Option<f64>, least: f64| {
            let agreeing = digits(found.unwrap(), certified(&text, what));
            assert!(agreeing >= least, "{name}: {agreeing:.1} digits of the {what}");
        };
        check("Sample Mean", mean(&values), 9.0);
        check("Sample Standard Deviation", standard_deviation(&values), least);
        check("Sample Autocorrelation", autocorrelation(&values, 1), least);
    }
}

#[test]
fn the_availability_of_gitlab() {
    let Some(text) = reference("xmr/xmr_vectors.json") else { return };
    let vectors: serde_json::Value = serde_json::from_str(&text).unwrap();
    let vector = &vectors["gitlab_availability"];
    let data: Vec<Option<f64>> = vector["data"].as_array().unwrap().iter().map(serde_json::Value::as_f64).collect();
    let found = chart(&data, &Options::default()).unwrap();
    let stat = |name: &str| vector["stats"][name].as_f64().unwrap();
    let limits = found.limits().unwrap();
    let median = chart(&data, &Options { ranges: Ranges::Median, ..Options::default() }).unwrap();
    let median = median.limits().unwrap();
    for (value, name) in [
        (limits.mean, "mean"),
        (limits.mr_mean, "amr"),
        (limits.upper_at(0), "unpl266"),
        (limits.lower_at(0), "lnpl266"),
        (limits.mr_limit, "url"),
        (median.mr_mean, "medmr"),
        (median.upper_at(0), "unpl_med"),
        (median.lower_at(0), "lnpl_med"),
    ] {
        assert!((value - stat(name)).abs() < 1e-11, "{name}: {value}");
    }
    for (rule, name) in [(Rule::Outside, "outside"), (Rule::Run, "run8"), (Rule::NearLimit, "near3of4"), (Rule::Range, "mr_above_url")] {
        let mut points: Vec<usize> = found.signals.iter().filter(|s| s.rule == rule).flat_map(|s| s.points.clone()).collect();
        points.sort_unstable();
        let wanted: Vec<usize> = vector["signals"][name].as_array().unwrap().iter().map(|v| v.as_u64().unwrap() as usize).collect();
        assert_eq!(points, wanted, "{name}");
    }
}
