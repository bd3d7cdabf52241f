/// How the KPI view is arranged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KpiView {}
