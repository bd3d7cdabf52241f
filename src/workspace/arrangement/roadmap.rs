/// How the roadmap is arranged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoadmapView {}
