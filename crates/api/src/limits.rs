//! How often somebody may try: guessing passwords and links is slow.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};

use crate::ApiError;

/// Tries in a row before it gets slow, and how many a minute after that.
const TRIES: NonZeroU32 = NonZeroU32::new(10).expect("ten is not zero");

/// Counts tries to sign in, by what is tried: an account or an address of the network.
pub struct SignInLimiter {
    tries: DefaultKeyedRateLimiter<String>,
}

impl Default for SignInLimiter {
    fn default() -> Self {
        Self { tries: DefaultKeyedRateLimiter::keyed(Quota::per_minute(TRIES)) }
    }
}

impl SignInLimiter {
    /// Counts a try; refuses it with the time to wait when there were too many.
    pub fn count(&self, key: &str) -> Result<(), ApiError> {
        // Keys of the past are forgotten from time to time, so that the table does not grow for ever.
        if self.tries.len() > 10_000 {
            self.tries.retain_recent();
        }
        self.tries.check_key(&key.to_owned()).map_err(|refusal| {
            let wait = refusal.wait_time_from(DefaultClock::default().now());
            ApiError::too_many_requests(wait + Duration::from_secs(1))
        })
    }
}
