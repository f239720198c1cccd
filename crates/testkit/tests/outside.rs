//! What the pure crates hold for any bytes from outside: dates, numbers, telephones, texts,
//! ids, the ledger's own formats, rule packs, and files to count. Readers that are no crate's face are tried
//! where they stand: photos in `web`, tables in `yishi`, forms in `pages`.
#![allow(clippy::unwrap_used)]

use std::str::FromStr;
use yishi_domain::features::RULES;
use yishi_kernel::rules::{digest_of, shipped};
use yishi_kernel::{Moment, Pack, PlaceId, number, personal, phone, search, text, when};
use yishi_ledger::checkpoint::Checkpoint;
use yishi_ledger::note::{SigningKey, VerifierKey};
use yishi_ledger::proof::Proof;
use yishi_ledger::tree::{inclusion_proof, leaf_hash, root_of};
use yishi_ledger::{Digest, Envelope, canonical, entry_digest};
use yishi_office::FormKey;
use yishi_tally::budget::{self, Election};
use yishi_tally::owners::{self, Poll, Rules};
use yishi_tally::ranked::{self, Profile};
use yishi_testkit::outside::{files, lines, outside};

const CASES: u32 = 2_000;

/// A reader of text gets what is no text with its marks of replacement.
fn texts(samples: Vec<Vec<u8>>, read: impl Fn(&str)) {
    outside(samples, CASES, |bytes| read(&String::from_utf8_lossy(bytes)));
}

#[test]
fn a_date_is_answered_and_within_its_bounds() {
    let (first, last) = (Moment(946_656_000_000_000), Moment(7_258_089_600_000_000));
    // 12 July 2026, noon in China.
    let now = Moment(1_783_828_800_000_000);
    texts(lines("testkit/corpus/dates.txt"), |raw| {
        let _ = when::clock(raw);
        for read in [when::read(raw), when::read_cell(raw)].into_iter().flatten() {
            if let Ok(at) = read.due() {
                assert!(at >= first && at < last);
                assert!(when::read(&at.minute()).unwrap().due().unwrap() <= at);
            }
            assert!(read.happened(now).is_err() || read.happened(now).unwrap() <= now.plus_seconds(3_600));
        }
    });
}

#[test]
fn a_number_is_answered_and_within_its_bounds() {
    const MOST: u64 = 999_999_999_999_999;
    texts(lines("testkit/corpus/numbers.txt"), |raw| {
        assert!(number::count(raw).is_err() || number::count(raw).unwrap() <= MOST);
        assert!(number::fen(raw).ok().flatten().unwrap_or_default() <= MOST);
        assert!(number::item(raw).is_err() || u64::try_from(number::item(raw).unwrap()).unwrap() <= MOST);
    });
}

#[test]
fn a_telephone_that_was_read_reads_the_same() {
    texts(lines("testkit/corpus/phones.txt"), |raw| {
        if let Ok(once) = phone::contact(raw) {
            assert_eq!(phone::contact(&once), Ok(once));
        }
    });
}

#[test]
fn a_text_is_cleaned_once_for_all_and_masked_without_a_rest() {
    texts(lines("testkit/corpus/texts.txt"), |raw| {
        if let Ok(clean) = text::clean(raw, 400) {
            assert!(clean.chars().count() <= 400);
            assert_eq!(text::clean(&clean, 400).as_ref(), Ok(&clean));
            assert_eq!(
                text::clean_public(&clean, 400, &personal::Looked::default()).is_ok(),
                personal::find(&clean).is_empty()
            );
        }
        for found in personal::find(raw) {
            assert!(raw.is_char_boundary(found.span.start) && raw.is_char_boundary(found.span.end));
        }
        assert!(personal::find(&text::mask(raw)).is_empty());
        assert!(text::excerpt(raw, 20).chars().count() <= 20);
        let folded = text::folded(raw);
        assert_eq!(text::folded(&folded), folded);
        for word in search::Asked::read(raw).words {
            let _ = (search::needed(&word), yishi_domain::places::spoken(&word));
        }
        let _ = search::terms(raw);
    });
}

#[test]
fn a_word_of_a_form_or_an_id_is_what_we_wrote_or_nothing() {
    texts(lines("testkit/corpus/words.txt"), |raw| {
        if FormKey::of(raw).is_some() {
            assert!(raw.len() == 38);
        }
        let _ = PlaceId::from_str(raw);
    });
}

fn key() -> SigningKey {
    SigningKey::new("yishi.local/xinglin", [3; 32]).unwrap()
}

/// A proof of the seventh of eleven entries, and that entry.
fn proof() -> (Proof, Digest) {
    let entries: Vec<Digest> = (0..11_u8).map(|n| Digest::of(&[&[n]])).collect();
    let leaves: Vec<Digest> = entries.iter().map(leaf_hash).collect();
    let checkpoint =
        Checkpoint { origin: key().name().to_owned(), size: 11, root: root_of(&leaves), after: None };
    let path = inclusion_proof(&leaves, 6).unwrap();
    (Proof { index: 6, path, checkpoint: checkpoint.sign(&key()) }, entries[6])
}

#[test]
fn nothing_but_what_a_key_signed_opens_as_a_checkpoint_or_proves_an_entry() {
    let (proof, entry) = proof();
    let verifier = key().verifier();
    let signed = Checkpoint::open(&proof.checkpoint, &verifier).unwrap();
    let samples = [proof.checkpoint.clone(), proof.to_text(), verifier.to_string(), key().to_secret_text()];
    texts(samples.map(String::into_bytes).to_vec(), |raw| {
        if let Ok(checkpoint) = Checkpoint::open(raw, &verifier) {
            assert_eq!(checkpoint, signed);
        }
        if let Ok(read) = Proof::parse(raw) {
            assert_eq!(Proof::parse(&read.to_text()).as_ref(), Ok(&read));
            if let Ok(checkpoint) = read.verify(&entry, &verifier) {
                assert_eq!((checkpoint, read.index, &read.path), (signed.clone(), proof.index, &proof.path));
            }
        }
        if let Ok(key) = VerifierKey::from_str(raw) {
            assert_eq!(VerifierKey::from_str(&key.to_string()).unwrap(), key);
        }
        if let Ok(key) = SigningKey::from_secret_text(raw) {
            assert_eq!(key.to_secret_text(), raw.trim());
        }
    });
}

#[test]
fn an_envelope_has_one_spelling() {
    let samples = vec![
        include_bytes!("../../ledger/tests/golden/envelope.json").to_vec(),
        br#"{"a":{"b":[1,-5,"\n\u0001"]},"c":"9007199254740991"}"#.to_vec(),
    ];
    texts(samples, |raw| {
        let _ = entry_digest(raw);
        if let Ok(value) = canonical::parse(raw) {
            assert_eq!(canonical::to_string(&value).unwrap(), raw);
        }
        if let Ok(envelope) = Envelope::parse(raw) {
            assert_eq!(envelope.to_canonical().unwrap(), raw);
            assert_eq!(Envelope::read(raw).unwrap(), envelope);
        }
    });
}

/// Where something is wrong lies within the text.
fn lies_within(text: &str, line: usize, column: usize) {
    assert!(line >= 1 && column >= 1 && line <= text.len() + 1, "{line}:{column}");
}

#[test]
fn a_budget_that_reads_is_written_as_it_was_and_counted() {
    texts(files("tally/tests/fixtures/pb"), |raw| match Election::parse(raw) {
        Ok(election) => {
            assert_eq!(Election::parse(&election.write()).as_ref(), Ok(&election));
            let rules = budget::Rule::ALL.into_iter();
            for rule in rules.filter(|rule| *rule != budget::Rule::EqualSharesAddOne) {
                for utility in budget::Utility::ALL {
                    let _ = budget::count(&election, rule, utility);
                }
            }
        }
        Err(malformed) => {
            lies_within(raw, malformed.line, malformed.column);
            assert!(malformed.found.len() < 400);
        }
    });
}

#[test]
fn ranked_ballots_that_read_are_counted() {
    texts(files("tally/tests/fixtures/ranked"), |raw| match Profile::parse(raw) {
        Ok(profile) if profile.candidates() <= 30 => {
            for rule in ranked::Rule::ALL {
                let _ = ranked::count(&profile, rule, None);
            }
        }
        Ok(_) => {}
        Err(malformed) => lies_within(raw, malformed.line, malformed.column),
    });
}

#[test]
fn an_owners_poll_that_reads_is_json_and_is_counted_and_explained() {
    let today = "2026-05-01".parse().unwrap();
    texts(files("tally/tests/fixtures/owners"), |raw| match Poll::parse(raw) {
        Ok(poll) => {
            let plain = raw.trim_start_matches('\u{feff}');
            assert!(serde_json::from_str::<serde_json::Value>(plain).is_ok());
            if let Ok(outcome) = owners::count(&poll, &Rules::default(), today) {
                assert!(!owners::explain(&outcome).is_empty());
                assert!(!serde_json::to_string(&outcome).unwrap().is_empty());
            }
        }
        Err(error) => {
            let lines: Vec<&str> = raw.trim_start_matches('\u{feff}').split('\n').collect();
            assert!(error.line >= 1 && error.line <= lines.len(), "{error}");
            let width = lines[error.line - 1].chars().count();
            assert!(error.column >= 1 && error.column <= width + 1, "{error}");
        }
    });
}

#[test]
fn a_rule_pack_is_known_by_its_text_or_refused() {
    let whole = shipped(RULES);
    let parts = whole.split("\n[").map(|part| format!("[{part}").into_bytes());
    let samples = std::iter::once(whole.clone().into_bytes()).chain(parts).collect();
    texts(samples, |raw| match Pack::read(raw, RULES) {
        Ok(pack) => assert_eq!(pack.digest(), digest_of(raw)),
        Err(error) => assert!(!error.to_string().is_empty()),
    });
}
