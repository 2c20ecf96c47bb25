//! The register of exemptions of the Data Protection Act 2018 that may stand as a ground.

/// An exemption: a ground on which data may be withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exemption {
    /// Its code: schedule and paragraph (`sch2-24`).
    pub code: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// Why data is withheld, in plain words for the data subject.
    pub reason: &'static str,
    /// Whether it restricts the right of access (Art. 15).
    pub restricts_access: bool,
    /// Whether it restricts the right to data portability (Art. 20).
    pub restricts_portability: bool,
}

/// Returns the exemption of this code.
pub fn exemption(code: &str) -> Option<&'static Exemption> {
    EXEMPTIONS.iter().find(|exemption| exemption.code == code)
}

/// Returns every code, in the order of the Act.
pub fn exemption_codes() -> impl Iterator<Item = &'static str> {
    EXEMPTIONS.iter().map(|exemption| exemption.code)
}

const fn both(code: &'static str, title: &'static str, reason: &'static str) -> Exemption {
    Exemption { code, title, reason, restricts_access: true, restricts_portability: true }
}

const fn access(code: &'static str, title: &'static str, reason: &'static str) -> Exemption {
    Exemption { code, title, reason, restricts_access: true, restricts_portability: false }
}

/// DPA 2018 Sch. 2–4. Which rights each restricts follows the provisions that it lists.
const EXEMPTIONS: [Exemption; 28] = [
    both(
        "sch2-2",
        "Crime and taxation",
        "Giving it would be likely to harm the prevention or detection of crime, or the collection of tax.",
    ),
    both(
        "sch2-3",
        "Crime and taxation: risk assessment",
        "It classes a risk of tax fraud or crime, and giving it would keep that from working.",
    ),
    both("sch2-4", "Immigration", "Giving it would be likely to harm the control of immigration."),
    both(
        "sch2-5",
        "Legal proceedings",
        "The law requires its disclosure elsewhere, or it is needed for legal proceedings or advice.",
    ),
    both(
        "sch2-7",
        "Functions that protect the public",
        "Giving it would be likely to harm work that protects the public from dishonesty, malpractice or danger.",
    ),
    both("sch2-8", "Audit functions", "Giving it would be likely to harm a public audit."),
    both(
        "sch2-9",
        "Functions of the Bank of England",
        "Giving it would be likely to harm the work of the Bank of England.",
    ),
    both(
        "sch2-10",
        "Regulation of legal services, health and children's services",
        "Giving it would be likely to harm the work of a body that handles complaints or standards in legal, health or children's services.",
    ),
    both(
        "sch2-11",
        "Other regulatory functions",
        "Giving it would be likely to harm the work of a regulator.",
    ),
    both(
        "sch2-13",
        "Parliamentary privilege",
        "Giving it would infringe the privilege of Parliament.",
    ),
    both(
        "sch2-14",
        "Judicial appointments and proceedings",
        "It concerns judicial appointments, or giving it would harm the independence of courts.",
    ),
    both(
        "sch2-15",
        "Crown honours and appointments",
        "It concerns an honour or appointment by the Crown.",
    ),
    access(
        "sch2-16",
        "Other people's data",
        "It is information about another person who has not agreed to its release.",
    ),
    access(
        "sch2-19",
        "Legal professional privilege",
        "It is confidential between a client and a legal adviser.",
    ),
    access(
        "sch2-20",
        "Self-incrimination",
        "Giving it would show that the controller may have committed an offence.",
    ),
    access(
        "sch2-21",
        "Corporate finance",
        "Giving it could affect the price of a financial instrument or harm a corporate finance service.",
    ),
    access(
        "sch2-22",
        "Management forecasts",
        "Giving it would be likely to harm the planning of a business.",
    ),
    access(
        "sch2-23",
        "Negotiations",
        "It records what the controller intends in negotiations with you, and giving it would be likely to harm them.",
    ),
    access(
        "sch2-24",
        "Confidential references",
        "It is a reference given or received in confidence.",
    ),
    access(
        "sch2-25",
        "Exam scripts and marks",
        "It is what a candidate wrote in an exam, or a mark that is not yet announced.",
    ),
    access(
        "sch2-26",
        "Journalism, academia, art and literature",
        "It is held for journalism, or for academic, artistic or literary work in the public interest.",
    ),
    access(
        "sch2-27",
        "Research and statistics",
        "It is held for research or statistics that giving it would seriously impair.",
    ),
    access(
        "sch2-28",
        "Archiving in the public interest",
        "It is held in an archive in the public interest that giving it would seriously impair.",
    ),
    both(
        "sch3-2",
        "Health data: serious harm",
        "Giving it would be likely to cause serious harm to somebody's physical or mental health.",
    ),
    both(
        "sch3-3",
        "Social work data: serious harm",
        "Giving it would be likely to harm social work because it would cause somebody serious harm.",
    ),
    both(
        "sch3-4",
        "Education data: serious harm",
        "Giving it would be likely to cause serious harm to somebody's physical or mental health.",
    ),
    both(
        "sch3-21",
        "Child abuse data",
        "It says whether a child is or may be at risk of abuse, and giving it would not be in the child's best interests.",
    ),
    access(
        "sch4",
        "Disclosure that another law restricts",
        "Another law restricts its release: for example adoption records or statements of special educational needs.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_stands_once_and_says_why() {
        let codes: Vec<&str> = exemption_codes().collect();
        for (at, code) in codes.iter().enumerate() {
            assert!(!codes[..at].contains(code), "{code}");
            let exemption = exemption(code).unwrap();
            assert!(exemption.restricts_access);
            assert!(exemption.reason.ends_with('.') && !exemption.title.is_empty(), "{code}");
        }
        assert_eq!(codes.len(), 28);
        assert_eq!(exemption("sch2-12"), None);
    }

    #[test]
    fn parts_three_on_leave_portability_alone() {
        let restricts = |code| exemption(code).unwrap().restricts_portability;
        assert!(["sch2-2", "sch2-5", "sch2-15", "sch3-2", "sch3-21"].into_iter().all(restricts));
        assert!(!["sch2-16", "sch2-19", "sch2-24", "sch2-25", "sch4"].into_iter().any(restricts));
    }
}
