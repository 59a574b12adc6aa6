using System.Text;
using System.Text.Json;
using PedAtt.Documents.Tests.Signing;

namespace PedAtt.Documents.Tests.Register;

public sealed class VerifyDocumentTests(DocumentsService service)
{
    [Fact]
    public async Task It_tells_what_holds_and_nothing_of_what_stands_in_it()
    {
        var filed = service.Neighbours.File();
        var statement = await service.SignAsync(await service.StatementAsync(filed), filed);
        var told = await service.VerifyAsync(statement);
        Assert.Equal(
            ("statement", "current", true),
            (
                told.GetProperty("kind").GetString(),
                told.GetProperty("state").GetString(),
                told.GetProperty("intact").GetBoolean()
            )
        );
        var signer = Assert.Single(told.GetProperty("signers").EnumerateArray());
        Assert.Equal(
            ("С. А. С.", "valid"),
            (signer.GetProperty("initials").GetString(), signer.GetProperty("verdict").GetString())
        );
        Assert.DoesNotContain("Сынақова", told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_typed_by_hand_in_capitals_and_with_blanks_is_the_same()
    {
        var filed = service.Neighbours.File();
        var statement = await service.StatementAsync(filed);
        var typed =
            string.Join(
                "%20",
                DocumentsService.CodeOf(statement).ToUpperInvariant().Chunk(4).Select(part => new string(part))
            ) + "%20";
        Assert.Equal(
            statement.GetProperty("number").GetString(),
            (await service.VerifyAsync(statement, typed)).GetProperty("number").GetString()
        );
        using var anybody = service.CreateClient();
        using var unknown = await anybody.GetAsync($"/api/documents/verify/{new string('0', 32)}");
        await unknown.RefusedAsync(404, "not-found");
    }

    [Fact]
    public async Task Initials_are_whole_letters_however_the_name_is_written()
    {
        var filed = service.Neighbours.File(name: "Йылдыз Ёлка".Normalize(NormalizationForm.FormD));
        var statement = await service.SignAsync(await service.StatementAsync(filed), filed);
        Assert.Equal("Й. Ё.", Signer(await service.VerifyAsync(statement)).GetProperty("initials").GetString());
    }

    [Fact]
    public async Task Bytes_changed_in_the_database_make_no_signature_valid()
    {
        var (filed, scanned) = (service.Neighbours.File(), service.Neighbours.File());
        var statement = await service.SignAsync(await service.StatementAsync(filed), filed);
        var page = await new AttachScanTests(service).AttachAsync(await service.StatementAsync(scanned), scanned);
        scanned.Forward();
        foreach (var document in (JsonElement[])[statement, page])
        {
            await service.TamperAsync(
                $"update document_contents set content = content || '\\x20'::bytea where document_id = {document.Id()}"
            );
            var told = await service.VerifyAsync(document);
            Assert.False(told.GetProperty("intact").GetBoolean());
            Assert.Equal("invalid", Signer(told).GetProperty("verdict").GetString());
        }
    }

    [Fact]
    public async Task Bytes_changed_together_with_their_hash_do_not_fit_the_signature()
    {
        var filed = service.Neighbours.File();
        var statement = await service.SignAsync(await service.StatementAsync(filed), filed);
        await service.TamperAsync(
            $"update document_contents set content = content || '\\x20'::bytea where document_id = {statement.Id()}"
        );
        await service.TamperAsync(
            $"""
            update documents set sha256 = (select encode(sha256(content), 'hex') from document_contents where document_id = documents.id)
            where id = {statement.Id()}
            """
        );
        var told = await service.VerifyAsync(statement);
        Assert.True(told.GetProperty("intact").GetBoolean());
        Assert.Equal("invalid", Signer(told).GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task A_verdict_or_a_signature_changed_in_its_row_is_not_believed()
    {
        var (filed, other) = (service.Neighbours.File(), service.Neighbours.File(about: "Басқа"));
        var (statement, another) = (
            await service.SignAsync(await service.StatementAsync(filed), filed),
            await service.SignAsync(await service.StatementAsync(other), other)
        );
        await service.TamperAsync(
            $"""
            update signatures set cms = (select cms from signatures where document_id = {another.Id()}), verdict = 'valid'
            where document_id = {statement.Id()}
            """
        );
        Assert.Equal("invalid", Signer(await service.VerifyAsync(statement)).GetProperty("verdict").GetString());
        Assert.Equal("valid", Signer(await service.VerifyAsync(another)).GetProperty("verdict").GetString());
    }

    private static JsonElement Signer(JsonElement told) => Assert.Single(told.GetProperty("signers").EnumerateArray());
}
