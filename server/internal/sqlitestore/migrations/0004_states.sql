-- Contacts that were written before they had a state get one when they are read
-- (lead.Read): the clock looks at each of them once, and writes it.
UPDATE leads SET changes = 1 WHERE json_extract(doc, '$.state') IS NULL;
