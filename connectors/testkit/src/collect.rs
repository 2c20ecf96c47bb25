//! A sink that keeps what it is given.

use std::ops::ControlFlow;

use holdall_connector::{Connector, Ending, Error, Lookup, Record, Sink, Skipped};

/// What a read gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collect {
    /// The records, in order.
    pub records: Vec<Record>,
    /// The rows that could not be read, in order.
    pub skipped: Vec<Skipped>,
    /// After so many records it says stop.
    pub limit: Option<usize>,
}

impl Collect {
    /// Returns a sink that says stop after `limit` records.
    pub fn up_to(limit: usize) -> Self {
        Self { limit: Some(limit), ..Self::default() }
    }

    /// Reads into a new sink.
    ///
    /// # Errors
    /// Whatever the connector says.
    pub fn read(connector: &dyn Connector, lookup: &Lookup) -> Result<(Self, Ending), Error> {
        let mut sink = Self::default();
        let ending = connector.read(lookup, &mut sink)?;
        Ok((sink, ending))
    }

    /// Returns the text of one top-level column of each record; empty where a record has no such
    /// column or no text in it.
    pub fn texts(&self, column: &str) -> Vec<String> {
        self.records.iter().map(|record| text(record, column)).collect()
    }
}

/// Returns the text of a top-level column; empty if there is none.
pub(crate) fn text(record: &Record, column: &str) -> String {
    let at = record.columns.iter().position(|name| name == column);
    let value = at.and_then(|at| record.values.get(at)).and_then(|value| value.scalar());
    value.unwrap_or_default().into_owned()
}

impl Sink for Collect {
    fn record(&mut self, record: Record) -> ControlFlow<()> {
        self.records.push(record);
        match self.limit {
            Some(limit) if self.records.len() >= limit => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    }

    fn skipped(&mut self, skipped: Skipped) -> ControlFlow<()> {
        self.skipped.push(skipped);
        ControlFlow::Continue(())
    }
}
