//! How long the finder of personal data takes over a text. Run it with `cargo xtask bench`.
#![allow(missing_docs)]

use std::time::Instant;
use yishi_kernel::personal::find;

const TIMES: u32 = 200;

fn main() {
    let sentence = "3号楼2单元603室的王阿姨反映，楼道灯坏了两天，电话159 2604 8173，座机0371-68604173。";
    let text: String = sentence.chars().cycle().take(1_000).collect();
    let began = Instant::now();
    let found: usize = (0..TIMES).map(|_| find(&text).len()).sum();
    let each = began.elapsed() / TIMES;
    println!(
        "finding personal data in 1,000 characters: {:.2} ms ({} found)",
        each.as_secs_f64() * 1e3,
        found / TIMES as usize
    );
}
