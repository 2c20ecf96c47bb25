//! Random moments to cut a program off at. The seed is printed, so that a failing test says it;
//! `HOLDALL_SEED` repeats the moments.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// Moments, one after the other.
pub(crate) struct Moments {
    state: u64,
}

impl Moments {
    pub(crate) fn new() -> Self {
        let given = std::env::var("HOLDALL_SEED").ok();
        let state = match given {
            Some(seed) => seed.parse().unwrap(),
            None => RandomState::new().hash_one("moments"),
        };
        println!("HOLDALL_SEED={state}");
        Self { state }
    }

    /// Returns a moment of the time that the work takes, or shortly after it.
    pub(crate) fn within(&mut self, whole: Duration) -> Duration {
        let share = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        whole.mul_f64(1.1 * share)
    }

    /// SplitMix64 (Steele, Lea and Flood, 2014).
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}
