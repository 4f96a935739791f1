//! Items pushed one a request over many connections. The client shares the cores with the server, so it writes
//! requests that are ready and reads of an answer what it must.

use std::sync::Arc;
use std::time::Instant;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::data::{self, Row};
use crate::processor::{Share, seconds_of};
use crate::program::Server;
use crate::{CONNECTIONS, Result};

/// So many first requests of a connection are not counted: they open it and warm the server up.
const WARM_UP: usize = 10;

/// What was pushed: in all, and how long each item waited for its answer.
#[derive(Clone)]
pub struct Pushed {
    /// Processor time is that of the server, or of the anchor and its writers.
    pub share: Share,
    pub times_ms: Vec<f64>,
}

pub async fn push(server: &Server, token: &str, rows: &[Row]) -> Result<Pushed> {
    let requests: Arc<[String]> = rows.iter().map(|row| request(&server.host, token, row)).collect();
    let mut connections = Vec::new();
    for first in 0..CONNECTIONS {
        let mut stream = TcpStream::connect(&server.host).await?;
        stream.set_nodelay(true)?;
        for n in 0..WARM_UP {
            let id = format!("warm-{first}-{n}");
            exchange(&mut stream, &request(&server.host, token, &Row { id, ..rows[0].clone() })).await?;
        }
        connections.push(stream);
    }
    let (begun, before) = (Instant::now(), seconds_of(server.process()));
    let pushing = connections.into_iter().enumerate().map(|(first, mut stream)| {
        let requests = Arc::clone(&requests);
        tokio::spawn(async move {
            let mut times_ms = Vec::new();
            for request in requests.iter().skip(first).step_by(CONNECTIONS) {
                let asked = Instant::now();
                exchange(&mut stream, request).await?;
                times_ms.push(asked.elapsed().as_secs_f64() * 1e3);
            }
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(times_ms)
        })
    });
    let mut times_ms = Vec::new();
    for connection in pushing.collect::<Vec<_>>() {
        times_ms.extend(connection.await??);
    }
    let wall_s = begun.elapsed().as_secs_f64();
    let processor_s = seconds_of(server.process()).zip(before).map(|(now, before)| now - before);
    Ok(Pushed { share: Share { items: rows.len(), wall_s, processor_s }, times_ms })
}

fn request(host: &str, token: &str, row: &Row) -> String {
    let body = data::pushed(row).to_string();
    format!(
        "POST /api/sources/push/feedback HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// One request and its whole answer; anything but an item stored as new ends the benchmark.
async fn exchange(stream: &mut TcpStream, request: &str) -> Result<()> {
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::with_capacity(1_024);
    loop {
        if stream.read_buf(&mut answer).await? == 0 {
            return Err("the server has hung up".into());
        }
        let text = String::from_utf8_lossy(&answer);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.ok_or("an answer without length")?.parse()?;
        if body.len() < length {
            continue;
        }
        let is_stored = head.starts_with("HTTP/1.1 200") && body.contains("\"result\":\"new\"");
        return if is_stored { Ok(()) } else { Err(text.into_owned().into()) };
    }
}
