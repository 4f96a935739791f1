//! Callers of the HTTP interface, without a network: nobody, somebody with a role, somebody with roles in units.

use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use otklik_api::{ApiState, Config};
use otklik_app::App;
use otklik_platform::people::{self, Grant, NewPerson};
use otklik_platform::{Role, tokens};
use otklik_store::{Actor, ids};
use serde_json::Value;
use tower::ServiceExt;

/// The interface of an application.
pub struct TestApi {
    app: App,
    router: Router,
}

/// Somebody who calls the interface, always with the same headers.
#[derive(Clone)]
pub struct Caller {
    router: Router,
    headers: Vec<(String, String)>,
    address: Option<SocketAddr>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl TestApi {
    pub fn new(app: &App) -> Self {
        Self::with_config(app, Config::default())
    }

    pub fn with_config(app: &App, config: Config) -> Self {
        let screen = Router::new().fallback(|| async { "the screen" });
        Self { app: app.clone(), router: otklik_api::router(ApiState::new(app.clone(), config), screen) }
    }

    /// Somebody without an account.
    pub fn nobody(&self) -> Caller {
        Caller { router: self.router.clone(), headers: Vec::new(), address: None }
    }

    /// A new person with this role in the whole company, by an API token of theirs.
    pub async fn as_role(&self, role: Role) -> Caller {
        self.with_grants(vec![Grant { unit: None, role }]).await
    }

    /// A new person with these roles, by an API token of theirs.
    pub async fn with_grants(&self, grants: Vec<Grant>) -> Caller {
        let mut tx = self.app.store.begin(Actor::System).await.expect("a transaction");
        let email = format!("{}@example.com", ids::new_id(self.app.store.now_ms()));
        let new = NewPerson { email, name: "Анна".to_owned(), language: None, grants, password: None };
        let person = people::create_person(&mut tx, new).await.expect("a new person");
        let (_, secret) = tokens::create_token(&mut tx, &person, "test", None).await.expect("a token");
        tx.commit().await.expect("a commit");
        self.nobody().with_header("authorization", &format!("Bearer {secret}"))
    }
}

impl Caller {
    /// The same caller sending one more header.
    #[must_use]
    pub fn with_header(&self, name: &str, value: &str) -> Self {
        let mut caller = self.clone();
        caller.headers.push((name.to_owned(), value.to_owned()));
        caller
    }

    /// The same caller, connected from this address.
    #[must_use]
    pub fn from_address(&self, address: &str) -> Self {
        let address = SocketAddr::new(address.parse().expect("an address"), 40_000);
        Self { address: Some(address), ..self.clone() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, Some(body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.call(Method::PUT, path, Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.call(Method::DELETE, path, None).await
    }

    pub async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let kind = body.is_some().then_some("application/json");
        self.send(method, path, kind, body.map(|json| json.to_string().into_bytes()).unwrap_or_default())
            .await
    }

    /// Uploads a file as a browser's form does.
    pub async fn upload(&self, name: &str, content: &[u8]) -> Answer {
        let mut form = format!(
            "--boundary\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        )
        .into_bytes();
        form.extend_from_slice(content);
        form.extend_from_slice(b"\r\n--boundary--\r\n");
        self.send(Method::POST, "/api/uploads", Some("multipart/form-data; boundary=boundary"), form).await
    }

    async fn send(&self, method: Method, path: &str, kind: Option<&str>, body: Vec<u8>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if let Some(kind) = kind {
            request = request.header("content-type", kind);
        }
        if let Some(address) = self.address {
            request = request.extension(ConnectInfo(address));
        }
        let request = request.body(Body::from(body)).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a body");
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    /// The body of a success.
    pub fn ok(&self) -> Value {
        assert!(self.status.is_success(), "{}: {}", self.status, self.text());
        if self.body.is_empty() { Value::Null } else { self.json() }
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Status and code of an error.
    pub fn error(&self) -> (u16, String) {
        let code = self.json()["error"]["code"].as_str().unwrap_or_default().to_owned();
        (self.status.as_u16(), code)
    }

    /// The message of an error.
    pub fn message(&self) -> String {
        self.json()["error"]["message"].as_str().unwrap_or_default().to_owned()
    }
}
