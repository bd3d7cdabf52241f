/// Where a view is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Medium {
    Screen,
    Page,
}
