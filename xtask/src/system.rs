//! What machine this is: who we are on it and which programs it has. Nothing is changed here.

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

/// Whether the processor is a 64-bit ARM.
pub fn is_arm() -> bool {
    cfg!(target_arch = "aarch64")
}
