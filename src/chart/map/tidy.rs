//! The tidy tree: levels from left to right, each card in the middle of what hangs on it, no two cards over each other, equal subtrees
//! alike wherever they stand.
//!
//! After E. M. Reingold and J. S. Tilford, "Tidier Drawings of Trees", IEEE Transactions on Software Engineering 7(2), 1981, for any
//! number of children after J. Q. Walker, in the linear form of C. Buchheim, M. Jünger and S. Leipert, "Improving Walker's Algorithm to
//! Run in Linear Time", Graph Drawing 2002, LNCS 2528, 344–353. Cards differ in height only across the levels, so that the distance of
//! two neighbours is half of each plus a gap.

use super::{CARD_WIDTH, LEVEL, Node};

/// Between cards that hang on the same one, and between other neighbours.
const SIBLING_GAP: f64 = 12.0;
const COUSIN_GAP: f64 = 28.0;

/// Places one tree, whose nodes lie parents first and whose indices count from `first`, with its top left corner at the origin. Answers
/// with its width and height.
pub(super) fn place(nodes: &mut [Node], first: usize) -> (f32, f32) {
    let shape: Vec<Seat> = nodes
        .iter()
        .map(|node| Seat { parent: node.parent.map(|p| p - first), end: node.end - first, height: f64::from(node.height) })
        .collect();
    let Tidy { middles, .. } = tidy(&shape);
    let top = |node: &Node, middle: f64| middle - f64::from(node.height) / 2.0;
    let least = nodes.iter().zip(&middles).map(|(node, &middle)| top(node, middle)).fold(f64::INFINITY, f64::min);
    let (mut deepest, mut lowest) = (0, 0.0_f32);
    for (node, &middle) in nodes.iter_mut().zip(&middles) {
        node.left = LEVEL * node.depth as f32;
        // Whole points stay exact however large the map is.
        node.top = (top(node, middle) - least).round() as f32;
        deepest = deepest.max(node.depth);
        lowest = lowest.max(node.bottom());
    }
    (LEVEL * deepest as f32 + CARD_WIDTH, lowest)
}

/// A node of a tree that lies parents first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seat {
    pub(super) parent: Option<usize>,
    /// One past the last node of its subtree.
    pub(super) end: usize,
    pub(super) height: f64,
}

/// The middle of each node across the levels.
#[derive(Clone, Debug)]
pub(super) struct Tidy {
    pub(super) middles: Vec<f64>,
    /// How often a contour was followed to the next level: fewer times than there are nodes.
    #[cfg_attr(not(test), expect(dead_code, reason = "what shows that the time is linear"))]
    pub(super) contour_steps: usize,
}

pub(super) fn tidy(seats: &[Seat]) -> Tidy {
    let mut walk = Walk::of(seats);
    // Parents first, so children are done when the next node is none of theirs.
    let mut open: Vec<usize> = Vec::new();
    for at in 0..=seats.len() {
        while let Some(&node) = open.last().filter(|&&node| at == seats.len() || seats[node].end <= at) {
            open.pop();
            walk.first_walk(node);
        }
        if at < seats.len() {
            open.push(at);
        }
    }
    let mut shifts = vec![0.0; seats.len()];
    let mut middles = vec![0.0; seats.len()];
    for (node, seat) in seats.iter().enumerate() {
        shifts[node] = seat.parent.map_or(0.0, |parent| shifts[parent] + walk.knots[parent].modifier);
        middles[node] = walk.knots[node].prelim + shifts[node];
    }
    Tidy { middles, contour_steps: walk.contour_steps }
}

/// What the walk knows of a node, in the words of the paper.
#[derive(Clone, Copy)]
struct Knot {
    prelim: f64,
    modifier: f64,
    shift: f64,
    change: f64,
    thread: Option<usize>,
    ancestor: usize,
    /// Of its children, for the subtrees that were moved last.
    default_ancestor: usize,
    number: usize,
    left_sibling: Option<usize>,
    last_child: Option<usize>,
}

struct Walk<'a> {
    seats: &'a [Seat],
    knots: Vec<Knot>,
    contour_steps: usize,
}

impl<'a> Walk<'a> {
    fn of(seats: &'a [Seat]) -> Self {
        let knot = |node| Knot {
            prelim: 0.0,
            modifier: 0.0,
            shift: 0.0,
            change: 0.0,
            thread: None,
            ancestor: node,
            default_ancestor: node + 1,
            number: 0,
            left_sibling: None,
            last_child: None,
        };
        let mut knots: Vec<Knot> = (0..seats.len()).map(knot).collect();
        for (node, seat) in seats.iter().enumerate() {
            let Some(parent) = seat.parent else { continue };
            let left = knots[parent].last_child.replace(node);
            knots[node].left_sibling = left;
            knots[node].number = left.map_or(0, |left| knots[left].number + 1);
        }
        Self { seats, knots, contour_steps: 0 }
    }

    fn first_child(&self, node: usize) -> Option<usize> {
        (self.seats[node].end > node + 1).then_some(node + 1)
    }

    fn next_left(&self, node: usize) -> Option<usize> {
        self.first_child(node).or(self.knots[node].thread)
    }

    fn next_right(&self, node: usize) -> Option<usize> {
        self.knots[node].last_child.or(self.knots[node].thread)
    }

    fn distance(&self, left: usize, right: usize) -> f64 {
        let siblings = self.seats[left].parent == self.seats[right].parent;
        let gap = if siblings { SIBLING_GAP } else { COUSIN_GAP };
        f64::midpoint(self.seats[left].height, self.seats[right].height) + gap
    }

    /// Once all under the node is walked.
    fn first_walk(&mut self, node: usize) {
        let beside = self.knots[node].left_sibling.map(|left| self.knots[left].prelim + self.distance(left, node));
        let middle = self.first_child(node).zip(self.knots[node].last_child).map(|(first, last)| {
            self.execute_shifts(last);
            f64::midpoint(self.knots[first].prelim, self.knots[last].prelim)
        });
        let knot = &mut self.knots[node];
        knot.prelim = beside.or(middle).unwrap_or(0.0);
        knot.modifier = middle.map_or(0.0, |middle| knot.prelim - middle);
        if let Some(parent) = self.seats[node].parent {
            self.apportion(node, parent);
        }
    }

    /// Moves the subtree away from those before it, contour by contour.
    fn apportion(&mut self, node: usize, parent: usize) {
        let Some(left) = self.knots[node].left_sibling else { return };
        let (mut inner_right, mut outer_right) = (node, node);
        let (mut inner_left, mut outer_left) = (left, parent + 1);
        let modifier = |walk: &Self, at: usize| walk.knots[at].modifier;
        let (mut sum_inner_right, mut sum_outer_right) = (modifier(self, inner_right), modifier(self, outer_right));
        let (mut sum_inner_left, mut sum_outer_left) = (modifier(self, inner_left), modifier(self, outer_left));
        while let (Some(next_inner_left), Some(next_inner_right)) = (self.next_right(inner_left), self.next_left(inner_right)) {
            self.contour_steps += 1;
            (inner_left, inner_right) = (next_inner_left, next_inner_right);
            // The outer contours reach at least as deep as the inner ones.
            outer_left = self.next_left(outer_left).unwrap_or(outer_left);
            outer_right = self.next_right(outer_right).unwrap_or(outer_right);
            self.knots[outer_right].ancestor = node;
            let gap = (self.knots[inner_left].prelim + sum_inner_left) - (self.knots[inner_right].prelim + sum_inner_right)
                + self.distance(inner_left, inner_right);
            if gap > 0.0 {
                let ancestor = self.knots[inner_left].ancestor;
                let sibling = self.seats[ancestor].parent == Some(parent);
                let from = if sibling { ancestor } else { self.knots[parent].default_ancestor };
                self.move_subtree(from, node, gap);
                sum_inner_right += gap;
                sum_outer_right += gap;
            }
            sum_inner_left += modifier(self, inner_left);
            sum_inner_right += modifier(self, inner_right);
            sum_outer_left += modifier(self, outer_left);
            sum_outer_right += modifier(self, outer_right);
        }
        if let Some(next) = self.next_right(inner_left).filter(|_| self.next_right(outer_right).is_none()) {
            self.knots[outer_right].thread = Some(next);
            self.knots[outer_right].modifier += sum_inner_left - sum_outer_right;
        }
        if let Some(next) = self.next_left(inner_right).filter(|_| self.next_left(outer_left).is_none()) {
            self.knots[outer_left].thread = Some(next);
            self.knots[outer_left].modifier += sum_inner_right - sum_outer_left;
            self.knots[parent].default_ancestor = node;
        }
    }

    /// What is moved is shared out among the siblings between, so that they stay evenly apart.
    fn move_subtree(&mut self, from: usize, to: usize, shift: f64) {
        let between = (self.knots[to].number - self.knots[from].number) as f64;
        let each = shift / between;
        self.knots[to].change -= each;
        self.knots[to].shift += shift;
        self.knots[from].change += each;
        self.knots[to].prelim += shift;
        self.knots[to].modifier += shift;
    }

    fn execute_shifts(&mut self, last_child: usize) {
        let (mut shift, mut change) = (0.0, 0.0);
        let mut next = Some(last_child);
        while let Some(child) = next {
            let knot = &mut self.knots[child];
            knot.prelim += shift;
            knot.modifier += shift;
            change += knot.change;
            shift += knot.shift + change;
            next = knot.left_sibling;
        }
    }
}
