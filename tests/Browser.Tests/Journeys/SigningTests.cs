namespace PedAtt.Browser.Tests.Journeys;

/// <summary>What may happen with NCALayer: the page knows, says what to do, and the statement can still be
/// signed.</summary>
[Collection(Signing.Name)]
public class SigningTests(Site site, FakeNcaLayer ncaLayer)
{
    [Fact]
    public async Task Not_running_cancelled_failed_another_persons_and_at_last_right()
    {
        var town = await site.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        await Filler.FillAsync(teacher, application, town.Catalogue);
        await using var visitor = await site.VisitAsync(teacher);
        var statement = new StatementPages(visitor, application.Id);
        await statement.CheckAsync();

        await ncaLayer.IsNotRunningAsync();
        await visitor.Button("nca.start").ClickAsync();
        await visitor.SeesAsync(visitor.Words["nca.absent"]);
        await ncaLayer.RunAsync();

        ncaLayer.Cancels();
        await visitor.Button("nca.start").ClickAsync();
        await visitor.SeesAsync(visitor.Words["nca.cancelled"]);

        ncaLayer.Fails();
        await visitor.Button("nca.start").ClickAsync();
        await visitor.SeesAsync(visitor.Words["nca.error"]);

        ncaLayer.Signs(town.KeyOf(Numbers.Iin()));
        await visitor.Button("nca.start").ClickAsync();
        await Expect(visitor.Errors).ToBeVisibleAsync();
        await visitor.SeesNothingRawAsync();
        Assert.DoesNotContain(
            (await teacher.DocumentsAsync(application.Id))[0].Signatures,
            one => one.Verdict == "valid"
        );

        ncaLayer.Signs(teacher.Key);
        await statement.SignWithNcaLayerAsync();
        Assert.Equal("valid", Assert.Single((await teacher.DocumentsAsync(application.Id))[0].Signatures).Verdict);

        // A detached signature, for signing, over the bytes themselves: what documents need.
        var asked = ncaLayer.Asked[^1].GetProperty("args");
        Assert.Equal("cms", asked.GetProperty("format").GetString());
        Assert.False(asked.GetProperty("signingParams").GetProperty("encapsulate").GetBoolean());
        Assert.True(asked.GetProperty("signingParams").GetProperty("decode").GetBoolean());
    }
}
