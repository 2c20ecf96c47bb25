//! Tables of what has to be found and what must not be.

mod batches;
mod desks;
mod forms;
mod lists;
mod people;
mod trades;

use super::*;

/// Returns `kind=text` for every span.
fn spans(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    detect(text)
        .iter()
        .map(|s| format!("{}={}", s.kind, chars[s.start..s.end].iter().collect::<String>()))
        .collect()
}

/// Checks that the part in `«»` is found, with its kind, and nothing else.
fn found(kind: &str, marked: &[&str]) {
    for text in marked {
        let (before, rest) = text.split_once('«').unwrap();
        let (value, after) = rest.split_once('»').unwrap();
        let text = format!("{before}{value}{after}");
        assert_eq!(spans(&text), [format!("{kind}={value}")], "{text}");
    }
}

/// Checks that these are found of a kind, in order, among what else there is.
fn all(kind: &str, text: &str, values: &[&str]) {
    let prefix = format!("{kind}=");
    let of = |span: &String| span.strip_prefix(&prefix).map(str::to_owned);
    let found: Vec<String> = spans(text).iter().filter_map(of).collect();
    assert_eq!(found, values, "{text}");
}

fn nothing(texts: &[&str]) {
    for text in texts {
        assert_eq!(spans(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn email() {
    found(
        "email",
        &[
            "write to «ann@example.org».",
            "<«jo.o'neil+news@mail.example.co.uk»>",
            "«ANN@EXAMPLE.ORG»; thanks",
            "reach «ann [at] example [dot] org» soon",
            "reach «ann(at)example.org» soon",
            "«ann&#64;example.org»",
            "«a\u{200B}nn@exam\u{AD}ple.org» now",
            "«zoë@example.org»",
        ],
    );
    nothing(&["meet @ 5pm", "user@localhost", "a@b", "npm i @types/node"]);
}

#[test]
fn nino() {
    found(
        "nino",
        &[
            "his NI no is «AB 12 34 56 C».",
            "«AB123456C»",
            "nino «ab123456c»",
            "«JG-10-37-59-A»",
            "National Insurance «AB123456»",
        ],
    );
    nothing(&["DA123456C", "BG123456A", "AO123456B", "order ab123456", "AB1234567C"]);
}

#[test]
fn nhs() {
    found("nhs", &["NHS number «943 476 5919»", "NHS: «9434765919»", "patient «943-476-5919»"]);
    nothing(&["NHS 943 476 5918", "ISBN 9434765919", "order 9434765919", "call 943 476 5919 now"]);
}

#[test]
fn phone() {
    found(
        "phone",
        &[
            "call «07700 900123»",
            "«+44 7700 900123»",
            "«+44 (0)7700 900123»",
            "«0044 7700-900-123»",
            "«(01632) 960123»",
            "«020 7946 0123 ext 4» please",
            "(«07700900123»)",
            "«07700.900.123»",
            "«０７７００ 900123»",
            "«+1 202 555 0123»",
        ],
    );
    nothing(&["order 07700900123", "£07700900123", "10.07700900123"]);
}

#[test]
fn any_text_is_safe() {
    for text in
        ["", "\u{0}", "&#", "&#x;", "é@", "０", "＠", "𝟎𝟕𝟕𝟎𝟎 𝟗𝟎𝟎𝟏𝟐𝟑", "+44", "(0)", "a@b.c@d"]
    {
        for span in detect(text) {
            assert!(span.start < span.end && span.end <= text.chars().count());
        }
    }
}

#[test]
fn upn() {
    found("upn", &["UPN «B801200005001»", "pupil «b8012 00005001» left"]);
    nothing(&["UPN C801200005001", "B8012000050012"]);
}

#[test]
fn utr() {
    found(
        "utr",
        &["UTR «1123456789»", "UTR «2123456789»", "unique taxpayer reference: «11234 56789 K»"],
    );
    nothing(&["order 1123456789", "tax return 2123456789"]);
}

#[test]
fn driving_licence() {
    found(
        "driving-licence",
        &[
            "licence «MORGA657054SM9IJ»",
            "«MORGA 657054 SM9IJ 35»",
            "«hart9 851304 a99ab»",
            "NI driving licence «12345678»",
        ],
    );
    nothing(&["MORGA697054SM9IJ", "MORGA657994SM9IJ", "M9RGA657054SM9IJ"]);
}

#[test]
fn passport() {
    found(
        "passport",
        &["passport no. «533 401 372»", "passport: «533401372»", "passport «C01234567»"],
    );
    nothing(&["order 533401372", "ref 533401372 (no passport shown)"]);
}

#[test]
fn vehicle() {
    found(
        "vehicle",
        &[
            "drives «AB51 CDE»",
            "«AB12CDE» was parked",
            "her car, «ab12 cde»",
            "reg «P123 ABC»",
            "reg «P123 ABZ»",
            "van: «CIZ 1234»",
            "vehicle «ABC 123D»",
            "car reg «A 1234»",
            "a van with plate «CIZ 1234»",
        ],
    );
    nothing(&["AB01 CDE", "AB45 CDE", "part AB12 CDE", "room A1", "P123 ABC", "AI12 CDE"]);
}

#[test]
fn postcode_and_address() {
    found(
        "postcode",
        &["«LU1 1AA»", "«sw1a 1aa»", "postcode «W1A1HQ».", "«GIR 0AA»", "«BFPO 61»", "«M60 1NW»"],
    );
    // An area that does not exist is one behind an address, or where the text says so.
    found("postcode", &["Postcode: «WX2 9DL»"]);
    for text in ["88 Quayside Walk, Tarnmouth TM8 1JF", "at 8 hawthorn cl, lower wick (wk5 0tn)"] {
        let kinds: Vec<&str> = detect(text).iter().map(|span| span.kind).collect();
        assert_eq!(kinds, ["address", "postcode"], "{text}");
    }
    nothing(&["part TM8 1JF is out of stock", "the lift, TM8 1JF"]);
    found(
        "address",
        &[
            "at «12 High Street, Luton» today",
            "«Flat 2, 4b Mill Lane»",
            "to «Rm 4, 64 Castle St»",
            "«Bakehouse, 4 Mill Lane»",
        ],
    );
    assert_eq!(
        spans("of 12 High Street, Luton, LU1 1AA."),
        ["address=12 High Street, Luton", "postcode=LU1 1AA"]
    );
    nothing(&["LU1 1AC", "ZZ1 1AA", "part W1A1HQ", "4 apples", "24 May was hot"]);
}

#[test]
fn bank_details() {
    found("sort-code", &["sort code «12-34-56»", "sort code: «123456»"]);
    found("bank-account", &["account number «12345678»", "a/c «1234 5678»"]);
    assert_eq!(spans("12-34-56 12345678"), ["sort-code=12-34-56", "bank-account=12345678"]);
    assert_eq!(spans("payee 123456 / 1234 5678"), ["sort-code=123456", "bank-account=1234 5678"]);
    nothing(&["order 12345678", "customer account 1234", "12345678", "123456"]);
}

#[test]
fn iban() {
    found(
        "iban",
        &[
            "«GB82 WEST 1234 5698 7654 32» and more",
            "«gb82west12345698765432»",
            "«DE89370400440532013000»",
        ],
    );
    nothing(&["GB82 WEST 1234 5698 7654 33", "XX82WEST12345698765432"]);
}

#[test]
fn card() {
    found(
        "card",
        &[
            "«4012 8888 8888 1881» 12/26",
            "«4012-8888-8888-1881»",
            "«2223000000000007»",
            "amex «3782 822463 10005»",
        ],
    );
    nothing(&[
        "4012 8888 8888 1882",
        "**** **** **** 1881",
        "order 4012888888881881",
        "0000000000000000",
    ]);
}

#[test]
fn what_words_tell() {
    found("dbs", &["DBS certificate «001234567890»", "DBS: «0012 3456 7890»"]);
    found("hcpc", &["HCPC «SW12345»", "registrant PH no HCPC «PH 123456»"]);
    found("company", &["company number «01234567»", "Registered in England «SC123456»"]);
    found("blue-badge", &["blue badge no «1A2B3C4D» kept", "Blue Badge: «123ABC»"]);
    found(
        "council-tax",
        &[
            "council tax ref «41234567»",
            "council tax account number: «4 123 4567»",
            "council tax «204/88113/6»",
        ],
    );
    nothing(&[
        "order 001234567890",
        "SW12345",
        "a blue badge holder",
        "council tax is due in 2026",
        "council tax for 2026/2027",
    ]);
}

#[test]
fn network() {
    found("ip", &["from «192.168.0.12» today", "«2001:db8::1»", "«fe80::1ff:fe23:4567:890a»."]);
    found("mac", &["«00:1a:2B:3c:4d:5e»", "«00-1A-2B-3C-4D-5E»", "«001a.2b3c.4d5e»"]);
    nothing(&[
        "version 1.2.3.4",
        "v10.0.19.1",
        "1.2.3.4.5",
        "256.1.1.1",
        "at 10:30:00",
        "std::mem",
    ]);
}

#[test]
fn date() {
    found(
        "date",
        &[
            "born «31/05/1991»",
            "«31.05.91»",
            "«1991-05-31»",
            "«31 May 1991»",
            "«31st of May 1991»",
            "on «May 31, 1991»",
            "«1 Sept 2026»",
        ],
    );
    nothing(&["31/13/1991", "in May 1991", "30/02/2026", "ratio 1/2/3", "1.2.3"]);
}

#[test]
fn url_and_username() {
    found(
        "url",
        &[
            "see «https://example.org/a?b=c».",
            "(«www.example.org»)",
            "see «jobs.example.com/adverts/7»",
        ],
    );
    found("username", &["username: «ada.h»", "her login is «adah84»", "follow @«ada_h»!"]);
    nothing(&["the user is happy", "login page", "the username was wrong"]);
}

#[test]
fn person() {
    found(
        "person",
        &[
            "saw Mrs «Okafor»'s car",
            "by Dr. «J. P. Smith-Jones» today",
            "my neighbour «Bob Lind» rang",
            "Dear «Amira»,\nthe rest",
            "no more.\nKind regards,\n«Zoë O'Neill»\nmanager",
        ],
    );
    nothing(&["Dear Sir,\nhello", "Dear Customer,\nhello", "her sister said so", "Will do."]);
}

#[test]
fn words_of_the_next_number_do_not_count() {
    found(
        "phone",
        &["from «01632 960 123», ref 4432-9981", "Invoice 20250312 total «0800 123 4567»"],
    );
    found("vehicle", &["previous reg «P456 KLM»"]);
    found("blue-badge", &["Blue Badge «00BB1234X5678» exp 2026"]);
    found(
        "blue-badge",
        &["his badge «4RT2K9 0726X0729» is lost", "blue badge on file: «K7M2PQ0126X0129F»"],
    );
    found("utr", &["his UTR is «K1955839661»"]);
    found("nhs", &["NHS no «9434765 919» on the book"]);
    found("hcpc", &["HCPC number given over phone was «RA 77120»"]);
    found("username", &["login name is «jzhou36» not known", "network ID «rachterb»"]);
    nothing(&["OH report ref SR738450", "the firmware 7.12.18 was rolled back"]);
    nothing(&["moved 2024-01-05T10:00:00Z"]);
    assert_eq!(
        spans("Deliver to 12, The Old Bakery, High St, Shefford, SG17 5XA. Thanks"),
        ["address=12, The Old Bakery, High St, Shefford", "postcode=SG17 5XA"]
    );
    nothing(&["VAT GB 123 4567 89 registered", "room B12 3rd floor", "1-800-555-0199"]);
}
