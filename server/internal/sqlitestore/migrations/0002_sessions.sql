-- Every sign-in removes the sessions that have expired.
CREATE INDEX IF NOT EXISTS sessions_expires ON sessions (expires);
