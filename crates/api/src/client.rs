//! From where a request comes: the address of the browser, also behind proxies that we trust.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use ipnet::IpNet;

use crate::ApiState;

/// Each proxy adds the address that it was called from to the end of this header.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The proxies whose word on the address of their caller is believed. Anybody else could write anything.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(Vec<IpNet>);

/// What the server knows of whoever calls: shown in the list of sessions, counted when somebody guesses passwords.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientInfo {
    pub agent: String,
    /// Empty where it is not known.
    pub address: String,
}

impl TrustedProxies {
    /// Reads addresses and networks: `10.0.0.1`, `10.0.0.0/8`, `fd00::/8`.
    ///
    /// # Errors
    /// The first text that is neither.
    pub fn parse(texts: &[String]) -> Result<Self, String> {
        let read = |text: &String| {
            let address = text.parse::<IpAddr>().map(IpNet::from);
            address.or_else(|_| text.parse::<IpNet>()).map_err(|_| text.clone())
        };
        texts.iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// Who called the outermost trusted proxy; `peer` itself where it is not trusted.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let lines = headers.get_all(FORWARDED_FOR).iter().filter_map(|line| line.to_str().ok());
        let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
        let mut client = peer.to_canonical();
        for hop in hops.iter().rev() {
            if !self.contains(client) {
                break;
            }
            let Some(address) = read_hop(hop) else { break };
            client = address;
        }
        client
    }
}

/// An address as proxies write it: bare, or with a port.
fn read_hop(hop: &str) -> Option<IpAddr> {
    let with_port = || hop.parse::<SocketAddr>().map(|address| address.ip());
    hop.parse().or_else(|_| with_port()).ok().map(|address: IpAddr| address.to_canonical())
}

impl FromRequestParts<ApiState> for ClientInfo {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Infallible> {
        let agent = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok());
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        let proxies = &state.config.trusted_proxies;
        let address = peer.map(|peer| proxies.client(peer, &parts.headers).to_string());
        Ok(Self { agent: agent.unwrap_or_default().to_owned(), address: address.unwrap_or_default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&str]) -> String {
        let proxies = ["10.0.0.0/8".to_owned(), "192.168.1.5".to_owned(), "fd00::/8".to_owned()];
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        TrustedProxies::parse(&proxies).unwrap().client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        let table: [(&str, &[&str], &str); 10] = [
            ("203.0.113.9", &[], "203.0.113.9"),
            ("203.0.113.9", &["198.51.100.1"], "203.0.113.9"),
            ("10.1.2.3", &[], "10.1.2.3"),
            ("10.1.2.3", &["198.51.100.1"], "198.51.100.1"),
            ("10.1.2.3", &["1.1.1.1, 198.51.100.1, 192.168.1.5"], "198.51.100.1"),
            ("10.1.2.3", &["1.1.1.1, 198.51.100.1", "192.168.1.5"], "198.51.100.1"),
            ("10.1.2.3", &["198.51.100.1:4711"], "198.51.100.1"),
            ("::ffff:10.1.2.3", &["[2001:db8::1]:443"], "2001:db8::1"),
            ("fd00::1", &["unknown, 10.0.0.9"], "10.0.0.9"),
            ("10.1.2.3", &["10.0.0.7, 10.0.0.8"], "10.0.0.7"),
        ];
        for (peer, forwarded, expected) in table {
            assert_eq!(client(peer, forwarded), expected, "{peer} {forwarded:?}");
        }
    }

    #[test]
    fn what_is_no_network_is_told() {
        let wrong = TrustedProxies::parse(&["10.0.0.1".to_owned(), "proxy.local".to_owned()]);
        assert_eq!(wrong.unwrap_err(), "proxy.local");
    }
}
