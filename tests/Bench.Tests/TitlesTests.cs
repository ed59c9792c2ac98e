namespace JobMatch.Bench.Tests;

/// <summary>The measures by hand, and the files as others write them.</summary>
public sealed class TitlesTests
{
    [Fact]
    public void A_ranking_is_scored_as_the_measures_say()
    {
        // Right at 2 and 4, a third one not found: AP (1/2 + 2/4) ÷ 3; gain 1/log2(3) + 1/log2(5) of 1 + 1/log2(3) + 1/log2(4).
        var score = RankScore.Of(["a", "R1", "b", "R2"], ["R1", "R2", "R3"]);
        Assert.Equal(1.0 / 3, score.AveragePrecision, 12);
        Assert.Equal(0.5, score.ReciprocalRank);
        Assert.Equal(1.0616062 / 2.1309298, score.NormalizedGain, 6);
        Assert.True(score.Success);
        var late = RankScore.Of([.. Enumerable.Range(0, 10).Select(x => $"x{x}"), "R1"], ["R1"]);
        Assert.Equal((1.0 / 11, 1.0 / 11, 0, false), (late.AveragePrecision, late.ReciprocalRank, late.NormalizedGain, late.Success));
        Assert.Equal(default, RankScore.Of([], ["R1"]));
    }

    [Theory]
    [InlineData("annotations.tsv", "", "", "")]
    [InlineData("qrels.tsv", "query_id\ttext\r\n", "element\tlabel\r\n", "query\titeration\telement\trelevance\r\n")]
    public void Files_are_read_with_and_without_a_heading(string judged, string queries, string labels, string judgements)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "queries.tsv"), queries + "Q1\tPackers\nQ2\t质检员\n");
            File.WriteAllText(Path.Combine(folder.FullName, "corpus_elements.tsv"), labels + "C2\tpacker\nC1\thand packer\n");
            File.WriteAllText(Path.Combine(folder.FullName, judged), judgements + "Q1\t0\tC1\t1\nQ1\t0\tC2\t0\n");
            var data = TitlesData.Read(folder.FullName);
            Assert.Equal([("Q1", "Packers"), ("Q2", "质检员")], data.Queries);
            Assert.Equal([("C2", "packer"), ("C1", "hand packer")], data.Labels);
            Assert.Equal(["C1"], Assert.Single(data.Right).Value);
            Assert.Equal(["C1", "C2"], data.Best([0.5, 0.500001])); // equal in five decimals: by id
            Assert.Equal(["C2"], data.Best([0.5, 0]));
        }
        finally
        {
            folder.Delete(true);
        }
    }
}
