//! The order of the stages: what reveals keys goes before what is found by them.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::Ask;
use crate::map::{Kind, TableId};

/// Sorts the tables into stages.
///
/// A table that can reveal a kind which others are asked by goes first, the one that bridges most
/// kinds before the rest, each in a stage of its own: what it reveals is then part of the first
/// question to all that follow. Those in databases go before files, of which each question reads
/// all. Tables that reveal nothing new share one stage. Children follow
/// their parents, and context comes last.
pub(super) fn stages(asks: Vec<Ask>) -> Vec<Vec<Ask>> {
    let (context, mut rest): (Vec<Ask>, Vec<Ask>) =
        asks.into_iter().partition(|ask| ask.by.is_empty() && ask.parents.is_empty());
    let mut stages = Vec::new();
    let mut placed = BTreeSet::new();
    while !rest.is_empty() {
        let ready = ready(&rest, &placed);
        let (now, later) = rest.into_iter().partition(|ask| ready.contains(&ask.table));
        rest = later;
        placed.extend(ready);
        stages.push(now);
    }
    if !context.is_empty() {
        stages.push(context);
    }
    stages
}

/// Returns the tables of the next stage; at least one.
fn ready(rest: &[Ask], placed: &BTreeSet<TableId>) -> BTreeSet<TableId> {
    let free: Vec<&Ask> = rest
        .iter()
        .filter(|ask| ask.parents.iter().all(|p| placed.contains(p) || !waits_for(p, rest)))
        .collect();
    let free = if free.is_empty() { rest.iter().collect() } else { free };
    let first = |ask: &Ask| (ask.in_database, bridges(ask, rest), Reverse(ask.table.clone()));
    let bridge = free.iter().filter(|ask| bridges(ask, rest) > 0).max_by_key(|ask| first(ask));
    match bridge {
        Some(ask) => BTreeSet::from([ask.table.clone()]),
        None => free.iter().map(|ask| ask.table.clone()).collect(),
    }
}

fn waits_for(table: &TableId, rest: &[Ask]) -> bool {
    rest.iter().any(|ask| ask.table == *table)
}

/// Returns how many kinds the table can reveal that other waiting tables are asked by, beyond the
/// one kind that it was found by.
fn bridges(ask: &Ask, rest: &[Ask]) -> usize {
    let wanted: BTreeSet<&Kind> =
        rest.iter().filter(|o| o.table != ask.table).flat_map(|o| &o.by).collect();
    let told = ask.reveals.iter().filter(|kind| !kind.is_name() && wanted.contains(kind)).count();
    let by_key = usize::from(ask.by.iter().any(|kind| !kind.is_name()));
    told.saturating_sub(by_key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(source: &str, kinds: &[&str], in_database: bool) -> Ask {
        let kinds: BTreeSet<Kind> = kinds.iter().map(|kind| Kind::new(*kind)).collect();
        Ask {
            table: TableId { source: source.into(), table: "t".into() },
            by: kinds.clone(),
            parents: BTreeSet::new(),
            context_of: BTreeSet::new(),
            reveals: kinds,
            in_database,
        }
    }

    fn order(asks: Vec<Ask>) -> Vec<Vec<String>> {
        let names = |stage: Vec<Ask>| stage.into_iter().map(|ask| ask.table.source).collect();
        stages(asks).into_iter().map(names).collect()
    }

    #[test]
    fn bridges_go_first_and_databases_before_files() {
        let asks = |database| {
            vec![
                ask("a", &["email", "customer", "member"], false),
                ask("b", &["email"], false),
                ask("c", &["customer", "email"], database),
                ask("d", &["member"], false),
            ]
        };
        assert_eq!(order(asks(false)), [vec!["a"], vec!["b", "c", "d"]]);
        assert_eq!(order(asks(true)), [vec!["c"], vec!["a"], vec!["b", "d"]]);
    }
}
