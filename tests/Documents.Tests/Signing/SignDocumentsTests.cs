using System.Net.Http.Json;
using System.Text.Json;

namespace PedAtt.Documents.Tests.Signing;

public sealed class SignDocumentsTests(DocumentsService service)
{
    [Fact]
    public async Task Each_has_its_own_result_and_who_calls_again_is_answered_the_same()
    {
        var (filed, other) = (service.Neighbours.File(), service.Neighbours.File());
        var (statement, anothers) = (await service.StatementAsync(filed), await service.StatementAsync(other));
        var signatures = new[]
        {
            new { documentId = statement.Id(), cms = await service.CmsAsync(statement, filed) },
            new { documentId = anothers.Id(), cms = "AAAA" },
        };
        using var teacher = service.As(filed.Teacher);
        for (var call = 0; call < 2; call++)
        {
            using var answer = await teacher.PostAsJsonAsync("/api/documents/signatures", new { signatures });
            var items = (await answer.ReadAsync(200)).GetProperty("items").EnumerateArray().ToList();
            Assert.Equal(["signed", "refused"], items.Select(item => item.GetProperty("outcome").GetString()!));
            Assert.Equal(
                (null, "not-found"),
                (items[0].GetProperty("code").GetString(), items[1].GetProperty("code").GetString())
            );
            Assert.Equal(
                "valid",
                items[0].GetProperty("document").GetProperty("signatures")[0].GetProperty("verdict").GetString()
            );
        }
    }

    [Theory]
    [InlineData("{}", "required")]
    [InlineData("""{"signatures": []}""", "required")]
    [InlineData("""{"signatures": [1]}""", "value.wrong-type")]
    [InlineData("""{"signatures": [{}]}""", "required")]
    public async Task A_mistake_is_told_before_anything_is_signed(string body, string code)
    {
        using var somebody = service.As(Guid.CreateVersion7());
        using var answer = await somebody.PostAsync(
            "/api/documents/signatures",
            new StringContent(body, null, "application/json")
        );
        var problem = await answer.RefusedAsync(400, "validation");
        Assert.Equal(code, problem.GetProperty("errors").GetProperty("signatures")[0].GetString());
    }

    [Fact]
    public async Task A_hundred_at_most()
    {
        using var somebody = service.As(Guid.CreateVersion7());
        using var answer = await somebody.PostAsJsonAsync(
            "/api/documents/signatures",
            new { signatures = Enumerable.Repeat(new { documentId = Guid.CreateVersion7(), cms = "AAAA" }, 101) }
        );
        Assert.Equal(
            "field.too-long",
            (await answer.RefusedAsync(400, "validation"))
                .GetProperty("errors")
                .GetProperty("signatures")[0]
                .GetString()
        );
    }
}
