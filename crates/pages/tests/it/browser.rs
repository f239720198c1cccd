//! A browser without a network: sends requests to the router and keeps a session.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderName, Request, Response, StatusCode, header};
use http_body_util::BodyExt as _;
use std::io::Cursor;
use std::sync::Arc;
use tower::ServiceExt as _;
use yishi_courier::Courier;
use yishi_kernel::Actor;
use yishi_office::Office;
use yishi_office::people::SignedIn;
use yishi_office::people::reads::account;
use yishi_pages::FEATURES;
use yishi_store::blobs::digest_of;
use yishi_web::feature::Feature;
use yishi_web::{App, pages};

#[derive(Clone)]
pub struct Browser {
    router: Router,
    session: Option<String>,
    /// Further cookies, as a browser sends them.
    given: String,
}

pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    /// The content security policy.
    pub policy: String,
    /// Seconds to wait before the next try.
    pub retry_after: String,
    /// The number of the request.
    pub number: String,
    /// How the answer is compressed.
    pub encoding: String,
    /// The cookies that it sets.
    pub cookies: Vec<String>,
    /// Whether the browser must come over TLS from now on.
    pub transport: String,
    /// All headers, one a line.
    pub headers: String,
    pub body: String,
    /// The body as it came, where it is a file.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// The value of a cookie that it sets.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let set = self.cookies.iter().find_map(|cookie| cookie.strip_prefix(name)?.strip_prefix('='))?;
        Some(set.split(';').next().unwrap().to_owned())
    }
}

impl Browser {
    pub fn new(office: &Office) -> Self {
        Self::with(office, FEATURES)
    }

    /// A browser of a program with other features.
    pub fn with(office: &Office, features: &'static [&'static Feature]) -> Self {
        Self::of(App::new(office.clone(), "http://yishi.test", features))
    }

    /// A browser of a program that is reached under another address.
    pub fn at(office: &Office, public_url: &str) -> Self {
        Self::of(App::new(office.clone(), public_url, FEATURES))
    }

    /// A browser of a program that can tell people outside, and the program.
    pub fn telling(office: &Office, courier: Courier) -> (Self, Arc<App>) {
        let mut app = App::new(office.clone(), "http://yishi.test", FEATURES);
        app.courier = courier;
        let app = Arc::new(app);
        (Self { router: pages(Arc::clone(&app)), session: None, given: String::new() }, app)
    }

    fn of(app: App) -> Self {
        Self { router: pages(Arc::new(app)), session: None, given: String::new() }
    }

    pub async fn signed_in(&self, office: &Office, actor: &Actor) -> Self {
        let row = account(&office.db, actor.account.unwrap()).await.unwrap().unwrap();
        let who = SignedIn { account: row.id, ledger: row.ledger };
        Self { session: Some(office.start_session(&who).await.unwrap()), ..self.clone() }
    }

    /// The same program from a device that has its word, and whatever else it was given.
    pub fn at_device(&self, word: &str, given: &str) -> Self {
        Self { given: format!("device={word}; {given}"), ..self.clone() }
    }

    /// The same browser with the session that an answer gave it.
    pub fn keeping(&self, answer: &Answer) -> Self {
        Self { session: answer.cookie("session"), ..self.clone() }
    }

    /// The session's word.
    pub fn session(&self) -> Option<&str> {
        self.session.as_deref()
    }

    /// The token that forms of this session carry.
    pub fn token(&self) -> String {
        let session = self.session.as_deref();
        session.map_or_else(String::new, |word| digest_of(format!("form/{word}").as_bytes())[..32].to_owned())
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token();
        let pairs: Vec<String> = fields
            .iter()
            .copied()
            .chain([("token", token.as_str())])
            .map(|(name, value)| format!("{name}={}", yishi_web::encoded(value)))
            .collect();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(pairs.join("&"))).await
    }

    pub async fn post_parts(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token();
        let mut body = String::new();
        for (name, value) in fields.iter().copied().chain([("token", token.as_str())]) {
            body.push_str(&format!(
                "--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            ));
        }
        body.push_str("--part--\r\n");
        let request = Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=part");
        self.send(request, Body::from(body)).await
    }

    /// Sends a form as a browser does, with files at its end.
    pub async fn post_files(&self, path: &str, fields: &[(&str, &str)], files: &[Vec<u8>]) -> Answer {
        let token = self.token();
        let mut body = Vec::new();
        for (name, value) in [("token", token.as_str())].iter().chain(fields) {
            let part =
                format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.as_bytes());
        }
        for file in files {
            body.extend(
                b"--part\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"a.png\"\r\n\r\n",
            );
            body.extend(file);
            body.extend(b"\r\n");
        }
        body.extend(b"--part--\r\n");
        let request = Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=part");
        self.send(request, Body::from(body)).await
    }

    pub async fn send(&self, mut request: axum::http::request::Builder, body: Body) -> Answer {
        if let Some(session) = &self.session {
            request = request.header(header::COOKIE, format!("session={session}"));
        }
        if !self.given.is_empty() {
            request = request.header(header::COOKIE, &self.given);
        }
        let request = request.header(header::HOST, "yishi.test").body(body).unwrap();
        let response: Response<Body> = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let (status, headers) = (parts.status, parts.headers);
        let text = |name: HeaderName| {
            let value = headers.get(name);
            value.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
        };
        let set = headers.get_all(header::SET_COOKIE);
        let cookies = set.iter().map(|value| value.to_str().unwrap().to_owned()).collect();
        let transport = text(header::STRICT_TRANSPORT_SECURITY);
        let (location, retry_after) = (text(header::LOCATION), text(header::RETRY_AFTER));
        let policy = text(header::CONTENT_SECURITY_POLICY);
        let (number, encoding) = (text("x-request-id".parse().unwrap()), text(header::CONTENT_ENCODING));
        let lines = headers
            .iter()
            .map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())));
        let all: String = lines.collect();
        let bytes = body.collect().await.unwrap().to_bytes();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer {
            status,
            location,
            policy,
            retry_after,
            number,
            encoding,
            cookies,
            transport,
            headers: all,
            body,
            bytes: bytes.to_vec(),
        }
    }
}

/// A photo in one colour.
pub fn photo(colour: u8) -> Vec<u8> {
    let mut png = Vec::new();
    let photo = image::RgbImage::from_pixel(8, 8, image::Rgb([colour, 0, 0]));
    photo.write_to(&mut Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    png
}

/// The photos that a form has kept, as it names them.
pub fn kept(page: &str) -> Vec<String> {
    let values = page.split("name=\"photo\" value=\"").skip(1);
    values.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}
