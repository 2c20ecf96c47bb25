//! Rounds: every table is asked only for keys it has not been asked for yet, until no new key
//! appears.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use holdall_connector::{
    Compare, Ending, Error, Location, Lookup, Match, Path, Record, Sink, Skipped,
};
use rayon::prelude::*;

use super::Watch;
use super::facts::{Fact, Facts};
use super::model::Identity;
use super::ownership::{Cause, Known, Verdict, tuples};
use super::ruling::{Ruling, Rulings};
use super::sources::Sources;
use super::trail::Trail;
use crate::map::{Kind, Map, Table, TableId};
use crate::plan::{Ask, Plan};

/// The state of a search.
pub(super) struct Search<'a> {
    pub(super) map: &'a Map,
    sources: &'a Sources,
    watch: &'a dyn Watch,
    rulings: &'a Rulings,
    pub(super) tables: BTreeMap<TableId, Asked<'a>>,
    pub(super) known: Known,
    trails: BTreeMap<(Kind, String), Trail>,
    /// By table: the columns that children and context tables refer to.
    references: BTreeMap<TableId, BTreeSet<Vec<Path>>>,
}

/// What one table was asked, and what it gave.
pub(super) struct Asked<'a> {
    pub(super) table: &'a Table,
    asked: BTreeMap<(Path, Compare), BTreeSet<String>>,
    pub(super) terms: BTreeSet<Kind>,
    pub(super) is_asked: bool,
    pub(super) rows: BTreeMap<Location, Seen>,
    pub(super) skipped: BTreeMap<Location, String>,
    pub(super) read: u64,
    pub(super) failed: Option<String>,
    pub(super) unreachable: Option<String>,
    /// Whether a read gave nothing at all: it is not tried again.
    is_down: bool,
}

/// A row that a table gave.
pub(super) struct Seen {
    pub(super) record: Record,
    /// The way to it, once it is known to be the person's.
    pub(super) own: Option<Trail>,
    /// What somebody decided about it.
    ruling: Option<Ruling>,
}

impl<'a> Search<'a> {
    /// Begins with what the request gave.
    pub(super) fn new(
        map: &'a Map,
        sources: &'a Sources,
        watch: &'a dyn Watch,
        rulings: &'a Rulings,
        given: Identity,
    ) -> Self {
        let mut trails = BTreeMap::new();
        for kind in given.kinds() {
            for normal in given.normal(kind).into_iter().flat_map(BTreeMap::keys) {
                trails.insert((kind.clone(), normal.clone()), Trail::given(kind));
            }
        }
        let known = Known { keys: given.clone(), given, owned: BTreeMap::new() };
        let tables = map.tables().map(|table| (table.id.clone(), Asked::new(table))).collect();
        Self { map, sources, watch, rulings, tables, known, trails, references: references(map) }
    }

    /// Notes a table that could not be surveyed; it is asked all the same, for what it may give.
    pub(super) fn unreachable(&mut self, table: &TableId, why: &str) {
        if let Some(asked) = self.tables.get_mut(table) {
            asked.unreachable = Some(why.to_owned());
        }
    }

    /// Goes in rounds until no table has anything left to be asked.
    pub(super) fn run(&mut self, plan: &Plan) {
        loop {
            let mut quiet = true;
            for stage in &plan.stages {
                let questions = self.questions(stage);
                quiet &= questions.is_empty();
                let answers: Vec<Answer> =
                    questions.par_iter().map(|(id, lookup)| self.ask(id, lookup)).collect();
                answers.into_iter().for_each(|answer| self.absorb(answer));
                self.attribute();
            }
            if quiet && !self.take_first_of_their_kind() {
                return;
            }
        }
    }

    fn questions(&mut self, stage: &[Ask]) -> Vec<(TableId, Lookup)> {
        let Self { map, tables, known, .. } = self;
        let mut questions = Vec::new();
        for ask in stage {
            let Some(asked) = tables.get_mut(&ask.table).filter(|a| !a.is_down) else {
                continue;
            };
            let any = asked.news(wanted(map, asked.table, ask, known));
            if !any.is_empty() {
                let lookup = Lookup { table: ask.table.table.clone(), any };
                questions.push((ask.table.clone(), lookup));
            }
        }
        questions
    }

    fn ask(&self, table: &TableId, lookup: &Lookup) -> Answer {
        self.watch.asked(table);
        let mut answer = Answer::new(table.clone());
        let read = || self.sources.get(&table.source)?.read(lookup, &mut answer.keep(lookup));
        let ending = catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
            Err(Error::Settings("the connector stopped with an internal error".into()))
        });
        answer.ending = Some(ending);
        self.watch.answered(table, answer.records.len());
        answer
    }

    fn absorb(&mut self, answer: Answer) {
        let Some(asked) = self.tables.get_mut(&answer.table) else { return };
        for record in answer.records {
            let location = record.location.clone();
            let ruling = self.rulings.of(&answer.table, &record);
            asked.rows.entry(location).or_insert(Seen { record, own: None, ruling });
        }
        asked.skipped.extend(answer.skipped.into_iter().map(|s| (s.location, s.why)));
        match answer.ending {
            Some(Ok(Ending::Complete { read })) => asked.read += read,
            Some(Ok(Ending::Incomplete { read, why })) => {
                asked.read += read;
                asked.failed.get_or_insert(why);
            }
            Some(Err(error)) => {
                asked.is_down = true;
                asked.failed.get_or_insert(error.to_string());
            }
            None => {}
        }
    }

    /// Applies the ownership rule to all rows seen until nothing changes.
    fn attribute(&mut self) {
        loop {
            let found = self.new_own_rows();
            if found.is_empty() {
                return;
            }
            for (id, location, trail) in found {
                self.own(&id, &location, &trail);
            }
        }
    }

    fn new_own_rows(&self) -> Vec<(TableId, Location, Trail)> {
        let mut found = Vec::new();
        for (id, asked) in &self.tables {
            for (location, seen) in asked.rows.iter().filter(|(_, seen)| seen.own.is_none()) {
                if let Verdict::Own(cause) = self.judge(asked.table, seen) {
                    found.push((id.clone(), location.clone(), self.trail(cause).to(id)));
                }
            }
        }
        found
    }

    /// Judges one row: as somebody decided, else by the rule.
    pub(super) fn judge(&self, table: &Table, seen: &Seen) -> Verdict {
        let by_rule = || self.known.judge(self.map, table, &seen.record);
        seen.ruling.map_or_else(by_rule, Ruling::verdict)
    }

    /// Returns the way to a key.
    pub(super) fn trail_of(&self, kind: &Kind, normal: &str) -> Trail {
        let known = self.trails.get(&(kind.clone(), normal.to_owned()));
        known.cloned().unwrap_or_else(|| Trail::given(kind))
    }

    fn trail(&self, cause: Cause) -> Trail {
        match cause {
            Cause::Key(kind, normal) => self.trail_of(&kind, &normal),
            Cause::Proof(kinds) => Trail::proof(kinds.iter()),
            Cause::Parent(trail) => trail,
            Cause::Ruled => Trail::ruled(),
        }
    }

    /// Takes a row as the person's: learns its keys and what hangs on it.
    fn own(&mut self, id: &TableId, location: &Location, trail: &Trail) {
        let Some(asked) = self.tables.get_mut(id) else { return };
        let Some(seen) = asked.rows.get_mut(location) else { return };
        for columns in self.references.get(id).into_iter().flatten() {
            let owned = self.known.owned.entry((id.clone(), columns.clone())).or_default();
            for tuple in tuples(&seen.record, columns) {
                owned.entry(tuple).or_insert_with(|| trail.clone());
            }
        }
        let facts = Facts::of(self.map, asked.table, &seen.record);
        let verdict = self.known.judge(self.map, asked.table, &seen.record);
        let by_parent = seen.ruling.is_none() && matches!(verdict, Verdict::Own(Cause::Parent(_)));
        seen.own = Some(trail.clone());
        for fact in facts.persons {
            if teaches(&self.known, &fact, by_parent) {
                learn(self.map, &mut self.known, &mut self.trails, trail, &fact.kind, &fact.text);
            }
        }
    }

    /// Learns kinds of which nothing is known from rows that hang on the person's; returns whether
    /// anything was learned.
    fn take_first_of_their_kind(&mut self) -> bool {
        let mut news = Vec::new();
        for (id, asked) in &self.tables {
            for seen in asked.rows.values().filter(|seen| seen.own.is_none()) {
                let verdict = self.judge(asked.table, seen);
                if let Verdict::Stranger(_, trail) = verdict {
                    let new = self.known.first_of_their_kind(self.map, asked.table, &seen.record);
                    let trail = trail.to(id);
                    news.extend(new.into_iter().map(|(kind, text)| (trail.clone(), kind, text)));
                }
            }
        }
        let mut learned = false;
        for (trail, kind, text) in news {
            learned |= learn(self.map, &mut self.known, &mut self.trails, &trail, &kind, &text);
        }
        if learned {
            self.attribute();
        }
        learned
    }
}

/// Returns whether a value of the person's row is one of theirs: all are but the parts of a name,
/// and, in a row that only hangs on theirs, a name without a word of a name they are known by.
fn teaches(known: &Known, fact: &Fact, by_parent: bool) -> bool {
    if !fact.kind.is_name() {
        return true;
    }
    let words: BTreeSet<&str> = fact.normal.split(' ').collect();
    let alike = || {
        let names = known.keys.normal(&fact.kind);
        names.is_none_or(|all| all.keys().any(|name| name.split(' ').any(|w| words.contains(w))))
    };
    words.len() > 1 && (!by_parent || alike())
}

fn learn(
    map: &Map,
    known: &mut Known,
    trails: &mut BTreeMap<(Kind, String), Trail>,
    trail: &Trail,
    kind: &Kind,
    text: &str,
) -> bool {
    let new = known.keys.learn(map, kind, text);
    if new && let Some(normal) = map.identifier(kind).compare.normalise(text) {
        trails.insert((kind.clone(), normal), trail.learned(kind, text.trim()));
    }
    new
}

fn references(map: &Map) -> BTreeMap<TableId, BTreeSet<Vec<Path>>> {
    let mut references: BTreeMap<TableId, BTreeSet<Vec<Path>>> = BTreeMap::new();
    for table in map.tables() {
        for parent in &table.parents {
            let columns = parent.keys.iter().map(|(_, there)| there.clone()).collect();
            references.entry(parent.table.clone()).or_default().insert(columns);
        }
        for see in &table.see {
            references.entry(see.table.clone()).or_default().insert(vec![see.target.clone()]);
        }
    }
    references
}

/// Returns by which columns a table can come to be asked, without any values.
pub(super) fn asked_by(map: &Map, table: &Table, ask: &Ask) -> Vec<Match> {
    let known =
        Known { keys: Identity::default(), given: Identity::default(), owned: BTreeMap::new() };
    wanted(map, table, ask, &known).into_iter().map(|(one, _)| one).collect()
}

/// Returns every key by which the table can be asked now.
fn wanted(map: &Map, table: &Table, ask: &Ask, known: &Known) -> Vec<(Match, Option<Kind>)> {
    let names = table.persons().filter(|(_, kind)| kind.is_name()).count();
    let identifying = table.persons().chain(table.mentions()).filter(|(_, k)| ask.by.contains(k));
    let mut wanted: Vec<(Match, Option<Kind>)> = identifying
        .map(|(column, kind)| {
            let mut values: BTreeSet<String> =
                known.keys.normal(kind).into_iter().flat_map(BTreeMap::keys).cloned().collect();
            if kind.is_name() && names > 1 {
                let words: Vec<String> =
                    values.iter().flat_map(|v| v.split(' ').map(str::to_owned)).collect();
                values.extend(words);
            }
            let compare = map.identifier(kind).compare;
            (Match { column: column.path.clone(), compare, values }, Some(kind.clone()))
        })
        .collect();
    let mut links: Vec<(&Path, &TableId, Vec<Path>)> = Vec::new();
    for parent in &table.parents {
        if let Some((here, _)) = parent.keys.first() {
            let there = parent.keys.iter().map(|(_, there)| there.clone()).collect();
            links.push((here, &parent.table, there));
        }
    }
    links.extend(table.see.iter().map(|s| (&s.column, &s.table, vec![s.target.clone()])));
    for (here, other, there) in links {
        let owned = known.owned.get(&(other.clone(), there));
        let values = owned.into_iter().flat_map(BTreeMap::keys).filter_map(|t| t.first().cloned());
        let values: BTreeSet<String> = values.collect();
        wanted.push((Match { column: here.clone(), compare: Compare::Exact, values }, None));
    }
    wanted
}

impl<'a> Asked<'a> {
    fn new(table: &'a Table) -> Self {
        Self {
            table,
            asked: BTreeMap::new(),
            terms: BTreeSet::new(),
            is_asked: false,
            rows: BTreeMap::new(),
            skipped: BTreeMap::new(),
            read: 0,
            failed: None,
            unreachable: None,
            is_down: false,
        }
    }

    /// Returns the part of `wanted` that the table has not been asked for, and notes it as asked.
    fn news(&mut self, wanted: Vec<(Match, Option<Kind>)>) -> Vec<Match> {
        let mut news = Vec::new();
        for (mut one, kind) in wanted {
            let asked = self.asked.entry((one.column.clone(), one.compare)).or_default();
            one.values.retain(|value| asked.insert(value.clone()));
            if !one.values.is_empty() {
                self.terms.extend(kind);
                self.is_asked = true;
                news.push(one);
            }
        }
        news
    }
}

/// What one read gave.
struct Answer {
    table: TableId,
    records: Vec<Record>,
    skipped: Vec<Skipped>,
    ending: Option<Result<Ending, Error>>,
}

impl Answer {
    fn new(table: TableId) -> Self {
        Self { table, records: Vec::new(), skipped: Vec::new(), ending: None }
    }

    fn keep<'a>(&'a mut self, lookup: &'a Lookup) -> Keep<'a> {
        Keep { answer: self, lookup }
    }
}

/// Keeps the wanted records, whatever the connector filtered.
struct Keep<'a> {
    answer: &'a mut Answer,
    lookup: &'a Lookup,
}

impl Sink for Keep<'_> {
    fn record(&mut self, record: Record) -> ControlFlow<()> {
        if self.lookup.wants(&record) {
            self.answer.records.push(record);
        }
        ControlFlow::Continue(())
    }

    fn skipped(&mut self, skipped: Skipped) -> ControlFlow<()> {
        self.answer.skipped.push(skipped);
        ControlFlow::Continue(())
    }
}
