//! What analysis says of the numbers of a metric, for programs.

use serde_json::{Map, Value, json};

use crate::analysis::change_points::change_points;
use crate::analysis::decompose::{SeasonForm, season};
use crate::analysis::effort::Work;
use crate::analysis::forecast::{Coming, MetricForecast};
use crate::analysis::outliers::outliers;
use crate::analysis::trend::trend;
use crate::analysis::xmr::{self, MetricXmr};
use crate::analysis::{Evaluation, Forecasts, MOST_IN_PAIRS, Outlook, Regrained, Study, Unsuited, metric_values};
use crate::model::{Cadence, Date, Goal, Metric};

/// Without a season a forecast is given for so many periods.
const USUAL_PERIODS: usize = 12;

/// The keys `forecast`, `xmr`, `trend`, `season`, `change_points` and `outliers` of a metric as of a day. What there is none of is `null`, and
/// `reasons` says why under the same key. Dates are the first days of periods; only complete periods count.
///
/// - `forecast`: `horizon` periods, and for each of them `dates`, `mean`, `p10`, `p50`, `p90`, `lo95` and `hi95` (arrays, in the metric's
///   unit); `model`, `how` in a sentence, and `beats_naive`, `null` where there was nothing to look back on. It goes to `until`, or for one season
///   where that is not ahead.
/// - `xmr`: `mean`, `lower` and `upper` as they are in the last period, `mr_mean`, `mr_limit`, `signals` (`date`, `rule` 1, 2, 3 or mr),
///   `assurance` of the metric's own target, and the `form` of the chart.
/// - `trend`: Sen's `slope` a period, Kendall's `tau`, `p`, and whether it is `significant`.
/// - `season`: periods in a cycle, `strength` 0…1, whether it is `strong`, and its `parts` (offsets or factors, by `form`) from `from` on.
/// - `change_points`: `date`, and the mean `before` and `after`; of the values less their season where that is strong.
/// - `outliers`: `date`, `value`, and the value that was `expected`.
pub fn series(project: Study<'_>, metric: &Metric, as_of: Date, until: Option<Date>, forecasts: &dyn Forecasts) -> Map<String, Value> {
    let values = metric_values(project, metric, metric.cadence, as_of);
    let complete: Vec<Option<f64>> = values.values.iter().map(|v| v.value.filter(|_| v.complete)).collect();
    let first = complete.iter().position(Option::is_some).unwrap_or(0);
    let last = complete.iter().rposition(Option::is_some).map_or(first, |last| last + 1);
    let found = Stretch { project, values: &values, first, series: &complete[first..last] };
    let mut entry = Map::new();
    let mut reasons = Map::new();
    let mut put = |key: &str, found: Result<Value, String>| {
        let value = found.unwrap_or_else(|why| {
            reasons.insert(key.to_owned(), json!(why));
            Value::Null
        });
        entry.insert(key.to_owned(), value);
    };
    put("forecast", forecast_of(project, metric, until, forecasts));
    put("xmr", xmr::of_metric(project, metric, as_of).map(|found| xmr_entry(&found)).map_err(|e| e.to_string()));
    put("trend", found.trend());
    put("season", found.season());
    put("change_points", found.change_points());
    put("outliers", found.outliers());
    entry.insert("reasons".to_owned(), Value::Object(reasons));
    entry
}

/// The last due date of the key results that a metric measures, where it is ahead.
pub(super) fn last_due(measured: &[&Goal], evaluation: &Evaluation) -> Option<Date> {
    let dues = measured.iter().filter_map(|goal| evaluation.goal(&goal.id)?.span.due);
    dues.max().filter(|due| *due > evaluation.as_of)
}

fn forecast_of(project: Study<'_>, metric: &Metric, until: Option<Date>, forecasts: &dyn Forecasts) -> Result<Value, String> {
    let forecast = match forecasts.outlook(metric) {
        Outlook::Known(forecast) => forecast,
        Outlook::Unknown(reason) => return Err(reason.to_string()),
        Outlook::Rough(_) | Outlook::Pending => return Err("it is being worked out".to_owned()),
    };
    let most = until.map_or(0, |day| forecast.horizon_of(day)).max(season_length(forecast.cadence).unwrap_or(USUAL_PERIODS));
    if !project.spend(Work::Forecasts, forecast.steps_to_tell(most)) {
        return Err(Unsuited::TooLong.to_string());
    }
    let steps = until.map(|day| forecast.until(day)).filter(|steps| !steps.is_empty());
    let steps = steps.unwrap_or_else(|| forecast.steps(season_length(forecast.cadence).unwrap_or(USUAL_PERIODS)));
    Ok(forecast_entry(project, &forecast, &steps))
}

fn forecast_entry(project: Study<'_>, forecast: &MetricForecast, steps: &[Coming]) -> Value {
    // A tenth of a microsecond for each number and as much for its place in a list.
    if !project.spend(Work::Forecasts, 100 * steps.len()) {
        return Value::Null;
    }
    let each = |of: fn(&Coming) -> f64| steps.iter().map(of).collect::<Vec<f64>>();
    json!({
        "horizon": steps.len(),
        "dates": steps.iter().map(|c| c.period.first.to_string()).collect::<Vec<_>>(),
        "mean": each(|c| c.step.mean),
        "p10": each(|c| c.step.p10),
        "p50": each(|c| c.step.p50),
        "p90": each(|c| c.step.p90),
        "lo95": each(|c| c.step.lo95),
        "hi95": each(|c| c.step.hi95),
        "model": forecast.model(),
        "how": forecast.how(&project),
        "values": forecast.observed(),
        "beats_naive": forecast.calibration.map(|c| c.beats_naive()),
    })
}

fn xmr_entry(found: &MetricXmr) -> Value {
    let limits = found.chart.limits();
    let band = found.chart.band();
    let date = |place: usize| found.periods.get(place).map(|p| p.first.to_string());
    let signals: Vec<Value> = found.chart.signals.iter().map(|s| json!({ "date": date(s.detected), "rule": s.rule.code() })).collect();
    json!({
        "mean": band.map(|b| b.centre),
        "lower": band.map(|b| b.lower),
        "upper": band.map(|b| b.upper),
        "mr_mean": limits.map(|l| l.mr_mean),
        "mr_limit": limits.map(|l| l.mr_limit),
        "signals": signals,
        "assurance": found.assurance.map(xmr::Assurance::code),
        "form": form_code(found.chart.form),
        "trial": limits.map(xmr::Limits::is_trial),
    })
}

fn form_code(form: xmr::Form) -> &'static str {
    match form {
        xmr::Form::Plain => "plain",
        xmr::Form::Trended => "trended",
        xmr::Form::Deseasonalised => "deseasonalised",
        xmr::Form::DeseasonalisedTrended => "deseasonalised_trended",
    }
}

/// Hours come as days.
fn season_length(cadence: Cadence) -> Option<usize> {
    if cadence == Cadence::Hourly { Cadence::Daily.season_length() } else { cadence.season_length() }
}

/// The complete periods from the first that has a value to the last.
struct Stretch<'a> {
    project: Study<'a>,
    values: &'a Regrained,
    /// The place of the first of `series` in `values`.
    first: usize,
    series: &'a [Option<f64>],
}

impl Stretch<'_> {
    fn date(&self, at: usize) -> Option<String> {
        self.values.values.get(self.first + at).map(|v| v.period.first.to_string())
    }

    fn cycle(&self) -> Option<usize> {
        season_length(self.values.cadence)
    }

    fn afford(&self, steps: usize) -> Result<(), String> {
        if self.project.spend(Work::Series, steps) { Ok(()) } else { Err(Unsuited::TooLong.to_string()) }
    }

    /// What looking through all values a few times takes, in steps of effort.
    fn passes(&self) -> usize {
        100 * self.series.len()
    }

    /// Each value with each, in steps of effort; none where there are too many to be compared, which is not tried.
    fn pairs(&self) -> usize {
        let present = self.series.iter().flatten().count();
        if present > MOST_IN_PAIRS { 0 } else { present * present }
    }

    fn trend(&self) -> Result<Value, String> {
        // Each pair of values, and twice that for the memory it takes.
        self.afford(2 * self.pairs())?;
        let found = trend(self.series).map_err(|e| e.to_string())?;
        Ok(json!({ "slope": found.slope, "tau": found.tau, "p": found.p, "significant": found.is_significant() }))
    }

    fn season(&self) -> Result<Value, String> {
        let cycle = self.cycle().ok_or("nothing recurs from year to year in yearly values")?;
        self.afford(self.passes())?;
        let found = season(self.series, cycle).map_err(|e| e.to_string())?;
        Ok(json!({
            "cycle": found.cycle,
            "strength": found.strength,
            "strong": found.is_strong(),
            "form": match found.form { SeasonForm::Additive => "additive", SeasonForm::Multiplicative => "multiplicative" },
            "from": self.date(0),
            "parts": (0..found.cycle).map(|at| found.at(at)).collect::<Vec<f64>>(),
        }))
    }

    fn change_points(&self) -> Result<Value, String> {
        self.afford(self.passes() + self.pairs() / 2)?;
        let strong = self.cycle().and_then(|cycle| season(self.series, cycle).ok()).filter(crate::analysis::decompose::Season::is_strong);
        let adjusted: Vec<Option<f64>> = match &strong {
            Some(season) => self.series.iter().enumerate().map(|(at, value)| value.map(|v| season.adjusted(at, v))).collect(),
            None => self.series.to_vec(),
        };
        let found = change_points(&adjusted).map_err(|e| e.to_string())?;
        if found.is_rather_a_line {
            return Ok(json!([]));
        }
        Ok(found.found.iter().map(|c| json!({ "date": self.date(c.at), "before": c.before, "after": c.after })).collect())
    }

    fn outliers(&self) -> Result<Value, String> {
        self.afford(self.passes())?;
        let found = outliers(self.series, self.cycle()).map_err(|e| e.to_string())?;
        Ok(found.iter().map(|o| json!({ "date": self.date(o.at), "value": o.value, "expected": o.expected })).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::effort::fair_share;
    use crate::analysis::fixture::{Fixture, day};
    use crate::analysis::xmr::Assurance;
    use crate::analysis::{NewForecasts, Notes};
    use crate::model::{Aggregation, DatedTarget, Limit};

    fn of(f: &Fixture, metric: &crate::model::MetricId, until: Option<&str>) -> Map<String, Value> {
        let as_of = day("2026-06-30");
        series((&f.project).into(), f.metric(metric), as_of, until.map(day), &NewForecasts::new(&f.project, as_of))
    }

    /// None is worked out.
    struct Later;

    impl Forecasts for Later {
        fn outlook(&self, _: &Metric) -> Outlook {
            Outlook::Pending
        }
    }

    #[test]
    fn what_is_too_long_to_be_compared_in_pairs_is_not_charged_for_it() {
        let mut f = Fixture::new();
        let values: Vec<f64> = (0..MOST_IN_PAIRS + 2_000).map(|i| (i % 7) as f64).collect();
        let metric = f.monthly("level", Aggregation::Last, "1000-01-01", &values);
        let notes = Notes::within(&f.project, fair_share(&f.project));
        let found = series((&notes).into(), f.metric(&metric), day("2026-06-30"), None, &Later);
        assert_eq!(notes.enough(), Ok(()));
        let too_long = json!(Unsuited::TooLong.to_string());
        for key in ["trend", "change_points"] {
            assert!(found[key].is_null() && found["reasons"][key] == too_long, "{key}");
        }
        assert!(!found["xmr"].is_null() && !found["outliers"].is_null());
    }

    #[test]
    fn limits_signals_and_outliers_worked_out_by_hand() {
        let mut f = Fixture::new();
        // 9 and 11 in turn, then one value far away: all ranges are 2 but the two beside 22, which are 11.
        let mut values: Vec<f64> = (0..18).map(|i| if i % 2 == 0 { 9.0 } else { 11.0 }).collect();
        values[12] = 22.0;
        let metric = f.monthly("level", Aggregation::Last, "2025-01-01", &values);
        f.edit_metric(&metric, |m| m.targets = vec![DatedTarget { from: day("2025-01-01"), limit: Limit::AtLeast(2.0) }]);
        let found = of(&f, &metric, None);
        let near = |key: &str, expected: f64| {
            let value = found["xmr"][key].as_f64().unwrap();
            assert!((value - expected).abs() < 1e-9, "{key}: {value}");
        };
        // (8 × 9 + 9 × 11 + 22) ÷ 18; (15 × 2 + 11 + 11) ÷ 17.
        let (mean, range) = (193.0 / 18.0, 52.0 / 17.0);
        near("mean", mean);
        near("mr_mean", range);
        near("lower", mean - 2.66 * range);
        near("upper", mean + 2.66 * range);
        near("mr_limit", 3.268 * range);
        // The lower limit of about 2.6 is above what is aimed at.
        assert_eq!(found["xmr"]["assurance"], json!(Assurance::PassesConsistently.code()));
        let signals = found["xmr"]["signals"].as_array().unwrap();
        assert!(signals.contains(&json!({ "date": "2026-01-01", "rule": "1" })), "{signals:?}");
        assert_eq!(found["outliers"][0]["date"], json!("2026-01-01"));
        assert_eq!(found["outliers"][0]["value"], json!(22.0));
        assert_eq!(found["change_points"], json!([]));
        assert_eq!(found["trend"]["significant"], json!(false));
    }

    #[test]
    fn a_forecast_goes_to_the_day_asked_for_else_one_season_ahead() {
        let mut f = Fixture::new();
        let values: Vec<f64> = (0..18).map(|i| 100.0 + 10.0 * f64::from(i) + [2.0, -3.0, 1.0][i as usize % 3]).collect();
        let metric = f.monthly("users", Aggregation::Last, "2025-01-01", &values);
        let found = of(&f, &metric, Some("2026-09-30"));
        let forecast = &found["forecast"];
        assert_eq!((&forecast["horizon"], &forecast["dates"]), (&json!(3), &json!(["2026-07-01", "2026-08-01", "2026-09-01"])));
        for step in 0..3 {
            let at = |key: &str| forecast[key][step].as_f64().unwrap();
            assert!(at("lo95") < at("p10") && at("p10") < at("p50") && at("p50") < at("p90") && at("p90") < at("hi95"));
        }
        assert!(forecast["beats_naive"].is_boolean());
        assert!(forecast["model"].as_str().unwrap().starts_with("Mean of Theta and ETS"));
        assert_eq!(of(&f, &metric, Some("2026-06-30"))["forecast"]["horizon"], json!(12));
        assert_eq!(found["trend"]["significant"], json!(true));
        assert!((found["trend"]["slope"].as_f64().unwrap() - 10.0).abs() < 0.5);
    }

    #[test]
    fn what_there_is_none_of_has_a_reason() {
        let mut f = Fixture::new();
        let metric = f.monthly("new", Aggregation::Last, "2026-04-01", &[1.0, 2.0, 3.0]);
        let found = of(&f, &metric, None);
        for key in ["forecast", "xmr", "trend", "season", "change_points", "outliers"] {
            assert_eq!(found[key], Value::Null, "{key}");
            assert!(found["reasons"][key].as_str().is_some_and(|why| !why.is_empty()), "{key}: {found:?}");
        }
        assert_eq!(found["reasons"]["forecast"], json!("a forecast needs at least 4 values, and there are 3"));
    }
}
