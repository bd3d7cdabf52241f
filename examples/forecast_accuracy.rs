//! How good forecasts are, on series whose future is known: `forecast_accuracy SERIES.csv`.
//!
//! The table has the columns `id,type,freq,n,h,start,train,test`, the last two with values separated by spaces (the layout of the M3
//! sample). One row a frequency: the number of series; sMAPE and MASE of the median; the share of values inside the 95 % interval, over
//! all steps and at the last; the share inside the 80 % interval; milliseconds a series. Below: how often likelihoods came true, in ten
//! bins, with the Brier score, for targets around the last value, half and one typical move away.

use std::error::Error;
use std::io::{Write as _, stdout};
use std::path::PathBuf;
use std::time::Instant;

use clap::Parser;
use waymark::analysis::forecast::{Fit, Setup, Step};

#[derive(Parser)]
struct Arguments {
    /// Series in the layout of the M3 sample.
    series: PathBuf,
    /// Use the interval width that looking back on each series suggests (not part of the time).
    #[arg(long)]
    calibrate: bool,
}

struct Series {
    frequency: usize,
    train: Vec<f64>,
    test: Vec<f64>,
}

struct Score {
    frequency: usize,
    smape: f64,
    mase: f64,
    inside_95: f64,
    last_inside_95: f64,
    inside_80: f64,
    milliseconds: f64,
}

/// A likelihood, and whether it came true.
type Promise = (f64, bool);

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let series = read(&arguments.series)?;
    let (mut scores, mut promises) = (Vec::new(), Vec::new());
    for each in &series {
        let (score, made) = score(each, arguments.calibrate)?;
        scores.push(score);
        promises.extend(made);
    }
    let mut out = stdout().lock();
    writeln!(
        out,
        "{:>4} {:>5} {:>7} {:>7} {:>7} {:>9} {:>7} {:>9}",
        "freq", "n", "sMAPE", "MASE", "cov95", "cov95last", "cov80", "ms/series"
    )?;
    for (name, frequency) in [("1", Some(1)), ("4", Some(4)), ("12", Some(12)), ("all", None)] {
        let rows: Vec<&Score> = scores.iter().filter(|s| frequency.is_none_or(|f| s.frequency == f)).collect();
        let mean = |of: fn(&Score) -> f64| rows.iter().map(|s| of(s)).sum::<f64>() / rows.len() as f64;
        writeln!(
            out,
            "{name:>4} {:>5} {:>7.2} {:>7.3} {:>7.3} {:>9.3} {:>7.3} {:>9.3}",
            rows.len(),
            mean(|s| s.smape),
            mean(|s| s.mase),
            mean(|s| s.inside_95),
            mean(|s| s.last_inside_95),
            mean(|s| s.inside_80),
            mean(|s| s.milliseconds)
        )?;
    }
    writeln!(out, "\n{:>9} {:>6} {:>6} {:>9}", "said", "n", "mean", "came true")?;
    for bin in 0..10 {
        let (low, high) = (f64::from(bin) / 10.0, f64::from(bin + 1) / 10.0);
        let inside: Vec<&Promise> = promises.iter().filter(|(p, _)| *p >= low && (*p < high || bin == 9)).collect();
        let n = inside.len() as f64;
        let said = inside.iter().map(|(p, _)| p).sum::<f64>() / n;
        let came = inside.iter().filter(|(_, came)| *came).count() as f64 / n;
        writeln!(out, "{:>4.0}–{:>3.0}% {:>6} {said:>6.2} {came:>9.2}", 100.0 * low, 100.0 * high, inside.len())?;
    }
    let n = promises.len() as f64;
    let brier = promises.iter().map(|(p, came)| (p - f64::from(u8::from(*came))).powi(2)).sum::<f64>() / n;
    let base = promises.iter().filter(|(_, came)| *came).count() as f64 / n;
    writeln!(out, "Brier score {brier:.3}; always saying the base rate of {base:.2} would score {:.3}", base * (1.0 - base))?;
    Ok(())
}

fn read(path: &PathBuf) -> Result<Vec<Series>, Box<dyn Error>> {
    let mut found = Vec::new();
    for row in csv::Reader::from_path(path)?.records() {
        let row = row?;
        let field = |index: usize| row.get(index).ok_or_else(|| format!("line {}: too few columns", found.len() + 2));
        let numbers = |text: &str| text.split_whitespace().map(str::parse).collect::<Result<Vec<f64>, _>>();
        found.push(Series { frequency: field(2)?.parse()?, train: numbers(field(6)?)?, test: numbers(field(7)?)? });
    }
    Ok(found)
}

fn score(series: &Series, calibrated: bool) -> Result<(Score, Vec<Promise>), Box<dyn Error>> {
    let Series { frequency, train, test } = series;
    let values: Vec<Option<f64>> = train.iter().copied().map(Some).collect();
    // Values in the sample have up to two decimals.
    let setup = Setup { seasons: if *frequency > 1 { vec![*frequency] } else { Vec::new() }, decimals: 2, ..Setup::default() };
    let begun = Instant::now();
    let mut fit = Fit::of(&values, &setup)?;
    let mut steps = fit.forecast(test.len());
    let milliseconds = begun.elapsed().as_secs_f64() * 1e3;
    if calibrated && let Some(found) = fit.calibrate(test.len()) {
        fit.k = found.k;
        steps = fit.forecast(test.len());
    }
    let pairs = || test.iter().zip(&steps);
    let mean = |of: fn(f64, &Step) -> f64| pairs().map(|(y, step)| of(*y, step)).sum::<f64>() / test.len() as f64;
    let share = |holds: bool| f64::from(u8::from(holds));
    let season_errors: Vec<f64> = train.iter().zip(&train[*frequency..]).map(|(before, now)| (now - before).abs()).collect();
    let season_error = season_errors.iter().sum::<f64>() / season_errors.len() as f64;
    let (Some(last), Some(last_step)) = (test.last(), steps.last()) else { return Err("a series without a test".into()) };
    let score = Score {
        frequency: *frequency,
        smape: mean(|y, step| 200.0 * (y - step.p50).abs() / (y.abs() + step.p50.abs())),
        mase: mean(|y, step| (y - step.p50).abs()) / season_error,
        inside_95: mean(|y, step| f64::from(u8::from(step.lo95 <= y && y <= step.hi95))),
        last_inside_95: share(last_step.lo95 <= *last && *last <= last_step.hi95),
        inside_80: mean(|y, step| f64::from(u8::from(step.p10 <= y && y <= step.p90))),
        milliseconds,
    };
    // What such a series does in as many periods, for targets that do not depend on the forecast.
    let horizon = test.len();
    let moves: Vec<f64> = train.iter().zip(train.iter().skip(horizon)).map(|(before, now)| (now - before).abs()).collect();
    let typical = moves.iter().sum::<f64>() / moves.len().max(1) as f64;
    let known = train[train.len() - 1];
    let promise = |moves: &f64| {
        let target = known + moves * typical;
        (1.0 - fit.chance_at_most(target, horizon), *last > target)
    };
    Ok((score, [-1.0, -0.5, 0.0, 0.5, 1.0].iter().map(promise).collect()))
}
