-- The ten best seekers for one position. A line that ends in "-- on-site" stands only where the work is at a place, without a bed;
-- one that ends in "-- remote" only where it is done from home. On site only homes within the longest way that anybody takes
-- are looked at; seekers are stored in the order of their homes. The position's facts stand in the statement as numbers, so that the
-- database plans for this very position, and lines whose mask has no bit are left out. The key orders by verdict, score
-- (high first) and id.
WITH unbarred AS (
    SELECT s.*, w.slow, w.exact -- on-site
    FROM ways w JOIN seekers s ON s.home = w.home -- on-site
    WHERE w.work = :work AND s.home IN (:near) AND w.fast <= s.reach -- on-site
        AND s.floor <= :pay_top -- on-site
    SELECT * FROM seekers s -- remote
    WHERE s.floor <= :pay_top -- remote
        AND s.hours_max >= :no_hours
        AND s.needs & :no_needs = 0
        AND s.traits & :no_traits = 0
        AND s.axes & :no_axes = 0
        AND s.lacks0 & :asked0 = 0
        AND s.lacks1 & :asked1 = 0
        AND s.rank NOT IN (:declined)
)
SELECT ((CASE
        WHEN s.slow > s.reach OR s.hours_max < :ask_hours -- on-site
        WHEN s.hours_max < :ask_hours -- remote
            OR ((s.needs & :ask_needs) | (s.traits & :ask_traits) | (s.axes & :ask_axes) | (s.unknown0 & :asked0) | (s.unknown1 & :asked1)) <> 0 THEN 2
        ELSE greatest(
            CASE WHEN s.needs & :arrange_needs <> 0 OR s.hours_max < :arrange_hours THEN 1 ELSE 0 END,
            CASE WHEN s.c0 >= :d0 OR s.marked & (:met::BIGINT[])[s.c0 + 1] <> 0 THEN 0 WHEN s.marked & (:arranged::BIGINT[])[s.c0 + 1] <> 0 THEN 1 ELSE 2 END,
            CASE WHEN s.c1 >= :d1 OR s.marked & (:met::BIGINT[])[s.c1 + 4] <> 0 THEN 0 WHEN s.marked & (:arranged::BIGINT[])[s.c1 + 4] <> 0 THEN 1 ELSE 2 END,
            CASE WHEN s.c2 >= :d2 OR s.marked & (:met::BIGINT[])[s.c2 + 7] <> 0 THEN 0 WHEN s.marked & (:arranged::BIGINT[])[s.c2 + 7] <> 0 THEN 1 ELSE 2 END,
            CASE WHEN s.c3 >= :d3 OR s.marked & (:met::BIGINT[])[s.c3 + 10] <> 0 THEN 0 WHEN s.marked & (:arranged::BIGINT[])[s.c3 + 10] <> 0 THEN 1 ELSE 2 END,
            CASE WHEN s.c4 >= :d4 OR s.marked & (:met::BIGINT[])[s.c4 + 13] <> 0 THEN 0 WHEN s.marked & (:arranged::BIGINT[])[s.c4 + 13] <> 0 THEN 1 ELSE 2 END,
            CASE WHEN s.c5 >= :d5 OR s.marked & (:met::BIGINT[])[s.c5 + 16] <> 0 THEN 0 WHEN s.marked & (:arranged::BIGINT[])[s.c5 + 16] <> 0 THEN 1 ELSE 2 END,
            CASE WHEN s.c6 >= :d6 OR s.marked & (:met::BIGINT[])[s.c6 + 19] <> 0 THEN 0 WHEN s.marked & (:arranged::BIGINT[])[s.c6 + 19] <> 0 THEN 1 ELSE 2 END,
            CASE WHEN s.c7 >= :d7 OR s.marked & (:met::BIGINT[])[s.c7 + 22] <> 0 THEN 0 WHEN s.marked & (:arranged::BIGINT[])[s.c7 + 22] <> 0 THEN 1 ELSE 2 END,
            CASE WHEN s.c8 >= :d8 OR s.marked & (:met::BIGINT[])[s.c8 + 25] <> 0 THEN 0 WHEN s.marked & (:arranged::BIGINT[])[s.c8 + 25] <> 0 THEN 1 ELSE 2 END,
            CASE WHEN s.c9 >= :d9 OR s.marked & (:met::BIGINT[])[s.c9 + 28] <> 0 THEN 0 WHEN s.marked & (:arranged::BIGINT[])[s.c9 + 28] <> 0 THEN 1 ELSE 2 END,
            CASE WHEN s.c10 >= :d10 OR s.marked & (:met::BIGINT[])[s.c10 + 31] <> 0 THEN 0 WHEN s.marked & (:arranged::BIGINT[])[s.c10 + 31] <> 0 THEN 1 ELSE 2 END,
            CASE WHEN s.c11 >= :d11 OR s.marked & (:met::BIGINT[])[s.c11 + 34] <> 0 THEN 0 WHEN s.marked & (:arranged::BIGINT[])[s.c11 + 34] <> 0 THEN 1 ELSE 2 END,
            CASE WHEN s.c12 >= :d12 OR s.marked & (:met::BIGINT[])[s.c12 + 37] <> 0 THEN 0 WHEN s.marked & (:arranged::BIGINT[])[s.c12 + 37] <> 0 THEN 1 ELSE 2 END) END)::BIGINT << 44)
    + ((1000 - (
        coalesce((500 * bit_count(s.has & ((:listed3)::BIGINT::BIT(64) || (:listed2)::BIGINT::BIT(64) || (:listed1)::BIGINT::BIT(64) || (:listed0)::BIGINT::BIT(64))) + :listed) / nullif(2 * :listed, 0), 75)
        + greatest((:close::SMALLINT[])[s.wish1 + 1], (:close::SMALLINT[])[s.wish2 + 1], (:close::SMALLINT[])[s.wish3 + 1])
        + (300 * bit_count(s.known & (:known)::INTEGER::BIT(32)) + 13) / 26
        + floor(greatest(0, 1 - s.exact / s.twice) * 10 * 10 + 0.5)::BIGINT -- on-site
        + 100 -- remote
        + greatest(0, least(100, coalesce((200 * (:pay - s.floor * :pay_of) + s.floor * :pay_of) / nullif(2 * s.floor * :pay_of, 0), 50)))
        + coalesce((200 * (bit_count(s.helps & (:offered)::BIGINT::BIT(64)) + bit_count(s.rather_not & (:bearable)::INTEGER::BIT(32)) + bit_count(s.rather_not_shifts & (:absent)::INTEGER::BIT(32))) + 100 * bit_count(s.helps & (:on_request)::BIGINT::BIT(64))
            + 2 * (bit_count(s.helps & (:scope)::BIGINT::BIT(64)) + s.rather)) / nullif(4 * (bit_count(s.helps & (:scope)::BIGINT::BIT(64)) + s.rather), 0), 25)
        + CASE WHEN NOT s.hours_wished OR :hours < 0 THEN 15 WHEN :hours < s.hours_min THEN (60 * :hours + s.hours_min) / (2 * s.hours_min) WHEN :hours > s.hours_max THEN 15 ELSE 30 END
        + :fixed))::BIGINT << 32)
    + s.rank AS key
FROM unbarred s
ORDER BY key LIMIT 10
