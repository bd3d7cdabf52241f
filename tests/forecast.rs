//! Theta against R on many series that are not part of the repository: `../shared/reference`. Where the folder is missing, the test says so
//! and passes.

#![expect(clippy::unwrap_used, reason = "what a test cannot do without fails it")]

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use waymark::analysis::forecast::{Kind, theta};

fn numbers(text: &str) -> Vec<f64> {
    text.split_whitespace().map(|number| number.parse().unwrap()).collect()
}

/// R 4.2.2, `thetaf()` of forecast 8.20 on 429 series of the M3 competition. α is optimised by both: forecasts within 1e-3, where R's search
/// and ours end in the same place. Where the squares have two valleys they need not: at most a dozen series may be farther off.
#[test]
fn theta_forecasts_the_m3_sample_as_r_does() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/m3_sample.csv");
    let Ok(series) = std::fs::read_to_string(&path) else {
        writeln!(std::io::stderr(), "skipped: {} is not there", path.display()).unwrap();
        return;
    };
    let expected = include_str!("data/r_thetaf_m3_sample.csv");
    let expected: BTreeMap<&str, Vec<&str>> =
        expected.lines().skip(1).map(|l| l.split_once(',').unwrap()).map(|(id, rest)| (id, rest.split(',').collect())).collect();
    let (mut all, mut far) = (0, Vec::new());
    for line in series.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let season: usize = fields[2].parse().unwrap();
        let values = numbers(fields[6]);
        let found = theta(&values, (season > 1).then_some((season, Kind::Multiplicative))).unwrap();
        let means = numbers(expected[fields[0]][1]);
        let off = means.iter().enumerate().map(|(step, mean)| (found.forecast(step + 1) / mean - 1.0).abs()).fold(0.0, f64::max);
        all += 1;
        if off > 1e-3 {
            far.push((fields[0].to_owned(), off));
        }
    }
    assert_eq!(all, 429);
    assert!(far.len() <= 12, "{far:?}");
}
