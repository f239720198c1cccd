//! What machine this is: who we are on it, which programs it has, and what a process of it took.
//! Nothing is changed here.

/// Whether a program is on the path.
pub fn installed(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(program).exists())
}

/// Whether this is the superuser, who may neither run PostgreSQL nor sandbox Chromium.
pub fn is_root() -> bool {
    std::fs::read_to_string("/proc/self/status")
        .is_ok_and(|status| status.lines().any(|line| line.starts_with("Uid:\t0\t")))
}

/// The most memory that a process had at once, in megabytes; nothing once it has ended.
pub fn peak(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1_000)
}

/// How long a process has had a processor; nothing once it has ended.
pub fn busy(process: u32) -> Option<std::time::Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The program's name may hold anything; behind its bracket stand the fields from the third on.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    // Linux tells it in hundredths of a second, on every machine.
    Some(std::time::Duration::from_millis(ticks * 10))
}

/// Whether the processor is a 64-bit ARM.
pub fn is_arm() -> bool {
    cfg!(target_arch = "aarch64")
}
