//! The sync server: sealed envelopes in an append-only log, rights, receipts. Can read none of it.
