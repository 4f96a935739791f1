//! Calls to other programs: one POST, an answer of which only the number counts, no way into our own surroundings.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures::future::BoxFuture;
use http_body_util::{BodyExt, Full, Limited};
use hyper::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER, USER_AGENT};
use hyper::{Request, Response};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::rt::TokioExecutor;
use ipnet::IpNet;
use otklik_platform::webhooks::is_inner;
use url::{Host, Url};

use super::{Outlook, Undelivered};
use crate::AppError;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// The answer is there by then: the standard advises fifteen to thirty seconds.
const TIMEOUT: Duration = Duration::from_secs(20);
/// An answer is read so far at most, and thrown away.
const ANSWER_LIMIT: usize = 64 << 10;

/// The number of an answer that wants no call any more.
const GONE: u16 = 410;

type Addresses = std::vec::IntoIter<SocketAddr>;

/// A call with its headers.
pub(super) struct Call<'a> {
    pub url: &'a str,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

pub(super) struct Caller {
    client: Client<HttpsConnector<HttpConnector<OuterNames>>, Full<Bytes>>,
    guard: Arc<Guard>,
}

/// Which addresses may be called.
struct Guard {
    allowed: Vec<IpNet>,
}

impl Guard {
    fn lets(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        !is_inner(address) || self.allowed.iter().any(|network| network.contains(&address))
    }
}

/// Looks names up and keeps the addresses that may be called: asked at the moment of the call, a name cannot change
/// between the look and the connection.
#[derive(Clone)]
pub(super) struct OuterNames(Arc<Guard>);

impl tower::Service<Name> for OuterNames {
    type Response = Addresses;
    type Error = std::io::Error;
    type Future = BoxFuture<'static, Result<Addresses, std::io::Error>>;

    fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), std::io::Error>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let guard = self.0.clone();
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let outer: Vec<SocketAddr> =
                found.iter().copied().filter(|address| guard.lets(address.ip())).collect();
            if outer.is_empty() && !found.is_empty() {
                return Err(std::io::Error::new(std::io::ErrorKind::PermissionDenied, Inner));
            }
            Ok(outer.into_iter())
        })
    }
}

/// A name led into our own surroundings.
#[derive(Debug, thiserror::Error)]
#[error("an inner network")]
struct Inner;

impl Caller {
    pub(super) fn new(allowed: Vec<IpNet>) -> Result<Self, AppError> {
        let guard = Arc::new(Guard { allowed });
        let mut http = HttpConnector::new_with_resolver(OuterNames(guard.clone()));
        http.enforce_http(false);
        http.set_connect_timeout(Some(CONNECT_TIMEOUT));
        let https = HttpsConnectorBuilder::new()
            .with_provider_and_platform_verifier(rustls::crypto::ring::default_provider())
            .map_err(|error| AppError::Courier(error.to_string()))?
            .https_or_http()
            .enable_http1()
            .wrap_connector(http);
        Ok(Self { client: Client::builder(TokioExecutor::new()).build(https), guard })
    }

    /// Delivered is what was answered with 2xx. Redirects are not followed: they would lead around the guard.
    pub(super) async fn call(&self, call: Call<'_>) -> Result<(), Undelivered> {
        let url = Url::parse(call.url).map_err(|_| Undelivered::never("url"))?;
        let literal = match url.host() {
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
            _ => None,
        };
        if literal.is_some_and(|address| !self.guard.lets(address)) {
            return Err(Undelivered::never("inner_network"));
        }
        let mut request = Request::post(url.as_str())
            .header(CONTENT_TYPE, "application/json")
            .header(USER_AGENT, concat!("Otklik/", env!("CARGO_PKG_VERSION")));
        for (name, value) in call.headers {
            request = request.header(name, value);
        }
        let request =
            request.body(Full::new(Bytes::from(call.body))).map_err(|_| Undelivered::never("url"))?;
        match tokio::time::timeout(TIMEOUT, self.answer(request)).await {
            Ok(answered) => answered,
            Err(_) => Err(Undelivered::later("timeout")),
        }
    }

    async fn answer(&self, request: Request<Full<Bytes>>) -> Result<(), Undelivered> {
        let response = self.client.request(request).await.map_err(|error| unreachable(&error))?;
        let judged = judge(&response);
        // Read to its end the connection can be used again; a longer answer is none of our business.
        let _ = Limited::new(response.into_body(), ANSWER_LIMIT).collect().await;
        judged
    }
}

fn judge<B>(response: &Response<B>) -> Result<(), Undelivered> {
    let number = response.status().as_u16();
    let reason = format!("status:{number}");
    match number {
        200..=299 => Ok(()),
        GONE => Err(Undelivered { reason, outlook: Outlook::Gone }),
        300..=399 if response.headers().contains_key(LOCATION) => Err(Undelivered::later("redirect")),
        _ => {
            let wait =
                response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
            Err(Undelivered { reason, outlook: Outlook::Later(wait) })
        }
    }
}

fn unreachable(error: &hyper_util::client::legacy::Error) -> Undelivered {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(cause) = source {
        if cause.downcast_ref::<Inner>().is_some() {
            return Undelivered::never("inner_network");
        }
        if let Some(io) = cause.downcast_ref::<std::io::Error>()
            && io.get_ref().is_some_and(|inner| inner.is::<Inner>())
        {
            return Undelivered::never("inner_network");
        }
        if cause.downcast_ref::<rustls::Error>().is_some() {
            return Undelivered::later("tls");
        }
        source = cause.source();
    }
    Undelivered::later("unreachable")
}
