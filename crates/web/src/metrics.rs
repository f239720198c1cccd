//! Counters for `/metrics`, in Prometheus' text form. What they mean is up to whoever watches.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use yishi_store::sealer::Lag;

/// Upper bounds of the duration buckets, in milliseconds.
const BOUNDS: [u64; 8] = [1, 2, 5, 10, 20, 50, 100, 1_000];

/// Counters of one process.
#[derive(Debug, Default)]
pub struct Metrics {
    by_class: [AtomicU64; 6],
    buckets: [AtomicU64; 9],
    micros: AtomicU64,
}

impl Metrics {
    /// Counts an answer.
    pub fn count(&self, status: u16, micros: u64) {
        let class = usize::from(status / 100).min(5);
        self.by_class[class].fetch_add(1, Ordering::Relaxed);
        let bucket = BOUNDS.iter().position(|bound| micros <= bound * 1_000).unwrap_or(BOUNDS.len());
        self.buckets[bucket].fetch_add(1, Ordering::Relaxed);
        self.micros.fetch_add(micros, Ordering::Relaxed);
    }

    /// The text that Prometheus reads.
    #[must_use]
    pub fn text(&self, engine: &str, lag: Lag) -> String {
        let mut out = String::from("# TYPE yishi_answers_total counter\n");
        for (class, count) in self.by_class.iter().enumerate().skip(1) {
            let _ =
                writeln!(out, "yishi_answers_total{{class=\"{class}xx\"}} {}", count.load(Ordering::Relaxed));
        }
        out.push_str("# TYPE yishi_answer_seconds histogram\n");
        let mut sum = 0;
        for (bucket, count) in self.buckets.iter().enumerate() {
            sum += count.load(Ordering::Relaxed);
            let bound =
                BOUNDS.get(bucket).map_or("+Inf".to_owned(), |ms| format!("{}", *ms as f64 / 1_000.0));
            let _ = writeln!(out, "yishi_answer_seconds_bucket{{le=\"{bound}\"}} {sum}");
        }
        let seconds = self.micros.load(Ordering::Relaxed) as f64 / 1e6;
        let _ = writeln!(out, "yishi_answer_seconds_sum {seconds}\nyishi_answer_seconds_count {sum}");
        for (name, value) in [
            ("unsealed_ledgers", lag.ledgers),
            ("unsealed_entries", lag.entries),
            ("unsealed_seconds", lag.seconds),
        ] {
            let _ = writeln!(out, "# TYPE yishi_{name} gauge\nyishi_{name} {value}");
        }
        let _ = writeln!(out, "# TYPE yishi_store info\nyishi_store_info{{engine=\"{engine}\"}} 1");
        out
    }
}
