//! Any series at all gives a forecast or a plain reason.

use proptest::prelude::*;

use super::*;
use crate::analysis::reference::air_passengers;
use crate::model::Bounds;

fn setup(seasons: &[usize]) -> Setup {
    Setup { seasons: seasons.to_vec(), ..Setup::default() }
}

/// Fits, and checks that all that comes out is finite and in order.
#[track_caller]
fn check(values: &[Option<f64>], setup: &Setup) -> Result<Fit, Reason> {
    let fit = Fit::of(values, setup)?;
    for (ahead, step) in fit.forecast(30).into_iter().enumerate() {
        let Step { mean, p10, p25, p50, p75, p90, lo95, hi95 } = step;
        let rising = [lo95, p10, p25, p50, p75, p90, hi95];
        assert!(rising.iter().all(|v| v.is_finite()) && mean.is_finite(), "{step:?}");
        assert!(rising.is_sorted(), "{step:?}");
        for value in [p50, lo95 - 1.0, f64::MAX, 0.0] {
            let chance = fit.chance_at_most(value, ahead + 1);
            assert!((0.0..=1.0).contains(&chance), "{chance} at {value}");
        }
    }
    Ok(fit)
}

fn all(values: impl IntoIterator<Item = f64>) -> Vec<Option<f64>> {
    values.into_iter().map(Some).collect()
}

#[test]
fn degenerate_series_give_an_answer_or_a_reason() {
    let months = setup(&[12]);
    assert_eq!(check(&[], &months), Err(Reason::Empty));
    assert_eq!(check(&[None; 40], &months), Err(Reason::Empty));
    assert_eq!(check(&all([5.0]), &months), Err(Reason::TooFew { have: 1 }));
    assert_eq!(Reason::TooFew { have: 1 }.to_string(), "a forecast needs at least 4 values, and there is 1");

    let constant = check(&all([7.0; 36]), &months).unwrap();
    assert_eq!(constant.forecast(1)[0].p50, 7.0);
    assert_eq!(check(&all([0.0; 36]), &months).unwrap().forecast(12)[11].p50, 0.0);

    let mut huge: Vec<f64> = (0..36).map(f64::from).collect();
    huge[20] = 1e300;
    check(&all(huge.clone()), &months).unwrap();
    huge[35] = f64::MAX;
    check(&all(huge), &months).unwrap();

    let mut gaps = all((0..60).map(|i| 100.0 + f64::from(i)));
    gaps[20..44].fill(None);
    let after = check(&gaps, &months).unwrap();
    assert_eq!((after.from, after.gap, after.observed), (44, Some(24), 16));
    gaps[47..].fill(None);
    assert_eq!(check(&gaps, &months), Err(Reason::TooFewSinceGap { have: 3, gap: 24 }));

    check(&all((0..30).map(|i| -100.0 - f64::from(i * i % 11))), &months).unwrap();
    check(&all([1e-300, 2e-300, 1e-300, 3e-300, 1e-300, 2e-300, 1e-300, 2e-300, 5e-300, 1e-300, 2e-300]), &months).unwrap();
    let long: Vec<Option<f64>> = all((0..5_000).map(|i| 200.0 + f64::from(i % 7) * 3.0 + f64::from(i * 7_919 % 101) * 0.1));
    let days = check(&long, &setup(&[7, 365])).unwrap();
    assert!(days.observed < 5_000);
}

#[test]
fn few_values_get_wide_intervals() {
    // Four values that rise by about ten: a line on, and at 95 % a band of Student's t with two degrees of freedom.
    let fit = check(&all([10.0, 20.0, 31.0, 40.0]), &setup(&[12])).unwrap();
    assert!(matches!(fit.method, Method::Short { .. }));
    let next = fit.forecast(1)[0];
    assert!((next.p50 - 50.0).abs() < 1e-9, "{next:?}");
    // Steps 10, 11, 9: deviation 1, widened by 4.303 (t, 2 degrees) and k = 1.15, and by the unsure drift √(4/3).
    assert!((next.hi95 - 50.0 - 4.303 * 1.15 * (4.0_f64 / 3.0).sqrt()).abs() < 0.01, "{next:?}");
    // No steady way: the last value.
    let fit = check(&all([10.0, 20.0, 12.0, 18.0, 11.0]), &setup(&[12])).unwrap();
    assert_eq!(fit.forecast(3)[2].p50, 11.0);
}

#[test]
fn bounds_hold() {
    let setup = Setup { seasons: vec![12], bounds: Bounds { lower: Some(0.0), upper: Some(100.0) }, decimals: 1, outliers: Vec::new() };
    let fit = check(&all((0..30).map(|i| 99.9 - 40.0 * 0.8_f64.powi(i))), &setup).unwrap();
    assert!(matches!(fit.scale, Scale::Logit { .. }));
    let far = fit.forecast(24)[23];
    assert!(far.hi95 <= 100.0 && far.lo95 >= 0.0 && far.p50 > 95.0, "{far:?}");
}

#[test]
fn a_gap_is_filled_for_fitting_only_and_an_outlier_set_aside() {
    let clean: Vec<f64> = (0..40).map(|i| 50.0 + f64::from(i) + f64::from(i * 7 % 5)).collect();
    let plain = check(&all(clean.clone()), &setup(&[12])).unwrap();
    let mut spoilt = clean;
    spoilt[25] = 900.0;
    let fooled = check(&all(spoilt.clone()), &setup(&[12])).unwrap();
    let aside = check(&all(spoilt), &Setup { outliers: vec![25], ..setup(&[12]) }).unwrap();
    assert_eq!((aside.set_aside.clone(), aside.observed), (vec![25], 39));
    let width = |fit: &Fit| fit.forecast(1)[0].p90 - fit.forecast(1)[0].p10;
    assert!(width(&aside) < 2.0 * width(&plain) && width(&fooled) > 5.0 * width(&plain));
}

#[test]
fn the_same_series_gives_the_same_forecast_to_the_last_bit() {
    let values = all(air_passengers());
    let [a, b] = [(); 2].map(|()| Fit::of(&values, &setup(&[12])).unwrap());
    assert_eq!(a, b);
    assert_eq!(a.forecast(24), b.forecast(24));
}

#[test]
fn passengers_go_on_growing_with_their_season() {
    // R 4.2.2: ets ETS(M,Ad,M) says 441.8 … 364.4 … for 1961; thetaf 440.1 …. The mean of ours stays within 5 % of the mean of theirs.
    let fit = Fit::of(&all(air_passengers()), &setup(&[12])).unwrap();
    let ets = [441.801_847, 434.118_62, 496.630_047, 483.237_479, 483.991_353, 551.024_4, 613.179_679, 609.364_831];
    let theta = [440.078_191, 428.384_281, 489.707_099, 475.704_628, 479.670_389, 545.366_272, 602.752_002, 601.100_763];
    assert!(matches!(fit.scale, Scale::Log { .. }));
    for ((step, a), b) in fit.forecast(8).iter().zip(ets).zip(theta) {
        close(step.p50, 0.5 * (a + b), 0.05);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn any_series_gives_an_answer_or_a_reason(
        values in proptest::collection::vec(proptest::option::weighted(0.9, prop_oneof![
            4 => -100.0..100.0_f64,
            2 => Just(0.0),
            2 => 0.0..1e6_f64,
            1 => proptest::num::f64::NORMAL,
        ]), 0..70),
        season in prop_oneof![Just(vec![]), Just(vec![4]), Just(vec![12]), Just(vec![7, 365]), Just(vec![24])],
        bounded in any::<bool>(),
        outliers in proptest::collection::vec(0..80_usize, 0..4),
    ) {
        let bounds = Bounds { lower: bounded.then_some(-100.0), upper: bounded.then_some(100.0) };
        let _answer = check(&values, &Setup { seasons: season, bounds, decimals: 2, outliers });
    }
}
