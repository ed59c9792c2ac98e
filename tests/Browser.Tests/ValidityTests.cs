using System.Diagnostics;
using System.Text.RegularExpressions;

namespace JobMatch.Browser.Tests;

/// <summary>Every page and every form's error state as the service sends it, before a browser mends it: valid HTML.</summary>
[Collection(nameof(Site))]
public sealed class ValidityTests(Site site)
{
    [Fact]
    public async Task Every_page_and_error_state_is_valid_html()
    {
        var folder = Directory.CreateTempSubdirectory("pages").FullName;
        try
        {
            foreach (var language in (string[])["zh-CN", "en"])
            {
                foreach (var (route, (who, path)) in PageTests.Visits.Where(x => Path.GetExtension(x.Key).Length == 0))
                    await Keep($"{route} {language}", await (await site.Of(who)).APIRequest.GetAsync(At(path, language)), 200);
                foreach (var (route, (who, path, fill, with, _)) in PageTests.Mistakes)
                {
                    var form = (await site.Of(who)).APIRequest.CreateFormData();
                    // A form is filled in by ids and posted by names, with what it carries along.
                    var empty = await (await (await site.Of(who)).APIRequest.GetAsync(At(path, language))).TextAsync();
                    foreach (Match carried in Regex.Matches(empty, "<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\""))
                        form.Set(carried.Groups[1].Value, carried.Groups[2].Value);
                    if (fill.Length > 0)
                        form.Set(Regex.Match(empty, $"id=\"{fill}\" name=\"([^\"]+)\"").Groups[1].Value, with);
                    await Keep($"{route} error {language}", await (await site.Of(who)).APIRequest.PostAsync(At(path, language), new() { Form = form, Headers = new Dictionary<string, string> { ["Origin"] = site.Address } }), 422);
                }
            }
            var (code, said) = await Validate(folder);
            Assert.True(code == 0, said);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        async Task Keep(string name, Microsoft.Playwright.IAPIResponse answer, int status)
        {
            Assert.True(answer.Status == status, $"{name}: {answer.Status}");
            await File.WriteAllTextAsync(Path.Combine(folder, string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? c : '_')) + ".html"), await answer.TextAsync());
        }
    }

    private string At(string path, string language) => $"{site.Address}{site.Named(site.Filled(path))}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={language}";

    private static async Task<(int Code, string Said)> Validate(string folder)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(root.FullName, "node_modules", "html-validate")))
            root = root.Parent ?? throw new InvalidOperationException("html-validate is missing: npm ci");
        using var node = Process.Start(new ProcessStartInfo("node",
        [
            Path.Combine(root.FullName, "node_modules", "html-validate", "bin", "html-validate.mjs"), "--config", Path.Combine(root.FullName, "tests", "Browser.Tests", "htmlvalidate.json"),
            "--formatter", "text", folder,
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = root.FullName })!;
        var (said, failed) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        return (node.ExitCode, await said + await failed);
    }
}
