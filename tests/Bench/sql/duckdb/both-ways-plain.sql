-- Top 10 both ways over every pair, written down as the policy reads: join everything, keep what no must bars, order.
-- The key orders by verdict, score (high first) and id; its least ten are the list.
WITH judged AS MATERIALIZED (
    SELECT s.rank AS seeker, p.rank AS position,
        CASE
            WHEN s.reach < w.slow AND NOT (s.bed AND p.bed) OR s.hours_max < p.ask_hours
                OR ((s.needs & p.ask_needs) | (s.traits & p.ask_traits) | (s.axes & p.ask_axes) | (s.unknown0 & p.asked0) | (s.unknown1 & p.asked1)) <> 0 THEN 2
            ELSE greatest(
                CASE WHEN s.needs & p.arrange_needs <> 0 OR s.hours_max < p.arrange_hours THEN 1 ELSE 0 END,
                CASE WHEN s.c0 >= p.d0 OR s.marked & p.met[s.c0 + 1] <> 0 THEN 0 WHEN s.marked & p.arranged[s.c0 + 1] <> 0 THEN 1 ELSE 2 END,
                CASE WHEN s.c1 >= p.d1 OR s.marked & p.met[s.c1 + 4] <> 0 THEN 0 WHEN s.marked & p.arranged[s.c1 + 4] <> 0 THEN 1 ELSE 2 END,
                CASE WHEN s.c2 >= p.d2 OR s.marked & p.met[s.c2 + 7] <> 0 THEN 0 WHEN s.marked & p.arranged[s.c2 + 7] <> 0 THEN 1 ELSE 2 END,
                CASE WHEN s.c3 >= p.d3 OR s.marked & p.met[s.c3 + 10] <> 0 THEN 0 WHEN s.marked & p.arranged[s.c3 + 10] <> 0 THEN 1 ELSE 2 END,
                CASE WHEN s.c4 >= p.d4 OR s.marked & p.met[s.c4 + 13] <> 0 THEN 0 WHEN s.marked & p.arranged[s.c4 + 13] <> 0 THEN 1 ELSE 2 END,
                CASE WHEN s.c5 >= p.d5 OR s.marked & p.met[s.c5 + 16] <> 0 THEN 0 WHEN s.marked & p.arranged[s.c5 + 16] <> 0 THEN 1 ELSE 2 END,
                CASE WHEN s.c6 >= p.d6 OR s.marked & p.met[s.c6 + 19] <> 0 THEN 0 WHEN s.marked & p.arranged[s.c6 + 19] <> 0 THEN 1 ELSE 2 END,
                CASE WHEN s.c7 >= p.d7 OR s.marked & p.met[s.c7 + 22] <> 0 THEN 0 WHEN s.marked & p.arranged[s.c7 + 22] <> 0 THEN 1 ELSE 2 END,
                CASE WHEN s.c8 >= p.d8 OR s.marked & p.met[s.c8 + 25] <> 0 THEN 0 WHEN s.marked & p.arranged[s.c8 + 25] <> 0 THEN 1 ELSE 2 END,
                CASE WHEN s.c9 >= p.d9 OR s.marked & p.met[s.c9 + 28] <> 0 THEN 0 WHEN s.marked & p.arranged[s.c9 + 28] <> 0 THEN 1 ELSE 2 END,
                CASE WHEN s.c10 >= p.d10 OR s.marked & p.met[s.c10 + 31] <> 0 THEN 0 WHEN s.marked & p.arranged[s.c10 + 31] <> 0 THEN 1 ELSE 2 END,
                CASE WHEN s.c11 >= p.d11 OR s.marked & p.met[s.c11 + 34] <> 0 THEN 0 WHEN s.marked & p.arranged[s.c11 + 34] <> 0 THEN 1 ELSE 2 END,
                CASE WHEN s.c12 >= p.d12 OR s.marked & p.met[s.c12 + 37] <> 0 THEN 0 WHEN s.marked & p.arranged[s.c12 + 37] <> 0 THEN 1 ELSE 2 END) END AS verdict,
        coalesce((500 * (bit_count(s.has0 & p.listed0)::BIGINT + bit_count(s.has1 & p.listed1) + bit_count(s.has2 & p.listed2) + bit_count(s.has3 & p.listed3)) + p.listed) // (2 * p.listed), 75)
        + greatest(c1.tenths, c2.tenths, c3.tenths)
        + (300 * bit_count(s.known & p.known)::BIGINT + 13) // 26
        + floor(greatest(0, 1 - CASE WHEN s.bed AND p.bed THEN 0 ELSE w.exact END / s.twice) * 10 * 10 + 0.5)::BIGINT
        + greatest(0, least(100, coalesce((200 * (p.pay - s.floor * p.pay_of) + s.floor * p.pay_of) // (2 * s.floor * p.pay_of), 50)))
        + coalesce((200 * (bit_count(s.helps & p.offered)::BIGINT + bit_count(s.rather_not & p.bearable) + bit_count(s.rather_not_shifts & p.absent)) + 100 * bit_count(s.helps & p.on_request)::BIGINT
            + 2 * (bit_count(s.helps & p.scope) + s.rather)) // (4 * (bit_count(s.helps & p.scope) + s.rather)), 25)
        + CASE WHEN NOT s.hours_wished OR p.hours < 0 THEN 15 WHEN p.hours < s.hours_min THEN (60 * p.hours + s.hours_min) // (2 * s.hours_min) WHEN p.hours > s.hours_max THEN 15 ELSE 30 END
        + p.fixed AS tenths
    FROM positions p CROSS JOIN seekers s JOIN ways w ON w.way = p.way + s.home
        JOIN closeness c1 ON c1.wish = p.wish + s.wish1 JOIN closeness c2 ON c2.wish = p.wish + s.wish2 JOIN closeness c3 ON c3.wish = p.wish + s.wish3
    WHERE s.needs & p.no_needs = 0 AND s.traits & p.no_traits = 0 AND s.axes & p.no_axes = 0 AND s.lacks0 & p.asked0 = 0 AND s.lacks1 & p.asked1 = 0
        AND s.floor <= p.pay_top AND s.hours_max >= p.no_hours AND (w.fast <= s.reach OR s.bed AND p.bed)
        AND NOT EXISTS (SELECT 1 FROM declines d WHERE d.seeker = s.rank AND d.position = p.rank)
), keyed AS MATERIALIZED (
    SELECT seeker, position, (verdict::BIGINT << 44) + ((1000 - tenths) << 32) AS key FROM judged
)
SELECT false AS of_seeker, position AS rank, min(key + seeker, 10) AS best FROM keyed GROUP BY position
UNION ALL
SELECT true, seeker, min(key + position, 10) FROM keyed GROUP BY seeker
