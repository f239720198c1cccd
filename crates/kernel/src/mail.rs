//! Addresses of electronic mail as people type them (电子邮箱): one reader for forms and settings.
//! Whether anybody reads what is sent there is not known here.

use crate::text::folded;
use std::fmt;
use std::str::FromStr;

/// Most characters of an address (RFC 5321, 4.5.3.1.3, without its angle brackets).
const LONGEST: usize = 254;
/// Most characters before the `@` (RFC 5321, 4.5.3.1.1).
const LONGEST_NAME: usize = 64;

/// An address of electronic mail: ASCII, with a name and a domain of several parts. It holds
/// nothing that a line of a mail's head could end with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailAddress(String);

/// It is no address of electronic mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an address of electronic mail looks like name@example.cn")]
pub struct NoMailAddress;

impl FromStr for MailAddress {
    type Err = NoMailAddress;

    /// Full-width letters become plain ones, as phones type them between Chinese.
    fn from_str(raw: &str) -> Result<Self, NoMailAddress> {
        let text = folded(raw.trim());
        let (name, domain) = text.rsplit_once('@').ok_or(NoMailAddress)?;
        let of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
        let named = name.len() <= LONGEST_NAME
            && name.split('.').all(|part| !part.is_empty() && part.bytes().all(of_name));
        let label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let last = domain.rsplit('.').next().unwrap_or_default();
        let placed = domain.contains('.')
            && domain.split('.').all(label)
            && last.bytes().any(|byte| byte.is_ascii_alphabetic());
        if named && placed && text.len() <= LONGEST { Ok(Self(text)) } else { Err(NoMailAddress) }
    }
}

impl MailAddress {
    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn addresses_are_read_as_they_are_typed() {
        for (typed, read) in [
            ("lin@example.cn", "lin@example.cn"),
            (" lin.hua+jia@mail.example.com ", "lin.hua+jia@mail.example.com"),
            ("ｌｉｎ＠example．cn", "lin@example.cn"),
        ] {
            assert_eq!(typed.parse::<MailAddress>().unwrap().as_str(), read);
        }
    }

    #[test]
    fn what_could_end_a_line_or_name_a_machine_is_no_address() {
        for typed in [
            "",
            "lin",
            "@example.cn",
            "lin@",
            "lin@localhost",
            "lin@127.0.0.1",
            "lin@[::1]",
            "lin@example..cn",
            "lin@-example.cn",
            "a..b@example.cn",
            "lin hua@example.cn",
            "lin@example.cn\r\nBcc: all@example.cn",
            "lin@example.cn,all@example.cn",
            "<lin@example.cn>",
            "林@example.cn",
        ] {
            assert_eq!(typed.parse::<MailAddress>(), Err(NoMailAddress), "{typed:?}");
        }
        assert!(format!("{}@example.cn", "a".repeat(65)).parse::<MailAddress>().is_err());
    }
}
