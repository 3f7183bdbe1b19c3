//! Countries, by their codes.

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::schedule::Error;

/// A country's code of ISO 3166-1 with two letters, such as `AT`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Country(&'static str);

/// All that are assigned.
const CODES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC \
    CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD \
    GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH \
    KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW \
    MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC \
    SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY \
    UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

impl Country {
    /// The code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0
    }

    /// The country of this code, in either case; `UK` is understood as well.
    ///
    /// # Errors
    /// Where no country has it.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let code = match text.trim() {
            uk if uk.eq_ignore_ascii_case("UK") => "GB",
            code => code,
        };
        let mut codes = CODES.split(' ');
        match codes.find(|one| one.eq_ignore_ascii_case(code)) {
            Some(code) => Ok(Self(code)),
            None => Err(Error {
                span: 0..text.len(),
                message: format!("\"{code}\" is not a country's code"),
                hint: Some("two letters, such as \"AT\" for Austria".to_owned()),
            }),
        }
    }

    /// The country that a locale's name tells, such as `de_AT.UTF-8` or `zh-Hant-TW`; `C` and `en` tell none.
    #[must_use]
    pub fn of_locale(locale: &str) -> Option<Self> {
        let name = locale.split(['.', '@']).next().unwrap_or_default();
        let mut after_the_language = name.split(['_', '-']).skip(1);
        let region = after_the_language.find(|part| part.len() == 2)?;
        Self::parse(region).ok()
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let code = String::deserialize(from)?;
        Self::parse(&code).map_err(|error| de::Error::custom(error.message))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use super::*;

    fn of_locale(locale: &str) -> Option<&'static str> {
        Country::of_locale(locale).map(Country::code)
    }

    #[test]
    fn a_locale_tells_its_country_or_none() {
        for (locale, country) in [
            ("de_AT.UTF-8", Some("AT")),
            ("de_AT", Some("AT")),
            ("de_DE@euro", Some("DE")),
            ("ca_ES.UTF-8@valencia", Some("ES")),
            ("sr_RS@latin", Some("RS")),
            ("en-GB", Some("GB")),
            ("en_uk", Some("GB")),
            ("zh-Hant-TW", Some("TW")),
            ("pt_br.utf8", Some("BR")),
            ("C", None),
            ("C.UTF-8", None),
            ("POSIX", None),
            ("", None),
            ("en", None),
            ("eo.UTF-8", None),
            ("en_001", None),
            ("sr-Latn", None),
            ("en_XX.UTF-8", None),
            ("_", None),
            ("..@@__--", None),
            ("de_ÄT", None),
        ] {
            assert_eq!(of_locale(locale), country, "{locale:?}");
        }
    }

    #[test]
    fn codes_are_read_in_either_case_and_others_refused() {
        let parsed = |text| Country::parse(text).map(Country::code).ok();
        assert_eq!(parsed(" at "), Some("AT"));
        assert_eq!(parsed("UK"), Some("GB"));
        for none in ["", "A", "XX", "AT BE", "Austria", "ÄT", "AUT"] {
            assert_eq!(parsed(none), None, "{none:?}");
        }
    }

    /// The time zone database has the same list, from the standard itself.
    #[test]
    fn they_are_those_of_the_standard() {
        let Ok(table) = fs::read_to_string("/usr/share/zoneinfo/iso3166.tab") else {
            eprintln!("SKIPPED: no list of countries beside the time zones");
            return;
        };
        let lines = table.lines().filter(|line| !line.starts_with('#'));
        let standard: BTreeSet<&str> = lines.filter_map(|line| line.get(..2)).collect();
        assert_eq!(CODES.split(' ').collect::<BTreeSet<_>>(), standard);
    }
}
