-- When the person of a device last logged in at the municipality's identity provider; or, before the first time, when the device
-- was first asked to.
CREATE TABLE login (
    tenant   BLOB NOT NULL,
    device   BLOB NOT NULL,
    at_ms    INTEGER NOT NULL,
    is_login INTEGER NOT NULL CHECK (is_login IN (0, 1)),
    PRIMARY KEY (tenant, device)
) STRICT, WITHOUT ROWID;

-- Whose account it is. The account is a pseudonym made with the receipt key, which is in no copy of this file.
CREATE TABLE login_account (
    tenant   BLOB NOT NULL,
    member   BLOB NOT NULL,
    issuer   TEXT NOT NULL,
    account  BLOB NOT NULL,
    bound_ms INTEGER NOT NULL,
    PRIMARY KEY (tenant, member, issuer),
    UNIQUE (tenant, issuer, account)
) STRICT, WITHOUT ROWID;
