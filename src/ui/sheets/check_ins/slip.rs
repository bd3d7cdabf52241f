//! A value that is out of scale with the last one: most likely a word such as "million" was left out, or a percentage was written as a
//! share. It is taken all the same, though not before somebody has seen it.

/// So many times the last value, or such a part of it, is asked about.
const OUT_OF_SCALE: f64 = 90.0;

/// What people leave out, as factors: thousand, million, billion, and hundredths.
const LEFT_OUT: [f64; 5] = [1e3, 1e6, 1e9, 100.0, 0.01];

/// What a value was most likely meant to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Slip {
    /// `None` where it is only far away.
    pub(super) meant: Option<f64>,
}

/// Whether a value is out of scale with the last one. A zero is on no scale.
pub(super) fn slip(value: f64, last: f64) -> Option<Slip> {
    let ratio = (value / last).abs();
    if !ratio.is_finite() || ratio == 0.0 || (ratio < OUT_OF_SCALE && ratio > 1.0 / OUT_OF_SCALE) {
        return None;
    }
    let near = |meant: &f64| (0.2..=5.0).contains(&(meant / last));
    Some(Slip { meant: LEFT_OUT.iter().map(|factor| value * factor).find(near) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_out_of_scale_is_asked_about_and_what_was_meant_is_named() {
        let meant = |value, last| slip(value, last).map(|slip| slip.meant);
        assert_eq!(meant(8.4, 8.2e6), Some(Some(8.4e6)));
        assert_eq!(meant(8_400.0, 8.2e6), Some(Some(8.4e6)));
        assert_eq!(meant(0.45, 43.0), Some(Some(45.0)), "a percentage as a share");
        assert_eq!(meant(45.0, 0.43), Some(Some(0.45)));
        assert_eq!(meant(-3.0, -2_500.0), Some(Some(-3_000.0)));
        assert_eq!(meant(1.0, 1e5), Some(None), "nothing that was left out explains it");
    }

    #[test]
    fn what_moves_a_lot_and_what_is_nothing_is_taken() {
        for (value, last) in [(20.0, 1.0), (1.0, 60.0), (0.0, 8.2e6), (8.4, 0.0), (-5.0, 4.0)] {
            assert_eq!(slip(value, last), None, "{value} after {last}");
        }
    }
}
