//! The thread that owns the case: SQLite never blocks the server, and one thing is done at a time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use tokio::sync::oneshot;

use super::failure::Failure;
use crate::case::{Case, Error};

type Job = Box<dyn FnOnce(&mut Case) + Send>;

/// Where the case is asked.
pub(super) struct Desk {
    jobs: Sender<Job>,
}

impl Desk {
    /// Puts the case on a thread of its own, which ends when the desk is dropped.
    pub(super) fn new(mut case: Case) -> Self {
        let (jobs, waiting) = channel::<Job>();
        thread::spawn(move || {
            for job in waiting {
                // Whoever asked is told by the answer that never comes; the next one is served.
                let _ = catch_unwind(AssertUnwindSafe(|| job(&mut case)));
            }
        });
        Self { jobs }
    }

    /// Asks the case.
    ///
    /// # Errors
    /// [`Failure::Case`] with what the case says; [`Failure::Internal`] if the work broke off.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Case) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Failure> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |case| {
            // Nobody waits any more: the browser went away.
            let _ = reply.send(work(case));
        });
        self.jobs.send(job).map_err(|_| Failure::Internal)?;
        Ok(answer.await.map_err(|_| Failure::Internal)??)
    }
}
