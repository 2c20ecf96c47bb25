//! The byte kernels of the file connectors, over two megabytes of CSV on one core.

use std::collections::BTreeSet;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use fearless_simd::{Level, dispatch};
use holdall_connector::{Compare, Lookup, Match, Path};
use holdall_scan::keys::Keys;
use holdall_scan::needles::{Looked, Needles};
use holdall_scan::structure::{Structure, Text};

/// How much text a kernel is given at a time, as in a search.
const STRETCH: usize = 16 * 1024;

fn rows() -> Vec<u8> {
    let row = |n: u32| {
        format!(
            "{n},\"Hart, Ada {}\",ada.hart{n}@example.org,07700 900{:03},\"said \"\"no\"\"\"\n",
            n % 7,
            n % 1000
        )
    };
    (0..30_000).map(row).collect::<String>().into_bytes()
}

fn asked(compare: Compare, values: &[String]) -> Match {
    let values: BTreeSet<String> = values.iter().filter_map(|v| compare.normalise(v)).collect();
    Match { column: Path::column("x"), compare, values }
}

fn structure(c: &mut Criterion) {
    let (text, level) = (rows(), Level::new());
    let mut group = c.benchmark_group("structure");
    group.throughput(Throughput::Bytes(text.len() as u64));
    let mut structure = Structure::default();
    group.bench_function("rows and fields", |b| {
        b.iter(|| {
            for stretch in text.chunks(STRETCH) {
                let whole = Text { bytes: stretch, last: false, delimiter: b',', for_names: false };
                dispatch!(level, simd => structure.follow(simd, whole, 0, stretch.len()));
                black_box(structure.ends());
            }
        });
    });
    group.finish();
}

fn needles(c: &mut Criterion) {
    let text = rows();
    let mut group = c.benchmark_group("needles");
    group.throughput(Throughput::Bytes(text.len() as u64));
    for (name, value) in
        [("with digits", "bo1234567@example.org"), ("letters", "bo.lee@example.org")]
    {
        let any = vec![asked(Compare::Caseless, &[value.to_owned()])];
        let needles = Needles::of(&Lookup { table: "t".into(), any }, b"\"");
        group.bench_function(name, |b| {
            b.iter(|| {
                let needles = needles.as_ref()?;
                needles.next(black_box(&text), 0, text.len(), &mut Looked::default())
            });
        });
    }
    group.finish();
}

fn keys(c: &mut Criterion) {
    let mut group = c.benchmark_group("keys");
    let many: Vec<String> = (0..10_000).map(|n| format!("ada.hart{n}@example.com")).collect();
    let one = ["ada.hart12345@example.com".to_owned()];
    let cases = [
        ("one e-mail", asked(Compare::Caseless, &one), "bo.lee1234567@example.org"),
        ("10,000 e-mails", asked(Compare::Caseless, &many), "bo.lee1234567@example.org"),
        ("a phone", asked(Compare::Phone, &["07700 900123".to_owned()]), "+44 (0)7700 900456"),
        ("a name", asked(Compare::Name, &["Ada Hart".to_owned()]), "Mrs Grace O'Brien"),
    ];
    for (name, asked, text) in &cases {
        let (keys, mut room) = (Keys::new(asked), Vec::new());
        group.bench_function(*name, |b| {
            b.iter(|| keys.may_hold(black_box(text.as_bytes()), &mut room));
        });
    }
    group.finish();
}

criterion_group!(kernels, structure, needles, keys);
criterion_main!(kernels);
