//! What one build left behind: folders as it wrote them, and exchanges as they went over the wire.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use minicbor::{Decode, Encode};

/// One build's recording.
#[derive(Debug, Default, Encode, Decode)]
#[cbor(map)]
pub struct Recording {
    /// The files of the server and of all devices, at the moment the recorded exchanges began.
    #[n(0)]
    pub files: Vec<RecordedFile>,
    /// Every exchange after that, in order.
    #[n(1)]
    pub exchanges: Vec<RecordedExchange>,
    /// What the devices answered before and after.
    #[n(2)]
    pub shown: Vec<Shown>,
}

/// One file.
#[derive(Debug, Encode, Decode)]
#[cbor(map)]
pub struct RecordedFile {
    /// Where it lies, below the folder of everything.
    #[n(0)]
    pub path: String,
    /// What it holds.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
}

/// One request and its reply.
#[derive(Debug, Clone, Encode, Decode)]
#[cbor(map)]
pub struct RecordedExchange {
    /// The device that asked.
    #[n(0)]
    pub device: String,
    /// The path it asked.
    #[n(1)]
    pub path: String,
    /// The request's body.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub request: Vec<u8>,
    /// The reply's status.
    #[n(3)]
    pub status: u16,
    /// The reply's body.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub reply: Vec<u8>,
}

/// An answer of a device's program.
#[derive(Debug, Encode, Decode)]
#[cbor(map)]
pub struct Shown {
    /// The device.
    #[n(0)]
    pub device: String,
    /// Whether it was after the recorded exchanges.
    #[n(1)]
    pub after: bool,
    /// What it was asked.
    #[n(2)]
    pub asked: String,
    /// The answer, with `--json`.
    #[n(3)]
    pub answer: String,
}

impl Recording {
    /// Where the recording of a build lies.
    pub fn path(build: u32) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../fixtures/build-{build}.bin"))
    }

    /// The recording of a build.
    pub fn of_build(build: u32) -> Self {
        let mut bytes = Vec::new();
        DeflateDecoder::new(fs::File::open(Self::path(build)).unwrap()).read_to_end(&mut bytes).unwrap();
        minicbor::decode(&bytes).unwrap()
    }

    /// Writes it down.
    pub fn keep(&self, build: u32) {
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&minicbor::to_vec(self).unwrap()).unwrap();
        fs::write(Self::path(build), packed.finish().unwrap()).unwrap();
    }

    /// Takes in a file or everything below a folder; `name` stands for it. Locks and shared memory are of one process.
    pub fn take_in(&mut self, path: &Path, name: &str) {
        if path.is_dir() {
            let mut inside: Vec<_> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
            inside.sort();
            for below in inside {
                let below_name = format!("{name}/{}", below.file_name().unwrap().to_str().unwrap());
                self.take_in(&below, &below_name);
            }
        } else if !name.ends_with("/lock") && !name.ends_with("-shm") {
            self.files.push(RecordedFile { path: name.to_owned(), bytes: fs::read(path).unwrap() });
        }
    }

    /// Lays the files into a folder.
    pub fn lay_out(&self, folder: &Path) {
        for file in &self.files {
            let path = folder.join(&file.path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &file.bytes).unwrap();
        }
    }

    /// The exchanges of one device.
    pub fn exchanges_of(&self, device: &str) -> Vec<RecordedExchange> {
        self.exchanges.iter().filter(|exchange| exchange.device == device).cloned().collect()
    }
}
