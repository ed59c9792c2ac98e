using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using JobMatch.Adapters.Embeddings;
using JobMatch.Matching;

namespace JobMatch.Bench;

/// <summary>What the closeness of titles is worth: ranking a set of labels that people judged, and finding our own synonyms again.</summary>
internal static class TitlesBench
{
    public static Command Command()
    {
        var data = new Option<DirectoryInfo?>("--data") { Description = "A folder with queries.tsv, corpus_elements.tsv and annotations.tsv or qrels.tsv." };
        data.Validators.Add(x => { if (x.GetValue(data) is { Exists: false } missing) x.AddError($"There is no folder {missing}."); });
        var alone = new Option<bool>("--leave-one-out") { Description = "Only our own lists: each synonym left out once." };
        var embeddings = new Option<Uri?>("--embeddings") { Description = "With --data: also by a model that speaks OpenAI's /embeddings; node tests/Bench/embeddings.mjs starts one and prints its address." };
        embeddings.CustomParser = x =>
        {
            if (Uri.TryCreate(x.Tokens[0].Value, UriKind.Absolute, out var address))
                return address;
            x.AddError($"{x.Tokens[0].Value} is no address.");
            return null;
        };
        var command = new Command("titles", "Ranks labels for titles (with --data), and finds each synonym of our lists when it is left out of them.") { data, alone, embeddings };
        command.SetAction((x, cancel) => Run(x.GetValue(alone) ? null : x.GetValue(data), x.GetValue(embeddings), cancel));
        return command;
    }

    private static async Task Run(DirectoryInfo? data, Uri? embeddings, CancellationToken cancel)
    {
        if (data is not null)
            await Rank(TitlesData.Read(data.FullName), embeddings, cancel);
        LeaveOneOut.Print();
    }

    // The weights come from the labels to be ranked, as the product's come from its own lists.
    private static async Task Rank(TitlesData data, Uri? embeddings, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        var weights = new TermWeights(data.Labels.Select(x => x.Text));
        var index = new TermIndex(data.Labels.Select((x, i) => (i, weights.Of(x.Text))));
        var prepared = Stopwatch.GetElapsedTime(start);
        start = Stopwatch.GetTimestamp();
        var cosines = new double[data.Labels.Length];
        var scores = new List<RankScore>();
        foreach (var (id, text) in data.Queries)
        {
            if (!data.Right.TryGetValue(id, out var right))
                continue;
            Array.Clear(cosines);
            index.RaiseTo(weights.Of(text), cosines);
            scores.Add(RankScore.Of(data.Best(cosines), right));
        }
        var ranked = Stopwatch.GetElapsedTime(start);
        Print($"MAP {scores.Average(x => x.AveragePrecision):F4}");
        Print($"MRR {scores.Average(x => x.ReciprocalRank):F4}");
        Print($"nDCG@10 {scores.Average(x => x.NormalizedGain):F4}");
        Print($"success@10 {scores.Average(x => x.Success ? 1 : 0):F4}");
        Print($"time {prepared.TotalSeconds:F2} s to prepare {data.Labels.Length} labels, {ranked.TotalSeconds:F2} s to rank them for {scores.Count} titles");
        PrintPace(data, weights, index);
        if (embeddings is not null)
            await RankByMeaning(data, weights, index, embeddings, cancel);
        Print($"cut-off {TitlesData.CutOff}; scores rounded to 5 decimals; ties by element id, ascending; {data.Queries.Length - scores.Count} titles without a right label left out");
    }

    /// <summary>The same table by letters, by vectors, and by both.</summary>
    private static async Task RankByMeaning(TitlesData data, TermWeights weights, TermIndex index, Uri embeddings, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        var vectors = await Vectors([.. data.Labels.Concat(data.Queries).Select(x => Meanings.Text(x.Text)).Distinct()], new(embeddings, "any", 512) { AtOnce = 128, Timeout = TimeSpan.FromMinutes(5) }, cancel);
        var made = Stopwatch.GetElapsedTime(start);
        MeaningVector[] labels = [.. data.Labels.Select(x => vectors[Meanings.Text(x.Text)])], titles = [.. data.Queries.Select(x => vectors[Meanings.Text(x.Text)])];
        // What two labels have in common on average, as in the product: here from each and one far away.
        var unrelated = labels.Select((x, i) => x.CosineTo(labels[(i + labels.Length / 2) % labels.Length])).Average();
        (string Name, Func<double, double, double> Of)[] ways =
        [
            ("letters and words", (letters, _) => letters), ("vectors alone", (_, meant) => meant), ("the larger of both", Math.Max), ("the mean of both", (letters, meant) => (letters + meant) / 2),
        ];
        var scores = ways.Select(_ => new List<RankScore>()).ToArray();
        start = Stopwatch.GetTimestamp();
        var asked = data.Queries.Index().Where(x => data.Right.ContainsKey(x.Item.Id)).ToList();
        Parallel.ForEach(asked, new ParallelOptions { CancellationToken = cancel }, query =>
        {
            var letters = new double[labels.Length];
            index.RaiseTo(weights.Of(query.Item.Text), letters);
            var meant = labels.Select(x => Meanings.Closeness(titles[query.Index].CosineTo(x), unrelated)).ToArray();
            foreach (var (way, (_, of)) in ways.Index())
            {
                var score = RankScore.Of(data.Best([.. letters.Zip(meant, of)]), data.Right[query.Item.Id]);
                lock (scores[way])
                    scores[way].Add(score);
            }
        });
        Print($"| | MAP | MRR | nDCG@10 | success@10 |");
        Print($"|---|---|---|---|---|");
        foreach (var (way, (name, _)) in ways.Index())
            Print($"| {name} | {scores[way].Average(x => x.AveragePrecision):F4} | {scores[way].Average(x => x.ReciprocalRank):F4} | {scores[way].Average(x => x.NormalizedGain):F4} | {scores[way].Average(x => x.Success ? 1 : 0):F4} |");
        Print($"{vectors.Count} vectors of 512 bytes in {made.TotalSeconds:F0} s, ranked in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s; the cosine of unrelated labels is {unrelated:F3}");
    }

    private static async Task<Dictionary<string, MeaningVector>> Vectors(string[] texts, EmbeddingSettings settings, CancellationToken cancel)
    {
        var model = new OpenAiEmbeddings(settings, "none", TimeProvider.System);
        var vectors = new Dictionary<string, MeaningVector>();
        foreach (var some in texts.Chunk(settings.AtOnce))
            foreach (var (text, vector) in some.Zip(await model.Of(some, cancel) ?? throw new InvalidOperationException($"{settings.Endpoint} made no usable vectors of {settings.Dimensions} numbers.")))
                vectors[text] = new(vector);
        return vectors;
    }

    // The same few titles against all labels, both ways; both must say the same.
    private static void PrintPace(TitlesData data, TermWeights weights, TermIndex index)
    {
        var labels = data.Labels.Select(x => weights.Of(x.Text)).ToArray();
        var titles = data.Queries.Take(20).Select(x => weights.Of(x.Text)).ToArray();
        double[][] atOnce = [.. titles.Select(_ => new double[labels.Length])], oneByOne = [.. titles.Select(_ => new double[labels.Length])];
        var pairs = (double)titles.Length * labels.Length;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < titles.Length; i++)
            index.RaiseTo(titles[i], atOnce[i]);
        var through = Stopwatch.GetElapsedTime(start);
        start = Stopwatch.GetTimestamp();
        for (var i = 0; i < titles.Length; i++)
            for (var k = 0; k < labels.Length; k++)
                oneByOne[i][k] = titles[i].CosineTo(labels[k]);
        var single = Stopwatch.GetElapsedTime(start);
        if (!atOnce.Zip(oneByOne).All(x => x.First.SequenceEqual(x.Second)))
            throw new InvalidOperationException("The index and pairs differ.");
        Print($"time a pair {through.TotalNanoseconds / pairs:F0} ns through the index, {single.TotalNanoseconds / pairs:F0} ns one by one, equal to the last bit");
    }

    internal static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

/// <summary>Titles, the labels to rank for each, and which are right.</summary>
internal sealed record TitlesData((string Id, string Text)[] Queries, (string Id, string Text)[] Labels, Dictionary<string, HashSet<string>> Right)
{
    public const int CutOff = 100;

    public static TitlesData Read(string folder)
    {
        var judged = new[] { "annotations.tsv", "qrels.tsv" }.Select(x => Path.Combine(folder, x)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"Neither annotations.tsv nor qrels.tsv is in {folder}.");
        // query, iteration, element, judgement; some leave the iteration out. A heading has no number for a judgement.
        var right = Rows(judged).Where(x => x.Length > 2 && double.TryParse(x[^1], CultureInfo.InvariantCulture, out var judgement) && judgement > 0)
            .GroupBy(x => x[0]).ToDictionary(x => x.Key, x => x.Select(cells => cells[^2]).ToHashSet());
        return new(Texts(Path.Combine(folder, "queries.tsv")), Texts(Path.Combine(folder, "corpus_elements.tsv")), right);
    }

    /// <summary>The ids of the best labels, best first. Those with nothing in common are not among them.</summary>
    public IReadOnlyList<string> Best(double[] scores) =>
        [.. Enumerable.Range(0, scores.Length).Where(i => scores[i] > 0).OrderByDescending(i => Math.Round(scores[i], 5)).ThenBy(i => Labels[i].Id, StringComparer.Ordinal).Take(CutOff).Select(i => Labels[i].Id)];

    // Ids have digits, headings have none.
    private static (string, string)[] Texts(string path) =>
        [.. Rows(path).Where((x, i) => x.Length > 1 && (i > 0 || x[0].Any(char.IsAsciiDigit))).Select(x => (x[0], x[1]))];

    private static IEnumerable<string[]> Rows(string path) => File.ReadLines(path).Where(x => x.Length > 0).Select(x => x.Split('\t', StringSplitOptions.TrimEntries));
}

/// <summary>How good one ranking is. Right ones beyond its end count as not found.</summary>
internal readonly record struct RankScore(double AveragePrecision, double ReciprocalRank, double NormalizedGain, bool Success)
{
    private const int Top = 10;

    public static RankScore Of(IReadOnlyList<string> ranking, HashSet<string> right)
    {
        var (found, precision, gain, first) = (0, 0.0, 0.0, 0);
        for (var rank = 1; rank <= ranking.Count; rank++)
        {
            if (!right.Contains(ranking[rank - 1]))
                continue;
            found++;
            precision += (double)found / rank;
            first = first == 0 ? rank : first;
            gain += rank <= Top ? 1 / Math.Log2(rank + 1) : 0;
        }
        var ideal = Enumerable.Range(1, Math.Min(Top, right.Count)).Sum(rank => 1 / Math.Log2(rank + 1));
        return new(precision / right.Count, first == 0 ? 0 : 1.0 / first, gain / ideal, first is > 0 and <= Top);
    }
}

/// <summary>Leaves one synonym out of our lists at a time and looks for it: how far up is the entry that it was left out of?</summary>
internal static class LeaveOneOut
{
    public static void Print()
    {
        var (occupations, skills) = (Occupation.All, Skill.All);
        foreach (var language in Enum.GetValues<Language>())
        {
            Print("occupations", language, occupations.SelectMany(x => (language == Language.Chinese ? x.SynonymsZh : x.SynonymsEn).Select(word =>
            {
                var without = x with { SynonymsZh = Without(x.SynonymsZh, word), SynonymsEn = Without(x.SynonymsEn, word) };
                var lexicon = new Lexicon([.. occupations.Select(y => y == x ? without : y)], skills);
                return Rank(word, x.Code, lexicon, lexicon.OccupationWords);
            })));
            Print("skills", language, skills.SelectMany(x => (language == Language.Chinese ? x.SynonymsZh : x.SynonymsEn).Select(word =>
            {
                var without = x with { SynonymsZh = Without(x.SynonymsZh, word), SynonymsEn = Without(x.SynonymsEn, word) };
                var lexicon = new Lexicon(occupations, [.. skills.Select(y => y == x ? without : y)]);
                return Rank(word, x.Code, lexicon, lexicon.SkillWords);
            })));
        }
    }

    private static string[] Without(string[] words, string word) => [.. words.Where(x => x != word)];

    private static void Print(string list, Language language, IEnumerable<int> asked)
    {
        var ranks = asked.ToList();
        TitlesBench.Print($"leave-one-out {list} {language}: {ranks.Count} synonyms, success@1 {ranks.Average(x => x == 1 ? 1 : 0):F4}, MRR {ranks.Average(x => x == 0 ? 0 : 1.0 / x):F4}, nothing in common {ranks.Count(x => x == 0)}");
    }

    // 0 without a shared term. Equal ones stand in the list's order.
    private static int Rank(string word, string code, Lexicon lexicon, ListEntry[] entries)
    {
        var asked = lexicon.Cut(word);
        var closeness = entries.Select(x => (x.Code, Cosine: x.Words.Max(y => asked.CosineTo(y.Terms)))).Where(x => x.Cosine > 0).OrderByDescending(x => x.Cosine).ToList();
        return closeness.FindIndex(x => x.Code == code) + 1;
    }
}
