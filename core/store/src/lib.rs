//! The device database: log, outbox, documents, read models, search. Always encrypted.
