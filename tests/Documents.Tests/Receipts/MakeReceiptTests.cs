using System.Net.Http.Json;
using System.Text.Json;

namespace PedAtt.Documents.Tests.Receipts;

public sealed class MakeReceiptTests(DocumentsService service)
{
    private static string Path(Filed filed) => $"/api/documents/applications/{filed.Id}/receipts";

    public static TheoryData<string, string, string> Mistakes =>
        new()
        {
            // the body, the field, its code
            { "{}", "kind", "required" },
            { """{"kind": "maybe"}""", "kind", "unknown-key" },
            { """{"kind": "refusal"}""", "reasons", "required" },
            { """{"kind": "refusal", "reasons": [7]}""", "reasons", "value.wrong-type" },
            { """{"kind": "refusal", "reasons": [{"code": "mood", "text": "x"}]}""", "reasons", "unknown-key" },
            { """{"kind": "refusal", "reasons": [{"code": "no-consent"}]}""", "reasons", "required" },
            {
                """{"kind": "refusal", "reasons": [{"code": "no-consent", "text": "a\u0007"}]}""",
                "reasons",
                "text.control-characters"
            },
            { """{"kind": "acceptance", "replacesFor": "a\u0000"}""", "replacesFor", "text.control-characters" },
        };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_told_by_its_field(string body, string field, string code)
    {
        var filed = Forwarded();
        using var executor = service.As(filed.Executor);
        using var answer = await executor.PostAsync(Path(filed), new StringContent(body, null, "application/json"));
        var problem = await answer.RefusedAsync(400, "validation");
        Assert.Equal(
            [code],
            problem.GetProperty("errors").GetProperty(field).EnumerateArray().Select(one => one.GetString())
        );
    }

    [Fact]
    public async Task Only_an_executor_makes_it_and_only_while_the_state_service_reviews()
    {
        var filed = service.Neighbours.File();
        foreach (var person in (Guid[])[filed.Teacher, filed.Secretary])
        {
            using var client = service.As(person);
            using var answer = await client.PostAsJsonAsync(Path(filed), new { kind = "acceptance" });
            await answer.RefusedAsync(403, "role.not-allowed");
        }
        using var executor = service.As(filed.Executor);
        using (var early = await executor.PostAsJsonAsync(Path(filed), new { kind = "acceptance" }))
            await early.RefusedAsync(409, "transition.not-allowed");
    }

    [Fact]
    public async Task An_unsigned_one_gives_way_without_a_word_and_its_teacher_never_sees_it()
    {
        var filed = Forwarded();
        await service.ReceiptAsync(filed);
        var second = await service.ReceiptAsync(filed);
        Assert.Equal(JsonValueKind.Null, second.GetProperty("supersededFor").ValueKind);
        Assert.Equal(["superseded", "current"], await StatesAsync(filed, filed.Executor));
        Assert.Empty(await StatesAsync(filed, filed.Teacher));
    }

    [Fact]
    public async Task A_signed_one_that_no_move_has_used_is_replaced_with_a_reason_and_kept()
    {
        var filed = Forwarded();
        var wrong = await service.ReceiptAsync(filed);
        await service.SignAsync(wrong, filed);
        using var executor = service.As(filed.Executor);
        foreach (var body in (object[])[new { kind = "acceptance" }, new { kind = "acceptance", replacesFor = "  " }])
        {
            using var silent = await executor.PostAsJsonAsync(Path(filed), body);
            await silent.RefusedAsync(409, "receipt.already-signed");
        }

        using var answer = await executor.PostAsJsonAsync(
            Path(filed),
            new
            {
                kind = "refusal",
                reasons = new[] { new { code = "unreliable-data", text = "Диплом нечитаем." } },
                replacesFor = "Басқа өтінімнің қолхаты еді",
            }
        );
        var right = await answer.ReadAsync(201);
        Assert.Equal("refusal-receipt", right.GetProperty("kind").GetString());
        using var list = await executor.GetAsync($"/api/documents/applications/{filed.Id}");
        var former = (await list.ReadAsync(200))
            .GetProperty("items")
            .EnumerateArray()
            .Single(one => one.Id() == wrong.Id());
        Assert.Equal(
            ("superseded", "Басқа өтінімнің қолхаты еді"),
            (former.GetProperty("state").GetString(), former.GetProperty("supersededFor").GetString())
        );
        Assert.Equal("valid", former.GetProperty("signatures")[0].GetProperty("verdict").GetString());
        Assert.Equal("superseded", (await service.VerifyAsync(wrong)).GetProperty("state").GetString());
        await service.SignAsync(right, filed);
    }

    [Fact]
    public async Task One_that_a_move_has_used_is_replaced_by_nobody()
    {
        var filed = Forwarded();
        await service.SignAsync(await service.ReceiptAsync(filed), filed);
        filed.Answer("accepted-by-state-service");
        using var executor = service.As(filed.Executor);
        using var answer = await executor.PostAsJsonAsync(
            Path(filed),
            new { kind = "acceptance", replacesFor = "Қате" }
        );
        await answer.RefusedAsync(409, "transition.not-allowed");
    }

    [Fact]
    public async Task A_reason_that_cannot_be_printed_is_named()
    {
        var filed = Forwarded();
        using var executor = service.As(filed.Executor);
        using var answer = await executor.PostAsJsonAsync(
            Path(filed),
            new { kind = "refusal", reasons = new[] { new { code = "no-consent", text = "Келісім жоқ 😀" } } }
        );
        var field = Assert.Single(
            (await answer.RefusedAsync(409, "document.letters")).GetProperty("fields").EnumerateArray()
        );
        Assert.Equal("reasons", field.GetProperty("field").GetString());
    }

    private Filed Forwarded()
    {
        var filed = service.Neighbours.File();
        filed.Forward();
        return filed;
    }

    private async Task<string[]> StatesAsync(Filed filed, Guid reader)
    {
        using var client = service.As(reader);
        using var list = await client.GetAsync($"/api/documents/applications/{filed.Id}");
        return
        [
            .. (await list.ReadAsync(200))
                .GetProperty("items")
                .EnumerateArray()
                .Select(one => one.GetProperty("state").GetString()!),
        ];
    }
}
