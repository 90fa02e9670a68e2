//! Which names a preview answers to.
//!
//! A page elsewhere can have its own name point at this machine and then read what is served here ("DNS rebinding"). It
//! cannot make a browser send another name than its own, so the `Host` of each request is compared: this machine's
//! loopback names, and where the preview listens for others too, addresses written as numbers, which nobody can rebind.

use std::net::{IpAddr, SocketAddr};

/// The names at which a preview may be asked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hosts {
    listening: SocketAddr,
}

impl Hosts {
    pub(super) fn of(listening: SocketAddr) -> Self {
        Self { listening }
    }

    /// Whether a `Host` header is one of ours.
    pub(super) fn allow(self, host: &str) -> bool {
        let (name, port) = split(host);
        if port.is_some_and(|port| port.parse() != Ok(self.listening.port())) {
            return false;
        }
        if name.eq_ignore_ascii_case("localhost") {
            return true;
        }
        let Ok(address) = name.parse::<IpAddr>() else { return false };
        address.is_loopback() || !self.listening.ip().is_loopback()
    }
}

/// A host and its port: `localhost:8000`, `[::1]:8000`.
fn split(host: &str) -> (&str, Option<&str>) {
    if let Some((name, after)) = host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return (name, after.strip_prefix(':'));
    }
    host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(listening: &str, host: &str) -> bool {
        Hosts::of(listening.parse().unwrap()).allow(host)
    }

    #[test]
    fn on_loopback_only_loopback_names_are_answered() {
        for host in ["localhost:8000", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000", "localhost"] {
            assert!(allowed("127.0.0.1:8000", host), "{host}");
        }
        for host in [
            "evil.example:8000",
            "localhost:8001",
            "localhost.evil.example:8000",
            "192.168.1.5:8000",
            "",
            "127.0.0.1:x",
        ] {
            assert!(!allowed("127.0.0.1:8000", host), "{host}");
        }
    }

    #[test]
    fn for_others_addresses_in_numbers_are_answered_and_foreign_names_are_not() {
        assert!(allowed("0.0.0.0:8000", "192.168.1.5:8000"));
        assert!(allowed("[::]:8000", "[fe80::1]:8000"));
        assert!(!allowed("0.0.0.0:8000", "evil.example:8000"));
    }
}
