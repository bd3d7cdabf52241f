//! Ways through the map: what a card serves and what it carries, and where an arrow key leads.

use super::{CardOf, Map, Tie};

/// What belongs to a card: the way up to the top, and everything that it carries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lit {
    /// Of each card.
    pub nodes: Vec<bool>,
    /// Of each card, the line to the one that it hangs on.
    pub stems: Vec<bool>,
    /// Of each link.
    pub links: Vec<bool>,
}

/// Where an arrow key leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Towards the top goal.
    Parent,
    Child,
    Previous,
    Next,
}

impl Map {
    /// What belongs to a card. A metric serves every goal that it is linked to.
    pub fn lit(&self, node: usize) -> Lit {
        let mut lit =
            Lit { nodes: vec![false; self.nodes.len()], stems: vec![false; self.nodes.len()], links: vec![false; self.links.len()] };
        self.light(node, true, &mut lit);
        lit.nodes[node] = false;
        self.light(node, false, &mut lit);
        lit
    }

    fn light(&self, node: usize, upwards: bool, lit: &mut Lit) {
        let mut seen = vec![false; self.nodes.len()];
        let mut stack = vec![node];
        while let Some(at) = stack.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            lit.nodes[at] = true;
            if upwards {
                lit.stems[at] = self.nodes[at].parent.is_some();
                stack.extend(self.nodes[at].parent);
            } else {
                for child in self.children(at) {
                    lit.stems[child] = true;
                    stack.push(child);
                }
            }
            for index in self.links_at(at) {
                let link = self.links[index];
                let (here, there) = if upwards { (link.from, link.to) } else { (link.to, link.from) };
                if here == at {
                    lit.links[index] = true;
                    stack.push(there);
                }
            }
        }
    }

    /// The card that an arrow key leads to from another.
    pub fn step(&self, node: usize, step: Step) -> Option<usize> {
        match step {
            Step::Parent => self.nodes[node].parent,
            Step::Child => self.children(node).next(),
            Step::Previous => self.neighbours(node).0,
            Step::Next => self.neighbours(node).1,
        }
    }

    /// The cards above one that fold it away, the nearest last; what hangs on them is found in the whole map.
    pub fn above(&self, subject: &CardOf) -> Vec<CardOf> {
        let mut above = Vec::new();
        let mut next = self.place_of(subject).and_then(|at| self.nodes[at].parent);
        while let Some(at) = next {
            above.push(self.nodes[at].subject.clone());
            next = self.nodes[at].parent;
        }
        above.reverse();
        above
    }

    /// The goals that a metric serves directly, the one that it hangs on first, with what it is to them.
    pub fn served(&self, node: usize) -> Vec<(usize, Tie)> {
        let own = self.nodes[node].parent.map(|parent| (parent, self.nodes[node].tie));
        let linked = self.links_at(node).map(|index| self.links[index]).filter(|link| link.from == node);
        own.into_iter().chain(linked.map(|link| (link.to, link.tie))).collect()
    }
}
