//! Progress on standard error: only on a terminal, and only for work that takes longer than a
//! quarter of a second.

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::find::Watch;
use crate::map::TableId;

/// How long work goes on before anything is shown.
const PATIENCE: Duration = Duration::from_millis(250);

/// A line that says what is being done.
pub(super) struct Progress {
    bar: ProgressBar,
    asked: Mutex<BTreeSet<TableId>>,
    tables: usize,
}

impl Progress {
    /// Begins to count; `tables` is how many may be asked.
    pub(super) fn new(tables: usize) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
            bar.set_style(style);
        }
        if std::io::stderr().is_terminal() {
            let late = bar.clone();
            thread::spawn(move || show_later(&late));
        }
        Self { bar, asked: Mutex::default(), tables }
    }

    /// Says what is done now.
    pub(super) fn stage(&self, what: &str) {
        self.bar.set_message(what.to_owned());
    }

    /// Takes the line away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.finish();
    }
}

/// Shows the line if the work is still going on after a while.
fn show_later(bar: &ProgressBar) {
    thread::sleep(PATIENCE);
    if !bar.is_finished() {
        bar.set_draw_target(ProgressDrawTarget::stderr());
        bar.enable_steady_tick(Duration::from_millis(120));
    }
}

impl Watch for Progress {
    fn asked(&self, table: &TableId) {
        let count = self.asked.lock().map(|mut asked| {
            asked.insert(table.clone());
            asked.len()
        });
        self.stage(&format!("Searching {table} (table {} of {})", count.unwrap_or(0), self.tables));
    }

    fn answered(&self, table: &TableId, _rows: usize) {
        self.stage(&format!("Searched {table}"));
    }
}
