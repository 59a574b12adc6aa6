namespace PedAtt.Browser.Tests.Pages;

public sealed class RegisterPage(Visitor visitor)
{
    public async Task RegisterAsync(string login, string? activationCode, Person person)
    {
        await visitor.Field("field.login").FillAsync(login);
        if (activationCode is not null)
        {
            await visitor.Page.GetByText(visitor.Words["register.code.have"]).ClickAsync();
            await visitor.Field("register.code").FillAsync(activationCode);
        }
        await visitor.Field("register.iin").FillAsync(person.Iin);
        await visitor.Field("account.email").FillAsync(person.Email);
        await visitor.Field("account.phone").FillAsync(person.Phone);
        await visitor.Field("register.password").FillAsync(Person.Password);
        await visitor.Field("register.family-name").FillAsync(person.FamilyName);
        await visitor.Field("register.given-name").FillAsync(person.GivenName);
        await visitor.Field("register.consent.agree").CheckAsync();
        await visitor.Button("register.submit").ClickAsync();
        // Who has registered is signed in.
        await Expect(visitor.Button("layout.sign-out")).ToBeVisibleAsync();
    }
}
