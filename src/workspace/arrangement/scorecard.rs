/// How the scorecard is arranged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScorecardView {}
