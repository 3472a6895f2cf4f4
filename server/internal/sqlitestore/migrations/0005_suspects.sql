-- What a contact is rebuilt from are the touches that count, and the first of
-- the suspect ones: however many of these there are, they hide none of those.
ALTER TABLE touches ADD COLUMN suspect INTEGER NOT NULL DEFAULT 0;
UPDATE touches SET suspect = 1 WHERE json_extract(doc, '$.verdict') = 'suspect';
CREATE INDEX touches_counting ON touches (site, lead, received, id) WHERE suspect = 0;
