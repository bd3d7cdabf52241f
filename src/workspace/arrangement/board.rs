use crate::chart::board::Wanted;

/// How the board is arranged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BoardView {
    pub wanted: Wanted,
    /// Everything that is to be looked at is listed, not only what is most pressing.
    pub all_news: bool,
}
