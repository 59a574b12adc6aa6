namespace PedAtt.SystemTests;

/// <summary>No IIN, phone, e-mail, token, file name or query string of a life stands in what the system wrote down
/// about it.</summary>
[Collection(Alone.Name)]
public class PrivacyTests(SharedSystem system)
{
    [Fact]
    public async Task Nothing_personal_stands_in_the_logs()
    {
        var town = await Town.FoundAsync(system);
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        var id = application.Id;
        await Filler.FillAsync(teacher, application, town.Catalogue);
        var fileName = $"zheke-kualik-{Guid.NewGuid():N}.jpg";
        var card = await teacher.PutIdentityCardAsync(id, Files.Jpeg(fileName));
        var refusedName = $"zhuktelgen-{Guid.NewGuid():N}.pdf";
        (
            await teacher.UploadAsync(
                HttpMethod.Put,
                $"/api/portfolios/{id}/photo",
                null,
                [Files.InfectedPdf(refusedName)]
            )
        ).Expect(422);
        await teacher.SignAsync(await teacher.MakeStatementAsync(id));
        await teacher.MoveAsync(id, "submit");
        var search = $"suraq-{Guid.NewGuid():N}";
        (await town.Secretary.GetAsync($"/api/applications?number={search}")).Expect(200);
        (await town.Secretary.GetAsync($"/api/portfolios/{id}/files/{card.Id}?inline=true&from={search}")).Expect(200);
        (await town.Secretary.PostAsync("/api/applications/search", new { iin = teacher.Iin })).Expect(200);
        (
            await new PedAttClient(system.Gateway).PostAsync(
                "/api/identity/password/forgot",
                new { email = teacher.Email }
            )
        ).Expect(204);
        (
            await new PedAttClient(system.Gateway).PostAsync(
                "/api/identity/tokens",
                new { login = $"t-{search}", password = search }
            )
        ).Expect(401);
        (
            await teacher.PostAsync("/api/identity/tokens/refresh", new { refreshToken = teacher.Tokens!.RefreshToken })
        ).Expect(200);
        Assert.Single(await system.Mail.ForAsync(town.Secretary.Email, 1));

        var logs = system.Logs();
        Assert.NotEmpty(logs);
        foreach (
            var (what, value) in new (string, string)[]
            {
                ("the IIN", teacher.Iin),
                ("the phone", teacher.Phone),
                ("the phone", teacher.Phone[1..]),
                ("the e-mail", teacher.Email),
                ("the secretary's IIN", town.Secretary.Iin),
                ("the secretary's e-mail", town.Secretary.Email),
                ("the access token", teacher.Tokens!.AccessToken),
                ("its signature", teacher.Tokens.AccessToken.Split('.')[2]),
                ("the refresh token", teacher.Tokens.RefreshToken),
                ("the password", Person.Password),
                ("a file's name", fileName),
                ("a refused file's name", refusedName),
                ("a query string", search),
                ("the teacher's family name", $"{teacher.FamilyName} {teacher.GivenName}"),
            }
        )
        {
            var at = logs.IndexOf(value, StringComparison.OrdinalIgnoreCase);
            Assert.True(
                at < 0,
                at < 0
                    ? ""
                    : $"{what} stands in the log: …{logs[Math.Max(0, at - 300)..Math.Min(logs.Length, at + 100)]}…"
            );
        }
    }
}
