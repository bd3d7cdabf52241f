//! Where the columns of the table stand: what there is room for, dropped by priority, and the periods in sight.

use std::ops::Range;

use egui::{Rect, pos2, vec2};

use crate::ui::theme::{Scale, TextSize, Theme, size, space};
use crate::workspace::CellParts;

const NAME: f32 = 220.0;
const LEAST_NAME: f32 = 160.0;
const OWNER: f32 = 64.0;
const TARGET: f32 = 88.0;
/// A band with its unit is longer than most targets.
const MOST_TARGET: f32 = 136.0;
/// A letter of a target, on average.
const LETTER: f32 = 6.4;
const PERIOD: f32 = 64.0;
/// Differences have a sign and a longer unit, and on a page nothing says the rest of what is cut.
const WIDE_PERIOD: f32 = 72.0;
const MOST_PERIOD: f32 = 96.0;
const SPARK: f32 = 120.0;
const MARKS: f32 = 72.0;
const STATUS: f32 = 100.0;
const NOTE: f32 = 160.0;
/// What has less room than so many periods gives up columns beside them.
const ENOUGH_PERIODS: f32 = 6.0;
const LEAST_PERIODS: f32 = 4.0;
/// A note is worth less than the periods that a year of months needs.
const PERIODS_BEFORE_NOTE: f32 = 13.0;

/// Left and right edge, from the left edge of the table.
type Span = (f32, f32);

/// The columns of a table of some width.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layout {
    pub(super) width: f32,
    pub(super) row: f32,
    pub(super) head: f32,
    pub(super) group: f32,
    pub(super) name: Span,
    pub(super) owner: Option<Span>,
    pub(super) target: Option<Span>,
    periods: f32,
    period: f32,
    /// The places of the periods in sight.
    pub(super) shown: Range<usize>,
    pub(super) spark: Option<Span>,
    pub(super) marks: Option<Span>,
    pub(super) status: Span,
    pub(super) note: Option<Span>,
    /// How much larger than on the screen at 100 %.
    pub(super) scale: f32,
}

/// Tables are set in small type, and as large as that is.
pub(super) fn scale_of(theme: &Theme) -> f32 {
    theme.type_of(TextSize::Small).size / Theme::light().type_of(TextSize::Small).size
}

impl Layout {
    /// `periods` there are, of which those from `first` are to be in sight; `None` for the latest. Targets have up to so many `letters`.
    pub(super) fn of(theme: &Theme, width: f32, periods: usize, first: Option<usize>, parts: CellParts, letters: usize) -> Self {
        let scale = scale_of(theme);
        let px = |at_100_percent: f32| at_100_percent * scale;
        let wanted = periods as f32;
        let lines = parts.parts().len();
        let least_period = if parts == CellParts::Actual && theme.scale == Scale::Screen { PERIOD } else { WIDE_PERIOD };
        // Everything but periods, most wanted first.
        let mut rest = width - px(NAME) - px(STATUS);
        // Long targets are shown whole where no name is cut for it.
        let long = (letters as f32 * LETTER + 2.0 * space::S).clamp(TARGET, MOST_TARGET);
        let target = if rest - px(long) >= px(PERIOD) * LEAST_PERIODS.min(wanted) { long } else { TARGET };
        let mut takes = |column: f32, before: f32| {
            // For a target names are rather cut.
            let spare = if before < ENOUGH_PERIODS { px(NAME - LEAST_NAME) } else { 0.0 };
            let fits = rest + spare - px(column) >= px(PERIOD) * before.min(wanted);
            if fits {
                rest -= px(column);
            }
            fits
        };
        let has_target = takes(target, LEAST_PERIODS);
        let has_marks = takes(MARKS, ENOUGH_PERIODS - 1.0);
        let has_spark = takes(SPARK, ENOUGH_PERIODS);
        let has_owner = has_marks && takes(OWNER, ENOUGH_PERIODS);
        let has_note = takes(NOTE, PERIODS_BEFORE_NOTE);
        // Where even so there are too few periods, names are cut sooner.
        let lacking = (px(PERIOD) * LEAST_PERIODS.min(wanted) - rest).clamp(0.0, px(NAME - LEAST_NAME));
        let mut name = px(NAME) - lacking;
        rest += lacking;
        let count = ((rest / px(least_period)).floor().max(1.0) as usize).min(periods);
        let period = if count == 0 { 0.0 } else { (rest / count as f32).min(px(MOST_PERIOD)) };
        // What nobody needs goes to the name, and to the note where there is one.
        let spare = (rest - period * count as f32).max(0.0);
        let note = px(NOTE) + if has_note { spare / 2.0 } else { 0.0 };
        name += if has_note { spare / 2.0 } else { spare };
        let mut at = 0.0;
        let mut next = |width: f32| {
            let from = at;
            at += width;
            (from, at)
        };
        let name = next(name);
        let owner = has_owner.then(|| next(px(OWNER)));
        let target = has_target.then(|| next(px(target)));
        let (from, _) = next(period * count as f32);
        let spark = has_spark.then(|| next(px(SPARK)));
        let marks = has_marks.then(|| next(px(MARKS)));
        let status = next(px(STATUS));
        let note = has_note.then(|| next(note));
        let latest = periods - count;
        let begin = first.map_or(latest, |first| first.min(latest));
        let line = theme.type_of(TextSize::Small).line_height;
        let row = if lines > 1 { lines as f32 * line + px(space::S) } else { px(size::ROW_ROOMY) };
        Self {
            width,
            row,
            head: 2.0 * line + px(space::S),
            group: px(size::ROW_ROOMY),
            name,
            owner,
            target,
            periods: from,
            period,
            shown: begin..begin + count,
            spark,
            marks,
            status,
            note,
            scale,
        }
    }

    /// Where a period in sight stands.
    pub(super) fn period(&self, column: usize) -> Option<Span> {
        let place = column.checked_sub(self.shown.start).filter(|_| column < self.shown.end)? as f32;
        Some((self.periods + place * self.period, self.periods + (place + 1.0) * self.period))
    }

    pub(super) fn periods(&self) -> Span {
        (self.periods, self.periods + self.period * self.shown.len() as f32)
    }

    pub(super) fn px(&self, at_100_percent: f32) -> f32 {
        at_100_percent * self.scale
    }
}

/// The part of a row between two edges.
pub(super) fn part(row: Rect, (from, to): Span) -> Rect {
    Rect::from_min_size(pos2(row.left() + from, row.top()), vec2(to - from, row.height()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(width: f32) -> Layout {
        Layout::of(&Theme::light(), width, 13, None, CellParts::Actual, 8)
    }

    #[test]
    fn columns_go_by_priority_where_room_is_short() {
        let has = |l: &Layout| [l.target, l.marks, l.spark, l.owner, l.note].map(|c| c.is_some());
        // 1440 × 900 with the tree, 1920 × 1080, 1280 × 800 with the tree, and with the inspector too.
        assert_eq!((has(&of(1176.0)), of(1176.0).shown), ([true, true, true, true, false], 5..13));
        assert_eq!((has(&of(1656.0)), of(1656.0).shown), ([true, true, true, true, true], 0..13));
        assert_eq!((has(&of(984.0)), of(984.0).shown), ([true, true, true, false, false], 7..13));
        assert_eq!((has(&of(664.0)), of(664.0).shown), ([true, false, false, false, false], 9..13));
        assert_eq!(of(640.0).name, (0.0, 196.0));
    }

    #[test]
    fn columns_stand_side_by_side_and_end_at_the_edge() {
        for width in [600.0, 664.0, 984.0, 1176.0, 1656.0, 2400.0] {
            let layout = of(width);
            let mut spans = vec![layout.name];
            spans.extend(layout.owner);
            spans.extend(layout.target);
            spans.push(layout.periods());
            spans.extend(layout.spark);
            spans.extend(layout.marks);
            spans.push(layout.status);
            spans.extend(layout.note);
            for pair in spans.windows(2) {
                assert!((pair[0].1 - pair[1].0).abs() < 0.01, "{width}: {spans:?}");
            }
            assert!((spans[spans.len() - 1].1 - width).abs() < 1.0, "{width}: {spans:?}");
            assert!(layout.name.1 - layout.name.0 >= LEAST_NAME);
        }
    }

    #[test]
    fn long_targets_and_changes_take_more_room_where_there_is_some() {
        let target = |l: &Layout| l.target.map(|(from, to)| to - from);
        let long = |width: f32| Layout::of(&Theme::light(), width, 13, None, CellParts::Actual, 15);
        assert_eq!((target(&long(984.0)), target(&of(984.0))), (Some(112.0), Some(88.0)));
        assert_eq!(long(640.0), of(640.0));
        for parts in [CellParts::Variance, CellParts::Change, CellParts::All] {
            let layout = Layout::of(&Theme::light(), 984.0, 13, None, parts, 8);
            assert!(layout.period >= WIDE_PERIOD && layout.shown.end == 13, "{layout:?}");
        }
    }

    #[test]
    fn few_periods_leave_no_hole() {
        let layout = Layout::of(&Theme::light(), 1176.0, 2, Some(7), CellParts::All, 8);
        assert_eq!(layout.shown, 0..2);
        assert_eq!(layout.period(2), None);
        assert_eq!(Layout::of(&Theme::light(), 1176.0, 0, None, CellParts::Actual, 8).shown, 0..0);
    }
}
