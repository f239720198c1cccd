//! Load on a server of this machine: requests start at a fixed rate whether or not earlier
//! ones were answered (open loop), and latency counts from the intended start, so that a
//! stall is not hidden. Any other machine is refused.

mod vote;

use crate::Stop;
use clap::Args;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

/// What to load, how much, how long.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// Address of a page on this machine, `http://127.0.0.1:8080/c/xinglin`. `{id}` stands
    /// for a number out of `--ids`. With `--raise` it is a poster's, `…/q/WORD/raise`.
    #[arg(long)]
    target: String,
    /// Requests started each second; 0 sends as fast as answers come back (closed loop).
    #[arg(long, default_value_t = 100)]
    rate: u64,
    /// Seconds.
    #[arg(long = "for", default_value_t = 10)]
    seconds: u64,
    /// Connections.
    #[arg(long, default_value_t = 64)]
    connections: usize,
    /// Numbers for `{id}`: first, count and step, `540:100000:2`.
    #[arg(long)]
    ids: Option<String>,
    /// Reads the page signed in as this account, `NAME:PASSWORD`.
    #[arg(long = "as", value_name = "ACCOUNT", conflicts_with_all = ["raise", "mix", "vote"])]
    account: Option<String>,
    /// Text that each page must hold, else it counts as an error.
    #[arg(long, default_value = "</html>")]
    expect: String,
    /// Sends the form of a matter instead of reading a page.
    #[arg(long)]
    raise: bool,
    /// A poster's form to which every hundredth request sends a matter instead.
    #[arg(long)]
    mix: Option<String>,
    /// Signs so many people in at a meeting, by the code of its room (`--target …/g/WORD`) and a
    /// slip each, spread over `--for`, and lets all of them vote on a motion.
    #[arg(long, conflicts_with_all = ["raise", "mix", "ids"])]
    vote: Option<u64>,
    /// Who opens that meeting, makes the slips, puts a motion and ends the vote, `NAME:PASSWORD`.
    #[arg(long, requires = "vote")]
    chair: Option<String>,
    /// Who says that the slips were handed out: another account, `NAME:PASSWORD`.
    #[arg(long, requires = "vote")]
    second: Option<String>,
}

/// A parsed address on this machine.
#[derive(Clone, Debug)]
struct Target {
    address: SocketAddr,
    path: String,
}

fn parse(url: &str) -> Result<Target, Stop> {
    let rest =
        url.strip_prefix("http://").ok_or_else(|| Stop::Usage("--target starts with http://".to_owned()))?;
    let (host, path) = rest.find('/').map_or((rest, "/"), |at| rest.split_at(at));
    let address: SocketAddr = host
        .replace("localhost", "127.0.0.1")
        .parse()
        .map_err(|_| Stop::Usage(format!("{host} is no address with a port, such as 127.0.0.1:8080")))?;
    if !address.ip().is_loopback() {
        return Err(Stop::Usage("load is sent to this machine only: 127.0.0.1".to_owned()));
    }
    Ok(Target { address, path: path.to_owned() })
}

/// What all connections share.
struct Shared {
    options: Options,
    target: Target,
    mix: Option<Target>,
    ids: Option<(u64, u64, u64)>,
    cookies: String,
    start: Instant,
    next: AtomicU64,
    errors: AtomicU64,
    first_error: Mutex<Option<String>>,
    run: u64,
}

/// Sends the load and prints throughput and latencies.
///
/// # Errors
/// When the target is not of this machine, or nothing answers there.
pub async fn run(options: Options) -> Result<(), Stop> {
    if let Some(people) = options.vote {
        return vote::run(options, people).await;
    }
    let target = parse(&options.target)?;
    let mix = options.mix.as_deref().map(parse).transpose()?;
    let ids = options.ids.as_deref().map(ids).transpose()?;
    TcpStream::connect(target.address)
        .await
        .map_err(|error| Stop::Usage(format!("nothing answers at {}: {error}", target.address)))?;
    let run = u64::from(std::process::id()) << 32
        | std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |d| d.subsec_nanos().into());
    let connections = options.connections;
    let cookies = match &options.account {
        Some(account) => vote::signed_in(&target, account).await.map_err(Stop::Usage)?,
        None => String::new(),
    };
    let shared = Arc::new(Shared {
        options,
        target,
        mix,
        ids,
        cookies,
        start: Instant::now() + Duration::from_millis(50),
        next: AtomicU64::new(0),
        errors: AtomicU64::new(0),
        first_error: Mutex::new(None),
        run,
    });
    let workers: Vec<_> = (0..connections).map(|_| tokio::spawn(work(Arc::clone(&shared)))).collect();
    let mut latencies = Vec::new();
    for worker in workers {
        latencies.extend(worker.await.map_err(|error| Stop::Usage(error.to_string()))?);
    }
    let elapsed = shared.start.elapsed().as_secs_f64();
    latencies.sort_unstable();
    let at = |share| percentile(&latencies, share);
    println!(
        "{} answers in {elapsed:.1} s = {:.0}/s, {} errors; ms from intended start: p50 {:.2}, p90 {:.2}, p99 {:.2}, p99.9 {:.2}, max {:.2}",
        latencies.len(),
        latencies.len() as f64 / elapsed,
        shared.errors.load(Ordering::Relaxed),
        at(0.5),
        at(0.9),
        at(0.99),
        at(0.999),
        at(1.0),
    );
    if let Some(error) = &*shared.first_error.lock().unwrap_or_else(PoisonError::into_inner) {
        println!("first error: {error}");
    }
    Ok(())
}

/// Milliseconds within which this share of sorted microseconds lies.
fn percentile(sorted: &[u64], share: f64) -> f64 {
    let index = ((sorted.len() as f64 * share) as usize).min(sorted.len().saturating_sub(1));
    sorted.get(index).map_or(0.0, |micros| *micros as f64 / 1_000.0)
}

fn ids(text: &str) -> Result<(u64, u64, u64), Stop> {
    let numbers: Vec<u64> = text.split(':').filter_map(|part| part.parse().ok()).collect();
    match numbers[..] {
        [first, count, step] if count > 0 => Ok((first, count, step)),
        _ => Err(Stop::Usage("--ids is FIRST:COUNT:STEP".to_owned())),
    }
}

async fn work(shared: Arc<Shared>) -> Vec<u64> {
    let mut latencies = Vec::new();
    let mut connection = None;
    let total = shared.options.rate * shared.options.seconds;
    let until = shared.start + Duration::from_secs(shared.options.seconds);
    loop {
        let n = shared.next.fetch_add(1, Ordering::Relaxed);
        let after = (n * 1_000_000_000).checked_div(shared.options.rate);
        let intended = after.map_or_else(Instant::now, |nanos| shared.start + Duration::from_nanos(nanos));
        if (shared.options.rate > 0 && n >= total) || (shared.options.rate == 0 && intended >= until) {
            return latencies;
        }
        tokio::time::sleep_until(intended.into()).await;
        match once(&shared, n, &mut connection).await {
            Ok(()) => latencies.push(u64::try_from(intended.elapsed().as_micros()).unwrap_or(u64::MAX)),
            Err(error) => {
                connection = None;
                shared.errors.fetch_add(1, Ordering::Relaxed);
                shared.first_error.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
            }
        }
    }
}

/// A number spread evenly, the same for the same input (splitmix64).
fn spread(n: u64) -> u64 {
    let mut z = n.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

async fn once(shared: &Shared, n: u64, connection: &mut Option<BufReader<TcpStream>>) -> Result<(), String> {
    let mixed = shared.mix.as_ref().filter(|_| n % 100 == 99);
    let raise = shared.options.raise || mixed.is_some();
    let target = mixed.unwrap_or(&shared.target);
    let request = if raise { raising(target, shared.run, n) } else { reading(shared, target, n) };
    let stream = match connection {
        Some(stream) => stream,
        None => {
            let stream = TcpStream::connect(target.address).await.map_err(|error| error.to_string())?;
            stream.set_nodelay(true).map_err(|error| error.to_string())?;
            connection.insert(BufReader::with_capacity(64 * 1024, stream))
        }
    };
    stream.get_mut().write_all(request.as_bytes()).await.map_err(|error| error.to_string())?;
    let Answer { status, body, .. } = answer(stream).await?;
    let right = if raise { status == 303 } else { status == 200 && body.contains(&shared.options.expect) };
    if right {
        Ok(())
    } else {
        Err(format!("status {status}: {}", body.chars().take(300).collect::<String>()))
    }
}

fn reading(shared: &Shared, target: &Target, n: u64) -> String {
    let path = match shared.ids {
        Some((first, count, step)) => {
            target.path.replace("{id}", &(first + spread(shared.run ^ n) % count * step).to_string())
        }
        None => target.path.clone(),
    };
    let cookie = match shared.cookies.as_str() {
        "" => String::new(),
        cookies => format!("Cookie: {cookies}\r\n"),
    };
    format!("GET {path} HTTP/1.1\r\nHost: {}\r\n{cookie}\r\n", target.address)
}

/// The form as a browser sends it, each with its own word.
fn raising(target: &Target, run: u64, n: u64) -> String {
    let made = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_millis());
    let word = format!("{made:012x}{:013x}{:013x}", spread(run) >> 12, spread(run ^ n ^ 0xabcd) >> 12);
    let part = |name: &str, value: &str| {
        format!("--yishi\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body = format!(
        "{}{}{}--yishi--\r\n",
        part("form", &word),
        part("token", ""),
        part("text", &format!("第 {n} 次压力测试：楼道灯不亮，晚上看不清台阶。")),
    );
    format!(
        "POST {} HTTP/1.1\r\nHost: {}\r\nContent-Type: multipart/form-data; boundary=yishi\r\nContent-Length: {}\r\n\r\n{body}",
        target.path,
        target.address,
        body.len()
    )
}

/// One answer, as far as anything here looks at it.
struct Answer {
    status: u16,
    location: Option<String>,
    /// `name=value` of the cookies it sets, as they are sent back.
    cookie: Option<String>,
    body: String,
}

/// Reads one answer by its length.
async fn answer(stream: &mut BufReader<TcpStream>) -> Result<Answer, String> {
    let mut line = String::new();
    let mut status = 0;
    let mut length = None;
    let (mut location, mut cookie) = (None, None);
    loop {
        line.clear();
        if stream.read_line(&mut line).await.map_err(|error| error.to_string())? == 0 {
            return Err("the connection was closed".to_owned());
        }
        let header = line.trim_end();
        if header.is_empty() {
            break;
        }
        if status == 0 {
            status = header.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or("no status line")?;
        } else if let Some((name, value)) = header.split_once(':') {
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse::<usize>().ok(),
                "location" => location = Some(value.trim().to_owned()),
                "set-cookie" => {
                    let one = value.trim().split(';').next().unwrap_or_default();
                    cookie =
                        Some(cookie.map_or_else(|| one.to_owned(), |all: String| format!("{all}; {one}")));
                }
                _ => {}
            }
        }
    }
    let length = length.ok_or("an answer without a length")?;
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.map_err(|error| error.to_string())?;
    Ok(Answer { status, location, cookie, body: String::from_utf8_lossy(&body).into_owned() })
}
