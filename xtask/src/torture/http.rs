//! A browser as far as this needs one: requests on connections of their own, answers read whole.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How long an answer may take before it counts as none.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is sent: all but where to.
#[derive(Clone, Debug)]
pub struct Request {
    /// Path and query.
    pub path: String,
    /// Cookies, as they are sent.
    pub cookie: String,
    /// Nothing for a page that is only looked at.
    pub form: Option<Body>,
}

/// A form as it is sent.
#[derive(Clone, Debug)]
pub struct Body {
    /// How it is written.
    pub kind: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Where it leads on.
    pub location: String,
    /// Cookies that it sets, as they are sent back.
    pub cookies: Vec<String>,
    /// The page.
    pub body: String,
}

impl Request {
    /// A page.
    pub fn get(path: &str, cookie: &str) -> Self {
        Self { path: path.to_owned(), cookie: cookie.to_owned(), form: None }
    }

    /// A form of plain fields.
    pub fn post(path: &str, cookie: &str, fields: &[(&str, &str)]) -> Self {
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let form = Body { kind: "application/x-www-form-urlencoded", bytes: pairs.join("&").into_bytes() };
        Self { path: path.to_owned(), cookie: cookie.to_owned(), form: Some(form) }
    }

    /// A form in parts, as one that takes photos is sent.
    pub fn parts(path: &str, cookie: &str, fields: &[(&str, &str)], photo: Option<&[u8]>) -> Self {
        let mut bytes = Vec::new();
        for (name, value) in fields {
            let part =
                format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            bytes.extend(part.into_bytes());
        }
        if let Some(photo) = photo {
            bytes.extend(
                b"--part\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"photo\"\r\n\
                  Content-Type: image/png\r\n\r\n",
            );
            bytes.extend(photo);
            bytes.extend(b"\r\n");
        }
        bytes.extend(b"--part--\r\n");
        let form = Body { kind: "multipart/form-data; boundary=part", bytes };
        Self { path: path.to_owned(), cookie: cookie.to_owned(), form: Some(form) }
    }

    /// Sends it and reads the answer; nothing where none came.
    pub fn send(&self, to: SocketAddr) -> Option<Answer> {
        self.within(to, PATIENCE)
    }

    /// The same with less patience, or more.
    pub fn within(&self, to: SocketAddr, patience: Duration) -> Option<Answer> {
        let mut stream = TcpStream::connect_timeout(&to, patience).ok()?;
        stream.set_read_timeout(Some(patience)).ok()?;
        stream.set_write_timeout(Some(patience)).ok()?;
        let method = if self.form.is_some() { "POST" } else { "GET" };
        let mut head = format!(
            "{method} {} HTTP/1.1\r\nHost: {to}\r\nConnection: close\r\nCookie: lang=en; {}\r\n",
            self.path, self.cookie
        );
        if let Some(form) = &self.form {
            head.push_str(&format!(
                "Content-Type: {}\r\nContent-Length: {}\r\n",
                form.kind,
                form.bytes.len()
            ));
        }
        stream.write_all(format!("{head}\r\n").as_bytes()).ok()?;
        if let Some(form) = &self.form {
            stream.write_all(&form.bytes).ok()?;
        }
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        read(&String::from_utf8_lossy(&answer))
    }
}

/// An answer that came whole.
fn read(answer: &str) -> Option<Answer> {
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let all = |name: &str| -> Vec<String> {
        let lines = head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(one, _)| one.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned()).collect()
    };
    let length = all("content-length").first().and_then(|length| length.parse::<usize>().ok());
    if length.is_some_and(|length| body.len() < length) {
        return None;
    }
    let cookies = all("set-cookie");
    let cookies = cookies.iter().filter_map(|cookie| cookie.split(';').next()).map(str::to_owned).collect();
    Some(Answer {
        status,
        location: all("location").into_iter().next().unwrap_or_default(),
        cookies,
        body: body.to_owned(),
    })
}

/// A value as it stands in a form.
fn encoded(value: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    value
        .as_bytes()
        .iter()
        .map(|byte| if plain(byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// The value of a field that a page holds.
pub fn value<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let named = format!("name=\"{name}\"");
    let tag = page.split('<').find(|tag| tag.contains(&named))?;
    let (_, rest) = tag.split_once("value=\"")?;
    rest.split('"').next()
}

/// What follows a text in a page, up to a quote or a blank; each once, in its order.
pub fn links(page: &str, before: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for rest in page.split(before).skip(1) {
        let link: String = rest.chars().take_while(|letter| !"\"'?# \n<".contains(*letter)).collect();
        if !found.contains(&link) {
            found.push(link);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_answer_is_read_whole_or_not_at_all() {
        let head = "HTTP/1.1 303 See Other\r\nLocation: /r/x?new\r\nset-cookie: a=b; Path=/\r\n";
        let answer = read(&format!("{head}content-length: 2\r\n\r\nok")).unwrap();
        assert_eq!((answer.status, answer.location.as_str(), answer.body.as_str()), (303, "/r/x?new", "ok"));
        assert_eq!(answer.cookies, ["a=b"]);
        assert!(read(&format!("{head}content-length: 3\r\n\r\nok")).is_none());
        assert!(read(head).is_none());
    }

    #[test]
    fn pages_are_read_for_fields_and_links() {
        let page =
            "<a href=\"/o/1\">x</a><a href=\"/o/2\"><a href=\"/o/1\"><input name=\"token\" value=\"abc\">";
        assert_eq!((value(page, "token"), value(page, "who")), (Some("abc"), None));
        assert_eq!(links(page, "/o/"), ["1", "2"]);
        assert_eq!(encoded("灯 a&b"), "%E7%81%AF%20a%26b");
    }
}
