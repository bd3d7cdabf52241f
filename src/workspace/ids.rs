//! Where new ids come from. Edits carry them, so that an edit made twice adds the same thing.

use crate::model::{CheckInId, CycleId, EventId, GoalId, MeetingEntryId, MetricId, ProjectId};

/// A stream of random bits: from the system at the start, or from a seed in tests.
#[derive(Clone, Debug)]
pub struct IdSource {
    state: u64,
}

impl IdSource {
    /// Seeded by the operating system; `None` where it has no random numbers to give.
    pub fn from_system() -> Option<Self> {
        getrandom::u64().ok().map(Self::seeded)
    }

    pub fn seeded(seed: u64) -> Self {
        Self { state: seed }
    }

    /// `SplitMix64` (Steele, Lea and Flood 2014).
    pub fn next_bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn project(&mut self) -> ProjectId {
        ProjectId::from_random(self.next_bits())
    }

    pub fn goal(&mut self) -> GoalId {
        GoalId::from_random(self.next_bits())
    }

    pub fn metric(&mut self) -> MetricId {
        MetricId::from_random(self.next_bits())
    }

    pub fn cycle(&mut self) -> CycleId {
        CycleId::from_random(self.next_bits())
    }

    pub fn event(&mut self) -> EventId {
        EventId::from_random(self.next_bits())
    }

    pub fn meeting_entry(&mut self) -> MeetingEntryId {
        MeetingEntryId::from_random(self.next_bits())
    }

    pub fn check_in(&mut self) -> CheckInId {
        CheckInId::from_random(self.next_bits())
    }
}
