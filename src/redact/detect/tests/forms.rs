//! More forms in which identifiers are written, and what looks like them.

use super::{found, nothing};

#[test]
fn username_where_it_is_led_to() {
    found(
        "username",
        &[
            "uid=«okeefem» gid=100",
            "{\"userName\": \"«PriyaS»\"}",
            "She posts as «lutonlad_26» on insta",
            "his insta is «big.dave.scaffs» and",
            "who is «wildcat_1990» on the forum?",
            "gamer tag no, username yes: «penrye»",
            "screen name on the complaints chat was «jalhassan7», matched",
            "AD acct «ecelik-ctr» disabled",
            "uses your portal as «koch.haslinger» now",
            "vpn: domain CORP user «rkaplan» from Lagos",
            "audit trail\n09:06 «zwhitcombe» deleted the file",
            "asset,mac,user\nLT-3901,fe,«vdesai49»",
        ],
    );
    nothing(&[
        "the user cant log in to the portal",
        "account 12345 was closed",
        "user_id,user_name,last_login",
        "sort_code and account_no columns are in the user table",
        "login via the HR system as usual",
        "portal upload of file report2.pdf failed",
        "signed in as a visitor",
    ]);
}

#[test]
fn the_whole_address() {
    found(
        "address",
        &[
            "at «Room 4, The Limes, 88 Crawley Green Road, Luton» now",
            "at «2nd Floor, 81 Tib Street, Manchester»",
            "to «Flat 2/1, 96 Hyndland Road, Glasgow», by hand",
            "should be «3/2, 40 Byres Road, Glasgow»",
            "to «Bungalow 2, Poplar Close, Flitwick»",
            "lives at «12 high street, luton» with mum",
            "Addr per licence: «Knockbrack, Letterkenny, Co. Donegal»",
            "Addr: «129 King Edward Street, Toddington, Beds»",
            "to «PO Box 683, St Albans» please",
            "at «Block C, Flat 14, Tower Court, Castle Street, Luton»",
        ],
    );
    nothing(&[
        "lamp column 14 Harcourt Lane, out again",
        "Meeting room 3, Mill Lane campus is cold",
        "took 2 Close friends along",
        "at 3 different road works",
        "Acc 40918 Bayside Cafe",
    ]);
}

#[test]
fn numbers_in_other_forms() {
    found(
        "blue-badge",
        &[
            "Blue badge: «73PS41 1 0395X6248».",
            "blue badge no. «LU 88 20417», given",
            "visitor has a blue badge, no. «KEN663811», let her in",
        ],
    );
    found("council-tax", &["Council Tax no. «CT/1182/44093»", "council tax ref «7 104 552 X»"]);
    found(
        "passport",
        &["passport «711862C»", "Irish p/port «PB4410227»", "pass. «054471882», seen"],
    );
    found(
        "vehicle",
        &[
            "Reg plate noted «Y 812 KHN» leaving",
            "transport bus «SKF 835G» failed",
            "van «kic2489»",
        ],
    );
    found("company", &["company no: «08114 203»", "co number «04417723»"]);
    found("mac", &["from «F0.18.98.3D.77.0E», channel 11", "wifi mac «001b44113ab7»"]);
    found("ip", &["FW rule 693: allow «192.168.19.245» to print"]);
    found("date", &["deceased «26 12 2022»", "«18 02 2019» 13:36 banging"]);
    nothing(&[
        "Points: 3 (SP30), vehicle returned",
        "council tax for 2025/26",
        "order 12 10 2024 4471",
        "firmware 2.0.0.17, model XR-2025-04-11",
        "pay the rent account 12345678",
        "his car. CEO 214 stands by it",
    ]);
}
