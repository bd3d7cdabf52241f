/// How the board is arranged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BoardView {}
