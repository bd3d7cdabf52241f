//! How the views of the whole project are arranged: grouped, sorted, folded. None of it is in the project file.

mod board;
mod kpi;
mod map;
mod review;
mod roadmap;
mod scorecard;

pub use board::BoardView;
pub use kpi::KpiView;
pub use map::MapView;
pub use review::{ReviewPlace, ReviewSince, ReviewView, Visited};
pub use roadmap::RoadmapView;
pub use scorecard::{CellLook, CellParts, ScorecardView};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arrangements {
    pub board: BoardView,
    pub kpi: KpiView,
    pub map: MapView,
    pub scorecard: ScorecardView,
    pub roadmap: RoadmapView,
    pub review: ReviewView,
}

/// Another arrangement of one view.
#[derive(Clone, Debug, PartialEq)]
pub enum Arrangement {
    Board(BoardView),
    Kpi(KpiView),
    Map(MapView),
    Scorecard(ScorecardView),
    Roadmap(RoadmapView),
    Review(ReviewView),
}

impl Arrangements {
    pub(super) fn set(&mut self, arrangement: Arrangement) {
        match arrangement {
            Arrangement::Board(view) => self.board = view,
            Arrangement::Kpi(view) => self.kpi = view,
            Arrangement::Map(view) => self.map = view,
            Arrangement::Scorecard(view) => self.scorecard = view,
            Arrangement::Roadmap(view) => self.roadmap = view,
            Arrangement::Review(view) => self.review = view,
        }
    }
}
