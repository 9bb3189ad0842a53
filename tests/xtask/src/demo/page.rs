//! The page with two phones and what lies between them.

use std::io::{self, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::folder_search;
use super::frame_door::origin;
use super::http::{Answer, Head};
use super::phone::Phone;
use super::secret::random_text;
use super::server::Server;
use super::server_log::ServerLog;
use super::typed::typed;

/// Served to whoever knows its address, on this computer only.
pub(super) struct Page<'a> {
    listener: TcpListener,
    port: u16,
    /// Stands in the path: the page holds the keys to the phones.
    secret: String,
    pub(super) server: Server,
    log: ServerLog,
    pub(super) phones: Vec<Phone<'a>>,
}

const HTML: &str = include_str!("page/index.html");
const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");
const ICON: &str = include_str!("../../../../mobile-shell/ui/public/icon.svg");

/// The page's port. Taken first, so that a port in use is told before minutes of work.
pub(super) fn bind(port: u16) -> Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .with_context(|| format!("port {port} cannot be used: name another with --port"))
}

impl<'a> Page<'a> {
    pub(super) fn open(listener: TcpListener, server: Server, phones: Vec<Phone<'a>>) -> Result<Self> {
        let port = listener.local_addr()?.port();
        for phone in &phones {
            phone.door.let_in(origin(port));
        }
        Ok(Self { listener, port, secret: random_text()?, server, log: ServerLog::new(), phones })
    }

    /// The one address to open.
    pub(super) fn address(&self) -> String {
        format!("{}/{}/", origin(self.port), self.secret)
    }

    /// Serves until the process ends.
    pub(super) fn serve(&self) {
        thread::scope(|scope| {
            for browser in self.listener.incoming().flatten() {
                // A tab that is closed in the middle is the ordinary case.
                scope.spawn(|| self.answer(browser).unwrap_or_default());
            }
        });
    }

    fn answer(&self, mut browser: TcpStream) -> io::Result<()> {
        let request = Head::read(&mut BufReader::new(browser.try_clone()?))?;
        let answer = self.route(&request).unwrap_or_else(|error| {
            eprintln!("xtask: {error:#}");
            Answer::error("500 Internal Server Error")
        });
        answer
            .write(&[("Content-Security-Policy", &self.policy()), ("X-Content-Type-Options", "nosniff")], &mut browser)
    }

    /// Nothing foreign is loaded, and nobody but the two doors stands in a frame.
    fn policy(&self) -> String {
        let doors: Vec<String> = self.phones.iter().map(|phone| phone.door.origin()).collect();
        format!(
            "default-src 'self'; frame-src {}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
            doors.join(" ")
        )
    }

    fn route(&self, request: &Head) -> Result<Answer> {
        let mut words = request.first.split(' ');
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let own_name = request.only("host") == origin(self.port).strip_prefix("http://");
        let Some(inside) = target.strip_prefix(&format!("/{}/", self.secret)).filter(|_| own_name) else {
            return Ok(Answer::error("404 Not Found"));
        };
        let (path, query) = inside.split_once('?').unwrap_or((inside, ""));
        let parts: Vec<&str> = path.split('/').collect();
        Ok(match (method, parts.as_slice()) {
            ("GET", [""]) => Answer::ok("text/html; charset=utf-8", HTML),
            ("GET", ["page.css"]) => Answer::ok("text/css; charset=utf-8", STYLE),
            ("GET", ["page.js"]) => Answer::ok("text/javascript; charset=utf-8", SCRIPT),
            ("GET", ["icon.svg"]) => Answer::ok("image/svg+xml", ICON),
            ("GET", ["state"]) => document(&self.state(typed(query, "after").parse().unwrap_or_default())?),
            ("GET", ["search"]) => document(&folder_search::search(&self.server.data, &typed(query, "word"))?),
            ("POST", ["phone", key, act]) => self.act(key, act)?,
            _ => Answer::error("404 Not Found"),
        })
    }

    fn act(&self, key: &str, act: &str) -> Result<Answer> {
        let Some(phone) = self.phones.iter().find(|phone| phone.person.key == key) else {
            return Ok(Answer::error("404 Not Found"));
        };
        match act {
            "on" => phone.network.turn(true),
            "off" => phone.network.turn(false),
            "lose-power" => phone.lose_power()?,
            _ => return Ok(Answer::error("404 Not Found")),
        }
        Ok(document(&shown(phone)))
    }

    fn state(&self, after: u64) -> Result<Value> {
        let phones: Vec<Value> = self.phones.iter().map(shown).collect();
        Ok(json!({ "phones": phones, "log": self.log.since(&self.server, after)? }))
    }
}

fn shown(phone: &Phone<'_>) -> Value {
    let (up, down) = phone.network.traffic();
    json!({
        "key": phone.person.key,
        "name": phone.person.name,
        "title": phone.person.title.0,
        "title_en": phone.person.title.1,
        "device": phone.member.id,
        "frame": phone.address(),
        "online": phone.network.is_on(),
        "up": up,
        "down": down,
    })
}

fn document(value: &Value) -> Answer {
    Answer::ok("application/json", value.to_string())
}
