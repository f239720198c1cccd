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

/// Whether the processor is a 64-bit ARM.
pub fn is_arm() -> bool {
    cfg!(target_arch = "aarch64")
}
