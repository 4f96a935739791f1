//! The world outside: a mail server that keeps every letter, an HTTP receiver that answers as it is told. Both listen
//! on a free port of this machine and end with the test.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A mail server that takes whatever it is given.
pub struct MailSink {
    port: u16,
    letters: Arc<Mutex<Vec<SunkLetter>>>,
    refusals: Arc<Mutex<VecDeque<&'static str>>>,
}

/// A letter as it came over the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SunkLetter {
    pub to: Vec<String>,
    pub raw: String,
}

impl SunkLetter {
    /// Everything readable in it: its parts decoded, one after the other.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for part in self.raw.split("\r\n--") {
            let Some((head, body)) = part.split_once("\r\n\r\n") else { continue };
            let head = head.to_lowercase();
            let bytes = if head.contains("encoding: base64") {
                let letters: String = body.split_whitespace().collect();
                STANDARD.decode(letters).unwrap_or_default()
            } else if head.contains("encoding: quoted-printable") {
                from_quoted_printable(body)
            } else {
                body.as_bytes().to_vec()
            };
            text.push_str(&String::from_utf8_lossy(&bytes));
            text.push('\n');
        }
        text
    }
}

fn from_quoted_printable(body: &str) -> Vec<u8> {
    let body = body.replace("=\r\n", "");
    let mut parts = body.split('=');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.extend(part.get(..2).and_then(|code| u8::from_str_radix(code, 16).ok()));
        bytes.extend_from_slice(part.get(2..).unwrap_or_default().as_bytes());
    }
    bytes
}

impl MailSink {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let (letters, refusals) = (Arc::default(), Arc::default());
        let sink = Self { port, letters: Arc::clone(&letters), refusals: Arc::clone(&refusals) };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(take_letters(stream, Arc::clone(&letters), Arc::clone(&refusals)));
            }
        });
        sink
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn letters(&self) -> Vec<SunkLetter> {
        self.letters.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The next letter is answered with this line, such as `550 no such person`, and not kept.
    pub fn refuse_next(&self, line: &'static str) {
        self.refusals.lock().unwrap_or_else(PoisonError::into_inner).push_back(line);
    }
}

async fn take_letters(
    stream: TcpStream,
    letters: Arc<Mutex<Vec<SunkLetter>>>,
    refusals: Arc<Mutex<VecDeque<&'static str>>>,
) -> Option<()> {
    let mut stream = BufReader::new(stream);
    say(&mut stream, "220 sink").await?;
    let (mut to, mut line) = (Vec::new(), String::new());
    loop {
        line.clear();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let command = line.trim().to_uppercase();
        match command.split([' ', ':']).next().unwrap_or_default() {
            "RCPT" => {
                let address = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                to.push(address);
                say(&mut stream, "250 ok").await?;
            }
            "DATA" => {
                let refusal = refusals.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
                if let Some(refusal) = refusal {
                    to.clear();
                    say(&mut stream, refusal).await?;
                    continue;
                }
                say(&mut stream, "354 go on").await?;
                let raw = read_letter(&mut stream).await?;
                let letter = SunkLetter { to: std::mem::take(&mut to), raw };
                letters.lock().unwrap_or_else(PoisonError::into_inner).push(letter);
                say(&mut stream, "250 kept").await?;
            }
            "QUIT" => return say(&mut stream, "221 bye").await,
            _ => say(&mut stream, "250 ok").await?,
        }
    }
}

async fn read_letter(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut raw = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        if line == ".\r\n" {
            return Some(raw);
        }
        raw.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}

async fn say(stream: &mut BufReader<TcpStream>, line: &str) -> Option<()> {
    stream.write_all(format!("{line}\r\n").as_bytes()).await.ok()
}

/// Another program that receives webhooks.
pub struct HttpReceiver {
    port: u16,
    calls: Arc<Mutex<Vec<ReceivedCall>>>,
    answers: Arc<Mutex<VecDeque<&'static str>>>,
}

/// A call as it came in; names of headers in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedCall {
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl ReceivedCall {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

impl HttpReceiver {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let (calls, answers) = (Arc::default(), Arc::default());
        let receiver = Self { port, calls: Arc::clone(&calls), answers: Arc::clone(&answers) };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(take_call(stream, Arc::clone(&calls), Arc::clone(&answers)));
            }
        });
        receiver
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/hook", self.port)
    }

    /// The next calls are answered with these heads, such as `410 Gone`; after them with `204 No Content`. `hang` never
    /// answers at all.
    pub fn answer_with(&self, heads: impl IntoIterator<Item = &'static str>) {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).extend(heads);
    }

    pub fn calls(&self) -> Vec<ReceivedCall> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn take_call(
    stream: TcpStream,
    calls: Arc<Mutex<Vec<ReceivedCall>>>,
    answers: Arc<Mutex<VecDeque<&'static str>>>,
) -> Option<()> {
    let mut stream = BufReader::new(stream);
    let (mut headers, mut line) = (Vec::new(), String::new());
    stream.read_line(&mut line).await.ok()?;
    loop {
        line.clear();
        stream.read_line(&mut line).await.ok()?;
        let Some((name, value)) = line.trim().split_once(':') else { break };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let mut call = ReceivedCall { headers, body: String::new() };
    let mut body = vec![0; call.header("content-length").parse().unwrap_or(0)];
    stream.read_exact(&mut body).await.ok()?;
    call.body = String::from_utf8_lossy(&body).into_owned();
    calls.lock().unwrap_or_else(PoisonError::into_inner).push(call);
    let head = answers.lock().unwrap_or_else(PoisonError::into_inner).pop_front().unwrap_or("204 No Content");
    if head == "hang" {
        std::future::pending::<()>().await;
    }
    let answer = format!("HTTP/1.1 {head}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    stream.write_all(answer.as_bytes()).await.ok()
}
