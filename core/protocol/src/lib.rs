//! The wire: envelope frame, signature check, certificates, access rules, sync messages, refusals, limits.
