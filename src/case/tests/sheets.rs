//! Decisions through a spreadsheet.

use super::{Estate, by};
use crate::case::{Case, Error, Filter, Rejected, State};
use crate::review::Decision;

fn table(case: &Case) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    case.export_decisions(&mut out).unwrap();
    let text = std::str::from_utf8(&out).unwrap().trim_start_matches('\u{FEFF}').to_owned();
    let reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows = reader.into_records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
    rows.collect()
}

fn bytes(rows: &[Vec<String>], delimiter: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    writer.into_inner().unwrap()
}

fn rejected(result: Result<u64, Error>) -> Vec<Rejected> {
    match result {
        Err(Error::Rejected(rows)) => rows,
        other => panic!("{other:?}"),
    }
}

const DECISION: usize = 2;
const REASON: usize = 4;

#[test]
fn a_table_goes_out_and_comes_back() {
    for delimiter in *b",;\t" {
        let estate = Estate::new();
        let mut case = estate.reviewed();
        let mut rows = table(&case);
        for row in rows.iter_mut().skip(1) {
            row[DECISION] = "Redact".into();
        }
        rows[1][DECISION] = "keep".into();
        rows[1][REASON] = "caf\u{e9} owner, known".into();
        let changed = case.import_decisions(&bytes(&rows, delimiter), &by("R. Vale")).unwrap();
        assert!(changed as usize >= rows.len() - 1);
        assert_eq!(case.overview().unwrap().open, 0);
        let kept = Filter { state: Some(State::Kept), ..Filter::default() };
        let kept = case.queue(&kept, None, 9).unwrap().items;
        assert_eq!(kept[0].status.why.as_deref(), Some("caf\u{e9} owner, known"));
        // The same table again says nothing new.
        let again = table(&case);
        assert_eq!(case.import_decisions(&bytes(&again, delimiter), &by("R. Vale")).unwrap(), 0);
    }
}

#[test]
fn one_wrong_row_changes_nothing_and_is_named() {
    let estate = Estate::new();
    let mut case = estate.reviewed();
    let mut rows = table(&case);
    for row in rows.iter_mut().skip(1) {
        row[DECISION] = "redact".into();
    }
    let mut unknown = rows[1].clone();
    unknown[0] = "0".repeat(32);
    let mut other = rows[2].clone();
    other[DECISION] = "undecided".into();
    let mut unsaid = rows[3].clone();
    unsaid[DECISION] = "keep".into();
    unsaid[REASON] = String::new();
    let mut word = rows[3].clone();
    word[DECISION] = "maybe".into();
    for wrong in [unknown, unsaid, word] {
        let mut rows = rows.clone();
        rows.push(wrong.clone());
        let line = rows.len() as u64;
        let named = rejected(case.import_decisions(&bytes(&rows, b','), &by("R. Vale")));
        assert_eq!((named.len(), named[0].line), (1, line), "{named:?}");
        assert_eq!(named[0].id.as_ref(), Some(&wrong[0]));
        assert!(
            case.queue(&Filter::default(), None, 99)
                .unwrap()
                .items
                .iter()
                .all(|item| { matches!(item.status.state, State::Open | State::ByPolicy) })
        );
    }
    for row in rows.iter_mut().skip(1) {
        row[DECISION] = String::new();
    }
    let twice = [vec![rows[0].clone()], vec![with(&rows[1], "redact"), with(&rows[1], "keep")]];
    assert_eq!(
        rejected(case.import_decisions(&bytes(&twice.concat(), b','), &by("R. Vale"))).len(),
        1
    );
    drop(other);
}

fn with(row: &[String], decision: &str) -> Vec<String> {
    let mut row = row.to_vec();
    row[DECISION] = decision.into();
    row[REASON] = "known".into();
    row
}

#[test]
fn what_was_decided_since_is_not_overwritten() {
    let estate = Estate::new();
    let mut case = estate.reviewed();
    let rows = table(&case);
    let first = case.queue(&Filter::default(), None, 1).unwrap();
    let redact = Decision::Redact { ground: None };
    case.decide(&first.items[0].id, &redact, first.revision, &by("S. Moss")).unwrap();
    let table = [rows[0].clone(), with(&rows[1], "keep")];
    let named = rejected(case.import_decisions(&bytes(&table, b','), &by("R. Vale")));
    assert!(named[0].why.contains("since"), "{named:?}");
}

#[test]
fn nothing_in_a_table_runs_and_no_password_is_in_it() {
    let estate = Estate::new();
    estate.write("notes", "customer,by,text\n17,=cmd|'/c calc'!A1,\"=1+1 by Mrs Anand\"\n");
    let case = estate.reviewed();
    for cell in table(&case).concat() {
        assert!(!cell.starts_with(['=', '@', '\t', '\r']), "{cell}");
        assert!(!cell.contains("9931"), "{cell}");
    }
    let mut case = case;
    for wrong in ["", "a,b\n1,2\n", "id\n"] {
        let refused = case.import_decisions(wrong.as_bytes(), &by("R. Vale"));
        assert!(matches!(refused, Err(Error::NoTable(_))), "{refused:?}");
    }
}
