-- Where this device stood with the server's log: a place, and the beginning of the running hash of everything before it.
CREATE TABLE log_point (
    seq   INTEGER PRIMARY KEY,
    chain BLOB NOT NULL CHECK (length(chain) = 8)
) STRICT;
