//! The second pass over the rows: what to take out of each cell.

use holdall_connector::Value;

use crate::controller::Profile;
use crate::find::{Found, Row};
use crate::map::{Kind, Map, StaffPolicy};
use crate::request::Request;

use super::cells::{Branch, Cell, Visitor, is_value_like, walk};
use super::columns::{Cause, Depth, Verdict, judge, role_of};
use super::learn::{kept, learn, published, staff_names};
use super::lifted::Lifted;
use super::outside::Recognised;
use super::own::Own;
use super::people::{Letters, Name, guess, names_in};
use super::texts::{Cut, Reader, scalars};
use super::withhold::{screen, staff_name};
use super::{
    Confidence, Ground, Omission, Proposal, Proposed, labels, portability, reasons, refusal,
};

/// Proposes what has to be taken out before the rows may leave.
///
/// Every cell is judged by the role of its column and the standing of its row; texts are searched
/// for the people known from the rows and for identifiers. What no rule lets stay is taken out.
pub fn propose(found: Found, map: &Map, profile: &Profile, request: &Request) -> Proposed {
    propose_with(found, map, profile, request, &Recognised::default(), &Lifted::default())
}

/// Proposes as [`propose`] does, with what an outside recogniser found besides: one that did not
/// answer as it should holds the release. What is in the lifted cells is searched like free text, so
/// that giving a cell gives nothing of other people's that is in it.
pub fn propose_with(
    mut found: Found,
    map: &Map,
    profile: &Profile,
    request: &Request,
    outside: &Recognised,
    lifted: &Lifted,
) -> Proposed {
    found.holds.extend(outside.hold());
    let mut own = Own::new(map, &found.subject, request);
    let learned = learn(&found, map, &mut own, lifted);
    let published = published(profile);
    let kept = kept(&published, &learned, map.staff);
    let screen = screen(&learned, map, &own, &published, request.right);
    let omissions = portability::omissions(&found, map, profile, request.right);
    let ground = reasons::other_people(request.right);
    let mut staff = staff_names(&learned);
    staff.retain(|_| map.staff == StaffPolicy::Keep);
    let reader =
        Reader { screen: &screen, own: &own, kept: &kept, staff: &staff, map, ground, outside };
    let mut letters = Letters::default();
    let mut proposals = Vec::new();
    for (index, row) in found.rows.iter().enumerate() {
        let Some(table) = map.table(&row.table) else { continue };
        let Some(omitted) = portability::of_row(&omissions, row) else { continue };
        let (reader, letters) = (&reader, &mut letters);
        let mut cells = Cells { index, row, omitted, reader, letters, lifted, out: Vec::new() };
        walk(&row.record, table, &mut cells);
        proposals.extend(settled(cells.out));
    }
    let refused = refusal::holds(&found, map, &own, &omissions, lifted);
    let holds = portability::holds(&found, map, &omissions, request.right);
    found.holds.extend(refused.into_iter().chain(holds));
    Proposed { found, proposals, omissions, withheld: screen.withheld }
}

/// Returns the proposals of a row. Where a key stands twice, one proposal takes out both.
fn settled(all: Vec<(Proposal, bool)>) -> Vec<Proposal> {
    let mut out: Vec<Proposal> = Vec::with_capacity(all.len());
    for (mut proposal, twin) in all {
        if twin {
            proposal.span = None;
            if out.iter().any(|p| p.cell == proposal.cell) {
                continue;
            }
        }
        out.push(proposal);
    }
    out
}

struct Cells<'b> {
    index: usize,
    row: &'b Row,
    omitted: Vec<&'b Omission>,
    reader: &'b Reader<'b>,
    letters: &'b mut Letters,
    lifted: &'b Lifted,
    out: Vec<(Proposal, bool)>,
}

impl<'a> Visitor<'a> for Cells<'_> {
    fn enters(&mut self, branch: &Branch<'a>) -> bool {
        if branch.is_blank || portability::covers(&self.omitted, &branch.path) {
            return false;
        }
        let Some(proposal) = self.whole_branch(branch).or_else(|| self.telling_key(branch)) else {
            return true;
        };
        self.out.push((proposal, branch.twin));
        self.is_lifted(&branch.pointer)
    }

    fn leaf(&mut self, cell: Cell<'a>) {
        if cell.value.is_blank() || portability::covers(&self.omitted, &cell.path) {
            return;
        }
        let text = cell.text();
        let shown = text.as_deref().unwrap_or_default();
        let (standing, map) = (&self.row.standing, self.reader.map);
        if self.reader.screen.withheld.labels().is_label(shown) {
            return;
        }
        let above = cell.pointer.rsplit_once('/').map_or("", |(above, _)| above);
        if self.is_lifted(above) {
            return self.scan(&cell, text.as_deref(), Depth::Text);
        }
        match judge(cell.column, shown, standing, self.reader.own, map.staff) {
            Verdict::Keep => {}
            Verdict::Whole(cause) if self.is_lifted(&cell.pointer) => {
                let proposal = self.whole(&cell.pointer, cause, shown);
                self.out.push((proposal, cell.twin));
                self.scan(&cell, text.as_deref(), Depth::Text);
            }
            Verdict::Whole(cause) => {
                let title = cell.column.and_then(|column| role_of(column, &self.row.record));
                let cause = match cause {
                    Cause::Staff(kind, _) => Cause::Staff(kind, title.as_deref()),
                    other => other,
                };
                let proposal = self.whole(&cell.pointer, cause, shown);
                self.out.push((proposal, cell.twin));
            }
            Verdict::Scan(depth) => self.scan(&cell, text.as_deref(), depth),
        }
    }
}

impl Cells<'_> {
    /// Returns whether the cell, or what it lies in, was lifted.
    fn is_lifted(&self, pointer: &str) -> bool {
        self.lifted.has(self.index, pointer)
    }

    fn proposal(&self, cell: &str, name: &str) -> Proposal {
        Proposal {
            row: self.index,
            cell: cell.to_owned(),
            span: None,
            kind: "withheld".to_owned(),
            detector: "column",
            confidence: Confidence::Certain,
            ground: self.reader.ground.clone(),
            reason: reasons::OTHER.to_owned(),
            label: name.to_owned(),
        }
    }

    fn whole(&mut self, cell: &str, cause: Cause<'_>, text: &str) -> Proposal {
        let mut proposal = self.proposal(cell, labels::WITHHELD);
        let said = |code: &str, reason: &str| (Ground::new(code), reason.to_owned());
        match cause {
            Cause::Credential => {
                proposal.kind = "credential".into();
                proposal.label = labels::CREDENTIAL.into();
                (proposal.ground, proposal.reason) = said("security", reasons::CREDENTIAL);
            }
            Cause::Exempt(code) => {
                (proposal.ground, proposal.reason) = said(code, &reasons::exempt(code));
            }
            Cause::Unmapped => {
                (proposal.ground, proposal.reason) = said("undecided", reasons::UNMAPPED);
            }
            Cause::Record => {
                proposal.label = labels::RECORD.into();
                proposal.reason = reasons::RECORD.into();
            }
            Cause::Other(tie, kind) => {
                let kind = kind.map(Kind::as_str).or_else(|| guess(text));
                proposal.detector =
                    if tie == super::columns::Tie::Mentioned { "mention" } else { "column" };
                self.other(&mut proposal, kind, text);
            }
            Cause::Staff(kind, title) => {
                let kind = kind.map_or(Kind::NAME, Kind::as_str);
                let name = staff_name(self.reader.map, kind, text, title);
                proposal.kind = kind_name(kind).into();
                proposal.label = self.letters.label(&name);
                proposal.reason = reasons::STAFF.into();
            }
        }
        proposal
    }

    /// Returns a proposal for all of an object that its column takes out, where its keys could tell
    /// something.
    fn whole_branch(&mut self, branch: &Branch<'_>) -> Option<Proposal> {
        let column = branch.column?;
        let (standing, map) = (&self.row.standing, self.reader.map);
        let verdict = judge(Some(column), "", standing, self.reader.own, map.staff);
        let Verdict::Whole(cause) = verdict else { return None };
        let other = matches!(cause, Cause::Other(..) | Cause::Staff(..));
        let telling = branch.fields.iter().any(|(key, _)| is_value_like(key));
        match (other, telling) {
            (true, false) => None,
            (true, true) => Some(self.proposal(&branch.pointer, labels::DATA)),
            (false, _) => Some(self.whole(&branch.pointer, cause, "")),
        }
    }

    /// Returns a proposal for all of an object with a key that must not leave.
    fn telling_key(&mut self, branch: &Branch<'_>) -> Option<Proposal> {
        let cut = branch
            .fields
            .iter()
            .find_map(|(key, _)| self.reader.cuts(key, Depth::Data).into_iter().next())?;
        Some(self.proposal_of(&branch.pointer, cut))
    }

    fn other(&mut self, proposal: &mut Proposal, kind: Option<&str>, text: &str) {
        let Some(kind) = kind else {
            proposal.label = labels::DATA.into();
            return;
        };
        let own = |name: &String| self.reader.own.is(Some(&Kind::new(kind)), name);
        let first =
            names_in(text).into_iter().find(|name| !own(name)).filter(|_| kind == Kind::NAME);
        let value = first.unwrap_or_else(|| text.to_owned());
        let name = match self.reader.screen.people.name_for(self.reader.map, kind, &value) {
            Name::Unnamed(kind, _) if kind == Kind::NAME => Name::Fixed(labels::DATA.into()),
            name => name,
        };
        proposal.kind = kind_name(kind).into();
        proposal.label = self.letters.label(&name);
    }

    fn scan(&mut self, cell: &Cell<'_>, text: Option<&str>, depth: Depth) {
        let Some(text) = text else {
            if depth == Depth::Text {
                let mut proposal = self.proposal(&cell.pointer, labels::WITHHELD);
                proposal.confidence = Confidence::Doubtful;
                proposal.reason = reasons::OPAQUE.into();
                self.out.push((proposal, cell.twin));
            }
            return;
        };
        let cuts = self.reader.cuts(text, depth);
        let Some(first) = cuts.first().cloned() else { return };
        let is_text = matches!(cell.value, Value::Text(_));
        let parts =
            if is_text { self.reader.settle(text, depth, cuts, self.letters) } else { None };
        let Some(parts) = parts else {
            let whole = self.proposal_of(&cell.pointer, first);
            return self.out.push((whole, cell.twin));
        };
        let spans = scalars(text, parts.iter().map(|cut| cut.range.clone()));
        for (cut, span) in parts.into_iter().zip(spans) {
            let mut proposal = self.proposal_of(&cell.pointer, cut);
            proposal.span = Some(span);
            self.out.push((proposal, cell.twin));
        }
    }

    fn proposal_of(&mut self, cell: &str, cut: Cut) -> Proposal {
        Proposal {
            row: self.index,
            cell: cell.to_owned(),
            span: None,
            kind: cut.kind,
            detector: cut.detector,
            confidence: cut.confidence,
            ground: cut.ground,
            reason: cut.reason,
            label: self.letters.label(&cut.name),
        }
    }
}

fn kind_name(kind: &str) -> &str {
    if kind == Kind::NAME { "person" } else { kind }
}
