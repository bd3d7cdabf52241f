//! A map on sheets of paper: all of it on one where it fits, else part by part, each goal with all under it as long as that fits.

use std::ops::Range;

use super::{Block, CARD_WIDTH, HEADING, LEVEL, Map, Node, pack};

/// A part of the map that stays together.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    /// A goal with all under it.
    Tree(usize),
    /// A goal with some of what hangs on it, folded: what is under that has parts of its own.
    Overview { root: usize, children: Vec<usize> },
    /// Metrics without a goal.
    Loose(Range<usize>),
}

/// The maps that show all of one, each at most as wide and as high as `most` where its cards allow that. Links between cards on different
/// maps are left out.
pub fn pages(map: &Map, most: (f32, f32), aspect: f32) -> Vec<Map> {
    if map.width <= most.0 && map.height <= most.1 {
        return vec![map.clone()];
    }
    let mut found: Vec<Vec<Part>> = Vec::new();
    let mut sizes: Vec<(f32, f32)> = Vec::new();
    for part in parts(map, most) {
        let size = size_of(map, &part);
        sizes.push(size);
        let (width, height) = pack::pack_to(&sizes, most.1).size;
        match found.last_mut() {
            Some(page) if width <= most.0 && height <= most.1 => page.push(part),
            _ => {
                sizes = vec![size];
                found.push(vec![part]);
            }
        }
    }
    found.into_iter().map(|page| cut(map, &page, most, aspect)).collect()
}

fn parts(map: &Map, most: (f32, f32)) -> Vec<Part> {
    let mut parts = Vec::new();
    for block in &map.blocks {
        if block.loose {
            let fits = |count: usize| {
                let (width, height) = pack::grid(&mut map.nodes[block.first..block.first + count].to_vec());
                width <= most.0 && height <= most.1
            };
            let all = block.end - block.first;
            let each = (1..=all).take_while(|&count| fits(count)).last().unwrap_or(1);
            parts.extend((block.first..block.end).step_by(each).map(|at| Part::Loose(at..(at + each).min(block.end))));
            continue;
        }
        let mut stack = vec![block.first];
        while let Some(root) = stack.pop() {
            let (width, height) = size_of(map, &Part::Tree(root));
            if (width <= most.0 && height <= most.1) || map.nodes[root].end == root + 1 {
                parts.push(Part::Tree(root));
                continue;
            }
            let children: Vec<usize> = map.children(root).collect();
            let mut run: Vec<usize> = Vec::new();
            let mut height = 0.0;
            for &child in &children {
                let more = map.nodes[child].height + 12.0;
                if !run.is_empty() && height + more > most.1 {
                    parts.push(Part::Overview { root, children: std::mem::take(&mut run) });
                    height = 0.0;
                }
                height += more;
                run.push(child);
            }
            parts.push(Part::Overview { root, children: run });
            stack.extend(children.into_iter().rev().filter(|&child| map.nodes[child].end > child + 1));
        }
    }
    parts
}

/// Width and height that a part needs at most.
fn size_of(map: &Map, part: &Part) -> (f32, f32) {
    match part {
        Part::Tree(root) => {
            let nodes = &map.nodes[*root..map.nodes[*root].end];
            let deepest = nodes.iter().map(|n| n.depth).max().unwrap_or_default() - map.nodes[*root].depth;
            let top = nodes.iter().map(|n| n.top).fold(f32::INFINITY, f32::min);
            let bottom = nodes.iter().map(Node::bottom).fold(f32::NEG_INFINITY, f32::max);
            (deepest as f32 * LEVEL + CARD_WIDTH, bottom - top)
        }
        Part::Overview { root, children } => {
            let height: f32 = children.iter().map(|&child| map.nodes[child].height + 12.0).sum();
            (LEVEL + CARD_WIDTH, height.max(map.nodes[*root].height))
        }
        Part::Loose(range) => {
            let (width, height) = pack::grid(&mut map.nodes[range.clone()].to_vec());
            (width, height.max(HEADING))
        }
    }
}

/// A map of these parts alone.
fn cut(map: &Map, parts: &[Part], most: (f32, f32), aspect: f32) -> Map {
    let mut page = Map::default();
    let mut moved: Vec<Option<usize>> = vec![None; map.nodes.len()];
    for part in parts {
        let first = page.nodes.len();
        let mut take = |page: &mut Map, old: usize, parent: Option<usize>, depth: usize| {
            moved[old].get_or_insert(page.nodes.len());
            page.nodes.push(Node { parent, depth, left: 0.0, top: 0.0, ..map.nodes[old].clone() });
        };
        match part {
            Part::Tree(root) => {
                for old in *root..map.nodes[*root].end {
                    let parent = map.nodes[old].parent.filter(|_| old > *root).map(|p| first + p - root);
                    take(&mut page, old, parent, map.nodes[old].depth - map.nodes[*root].depth);
                    page.nodes[first + old - root].end = first + map.nodes[old].end - root;
                }
            }
            Part::Overview { root, children } => {
                take(&mut page, *root, None, 0);
                page.nodes[first].end = first + 1 + children.len();
                for &child in children {
                    take(&mut page, child, Some(first), 1);
                    let hidden = map.nodes[child].end - child - 1 + map.nodes[child].hidden;
                    let at = page.nodes.len() - 1;
                    let node = &mut page.nodes[at];
                    (node.end, node.hidden) = (at + 1, hidden);
                    node.folded = node.folded.map(|_| true);
                }
            }
            Part::Loose(range) => {
                for old in range.clone() {
                    take(&mut page, old, None, 0);
                    let at = page.nodes.len();
                    page.nodes[at - 1].end = at;
                }
            }
        }
        let loose = matches!(part, Part::Loose(_));
        page.blocks.push(Block { left: 0.0, top: 0.0, width: 0.0, height: 0.0, first, end: page.nodes.len(), loose });
    }
    let ends = map.links.iter().filter_map(|link| Some(super::Link { from: moved[link.from]?, to: moved[link.to]?, ..*link }));
    page.links = ends.collect();
    page.finish(aspect, Some(most));
    page
}
