/// How the review is arranged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReviewView {}
