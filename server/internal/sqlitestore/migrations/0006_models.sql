-- The version of the model that a lead was scored under, for those that a new
-- one must look at: empty for whom time changes nothing.
ALTER TABLE leads ADD COLUMN model TEXT NOT NULL DEFAULT '';
UPDATE leads SET model = coalesce(json_extract(doc, '$.model'), '') WHERE verdict <> 'suspect' AND stage <> '';
CREATE INDEX leads_model ON leads (site, model) WHERE model <> '';
