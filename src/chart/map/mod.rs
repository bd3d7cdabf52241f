//! The map of a project, free of egui: which cards stand on it, where, and what leads from one to another.
//!
//! [`Map::of`] places every goal and every KPI of a project as cards of one width in levels from left to right, by the tidy tree layout
//! of `tidy`. A KPI is drawn once, beside the goal that it matters most to; to other goals that it supports lead [`Link`]s. Metrics
//! that only feed a formula hang on the computed metric, and metrics without any goal stand at the end. The order is that of the goal
//! tree, so that what is added moves only what comes after it. Lengths are in points at 100 %.
//! Not here: pixels, colours, the window onto the map, gestures.

mod card;
mod index;
mod pack;
mod pages;
mod structure;
mod table;
mod tidy;
mod way;

#[cfg(test)]
mod tests;

pub use card::{Card, card, find, summary};
pub use index::Area;
pub use pages::pages;
pub use table::tab_separated;
pub use way::{Lit, Step};

use std::collections::{BTreeMap, BTreeSet};

use index::Column;

use crate::model::{CycleGoals, GoalId, MetricId, Project, Role, Tree};

/// Width of every card.
pub const CARD_WIDTH: f32 = 240.0;
/// Height of the card of a goal.
pub const GOAL_HEIGHT: f32 = 96.0;
/// Height of the card of a metric.
pub const METRIC_HEIGHT: f32 = 64.0;
/// From the left edge of one level to that of the next.
pub const LEVEL: f32 = CARD_WIDTH + 72.0;
/// Height of the heading above metrics without a goal.
pub const HEADING: f32 = 40.0;

/// What a card is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CardOf {
    Goal(GoalId),
    Metric(MetricId),
}

/// What a card is to the one that it hangs on, or that a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// It hangs on nothing.
    Top,
    /// A goal under another one.
    Under,
    /// A metric that is this to a goal.
    Role(Role),
    /// A metric that the formula of another one is made of.
    Input,
}

/// A card and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub subject: CardOf,
    pub left: f32,
    pub top: f32,
    pub height: f32,
    /// The card that it hangs on, by index.
    pub parent: Option<usize>,
    pub tie: Tie,
    /// One past the last card of its subtree: they follow it.
    pub end: usize,
    pub depth: usize,
    /// Whether what is under it is folded away; `None` where there is nothing.
    pub folded: Option<bool>,
    /// How many cards are folded away under it.
    pub hidden: usize,
    /// It only shows where goals of the cycle hang.
    pub muted: bool,
}

/// A connection beyond the one by which a card hangs: from a metric to another goal that it supports, or to a metric whose formula uses it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    pub from: usize,
    pub to: usize,
    pub tie: Tie,
}

/// A part of the map that stands by itself: a top goal with all under it, or the metrics without a goal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Block {
    pub left: f32,
    pub top: f32,
    pub width: f32,
    pub height: f32,
    /// Its cards, by index.
    pub first: usize,
    pub end: usize,
    /// Whether these are the metrics without a goal, under a heading.
    pub loose: bool,
}

/// What is to be on the map.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Only these goals, and no metrics without a goal; `None` shows all.
    pub cycle: Option<&'a CycleGoals>,
    /// Cards whose subtrees are folded away.
    pub folded: &'a BTreeSet<CardOf>,
    /// Width over height that the whole should come near to.
    pub aspect: f32,
}

/// Everything on the map, in the order of the tree: each card before what hangs on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    pub nodes: Vec<Node>,
    pub links: Vec<Link>,
    pub blocks: Vec<Block>,
    pub width: f32,
    pub height: f32,
    places: BTreeMap<CardOf, usize>,
    columns: Vec<Column>,
    /// Links by the cards at both of their ends: where those of each card begin in `ends`, and one past the last.
    starts: Vec<u32>,
    ends: Vec<u32>,
}

impl Node {
    pub fn is_goal(&self) -> bool {
        matches!(self.subject, CardOf::Goal(_))
    }

    pub fn right(&self) -> f32 {
        self.left + CARD_WIDTH
    }

    pub fn bottom(&self) -> f32 {
        self.top + self.height
    }

    pub fn middle(&self) -> f32 {
        self.top + self.height / 2.0
    }
}

impl Map {
    /// Linear in the number of goals and links but for the searches by id, which are O(n log n).
    pub fn of(project: &Project, tree: &Tree, wanted: Wanted<'_>) -> Self {
        let mut map = structure::structure(project, tree, wanted);
        map.finish(wanted.aspect, None);
        map
    }

    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Where a goal or metric stands; `None` where it is not shown.
    pub fn place_of(&self, subject: &CardOf) -> Option<usize> {
        self.places.get(subject).copied()
    }

    /// The cards that hang on one, in order.
    pub fn children(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.nodes[node].end;
        let next = move |at: usize| (at < end).then_some(at);
        std::iter::successors(next(node + 1), move |&child| next(self.nodes[child].end))
    }

    /// The links that begin or end at a card, by index.
    pub fn links_at(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let range = self.starts.get(node..=node + 1).map_or(0..0, |s| s[0] as usize..s[1] as usize);
        self.ends[range].iter().map(|&link| link as usize)
    }

    /// The same cards with their parts put together so that all of it is at most so wide and high; `None` where that cannot be.
    pub fn within(&self, most: (f32, f32)) -> Option<Self> {
        let mut map = self.clone();
        map.arrange(most.0 / most.1.max(1.0), Some(most));
        (map.width <= most.0 && map.height <= most.1).then_some(map)
    }

    fn finish(&mut self, aspect: f32, most: Option<(f32, f32)>) {
        self.places = self.nodes.iter().enumerate().map(|(index, node)| (node.subject.clone(), index)).collect();
        self.arrange(aspect, most);
        self.join_links();
    }

    /// Gives every card its place, where it can be within a width and height.
    fn arrange(&mut self, aspect: f32, most: Option<(f32, f32)>) {
        for block in &mut self.blocks {
            let nodes = &mut self.nodes[block.first..block.end];
            (block.width, block.height) = if block.loose { pack::grid(nodes) } else { tidy::place(nodes, block.first) };
        }
        let sizes: Vec<(f32, f32)> = self.blocks.iter().map(|b| (b.width, b.height)).collect();
        let mut packed = pack::pack(&sizes, aspect);
        if let Some(most) = most.filter(|most| packed.size.0 > most.0 || packed.size.1 > most.1) {
            packed = pack::pack_to(&sizes, most.1);
        }
        for (block, (left, top)) in self.blocks.iter_mut().zip(packed.corners) {
            (block.left, block.top) = (left, top);
            for node in &mut self.nodes[block.first..block.end] {
                node.left += left;
                node.top += top;
            }
        }
        (self.width, self.height) = packed.size;
        self.columns = index::columns(self);
    }

    fn join_links(&mut self) {
        let mut counts = vec![0_u32; self.nodes.len() + 1];
        for link in &self.links {
            counts[link.from + 1] += 1;
            counts[link.to + 1] += 1;
        }
        for at in 1..counts.len() {
            counts[at] += counts[at - 1];
        }
        self.starts.clone_from(&counts);
        self.ends = vec![0; 2 * self.links.len()];
        for (index, link) in self.links.iter().enumerate() {
            for end in [link.from, link.to] {
                self.ends[counts[end] as usize] = index as u32;
                counts[end] += 1;
            }
        }
    }
}
