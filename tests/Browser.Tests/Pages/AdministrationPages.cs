using Microsoft.Playwright;

namespace PedAtt.Browser.Tests.Pages;

public sealed class AdministrationPages(Visitor visitor)
{
    /// <summary>What the page shows once: a login for somebody of this organisation, and the code that makes it
    /// theirs.</summary>
    public async Task<(string Login, string? Code)> IssueLoginAsync(Organisation organisation, string role)
    {
        await visitor.OpenAsync($"/administration/logins/new?organisation={organisation.Id}");
        await visitor.ChooseAsync(visitor.Words["users.role"], visitor.Words[$"role.{role}"]);
        await visitor.Button("login.submit").ClickAsync();
        await Expect(visitor.Heading("login.issued")).ToBeVisibleAsync();
        var code = visitor.Fact("register.code");
        return (
            (await visitor.Fact("field.login").InnerTextAsync()).Trim(),
            await code.CountAsync() > 0 ? (await code.InnerTextAsync()).Trim() : null
        );
    }

    public async Task CheckListAsync(string csv)
    {
        await visitor.OpenAsync("/administration/logins/import");
        await visitor
            .Field("import.file")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "logins.csv",
                    MimeType = "text/csv",
                    Buffer = System.Text.Encoding.UTF8.GetBytes(csv),
                }
            );
        await visitor.Button("import.check").ClickAsync();
        await Expect(visitor.Heading("import.preview")).ToBeVisibleAsync();
    }
}
