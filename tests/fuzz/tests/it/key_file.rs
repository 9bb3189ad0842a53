//! The key file byte by byte. Each try derives a key, so this is no target of the stream.

use feltbog_fuzz::specimens;
use feltbog_sealing::KeyFile;

const PASSPHRASE: &[u8] = "en lang sætning".as_bytes();

#[test]
fn no_altered_byte_of_a_key_file_gives_a_key() {
    let bytes = specimens::of("key_file").remove(0);
    assert!(KeyFile::from_bytes(&bytes).unwrap().unlock(PASSPHRASE).is_ok());
    let mut tried = 0;
    for at in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        if let Ok(file) = KeyFile::from_bytes(&altered) {
            assert!(file.unlock(PASSPHRASE).is_err(), "byte {at}");
            tried += 1;
        }
    }
    assert!(tried > 60, "{tried} of {} reached the cipher", bytes.len());
}
