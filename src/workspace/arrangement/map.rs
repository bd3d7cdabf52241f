/// How the map is arranged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapView {}
