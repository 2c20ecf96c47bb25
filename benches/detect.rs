//! How fast texts are searched: 2 MB of e-mail-like text, everything on, one core.

use std::collections::BTreeMap;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use holdall::redact::detect::{Known, detect_with};

const SIZE: usize = 2 << 20;

/// Returns messages of a few kilobytes each, made from the labelled texts and ordinary prose.
fn messages() -> Vec<String> {
    const PROSE: &str = "Thank you for your message about the works in the stairwell. The contractor \
        expects to finish within three weeks, weather permitting, and will leave the landing clear \
        every evening. If the noise is a problem in the meantime, please let us know when you work \
        from home, so that the drilling can be planned around it. We have asked for a quieter tool, \
        and a second visit is booked to look at the windows. The cost of this is covered by the \
        service charge, as set out in the annual statement that was posted with the last bill.\n";
    let set = include_str!("../fixtures/redaction/generated.jsonl");
    let texts = set.lines().filter_map(|line| {
        let row: serde_json::Value = serde_json::from_str(line).ok()?;
        row.get("text")?.as_str().map(str::to_owned)
    });
    let texts: Vec<String> = texts.collect();
    let (mut all, mut size, mut at) = (Vec::new(), 0, 0);
    while size < SIZE {
        let mut message = String::new();
        for _ in 0..4 {
            message.push_str(texts.get(at % texts.len()).map_or("", String::as_str));
            message.push_str("\n\n");
            message.push_str(PROSE);
            message.push_str(PROSE);
            at += 1;
        }
        size += message.len();
        all.push(message);
    }
    all
}

fn detect(bench: &mut Criterion) {
    let messages = messages();
    let size = messages.iter().map(String::len).sum::<usize>();
    let subject = BTreeMap::from([
        ("name".to_owned(), vec!["Ada Hart".to_owned()]),
        ("email".to_owned(), vec!["ada@example.org".to_owned()]),
    ]);
    let known = Known::new(&subject, &["Bilal Okafor".to_owned(), "Zoë Lind".to_owned()]);
    let mut group = bench.benchmark_group("detect");
    group.throughput(Throughput::Bytes(u64::try_from(size).unwrap_or_default())).sample_size(10);
    group.bench_function("messages", |b| {
        b.iter(|| {
            messages.iter().map(|text| detect_with(black_box(text), &known).len()).sum::<usize>()
        });
    });
    group.finish();
}

criterion_group!(benches, detect);
criterion_main!(benches);
