//! Tables that nobody made for a test, read without a hint beyond the names of their columns.

use std::path::{Path, PathBuf};
use std::process::Command;

use waymark::import::{Destination, Preview, ReadHints, Request, guess, preview, read_table};
use waymark::model::{Project, ProjectId, TableShape};

fn folder(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference").join(name);
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

fn project() -> Project {
    Project::empty(ProjectId::from_random(1), "Reference")
}

fn imported(path: &Path, shape: Option<TableShape>) -> Preview {
    let project = project();
    let table = read_table(std::fs::read(path).unwrap(), &ReadHints::default()).unwrap();
    let found = guess(&table, &project).unwrap();
    let (shape, matches) = match shape {
        Some(shape) => (shape.clone(), waymark::import::series_of(&table, &shape, &[], &project).unwrap()),
        None => (found.shape, found.matches),
    };
    let mut request = Request { takes: matches.into_iter().map(|found| found.take).collect(), ..Request::of_shape(shape) };
    for take in &mut request.takes {
        // The name of a column says that it holds percentages; in these files they are hundredths.
        if let Destination::New { unit, .. } = &mut take.to {
            *unit = waymark::model::Unit::Count;
        }
    }
    preview(&table, &request, &project).unwrap_or_else(|problem| panic!("{}: {problem}", path.display()))
}

/// The finite numbers of every column, as Python reads them; `None` where there is no Python.
fn by_python(path: &Path) -> Option<serde_json::Map<String, serde_json::Value>> {
    const SCRIPT: &str = "
import csv, json, math, sys
columns = {}
for row in csv.DictReader(open(sys.argv[1], newline='')):
    for name, cell in row.items():
        try:
            value = float(cell)
        except ValueError:
            continue
        if math.isfinite(value):
            columns.setdefault(name, []).append(value)
print(json.dumps(columns))
";
    let output = Command::new("python3").args(["-c", SCRIPT]).arg(path).output().ok()?;
    output.status.success().then(|| serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn every_reference_series_comes_in_with_the_values_that_python_reads() {
    let Some(series) = folder("series") else { return };
    let mut files: Vec<PathBuf> = std::fs::read_dir(series).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "csv"));
    files.sort();
    assert!(files.len() >= 20, "{}", files.len());
    let mut compared = 0;
    for path in files {
        let found = imported(&path, None);
        assert_eq!(found.refused, [], "{}", path.display());
        let Some(python) = by_python(&path) else {
            eprintln!("skipped: python3 does not run here");
            return;
        };
        for part in &found.parts {
            assert_eq!(part.reading.rejected, [], "{} {}", path.display(), part.from);
            let expected: Vec<f64> = python[&part.from].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect();
            let values: Vec<f64> = part.reading.points.iter().map(|p| p.value).collect();
            assert_eq!(values, expected, "{} {}", path.display(), part.from);
            compared += values.len();
        }
    }
    println!("{compared} values compared");
}

#[test]
fn the_hospital_file_gives_twenty_metrics_in_one_go() {
    let Some(kpi) = folder("kpi") else { return };
    let path = kpi.join("nhs_ae_top20_trusts_type1_monthly.csv");
    let found = imported(&path, None);
    assert_eq!((found.parts.len(), found.refused.len()), (20, 0));
    let named = |date: &str, metric: &str, value: &str| TableShape::Tall {
        date: date.to_owned(),
        metric: metric.to_owned(),
        value: value.to_owned(),
    };
    let found = imported(&path, Some(named("period", "org_code", "pct_within_4h")));
    let rows: usize = found.parts.iter().map(|part| part.reading.points.len()).sum();
    assert_eq!((found.parts.len(), rows), (20, 711));
    let Some(python) = by_python(&path) else {
        eprintln!("skipped: python3 does not run here");
        return;
    };
    let mut values: Vec<f64> = found.parts.iter().flat_map(|part| part.reading.points.iter().map(|p| p.value)).collect();
    let mut expected: Vec<f64> = python["pct_within_4h"].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect();
    values.sort_by(f64::total_cmp);
    expected.sort_by(f64::total_cmp);
    assert_eq!(values, expected);
    let england = imported(&kpi.join("nhs_ae_england_monthly.csv"), Some(named("period", "type", "pct_within_4h")));
    assert_eq!(
        england.parts.iter().map(|part| (part.from.as_str(), part.reading.points.len())).collect::<Vec<_>>(),
        [("1", 36), ("2", 36), ("other", 36)]
    );
    let gitlab = imported(&kpi.join("gitlab_com_availability_monthly.csv"), None);
    assert_eq!(
        gitlab.parts.iter().map(|part| (part.from.as_str(), part.reading.points.len())).collect::<Vec<_>>(),
        [("availability_pct", 27), ("target_pct", 27)]
    );
}
