//! The thread that owns the case: SQLite never blocks the server, and one thing is done at a time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;

use super::failure::Failure;
use crate::case::{Case, Error};

type Job = Box<dyn FnOnce(&mut Case) + Send>;

/// After how long without work the case looks ahead.
const QUIET: Duration = Duration::from_millis(300);

/// Waits for the next job; `None` once nobody can ask any more.
fn next(waiting: &Receiver<Job>, case: &mut Case) -> Option<Job> {
    match waiting.recv_timeout(QUIET) {
        Ok(job) => Some(job),
        Err(RecvTimeoutError::Disconnected) => None,
        Err(RecvTimeoutError::Timeout) => {
            // What fails now fails again, and is said, when somebody asks for it.
            let _ = catch_unwind(AssertUnwindSafe(|| case.look_ahead()));
            waiting.recv().ok()
        }
    }
}

/// Where the case is asked.
pub(super) struct Desk {
    jobs: Sender<Job>,
}

impl Desk {
    /// Puts the case on a thread of its own, which ends when the desk is dropped.
    pub(super) fn new(mut case: Case) -> Self {
        let (jobs, waiting) = channel::<Job>();
        thread::spawn(move || {
            while let Some(job) = next(&waiting, &mut case) {
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
