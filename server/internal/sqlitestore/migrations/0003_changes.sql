-- When time alone next changes a lead, in unix milliseconds; 0 is never.
ALTER TABLE leads ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;
CREATE INDEX IF NOT EXISTS leads_changes ON leads (site, changes, id) WHERE changes > 0;
