//! What is exported as CSV or XLSX comes back as the same series, however the project writes its numbers.

use proptest::prelude::*;
use waymark::export;
use waymark::import::{Destination, Preview, ReadHints, Request, preview, read_table};
use waymark::model::{Cadence, Date, Grouping, Locale, Metric, MetricId, PercentForm, Point, Project, ProjectId, Series, Stamp, Unit};
use waymark::workspace::{ExportFormat, ExportRequest, ExportWhat};

fn project(values: &[f64], unit: &Unit, locale: Locale) -> (Project, MetricId) {
    let mut project = Project::empty(ProjectId::from_random(1), "There and back");
    project.settings.locale = locale;
    let first = Stamp::from_date(Date::from_ymd_opt(2020, 1, 1).unwrap());
    let point = |(months, value): (u32, &f64)| Point::new(first.later_by(Cadence::Monthly, months), *value);
    let series = Series::from_points((0..).zip(values).map(point)).unwrap();
    let id = MetricId::from_random(2);
    let metric = Metric { unit: unit.clone(), cadence: Cadence::Monthly, series: series.into(), ..Metric::new(id.clone(), "There") };
    project.metrics.insert(id.clone(), metric.into());
    (project, id)
}

fn there_and_back(project: &Project, metric: &MetricId, format: ExportFormat) -> Preview {
    let request = ExportRequest::of(ExportWhat::Chart(metric.clone()), format);
    // On the last day of the last month, no period is unfinished.
    let files = export::render(project, &request, Date::from_ymd_opt(2040, 1, 1).unwrap()).unwrap();
    let table = read_table(&files[0].bytes, &ReadHints::default()).unwrap();
    let actual = table.header.iter().find(|name| name.starts_with("Actual")).unwrap().clone();
    let to = Destination::Metric(metric.to_string());
    let request = Request { percent: Some(PercentForm::Hundredths), ..Request::new(&*table.header[0], actual, to) };
    preview(&table, &request, project).unwrap()
}

fn locale() -> impl Strategy<Value = Locale> {
    let groupings = vec![Grouping::Comma, Grouping::Point, Grouping::Space, Grouping::Apostrophe, Grouping::None];
    (prop::sample::select(vec!['.', ',']), prop::sample::select(groupings))
        .prop_map(|(decimal_mark, grouping)| Locale { decimal_mark, grouping })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_same_series_comes_back(
        values in prop::collection::vec(prop_oneof![-1e12..1e12, -1.0..1.0, (-100_000..100_000i32).prop_map(f64::from)], 2..40),
        unit in prop::sample::select(vec![Unit::Count, Unit::Percent, Unit::Currency("EUR".to_owned()), Unit::Hours]),
        locale in locale(),
        format in prop::sample::select(vec![ExportFormat::Csv, ExportFormat::Xlsx]),
    ) {
        let (project, metric) = project(&values, &unit, locale);
        let found = there_and_back(&project, &metric, format);
        let part = &found.parts[0];
        let series = &project.metric(&metric).unwrap().series;
        let back: Vec<(Stamp, f64)> = part.reading.points.iter().map(|p| (p.at, p.value)).collect();
        let there: Vec<(Stamp, f64)> = series.iter().collect();
        prop_assert_eq!(back.len(), there.len());
        for ((at, value), (at_there, value_there)) in back.into_iter().zip(there) {
            prop_assert_eq!(at, at_there);
            // A percentage in a workbook is a share there: a hundredth of it, rounded, and back.
            let exact = format == ExportFormat::Csv || unit != Unit::Percent;
            let slack = if exact { 0.0 } else { value_there.abs() * 1e-15 };
            prop_assert!((value - value_there).abs() <= slack, "{} {}", value, value_there);
        }
        prop_assert_eq!(&part.reading.rejected, &vec![]);
    }
}
