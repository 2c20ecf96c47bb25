//! What people see, word for word.

use crate::harness::{Outcome, World};

/// Returns what a run said, without its folder on this machine and without digests.
fn said(world: &World, outcome: &Outcome) -> String {
    let mut text = format!("exit {}\n", outcome.code);
    for (name, said) in [("stdout", &outcome.stdout), ("stderr", &outcome.stderr)] {
        if !said.is_empty() {
            text.push_str(&format!("--- {name}\n{said}"));
        }
    }
    let text = text.replace(world.out().to_str().unwrap(), "bundle.zip");
    let digest = regex::Regex::new("[0-9a-f]{64}").unwrap();
    let text = digest.replace_all(&text, "[digest]");
    let plain = |line: &str| match line.split_once("SHA-256 ") {
        Some((start, digest)) if digest.len() == 64 => format!("{start}SHA-256 …"),
        _ => line.trim_end().to_owned(),
    };
    text.lines().map(plain).collect::<Vec<_>>().join("\n")
}

fn run(args: &[&str]) -> String {
    let world = World::new();
    let outcome = world.holdall().args(args).run();
    said(&world, &outcome)
}

fn export(map: &str, request: &str) -> String {
    let world = World::new();
    let fixtures = std::path::Path::new("fixtures");
    let outcome = world.export(fixtures.join(map), fixtures.join(request)).run();
    said(&world, &outcome)
}

#[test]
fn check_says_what_would_be_searched_and_what_the_notice_lacks() {
    let said = run(&["check", "--map", "fixtures/lustalux/holdall.toml"]);
    insta::assert_snapshot!(said, @r#"
    exit 0
    --- stderr
    fixtures/lustalux/holdall.toml: 4 sources, 16 tables
    Order of the search:
       1  hr.candidates             by email, name, nino
       2  crm.customers             by customer, email, name
       3  mail.eshots               by customer, email
       4  crm.complaints            by email, name
       4  crm.enquiries             by email, name
       4  mail.direct_messages      by email, handle, name
       4  office.service_requests   by customer
       4  office.register_entries   by email, name
       4  hr.references             as part of hr.candidates
       4  hr.equal_opportunities    as part of hr.candidates
       4  hr.vetting                as part of hr.candidates
       4  hr.staff                  by email, employee, name, nino
       5  crm.complaint_notes       as part of crm.complaints
       5  office.complaint_letters  as part of crm.complaints
       5  office.enforcement        as part of office.register_entries
       6  office.films              as context of office.service_requests
    warning: the only contact for requests is a sales mailbox
             name an address whose readers know what a request is and that the month runs
    warning: the profile gives no way to reach a data protection officer
             add `[dpo]` with `email` or `post`; if you need no officer, the person who answers requests
    warning: the Data Protection Act 1998 is mentioned; it was repealed on 25 May 2018
             speak of the UK GDPR and the Data Protection Act 2018
    warning: a text names the Information Commissioner's Office as if it held the data
             say who holds it; the ICO is where people may complain
    warning: no lawful basis is stated, so nothing of it is portable (complaints, direct-messages, emails, employment, enforcement, enquiries, equal-opportunities, eshots, recruitment, register, service-requests, surveys, vetting, website)
             add `basis = ["…"]` (Art. 13(1)(c))
    warning: no recipients are named; the answer will say “Not stated” (direct-messages, emails, enquiries, surveys)
             name who receives the data, or leave it so if nobody does (Art. 15(1)(c))
    warning: it is not said how long the data is kept (emails, enforcement, enquiries, service-requests, surveys, vetting)
             add `retention = { keep = "2 years", from = "closed_at" }` or `{ rule = "…" }`
    warning: special categories without a condition: political activity declaration, health (employment)
             add `article-9 = ["…"]`, or take the category out if it is not held (Art. 9(2))
    warning: criminal offence data is named: criminal records declaration, convictions (employment)
             make sure that a condition of DPA 2018 Sch. 1 is met and documented (Art. 10)
    warning: special categories without a condition: ethnicity, disability, religion, sexual orientation (equal-opportunities)
             add `article-9 = ["…"]`, or take the category out if it is not held (Art. 9(2))
    warning: criminal offence data is named: convictions (vetting)
             make sure that a condition of DPA 2018 Sch. 1 is met and documented (Art. 10)
    "#);
}

#[test]
fn a_release_that_is_sealed() {
    let said = export("lustalux/holdall.toml", "lustalux/requests/complaint-access.toml");
    insta::assert_snapshot!(said, @r#"
    exit 0
    --- stderr
    Sealed bundle.zip (21 records, 57 redactions)
    SHA-256 [digest]
      crm.customers             2 records
      crm.complaints            3 records
      crm.complaint_notes       4 records
      crm.enquiries             2 records
      mail.direct_messages      2 records
      mail.eshots               2 records
      office.service_requests   2 records
      office.films              2 records
      office.complaint_letters  2 records
      office.register_entries   nothing found
      office.enforcement        nothing to ask for
      hr.candidates             nothing found
      hr.references             nothing to ask for
      hr.equal_opportunities    nothing to ask for
      hr.vetting                nothing to ask for
      hr.staff                  nothing found
    note: crm.complaints: 1 row of the person's is past retention (2 years from `closed_at`); still held, so included
    "#);
}

#[test]
fn a_release_that_is_held() {
    let said = export("lustalux/holdall.toml", "lustalux/requests/name-only-access.toml");
    insta::assert_snapshot!(said, @r#"
    exit 4
    --- stderr
    Held: 1 decision to make before anything is released. No bundle was written.
      crm.customers             1 record
      crm.complaints            nothing found
      crm.complaint_notes       nothing to ask for
      crm.enquiries             nothing found
      mail.direct_messages      nothing found
      mail.eshots               nothing found
      office.service_requests   nothing found
      office.films              nothing to ask for
      office.complaint_letters  nothing to ask for
      office.register_entries   nothing found
      office.enforcement        nothing to ask for
      hr.candidates             nothing found
      hr.references             nothing to ask for
      hr.equal_opportunities    nothing to ask for
      hr.vetting                nothing to ask for
      hr.staff                  nothing found
    held: crm.enquiries, enquiries-2019.csv, line 3: the row has the person's name, and nothing else says whether it is theirs
          next: add an identifier or the birth date to the request: it settles whose row this is
    "#);
}

#[test]
fn a_release_that_is_incomplete() {
    let said = export(
        "connect2employment/holdall-source-down.toml",
        "connect2employment/requests/source-down-access.toml",
    );
    insta::assert_snapshot!(said, @r#"
    exit 3
    --- stderr
    Incomplete: a source was not read in full. No bundle was written.
      crm.customers           1 record
      crm.enquiries           1 record
      crm.correspondence      1 record
      crm.calls               nothing found
      crm.complaints          nothing found
      shop.orders             1 record
      shop.order_lines        1 record
      shop.deliveries         1 record
      shop.credit_checks      1 record
      shop.products           1 record
      web.accounts            not read in full: cannot read `fixtures/connect2employment/web-not-mounted`: No such file or directory (os error 2)
      web.visits              not read in full: cannot read `fixtures/connect2employment/web-not-mounted`: No such file or directory (os error 2)
      recruitment.candidates  nothing found
      agency.placements       nothing to ask for
    hint: mend the source and run the export again; or pass --allow-incomplete, and the bundle will say what is missing
    "#);
}

#[test]
fn help() {
    let said = run(&["--help"]);
    insta::assert_snapshot!(said, @r#"
    exit 0
    --- stdout
    Everything you hold about a person, packed to hand over.

    Answers subject access requests (UK GDPR Art. 15) and portability requests (Art. 20): finds one
    person's records, takes out what is about other people, and packs the rest.

    Usage: holdall <COMMAND>

    Commands:
      init         Look at sources and write a draft of the data map to correct
      import       Make a draft of the data map from what others have described
      export       Find a person's records, redact them and seal a bundle
      open         Open a case for a request: an encrypted file that keeps everything until it is
                   answered
      verify-id    Record that the person's identity was proved, and how
      pause        Record that something was asked for: the clock stands, or starts later
      resume       Record that what was asked for is there
      extend       Record that the person was told, with reasons, that it takes up to three months
      list         List cases with their due dates, the most urgent first
      collect      Find the person's records and put them into the case; again, to see what changed
      review       Decide what is taken out: in the browser, or as a table for a spreadsheet
      reviewer     Register a reviewer with a secret of their own
      sign         Sign, as a registered reviewer, what is decided now
      release      Check that everything is decided and signed, and seal the bundle
      status       Show how far a case is and what still stops the release
      audit        Print the audit chain of a case and verify it
      close        Close a case; with --destroy, remove its personal data and leave the log
      check        Check the data map, the profile and the sources; say what would be searched
      verify       Verify a bundle: every byte listed and whole, nothing active inside
      detect       Find identifiers and people in texts: JSON Lines from standard input to standard
                   output
      completions  Print a completion script for a shell
      man          Print the manual page

    Options:
      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version

    Exit codes: 0 sealed or ok, 1 failed, 2 usage or map error, 3 incomplete (a source was not read in
    full), 4 held for a decision.
    "#);
}

#[test]
fn help_with_export() {
    let said = run(&["export", "--help"]);
    insta::assert_snapshot!(said, @r#"
    exit 0
    --- stdout
    Find a person's records, redact them and seal a bundle

    Usage: holdall export [OPTIONS]

    Options:
          --map <FILE>                The data map [default: holdall.toml]
          --request <FILE>            The request: TOML, or OpenDSR 2.0 JSON
          --subject <KIND=VALUE>...   An identifier of the data subject, instead of a request file; may
                                      be given several times
          --reference <TEXT>          Your reference for a request given by --subject
          --right <RIGHT>             The right exercised by a request given by --subject [default:
                                      access] [possible values: access, portability]
          --received <YYYY-MM-DD>     The day a request given by --subject was received [default: today]
          --verified-by <NAME>        Who verified the identity of the person who asks
          --verified-how <TEXT>       How it was verified
          --verified-on <YYYY-MM-DD>  When it was verified
          --out <FILE>                Where the bundle goes [default: the reference, with .zip]
          --force                     Replace an existing bundle
          --allow-incomplete          Seal a bundle although a source was not read in full; the bundle
                                      says so
          --encrypt                   Encrypt the bundle (AES-256); without a pass-phrase option one is
                                      made and shown once
          --passphrase-file <FILE>    Read the pass-phrase from the first line of this file
          --passphrase-env <NAME>     Read the pass-phrase from this environment variable
          --passphrase-prompt         Ask for the pass-phrase
          --dpo-record <FILE>         Write the officer's own record: where each row stood, why it is
                                      the person's, every redaction
          --json                      Print one JSON object on standard output
      -h, --help                      Print help
      -V, --version                   Print version
    "#);
}
