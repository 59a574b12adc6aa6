namespace PedAtt.Browser.Tests.Journeys;

/// <summary>Everybody comes in by this door.</summary>
public class SigningInTests(Site site)
{
    [Theory]
    [InlineData("kk", true)]
    [InlineData("ru", false)]
    public async Task Somebody_mistypes_the_password_signs_in_and_signs_out(string language, bool script)
    {
        var town = await site.TownAsync();
        await using var visitor = await site.VisitAsync(language, narrow: !script, script: script);
        await visitor.OpenAsync("/");
        await visitor.Link("start.sign-in").ClickAsync();

        var signIn = new SignInPage(visitor);
        await signIn.TryAsync(town.Secretary.Login, "не тот пароль");
        await Expect(visitor.Errors).ToBeVisibleAsync();
        await Expect(visitor.Field("field.login")).ToHaveValueAsync(town.Secretary.Login);
        await visitor.SeesNothingRawAsync();

        await signIn.SignInAsync(town.Secretary.Login, Person.Password);
        await visitor.Button("layout.sign-out").ClickAsync();
        await Expect(visitor.Button("layout.sign-out")).ToHaveCountAsync(0);
    }
}
