namespace PedAtt.Browser.Tests.Pages;

public sealed class SignInPage(Visitor visitor)
{
    public async Task SignInAsync(string login, string password)
    {
        if (!visitor.Path.StartsWith("/sign-in", StringComparison.Ordinal))
            await visitor.OpenAsync("/sign-in");
        await TryAsync(login, password);
        await Expect(visitor.Button("layout.sign-out")).ToBeVisibleAsync();
    }

    public async Task TryAsync(string login, string password)
    {
        await visitor.Field("field.login").FillAsync(login);
        await visitor.Field("field.password").FillAsync(password);
        await visitor.Button("sign-in.submit").ClickAsync();
    }
}
