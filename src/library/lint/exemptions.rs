//! Prompts that may break a bar: data, with the reasons.

use serde::Deserialize;

use super::passages::Sheet;
use super::{Finding, Report};

const FILE: &str = include_str!("exemptions.toml");

/// Lets one prompt, or a whole collection, break one rule with these words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exemption {
    /// A prompt's full id, or a collection's.
    pub prompt: String,
    /// The rule's name.
    pub rule: String,
    /// What the finding has to contain.
    pub words: String,
    /// Why it may.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exemptions {
    #[serde(default)]
    exempt: Vec<Exemption>,
}

impl Exemption {
    fn covers(&self, finding: &Finding) -> bool {
        let named = [
            finding.prompt.as_str(),
            finding.prompt.split('/').next().unwrap_or_default(),
        ];
        named.contains(&self.prompt.as_str())
            && self.rule == finding.rule.name()
            && finding.words.contains(&self.words)
    }
}

/// All exemptions.
pub(super) fn all() -> Vec<Exemption> {
    let read: Exemptions =
        toml::from_str(FILE).expect("the embedded list is right: a test reads it");
    read.exempt
}

/// Parts what counts from what these exempt. Only exemptions of collections that were looked at can be unused.
pub(super) fn split(
    findings: Vec<Finding>,
    exemptions: Vec<Exemption>,
    sheets: &[Sheet<'_>],
) -> Report {
    let mut used = vec![false; exemptions.len()];
    let mut report = Report {
        findings: Vec::new(),
        exempt: Vec::new(),
        unused: Vec::new(),
    };
    for finding in findings {
        match exemptions.iter().position(|one| one.covers(&finding)) {
            Some(index) => {
                used[index] = true;
                report.exempt.push((finding, exemptions[index].clone()));
            }
            None => report.findings.push(finding),
        }
    }
    let looked_at = |one: &Exemption| {
        let collection = one.prompt.split('/').next();
        sheets
            .iter()
            .any(|sheet| Some(sheet.collection.as_str()) == collection)
    };
    let unused = exemptions.into_iter().zip(used);
    report.unused = unused
        .filter(|(one, used)| !used && looked_at(one))
        .map(|(one, _)| one)
        .collect();
    report
}
