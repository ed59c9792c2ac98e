-- Once the rows are there: seekers in the order of their homes, what the filters read first, bits as bits, so that one call
-- counts them. Every column is set, so that each stands at a place that is known beforehand.
ALTER TABLE seekers RENAME TO raw;
CREATE TABLE seekers AS
SELECT needs, traits, axes, floor, hours_max, lacks0, lacks1, home, reach, rank, bed,
    unknown0, unknown1, marked, hours_min, twice, hours_wished, wish1, wish2, wish3, rather,
    c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12,
    helps::BIT(64) AS helps, known::BIT(32) AS known, rather_not::BIT(32) AS rather_not, rather_not_shifts::BIT(32) AS rather_not_shifts,
    has3::BIT(64) || has2::BIT(64) || has1::BIT(64) || has0::BIT(64) AS has, id
FROM raw ORDER BY home, rank;
DROP TABLE raw;
CREATE INDEX seekers_home ON seekers (home);
CREATE UNIQUE INDEX seekers_rank ON seekers (rank);
CREATE UNIQUE INDEX positions_rank ON positions (rank);
CREATE UNIQUE INDEX ways_way ON ways (way);
CREATE INDEX ways_work ON ways (work, home);
CREATE UNIQUE INDEX closeness_wish ON closeness (wish);
CREATE INDEX declines_position ON declines (position, seeker);
VACUUM (ANALYZE, FREEZE) seekers;
VACUUM (ANALYZE, FREEZE) positions;
VACUUM (ANALYZE, FREEZE) ways;
VACUUM (ANALYZE, FREEZE) closeness;
VACUUM (ANALYZE, FREEZE) declines;
