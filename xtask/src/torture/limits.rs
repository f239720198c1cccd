//! What the program must not need however many come: memory for pictures that are made to take
//! much, and time to answer while thousands of connections are idle.

use super::http::Request;
use super::load::word_of_form;
use super::program::{Program, Served};
use super::witness::mark;
use super::world::World;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

/// Pictures that come at once.
const PICTURES: usize = 20;
/// How much memory the program may take for them, in megabytes.
const MEGABYTES: u64 = 400;
/// Idle connections.
const IDLE: usize = 5_000;
/// How long it may take to say that it is well meanwhile.
const PROMPT: Duration = Duration::from_secs(1);
/// How long all pictures may take.
const PATIENCE: Duration = Duration::from_secs(300);

/// What both came to.
struct Limits {
    /// Most memory while pictures came, in megabytes.
    megabytes: u64,
    /// How long the pictures took.
    took: Duration,
    /// Idle connections that there were; fewer where the machine gives no more files.
    idle: usize,
    /// How long it took to answer meanwhile.
    answered: Duration,
}

/// Checks both on a tortured store; what does not hold.
pub fn torture(world: &mut World) -> Result<Vec<String>, String> {
    let served = world.serve()?;
    let limits = measure(&served, &world.ways.raise)?;
    served.stop()?;
    println!("\n{limits}");
    let mut wrong = Vec::new();
    if limits.megabytes >= MEGABYTES {
        wrong.push(format!("{PICTURES} pictures at once took {} MB", limits.megabytes));
    }
    if limits.answered > PROMPT {
        wrong.push(format!("with {} idle connections /healthz took {:?}", limits.idle, limits.answered));
    }
    Ok(wrong)
}

impl std::fmt::Display for Limits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(
            f,
            "{PICTURES} pictures made to take memory, at once: {} MB at most, {:.1} s",
            self.megabytes,
            self.took.as_secs_f64()
        )?;
        write!(
            f,
            "/healthz with {} idle connections: {:.1} ms",
            self.idle,
            self.answered.as_secs_f64() * 1_000.0
        )?;
        if self.idle < IDLE {
            write!(f, " (the machine gives no files for {IDLE})")?;
        }
        Ok(())
    }
}

/// Both, at a program on a neighbourhood of its own: rows of the bench.
pub fn rows(built: &Path) -> Result<String, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let world = World::make(Program(built.to_owned()), folder.path(), None, 0)?;
    let served = world.serve()?;
    let limits = measure(&served, &world.ways.raise)?;
    Ok(format!("{limits}\n"))
}

fn measure(served: &Served, raise: &str) -> Result<Limits, String> {
    served.well()?;
    let (megabytes, took) = send(served, raise)?;
    let (idle, answered) = idle(served)?;
    Ok(Limits { megabytes, took, idle, answered })
}

fn send(served: &Served, raise: &str) -> Result<(u64, Duration), String> {
    let pictures =
        [png(8_900, 8, 0), png(5_700, 8, 2), png(5_000, 8, 6), png(6_300, 16, 0), png(20_000, 1, 0)];
    served.forget_peak();
    let began = Instant::now();
    let sending: Vec<_> = (0..PICTURES)
        .map(|n| {
            let mark = mark(u64::MAX - n as u64);
            let (word, cookie) = word_of_form(&mark);
            let fields = [("form", word.as_str()), ("token", ""), ("text", "楼道里堆了东西，照片如下。")];
            let picture = &pictures[n % pictures.len()];
            let request = Request::parts(raise, &cookie, &fields, Some(picture));
            let at = served.at;
            std::thread::spawn(move || request.within(at, PATIENCE).map(|answer| answer.status))
        })
        .collect();
    for one in sending {
        match one.join().map_err(|_| "a browser fell over".to_owned())? {
            // Taken, refused at its field, or told to come back.
            Some(303 | 413 | 422 | 503) => {}
            status => return Err(format!("a picture was answered with {status:?}")),
        }
    }
    Ok((served.peak()?, began.elapsed()))
}

fn idle(served: &Served) -> Result<(usize, Duration), String> {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).map_err(|error| error.to_string())?;
    let mut held: Vec<_> = (0..IDLE).map_while(|_| TcpStream::connect(served.at).ok()).collect();
    if held.len() < IDLE {
        // The question itself takes a file.
        held.truncate(held.len().saturating_sub(8));
    }
    let idle = held.len();
    let began = Instant::now();
    let health = served.health();
    let answered = began.elapsed();
    drop(held);
    if health.is_none_or(|(status, _)| status != 200) {
        return Err(format!("with {idle} idle connections /healthz is not well after {answered:?}"));
    }
    Ok((idle, answered))
}

/// A picture of one colour: little to send, much to decode.
fn png(side: u32, depth: u8, colour: u8) -> Vec<u8> {
    let samples = [(0, 1), (2, 3), (6, 4)].into_iter().find(|(kind, _)| *kind == colour);
    let samples = samples.map_or(1, |(_, samples)| samples);
    let line = u64::from(side) * samples * u64::from(depth) / 8 + 1;
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let sides = [side.to_be_bytes(), side.to_be_bytes()].concat();
    part(&mut file, b"IHDR", &[sides.as_slice(), &[depth, colour, 0, 0, 0]].concat());
    part(&mut file, b"IDAT", &noughts(line * u64::from(side)));
    part(&mut file, b"IEND", &[]);
    file
}

fn part(file: &mut Vec<u8>, name: &[u8; 4], bytes: &[u8]) {
    file.extend(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
    let from = file.len();
    file.extend(name);
    file.extend(bytes);
    let sum = file[from..].iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| sum >> 1 ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 })
    });
    file.extend((!sum).to_be_bytes());
}

/// So many noughts as zlib packs them: one, then again and again the 258 before.
fn noughts(count: u64) -> Vec<u8> {
    let mut bits = Bits { bytes: vec![0x78, 0x01], held: 0, count: 0 };
    // The last block, with the codes that everybody knows.
    bits.put(0b1, 1);
    bits.put(0b01, 2);
    let (copies, more) = ((count - 1) / 258, (count - 1) % 258);
    for _ in 0..=more {
        bits.code(0b0011_0000, 8);
    }
    for _ in 0..copies {
        bits.code(0b1100_0101, 8);
        bits.code(0, 5);
    }
    bits.code(0, 7);
    bits.end();
    let sum = (count % 65_521) as u32;
    bits.bytes.extend((sum << 16 | 1).to_be_bytes());
    bits.bytes
}

/// Bits as deflate strings them together, the lowest first.
struct Bits {
    bytes: Vec<u8>,
    held: u32,
    count: u32,
}

impl Bits {
    fn put(&mut self, bits: u32, count: u32) {
        self.held |= bits << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push(self.held as u8);
            self.held >>= 8;
            self.count -= 8;
        }
    }

    /// A code, whose highest bit comes first.
    fn code(&mut self, code: u32, count: u32) {
        self.put(code.reverse_bits() >> (32 - count), count);
    }

    fn end(&mut self) {
        if self.count > 0 {
            self.put(0, 8 - self.count);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noughts_are_packed_as_zlib_packs_them() {
        // What Python's zlib.decompress takes for 259 + 2 noughts.
        let packed = noughts(261);
        assert_eq!(packed, [0x78, 0x01, 0x63, 0x60, 0x60, 0x18, 0x05, 0x00, 0x01, 0x05, 0x00, 0x01]);
    }

    #[test]
    fn a_picture_has_its_parts_and_their_sums() {
        let picture = png(16, 8, 0);
        // The sum of an empty last part is the same in every PNG.
        assert!(picture.ends_with(b"\0\0\0\0IEND\xae\x42\x60\x82"));
        assert!(picture.starts_with(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x10"));
    }
}
