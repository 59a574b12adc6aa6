using System.Text.RegularExpressions;
using PedAtt.ServiceDefaults;
using PedAtt.Testing;

namespace PedAtt.Applications.Tests;

public sealed partial class ProblemTextsTests
{
    private static readonly ProblemTexts Texts = new(typeof(ProblemTexts).Assembly, typeof(Program).Assembly);

    public static TheoryData<string> Codes()
    {
        var folder = Path.Combine(TestServers.Root, "services", "Applications");
        var codes = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/") && !file.Contains("/bin/"))
            .SelectMany(file => Code().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["code"].Value)
            .Distinct().Order().ToArray();
        Assert.Contains("claimed-category.below-current", codes);
        Assert.Contains("application.already-exists", codes);
        Assert.Contains("blocks.not-reviewed", codes);
        return new(codes);
    }

    [Theory, MemberData(nameof(Codes))]
    public void Every_code_of_the_service_has_texts_in_each_language(string code)
    {
        Assert.Contains(code, Texts.Codes);
        foreach (var language in Language.All)
            Assert.False(string.IsNullOrWhiteSpace(Texts.For(code, language).Title));
    }

    /// <summary>A kebab word where a problem is made: a rule that is broken, or a field's code.</summary>
    [GeneratedRegex("""(?:RuleViolationException\(\s*|Broken\(|NotAllowed\(\s*|Wrong\([^,()]+, |error\("[a-zA-Z]+", |errors\.Add\("[a-zA-Z]+", )"(?<code>[a-z][a-z.-]+)"|"(?<code>own-application|role\.not-allowed)""")]
    private static partial Regex Code();
}
