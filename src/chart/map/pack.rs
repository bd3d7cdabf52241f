//! Where the parts of the map stand to each other: one under the other, and in bands beside each other where one would be too tall.

use super::{CARD_WIDTH, HEADING, METRIC_HEIGHT, Node};

/// Between the parts, and between the bands.
const BLOCK_GAP: f32 = 56.0;
const BAND_GAP: f32 = 160.0;
/// Between cards of the grid.
const GRID_GAP: f32 = 12.0;
/// A grid of so many cards in a column.
const GRID_ROWS: usize = 8;
const MOST_GRID_COLUMNS: usize = 12;
/// The least height at which a band is full: a map this tall needs no second one.
const LEAST_BAND: f32 = 1_400.0;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Packed {
    /// The top left corner of each part.
    pub(super) corners: Vec<(f32, f32)>,
    /// Width and height of all.
    pub(super) size: (f32, f32),
}

/// Fills band after band in the order given. How tall a band may be goes in steps of √2, and the step is taken whose whole comes nearest
/// to the wanted width over height: a map that grows by a card seldom moves a part to another band.
pub(super) fn pack(sizes: &[(f32, f32)], aspect: f32) -> Packed {
    let all: f32 = sizes.iter().map(|(_, height)| height + BLOCK_GAP).sum();
    let tallest = sizes.iter().map(|(_, height)| *height).fold(0.0, f32::max);
    let first = (2.0 * (tallest.max(LEAST_BAND) / LEAST_BAND).log2()).ceil().max(0.0) as i32;
    let mut best = pack_to(sizes, f32::INFINITY);
    let off = |packed: &Packed| (packed.size.0 / packed.size.1.max(1.0) / aspect.max(0.01)).ln().abs();
    for step in first.. {
        let full = LEAST_BAND * (step as f32 / 2.0).exp2();
        if full >= all {
            break;
        }
        let packed = pack_to(sizes, full);
        if off(&packed) < off(&best) {
            best = packed;
        }
    }
    best
}

/// As [`pack`], with bands no taller than this but for parts that are.
pub(super) fn pack_to(sizes: &[(f32, f32)], full: f32) -> Packed {
    let mut corners = Vec::with_capacity(sizes.len());
    let (mut left, mut top) = (0.0_f32, 0.0_f32);
    let (mut band_width, mut lowest) = (0.0_f32, 0.0_f32);
    for &(width, height) in sizes {
        if top > 0.0 && top + height > full {
            left += band_width + BAND_GAP;
            (top, band_width) = (0.0, 0.0);
        }
        corners.push((left, top));
        band_width = band_width.max(width);
        lowest = lowest.max(top + height);
        top += height + BLOCK_GAP;
    }
    Packed { corners, size: (left + band_width, lowest) }
}

/// Places cards column by column under a heading. Answers with width and height.
pub(super) fn grid(nodes: &mut [Node]) -> (f32, f32) {
    let columns = nodes.len().div_ceil(GRID_ROWS).clamp(1, MOST_GRID_COLUMNS);
    let rows = nodes.len().div_ceil(columns).max(1);
    for (index, node) in nodes.iter_mut().enumerate() {
        let (column, row) = (index / rows, index % rows);
        node.left = column as f32 * (CARD_WIDTH + 3.0 * GRID_GAP);
        node.top = HEADING + row as f32 * (METRIC_HEIGHT + GRID_GAP);
    }
    let width = nodes.iter().map(Node::right).fold(0.0, f32::max);
    (width, nodes.iter().map(Node::bottom).fold(HEADING, f32::max))
}
