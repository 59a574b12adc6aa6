using Microsoft.Playwright;

namespace PedAtt.Browser.Tests.Journeys;

public class AdministrationTests(Site site)
{
    [Fact]
    public async Task Logins_are_issued_from_a_list_after_a_look_at_every_row()
    {
        var town = await Town.FoundAsync(site);
        await using var visitor = await site.VisitAsync(town.Administrator.Login, SharedSystem.DemoPassword);
        var administration = new AdministrationPages(visitor);
        await administration.CheckListAsync(
            $"""
            role,organisationBin,login,iin,fullName
            teacher,{town.School.Bin},,,Әбенова Айгүл
            wizard,{town.School.Bin},,,Қасымова Жанар
            """
        );
        await visitor.SeesAsync(visitor.Words["import.good.one", 1]);
        await visitor.SeesAsync(visitor.Words["import.bad.one", 1]);
        await visitor.SeesAsync(visitor.Words["import.skips"]);

        await visitor.Button("import.issue.one", 1).ClickAsync();
        await Expect(visitor.Heading("import.done")).ToBeVisibleAsync();
        await visitor.SeesAsync(visitor.Words["import.row.issued"]);
        await visitor.SeesNothingRawAsync();
    }

    [Fact]
    public async Task A_form_whose_answer_was_lost_is_sent_again_and_makes_one_login()
    {
        var town = await Town.FoundAsync(site);
        await using var visitor = await site.VisitAsync(town.Administrator.Login, SharedSystem.DemoPassword);
        await visitor.OpenAsync($"/administration/logins/new?organisation={town.School.Id}");
        await visitor.ChooseAsync(visitor.Words["users.role"], visitor.Words["role.secretary"]);
        var issued = await visitor.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const form = document.getElementById('page-form')
              const send = async () => (await fetch(form.action, { method: 'POST', body: new FormData(form) })).text()
              return [await send(), await send()].map(page => [...new DOMParser().parseFromString(page, 'text/html').querySelectorAll('.app-code')]
                .map(code => code.textContent).join(' '))
            }
            """
        );
        Assert.Equal(2, issued[0].Split(' ').Length);
        Assert.Equal(issued[0], issued[1]);
    }

    [Fact]
    public async Task Who_is_blocked_cannot_sign_in_until_the_block_is_lifted()
    {
        var town = await Town.FoundAsync(site);
        var teacher = await town.NewTeacherAsync();
        await using var visitor = await site.VisitAsync(town.Administrator.Login, SharedSystem.DemoPassword, "kk");
        await visitor.OpenAsync($"/administration/users?organisationId={town.School.Id}");
        await visitor
            .Page.GetByRole(AriaRole.Link, new() { Name = $"{teacher.FamilyName} {teacher.GivenName}" })
            .ClickAsync();
        await visitor.Link("user.block").ClickAsync();
        await visitor.Button("user.block").ClickAsync();
        await visitor.SeesAsync(visitor.Words["user.done.block"]);

        await using var door = await site.VisitAsync("kk");
        await door.OpenAsync("/sign-in");
        var signIn = new SignInPage(door);
        await signIn.TryAsync(teacher.Login, Person.Password);
        await Expect(door.Errors).ToBeVisibleAsync();
        await door.SeesNothingRawAsync();

        await visitor.Link("user.unblock").ClickAsync();
        await visitor.Button("user.unblock").ClickAsync();
        await visitor.SeesAsync(visitor.Words["user.done.unblock"]);
        await signIn.SignInAsync(teacher.Login, Person.Password);
    }
}
