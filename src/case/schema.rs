//! The tables of a case file and their versions. A version once released is never changed: a new one
//! is added below it.

use rusqlite::Connection;

use super::Error;

/// By version, what it adds.
const VERSIONS: [&str; 4] = [V1, V2, V3, V4];

const V1: &str = "
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE rows (
    seq INTEGER PRIMARY KEY, aside INTEGER NOT NULL, anchor TEXT NOT NULL, body TEXT NOT NULL
);
CREATE TABLE shown (
    seq INTEGER PRIMARY KEY, source TEXT NOT NULL, tbl TEXT NOT NULL, anchor TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX shown_table ON shown (source, tbl);
CREATE TABLE items (
    id TEXT PRIMARY KEY,
    rank INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    row INTEGER NOT NULL,
    anchor TEXT NOT NULL,
    source TEXT NOT NULL,
    tbl TEXT NOT NULL,
    cell TEXT NOT NULL,
    start INTEGER,
    end INTEGER,
    kind TEXT NOT NULL,
    detector TEXT NOT NULL,
    doubtful INTEGER NOT NULL,
    ground TEXT NOT NULL,
    reason TEXT NOT NULL,
    label TEXT NOT NULL,
    party INTEGER,
    value TEXT NOT NULL,
    form TEXT NOT NULL,
    grp TEXT NOT NULL,
    lead INTEGER NOT NULL,
    alone INTEGER NOT NULL DEFAULT 0,
    manual INTEGER NOT NULL DEFAULT 0,
    everywhere INTEGER NOT NULL DEFAULT 0,
    decision INTEGER NOT NULL DEFAULT 0,
    chosen TEXT,
    why TEXT,
    note TEXT,
    who TEXT,
    decided_at TEXT,
    rev INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE UNIQUE INDEX items_rank ON items (rank);
CREATE INDEX items_queue ON items (lead, rank);
CREATE INDEX items_open ON items (rank) WHERE doubtful = 1 AND decision = 0;
CREATE INDEX items_harm ON items (source, tbl)
    WHERE decision <> 2 AND COALESCE(chosen, ground) IN ('sch3-2', 'sch3-3', 'sch3-4');
CREATE INDEX items_counts ON items (source, tbl, decision, doubtful, lead);
CREATE INDEX items_group ON items (grp, rank);
CREATE INDEX items_party ON items (party, rank);
CREATE INDEX items_row ON items (row, rank);
CREATE TABLE parties (
    id INTEGER PRIMARY KEY,
    word TEXT NOT NULL,
    number INTEGER NOT NULL,
    role TEXT NOT NULL,
    consent TEXT,
    consent_on TEXT,
    note TEXT,
    merged_into INTEGER REFERENCES parties (id),
    rev INTEGER NOT NULL DEFAULT 0,
    UNIQUE (word, number)
);
CREATE TABLE aliases (
    kind TEXT NOT NULL,
    form TEXT NOT NULL,
    text TEXT NOT NULL,
    party INTEGER NOT NULL REFERENCES parties (id),
    PRIMARY KEY (kind, form)
) WITHOUT ROWID;
CREATE INDEX aliases_party ON aliases (party);
CREATE TABLE holds (
    id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    body TEXT NOT NULL,
    row TEXT,
    record TEXT,
    manual INTEGER NOT NULL DEFAULT 0,
    present INTEGER NOT NULL DEFAULT 1,
    resolution TEXT,
    reason TEXT,
    who TEXT,
    resolved_at TEXT,
    rev INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE reviewers (name TEXT PRIMARY KEY, secret TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE signoffs (
    seq INTEGER PRIMARY KEY, name TEXT NOT NULL REFERENCES reviewers (name),
    at TEXT NOT NULL, state INTEGER NOT NULL
);
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
    why TEXT, previous TEXT NOT NULL, hash TEXT NOT NULL
);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;
CREATE TRIGGER audit_order BEFORE INSERT ON audit
    WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit)
    BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;
";

/// What happened to the request since it came in.
const V2: &str = "
CREATE TABLE events (
    seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, day TEXT NOT NULL, why TEXT, who TEXT NOT NULL,
    at TEXT NOT NULL
);
";

/// What was decided step by step, so that it can be undone.
const V3: &str = "
CREATE TABLE steps (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, who TEXT NOT NULL, rev INTEGER NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX steps_who ON steps (who, seq);
";

/// One index for each way in which the queue is narrowed, with all that decides which items are
/// wanted: a page reads no item but its own.
const V4: &str = "
DROP INDEX items_party;
CREATE INDEX items_party ON items (party, rank, lead, decision, doubtful);
CREATE INDEX items_state ON items (lead, decision, rank);
CREATE INDEX items_each ON items (decision, rank);
CREATE INDEX items_table ON items (source, tbl, rank, lead, decision);
CREATE INDEX items_value ON items (rank, lead, decision, value);
CREATE INDEX holds_open ON holds (seq) WHERE present = 1 AND resolution IS NULL;
";

/// Returns the version of a file; 0 for one in which nothing was written yet.
///
/// # Errors
/// If the file cannot be read: a wrong key looks like this.
pub(super) fn version(db: &Connection) -> Result<u32, rusqlite::Error> {
    db.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Brings a file to the newest version, inside the caller's transaction.
///
/// # Errors
/// [`Error::Newer`] if it is newer than this program; [`Error::Database`].
pub(super) fn migrate(db: &Connection) -> Result<(), Error> {
    let known = u32::try_from(VERSIONS.len()).unwrap_or(u32::MAX);
    let found = version(db)?;
    if found > known {
        return Err(Error::Newer { found, known });
    }
    for statements in VERSIONS.iter().skip(usize::try_from(found).unwrap_or(usize::MAX)) {
        db.execute_batch(statements)?;
    }
    Ok(db.pragma_update(None, "user_version", known)?)
}
