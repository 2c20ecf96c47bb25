//! One lookup on a JSON file or folder, for the comparison with other tools in `benches/peers.py`:
//! `lookup PATH COLUMN COMPARE VALUE… [or COLUMN COMPARE VALUE…]`, or `@FILE` for a file with one
//! value a line. Prints how many records were found, how many rows could not be read, and how the
//! read ended.

use std::error::Error;
use std::io::Write;
use std::ops::ControlFlow;

use holdall_connector::{Compare, Connector, Lookup, Match, Path, Record, Sink, Skipped};
use holdall_json::{Json, Settings, TableSettings};

#[derive(Default)]
struct Count(usize, usize);

impl Sink for Count {
    fn record(&mut self, _: Record) -> ControlFlow<()> {
        self.0 += 1;
        ControlFlow::Continue(())
    }

    fn skipped(&mut self, _: Skipped) -> ControlFlow<()> {
        self.1 += 1;
        ControlFlow::Continue(())
    }
}

fn asked(arguments: &[String]) -> Result<Match, Box<dyn Error>> {
    let [column, compare, values @ ..] = arguments else {
        return Err("lookup PATH COLUMN COMPARE VALUE…".into());
    };
    let compare: Compare = serde_json::from_value(compare.as_str().into())?;
    let mut texts = Vec::new();
    for value in values {
        match value.strip_prefix('@') {
            Some(file) => texts.extend(std::fs::read_to_string(file)?.lines().map(String::from)),
            None => texts.push(value.clone()),
        }
    }
    let values = texts.iter().filter_map(|text| compare.normalise(text)).collect();
    Ok(Match { column: Path::parse(column)?, compare, values })
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (path, rest) = arguments.split_first().ok_or("no path")?;
    let any = rest.split(|word| word == "or").map(asked).collect::<Result<_, _>>()?;
    let tables = vec![TableSettings::named("t")];
    let json = Json::new(Settings { source: "s".into(), root: path.into(), tables })?;
    let mut count = Count::default();
    let ending = json.read(&Lookup { table: "t".into(), any }, &mut count)?;
    writeln!(std::io::stdout(), "{} records, {} skipped, {ending:?}", count.0, count.1)?;
    Ok(())
}
