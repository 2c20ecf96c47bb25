//! Bank holidays of the nations of the United Kingdom, by rule, so that any year has them.
//!
//! Banking and Financial Dealings Act 1971 Sch 1, the yearly proclamations, and Northern Ireland's
//! and Scotland's own days; gov.uk/bank-holidays lists them. A day proclaimed for one occasion is
//! known if it stands in [`OCCASIONS`]; a date worked out without it is early, never late.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

use crate::controller::Nation;

/// Days of one year alone: the coronation, and the state funeral and jubilee of the year before.
const OCCASIONS: [(i16, i8, i8); 4] = [(2022, 6, 2), (2022, 6, 3), (2022, 9, 19), (2023, 5, 8)];

/// Returns the first day from `day` on that is neither in a weekend nor a bank holiday.
pub(super) fn next_working_day(day: Date, nation: Nation) -> Date {
    let later = |days: i64| day.checked_add(days.days()).unwrap_or(day);
    (0..14).map(later).find(|day| is_working(*day, nation)).unwrap_or(day)
}

fn is_working(day: Date, nation: Nation) -> bool {
    !is_weekend(day) && !holidays(day.year(), nation).contains(&day)
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Returns the bank holidays of a year, substitutes included.
fn holidays(year: i16, nation: Nation) -> Vec<Date> {
    let mut all = moving(year, nation);
    let occasions = OCCASIONS.iter().filter(|(of, ..)| *of == year);
    all.extend(occasions.map(|(year, month, day)| date(*year, *month, *day)));
    let fixed: Vec<Date> =
        fixed(nation).iter().map(|(month, day)| date(year, *month, *day)).collect();
    all.extend(&fixed);
    // One that falls into a weekend is had on the next day that is free.
    for day in fixed.into_iter().filter(|day| is_weekend(*day)) {
        let later = (1..7_i64).filter_map(|days| day.checked_add(days.days()).ok());
        let free = later.into_iter().find(|day| !is_weekend(*day) && !all.contains(day));
        all.extend(free);
    }
    all
}

/// Month and day of those that are on the same date every year.
fn fixed(nation: Nation) -> &'static [(i8, i8)] {
    match nation {
        Nation::EnglandAndWales => &[(1, 1), (12, 25), (12, 26)],
        Nation::Scotland => &[(1, 1), (1, 2), (11, 30), (12, 25), (12, 26)],
        Nation::NorthernIreland => &[(1, 1), (3, 17), (7, 12), (12, 25), (12, 26)],
    }
}

/// Those that follow Easter or are on a Monday.
fn moving(year: i16, nation: Nation) -> Vec<Date> {
    let easter = easter(year);
    let scotland = nation == Nation::Scotland;
    let monday =
        |month: i8, nth: i8| date(year, month, 1).nth_weekday_of_month(nth, Weekday::Monday);
    let from_easter = |days: i64| easter.checked_add(days.days());
    let summer = if scotland { monday(8, 1) } else { monday(8, -1) };
    // Moved for the seventy-fifth anniversary of VE Day, and for the platinum jubilee.
    let early_may = if year == 2020 { Ok(date(2020, 5, 8)) } else { monday(5, 1) };
    let spring = if year == 2022 { Ok(date(2022, 6, 2)) } else { monday(5, -1) };
    let all = [Some(from_easter(-2)), (!scotland).then(|| from_easter(1)), Some(early_may)];
    let all = all.into_iter().flatten().chain([spring, summer]);
    all.flatten().collect()
}

/// Returns Easter Sunday (the Gregorian computus, as Meeus gives it).
fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, g) = (b / 4, b % 4, (8 * b + 13) / 25);
    let h = (19 * a + b - d - g + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    let part = |n: i32| i8::try_from(n).unwrap_or(1);
    Date::new(year, part(month), part(day)).unwrap_or(date(year, 4, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Listed = (Nation, i16, &'static [(i8, i8)]);

    /// As gov.uk/bank-holidays lists them.
    const LISTED: [Listed; 6] = [
        (
            Nation::EnglandAndWales,
            2026,
            &[(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)],
        ),
        (
            Nation::EnglandAndWales,
            2022,
            &[
                (1, 3),
                (4, 15),
                (4, 18),
                (5, 2),
                (6, 2),
                (6, 3),
                (8, 29),
                (9, 19),
                (12, 26),
                (12, 27),
            ],
        ),
        (
            Nation::EnglandAndWales,
            2027,
            &[(1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28)],
        ),
        (
            Nation::Scotland,
            2023,
            &[
                (1, 2),
                (1, 3),
                (4, 7),
                (5, 1),
                (5, 8),
                (5, 29),
                (8, 7),
                (11, 30),
                (12, 25),
                (12, 26),
            ],
        ),
        (
            Nation::Scotland,
            2024,
            &[(1, 1), (1, 2), (3, 29), (5, 6), (5, 27), (8, 5), (12, 2), (12, 25), (12, 26)],
        ),
        (
            Nation::NorthernIreland,
            2025,
            &[
                (1, 1),
                (3, 17),
                (4, 18),
                (4, 21),
                (5, 5),
                (5, 26),
                (7, 14),
                (8, 25),
                (12, 25),
                (12, 26),
            ],
        ),
    ];

    #[test]
    fn the_days_are_those_that_are_listed() {
        for (nation, year, listed) in LISTED {
            let days: Vec<Date> = date(year, 1, 1).series(1.day()).take(365).collect();
            let free =
                days.into_iter().filter(|day| !is_weekend(*day) && !is_working(*day, nation));
            let listed: Vec<Date> = listed.iter().map(|(m, d)| date(year, *m, *d)).collect();
            assert_eq!(free.collect::<Vec<_>>(), listed, "{nation:?} {year}");
        }
    }
}
