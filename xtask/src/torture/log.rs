//! Faults in the files of an SQLite store. What was never synced may be torn; what was must be
//! there, or its damage is told. Damage is done to a copy, since nothing mends it.

use super::check;
use super::program::{Ended, Place, last};
use super::witness::Deed;
use super::world::{Struck, World};
use std::path::{Path, PathBuf};

/// The write-ahead log's frames up to the last one that was committed, as SQLite describes them.
struct Log {
    path: PathBuf,
    bytes: Vec<u8>,
    /// Where the last committed frame ends.
    end: usize,
    /// The length of a frame.
    frame: usize,
}

const HEAD: usize = 32;
const FRAME_HEAD: usize = 24;

impl Log {
    fn read(folder: &Path) -> Result<Self, String> {
        let path = folder.join("yishi.db-wal");
        let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let page = number(&bytes, 8).filter(|_| bytes.len() > HEAD).ok_or("the log is empty")? as usize;
        let frame = FRAME_HEAD + page;
        let (mut end, mut sum) = (HEAD, summed(&bytes, &bytes[..24], (0, 0)));
        for (n, one) in bytes[HEAD..].chunks_exact(frame).enumerate() {
            sum = summed(&bytes, &one[..8], sum);
            sum = summed(&bytes, &one[FRAME_HEAD..], sum);
            if one[8..16] != bytes[16..24] || Some((sum.0, sum.1)) != pair(one, 16) {
                break;
            }
            if number(one, 4) != Some(0) {
                end = HEAD + (n + 1) * frame;
            }
        }
        Ok(Self { path, bytes, end, frame })
    }

    fn write(&self, bytes: &[u8]) -> Result<(), String> {
        std::fs::write(&self.path, bytes).map_err(|error| format!("{}: {error}", self.path.display()))
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes)
}

fn pair(bytes: &[u8], at: usize) -> Option<(u32, u32)> {
    Some((number(bytes, at)?, number(bytes, at + 4)?))
}

/// SQLite's checksum, whose words go by the order that the log's first bytes name.
fn summed(log: &[u8], bytes: &[u8], (mut a, mut b): (u32, u32)) -> (u32, u32) {
    let big = number(log, 0).is_some_and(|magic| magic & 1 == 1);
    let word = |bytes: &[u8]| {
        let word: [u8; 4] = bytes.try_into().unwrap_or_default();
        if big { u32::from_be_bytes(word) } else { u32::from_le_bytes(word) }
    };
    for two in bytes.chunks_exact(8) {
        a = a.wrapping_add(word(&two[..4])).wrapping_add(b);
        b = b.wrapping_add(word(&two[4..])).wrapping_add(a);
    }
    (a, b)
}

/// The log is torn after the last frame that was synced: nothing is lost.
pub fn torn_end(world: &mut World) -> Result<Struck, String> {
    let struck = world.killed()?;
    let log = Log::read(&world.place.data)?;
    let mut bytes = log.bytes[..log.end].to_vec();
    let more = usize::try_from(world.chance.between(1, 3 * log.frame as u64)).unwrap_or(1);
    match world.chance.below(3) {
        // Cut off.
        0 => {}
        // Something else.
        1 => bytes.extend((0..more).map(|_| world.chance.next() as u8)),
        // Half of a frame that another one begins like.
        _ => bytes.extend_from_slice(&log.bytes[HEAD..log.end][..more.min(log.end - HEAD)]),
    }
    log.write(&bytes)?;
    Ok(struck)
}

/// The log is cut before the last frame that was synced.
pub fn cut_log(world: &mut World) -> Result<Struck, String> {
    let struck = world.killed()?;
    let place = world.copy("damaged")?;
    let log = Log::read(&place.data)?;
    let end = usize::try_from(world.chance.below(log.end as u64)).unwrap_or(0);
    log.write(&log.bytes[..end])?;
    told(world, &place, struck, &format!("a log cut at {end} of {}", log.end))
}

/// A byte of the log is another one.
pub fn flipped_log(world: &mut World) -> Result<Struck, String> {
    let struck = world.killed()?;
    let place = world.copy("damaged")?;
    let log = Log::read(&place.data)?;
    let at = usize::try_from(world.chance.below(log.end as u64)).unwrap_or(0);
    let mut bytes = log.bytes.clone();
    bytes[at] ^= 1 << world.chance.below(8);
    // The order of words and the version are read before anything else; SQLite refuses others.
    log.write(&bytes)?;
    told(world, &place, struck, &format!("byte {at} of a log of {}", log.end))
}

/// A byte of the database is another one: in something acknowledged, or anywhere.
pub fn flipped_file(world: &mut World) -> Result<Struck, String> {
    let served = world.serve()?;
    let load = world.load_for_a_while(&[served.at]);
    let struck = Struck::outlived(served, load)?;
    let place = world.copy("damaged")?;
    let path = place.data.join("yishi.db");
    let mut bytes = std::fs::read(&path).map_err(|error| error.to_string())?;
    let anywhere = usize::try_from(world.chance.below(bytes.len() as u64)).unwrap_or(0);
    let mut places = vec![anywhere];
    if let Some(mark) = acknowledged(world, 1).first().filter(|_| world.chance.below(2) == 0) {
        // SQLite leaves copies where it moved a page's rows about; one of these is the text.
        places = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(mark.as_bytes())).collect();
    }
    let bit = 1 << world.chance.below(7);
    places.iter().for_each(|at| bytes[*at] ^= bit);
    std::fs::write(&path, &bytes).map_err(|error| error.to_string())?;
    told(world, &place, struck, &format!("bytes {places:?} of a database of {}", bytes.len()))
}

/// Marks of the last things that were raised and acknowledged.
fn acknowledged(world: &World, count: usize) -> Vec<String> {
    let all = world.witness.all().into_iter().rev();
    let raised = all.filter(|sent| sent.deed == Deed::Raise && sent.told.is_some());
    raised.map(|sent| sent.mark).take(count).collect()
}

/// Damage must be told, by starting or by verifying; or it touched nothing that was acknowledged.
fn told(world: &mut World, place: &Place, mut struck: Struck, what: &str) -> Result<Struck, String> {
    // Verifying a copy of the copy: opening it may bring the log in.
    if let Some(ended) = refused(world, place)? {
        struck.said = last(&ended.said);
        struck.code = ended.code();
        return Ok(struck.demand_end("1"));
    }
    let sent = world.witness.all();
    let untouched = check::in_ledger(&world.program, place, &sent, &world.folder)
        .is_ok_and(|found| found == check::Found::default());
    let audited = world.program.run(&["audit"], place)?.1.status.success();
    struck.said = "nothing was touched that is acknowledged".to_owned();
    struck.code = "0".to_owned();
    Ok(struck.but((!(untouched && audited)).then(|| format!("{what} was not told"))))
}

/// How the program refused a store, by starting or by verifying, if it did.
fn refused(world: &World, place: &Place) -> Result<Option<Ended>, String> {
    match world.program.serve_in(place, "", &[]) {
        Err((_, Some(ended))) => return Ok(Some(ended)),
        Err((why, None)) => return Err(why),
        Ok(served) => drop(served.stop()?),
    }
    let (_, ended) = world.program.run(&["ledger", "verify"], place)?;
    Ok((!ended.status.success()).then_some(ended))
}

/// The scales themselves: one acknowledged text is taken away, another stands in its place. What
/// does not come out as one lost and one twice cannot be trusted to see anything.
pub fn scales(world: &mut World) -> Result<Struck, String> {
    let served = world.serve()?;
    let load = world.load_for_a_while(&[served.at]);
    let struck = Struck::outlived(served, load)?;
    let [one, other] = <[String; 2]>::try_from(acknowledged(world, 2))
        .map_err(|_| "too little was acknowledged".to_owned())?;
    let sent = world.witness.all();
    let found = match &world.server {
        None => {
            let place = world.copy("damaged")?;
            let path = place.data.join("yishi.db");
            let mut bytes = std::fs::read(&path).map_err(|error| error.to_string())?;
            for at in 0..bytes.len() - one.len() {
                if bytes[at..].starts_with(one.as_bytes()) {
                    bytes[at..at + one.len()].copy_from_slice(other.as_bytes());
                }
            }
            std::fs::write(&path, &bytes).map_err(|error| error.to_string())?;
            check::in_ledger(&world.program, &place, &sent, &world.folder)?
        }
        Some((server, _)) => {
            let swap = |from: &str, to: &str, of: &str| {
                let set = format!("update private set value = replace(value, '{from}', '{to}')");
                server.tell("postgres", &format!("{set} where {of}"))
            };
            let stream = format!("(select stream from private where value like '%{one}%')");
            let all = format!("stream in {stream}");
            server.tell("postgres", &format!("create table weighed as select * from private where {all}"))?;
            swap(&one, &other, &all)?;
            let found = check::in_ledger(&world.program, &world.place, &sent, &world.folder);
            server.tell(
                "postgres",
                "update private p set value = w.value from weighed w where p.ledger = w.ledger
                   and p.stream = w.stream and p.version = w.version and p.field = w.field;
                 drop table weighed",
            )?;
            found?
        }
    };
    let right = found.lost == [format!("Raise {one}")] && found.twice == [format!("Raise {other}")];
    let blind =
        (!right).then(|| format!("one text stands in another's place, and the check finds {found:?}"));
    Ok(struck.but(blind))
}
