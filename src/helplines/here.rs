//! Which country a person is in.
//!
//! A time zone would tell too, but of a traveller it tells the wrong one, and some are several countries'.

use serde::Serialize;

use crate::config::Country;

/// What tells where a person is at home, the surest first: numbers, addresses and money are a country's, where a language
/// is many countries'. `LC_TIME` and `LC_MESSAGES` are left out: people take another country's for its dates or its words.
const VARIABLES: [&str; 5] = [
    "LC_ALL",
    "LC_TELEPHONE",
    "LC_ADDRESS",
    "LC_MONETARY",
    "LANG",
];

/// A country, and who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Here {
    /// Which.
    pub country: Country,
    /// Who says so.
    pub known_by: KnownBy,
}

/// Who says which country it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KnownBy {
    /// It was asked for.
    Asked,
    /// The person's settings.
    Settings,
    /// The locale.
    Locale,
}

impl Here {
    /// The settings' country, else that of the first variable of the locale that names one. `C` names none and is passed
    /// over: it says how programs are to speak, not where a person is.
    pub fn find(
        settings: Option<Country>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Option<Self> {
        let by = |known_by| move |country| Self { country, known_by };
        let by_locale = || {
            let mut values = VARIABLES.iter().filter_map(|name| variable(name));
            values.find_map(|locale| Country::of_locale(&locale))
        };
        settings
            .map(by(KnownBy::Settings))
            .or_else(|| by_locale().map(by(KnownBy::Locale)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(settings: Option<&str>, variables: &[(&str, &str)]) -> Option<(&'static str, KnownBy)> {
        let settings = settings.map(|code| Country::parse(code).unwrap());
        let value = |name: &str| {
            let pair = variables.iter().find(|(one, _)| *one == name);
            pair.map(|(_, value)| (*value).to_owned())
        };
        Here::find(settings, value).map(|here| (here.country.code(), here.known_by))
    }

    #[test]
    fn the_settings_come_first_and_then_the_surest_part_of_the_locale() {
        let locale = |country| Some((country, KnownBy::Locale));
        assert_eq!(find(None, &[]), None);
        assert_eq!(find(None, &[("LANG", "de_AT.UTF-8")]), locale("AT"));
        let english_in_austria = [("LANG", "en_US.UTF-8"), ("LC_MONETARY", "de_AT.UTF-8")];
        assert_eq!(find(None, &english_in_austria), locale("AT"));
        let numbers = [
            ("LC_MONETARY", "de_AT.UTF-8"),
            ("LC_TELEPHONE", "de_DE.UTF-8"),
        ];
        assert_eq!(find(None, &numbers), locale("DE"));
        let all = [("LC_TELEPHONE", "de_DE.UTF-8"), ("LC_ALL", "fr_CH.UTF-8")];
        assert_eq!(find(None, &all), locale("CH"));
        assert_eq!(
            find(Some("NZ"), &all),
            Some(("NZ", KnownBy::Settings)),
            "the settings win"
        );
    }

    #[test]
    fn what_names_no_country_is_passed_over() {
        let plain = [("LC_ALL", "C.UTF-8"), ("LANG", "de_AT.UTF-8")];
        assert_eq!(find(None, &plain), Some(("AT", KnownBy::Locale)));
        for nowhere in ["C", "POSIX", "en", "C.UTF-8", ""] {
            assert_eq!(find(None, &[("LANG", nowhere)]), None, "{nowhere:?}");
        }
        let others = [("LC_TIME", "en_DK.UTF-8"), ("LC_MESSAGES", "en_US.UTF-8")];
        assert_eq!(find(None, &others), None);
    }
}
