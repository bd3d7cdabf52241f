//! What is where: the cards by column, each column from top to bottom.

use std::collections::BTreeMap;

use super::{CARD_WIDTH, Map};

/// Cards of one left edge.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Column {
    pub(super) left: f32,
    /// From top to bottom.
    pub(super) nodes: Vec<u32>,
    /// Those that others hang on, from top to bottom.
    pub(super) parents: Vec<Span>,
}

/// How far down the lines from a card reach to what hangs on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    node: u32,
    top: f32,
    bottom: f32,
}

/// A part of the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Area {
    pub fn contains(&self, x: f32, y: f32) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }
}

/// The columns from left to right.
pub(super) fn columns(map: &Map) -> Vec<Column> {
    let mut reach: Vec<(f32, f32)> = map.nodes.iter().map(|node| (node.top, node.bottom())).collect();
    for node in &map.nodes {
        if let Some(parent) = node.parent {
            let (top, bottom) = &mut reach[parent];
            (*top, *bottom) = (top.min(node.top), bottom.max(node.bottom()));
        }
    }
    let mut found: BTreeMap<u32, Column> = BTreeMap::new();
    for (index, node) in map.nodes.iter().enumerate() {
        // Left edges are whole and positive, so their bits are in order.
        let column = found.entry(node.left.to_bits()).or_default();
        column.left = node.left;
        column.nodes.push(index as u32);
        if node.end > index + 1 {
            let (top, bottom) = reach[index];
            column.parents.push(Span { node: index as u32, top, bottom });
        }
    }
    found.into_values().collect()
}

impl Map {
    /// The cards of which a part lies in an area, in no order that matters.
    pub fn in_area(&self, area: Area) -> impl Iterator<Item = usize> + '_ {
        let columns = self.columns.iter().filter(move |c| c.left <= area.right && c.left + CARD_WIDTH >= area.left);
        columns.flat_map(move |column| {
            let from = column.nodes.partition_point(|&n| self.nodes[n as usize].bottom() < area.top);
            let rest = column.nodes[from..].iter().map(|&n| n as usize);
            rest.take_while(move |&n| self.nodes[n].top <= area.bottom)
        })
    }

    /// The cards of which lines to what hangs on them cross an area.
    pub fn parents_in_area(&self, area: Area) -> impl Iterator<Item = usize> + '_ {
        let columns = self.columns.iter().filter(move |c| c.left <= area.right && c.left + super::LEVEL + CARD_WIDTH >= area.left);
        columns.flat_map(move |column| {
            let from = column.parents.partition_point(|span| span.bottom < area.top);
            column.parents[from..].iter().take_while(move |span| span.top <= area.bottom).map(|span| span.node as usize)
        })
    }

    /// The columns from left to right, each as its cards from top to bottom.
    pub fn columns(&self) -> impl Iterator<Item = impl Iterator<Item = usize> + '_> + '_ {
        self.columns.iter().map(|column| column.nodes.iter().map(|&node| node as usize))
    }

    /// The card at a point.
    pub fn at(&self, x: f32, y: f32) -> Option<usize> {
        self.in_area(Area { left: x, top: y, right: x, bottom: y }).next()
    }

    /// The card whose middle is nearest to a point.
    pub fn nearest(&self, x: f32, y: f32) -> Option<usize> {
        let distance = |n: usize| {
            let node = &self.nodes[n];
            (node.left + CARD_WIDTH / 2.0 - x).hypot(node.middle() - y)
        };
        (0..self.nodes.len()).min_by(|&a, &b| distance(a).total_cmp(&distance(b)))
    }

    /// The cards above and below one in its column.
    pub(super) fn neighbours(&self, node: usize) -> (Option<usize>, Option<usize>) {
        let left = self.nodes[node].left;
        let Ok(column) = self.columns.binary_search_by(|c| c.left.total_cmp(&left)) else { return (None, None) };
        let nodes = &self.columns[column].nodes;
        let at = nodes.partition_point(|&n| self.nodes[n as usize].top < self.nodes[node].top);
        let get = |at: Option<usize>| at.and_then(|at| nodes.get(at)).map(|&n| n as usize);
        (get(at.checked_sub(1)), get(Some(at + 1)))
    }
}
