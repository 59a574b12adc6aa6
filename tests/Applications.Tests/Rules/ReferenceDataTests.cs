using PedAtt.Applications.Rules;
using PedAtt.Testing;

namespace PedAtt.Applications.Tests.Rules;

public sealed class ReferenceDataTests
{
    private static readonly string File = System.IO.File.ReadAllText(
        Path.Combine(TestServers.Root, "services", "Applications", "Rules", "reference.json")
    );

    [Fact]
    public void The_committed_data_loads() => Assert.NotEmpty(ReferenceData.Parse(File).Subjects);

    [Theory]
    [InlineData("\"key\": \"algebra\"", "\"key\": \"geometry\"")]
    [InlineData("\"equals\": \"teacher-moderator\"", "\"equals\": \"teacher\"")]
    [InlineData("\"equals\": \"teacher-moderator\"", "\"equals\": null")]
    [InlineData("\"key\": \"withdrawn\"", "\"key\": \"taken-back\"")]
    [InlineData("\"kk\": \"Алгебра\"", "\"kk\": \"\"")]
    [InlineData("\"order\": 5, \"ladder\": \"teacher\"", "\"order\": 7, \"ladder\": \"teacher\"")]
    public void Data_that_contradicts_itself_does_not_load(string right, string wrong)
    {
        Assert.Contains(right, File);
        Assert.Throws<InvalidDataException>(() => ReferenceData.Parse(File.Replace(right, wrong)));
    }
}
