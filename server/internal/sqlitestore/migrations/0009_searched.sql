-- A search that many leads match goes along a list's index. Whether a lead is one of
-- them its row told, which is a page or two: of 5,000 that a page of the list looks at,
-- 7,600. Here some forty stand on a page, new ones at the end.
CREATE INDEX leads_searched ON leads (n, email, name, company);
