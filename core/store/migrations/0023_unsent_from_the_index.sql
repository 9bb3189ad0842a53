-- What is unsent is counted on every screen: without opening the changes themselves, which may be many megabytes.
DROP INDEX pending_by_document;
CREATE INDEX pending_by_document ON pending (document, saved_ms);
