//! `feltbog-server log`: what IT sees.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use data_encoding::HEXLOWER;
use feltbog_domain::TenantId;
use feltbog_protocol::EnvelopeKind;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::Done;
use super::database::Database;
use crate::{Excerpt, LoggedRow, show_log};

#[derive(Debug, Args)]
pub(super) struct ShowLog {
    /// Folder of the store
    #[arg(long, visible_alias = "keys", env = "FELTBOG_DATA")]
    data: PathBuf,
    #[command(flatten)]
    database: Database,
    /// The tenant's id; may be left out where there is only one
    #[arg(long)]
    tenant: Option<TenantId>,
    /// Rows after this one
    #[arg(long, default_value_t = 0)]
    after: u64,
    /// Rows at most
    #[arg(long, default_value_t = 1000)]
    limit: u64,
    /// The first bytes of each envelope as well
    #[arg(long)]
    hex: bool,
    /// How many of them
    #[arg(long, default_value_t = 256, requires = "hex")]
    bytes: u64,
    /// One JSON document instead of text
    #[arg(long)]
    json: bool,
}

impl ShowLog {
    pub(super) fn run(&self) -> Done {
        let bytes = if self.hex { self.bytes } else { 0 };
        let excerpt = Excerpt { tenant: self.tenant, after: self.after, limit: self.limit, bytes };
        let rows = show_log(self.database.of(&self.data, None)?, &excerpt)?;
        let mut out = io::stdout().lock();
        if self.json {
            let rows: Vec<Value> = rows.iter().map(|row| self.as_json(row)).collect();
            writeln!(out, "{}", Value::from(rows))?;
        } else {
            rows.iter().try_for_each(|row| self.as_text(row, &mut out))?;
        }
        Ok(())
    }

    fn as_json(&self, row: &LoggedRow) -> Value {
        let mut value = json!({
            "seq": row.seq,
            "kind": row.kind,
            "kind_word": word_of(row.kind),
            "folder": (!row.folder.is_none()).then(|| row.folder.to_string()),
            "device": row.device.to_string(),
            "dseq": row.dseq,
            "size": row.size,
            "received": received(row.received_ms),
        });
        if self.hex
            && let Some(fields) = value.as_object_mut()
        {
            fields.insert("hex".to_owned(), HEXLOWER.encode(&row.first_bytes).into());
        }
        value
    }

    fn as_text(&self, row: &LoggedRow, out: &mut impl Write) -> io::Result<()> {
        let folder = if row.folder.is_none() { "-".to_owned() } else { row.folder.to_string() };
        let (kind, device, received) = (word_of(row.kind), row.device, received(row.received_ms));
        writeln!(
            out,
            "{:>6}  {:>3} {kind:<17}  folder {folder:<32}  device {device}  dseq {:<5} {:>7} bytes  {received}",
            row.seq, row.kind, row.dseq, row.size
        )?;
        for line in row.first_bytes.chunks(BYTES_PER_LINE) {
            writeln!(out, "        {}", HEXLOWER.encode(line))?;
        }
        Ok(())
    }
}

const BYTES_PER_LINE: usize = 32;

fn received(ms: i64) -> String {
    Timestamp::from_millisecond(ms).map_or_else(|_| ms.to_string(), |time| time.to_string())
}

fn word_of(kind: u8) -> &'static str {
    match EnvelopeKind::from_code(kind) {
        Some(EnvelopeKind::ChangeSet) => "change_set",
        Some(EnvelopeKind::ColdBundle) => "cold_bundle",
        Some(EnvelopeKind::KeyRecord) => "key_record",
        Some(EnvelopeKind::Grant) => "grant",
        Some(EnvelopeKind::Revoke) => "revoke",
        Some(EnvelopeKind::Erase) => "erase",
        Some(EnvelopeKind::Certificate) => "certificate",
        Some(EnvelopeKind::ReadLog) => "read_log",
        Some(EnvelopeKind::FactBatch) => "fact_batch",
        Some(EnvelopeKind::QuarantineReport) => "quarantine_report",
        Some(EnvelopeKind::Deposit) => "deposit",
        None => "unknown",
    }
}
