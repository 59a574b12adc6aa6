using System.Text;
using Microsoft.AspNetCore.Http;

namespace PedAtt.ServiceDefaults.Tests;

public sealed class RequestBodyTests
{
    private sealed record Body(string? Text, DateOnly? Day, int? Year, bool? Flag, Guid? Ref, string[]? List);

    [Fact]
    public async Task Texts_are_trimmed_blank_ones_are_null_and_unknown_properties_are_ignored()
    {
        var body = await ReadAsync("""{"text":"  Қазақ тілі ","day":null,"colour":"red","list":["a"]}""");

        Assert.Equal("Қазақ тілі", body.Text);
        Assert.Null(body.Day);
        Assert.Equal(["a"], body.List!);
        Assert.Null((await ReadAsync("""{"text":"   "}""")).Text);
    }

    [Fact]
    public async Task Every_field_of_a_wrong_type_is_told_at_once()
    {
        var refused = await Assert.ThrowsAsync<Problem>(() =>
            ReadAsync("""{"text":5,"day":"31.12.2026","year":"2027","flag":"yes","ref":"abc","list":{}}""")
        );

        var errors = (IReadOnlyDictionary<string, string[]>)refused.Extensions["errors"];
        Assert.Equal((400, "validation"), (refused.Status, refused.Code));
        Assert.Equal(["value.wrong-type"], errors["text"]);
        Assert.Equal(["date.invalid"], errors["day"]);
        Assert.Equal(["value.wrong-type"], errors["year"]);
        Assert.Equal(["value.wrong-type"], errors["flag"]);
        Assert.Equal(["unknown-key"], errors["ref"]);
        Assert.Equal(["value.wrong-type"], errors["list"]);
    }

    [Theory]
    [InlineData("""{"text":"cut in ha""")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{\"text\":\"\u0001\"} trailing")]
    public async Task What_is_no_object_is_malformed(string body)
    {
        var refused = await Assert.ThrowsAsync<Problem>(() => ReadAsync(body));

        Assert.Equal((400, "request.malformed"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task Another_media_type_and_a_body_without_end_are_refused()
    {
        Assert.Equal(
            "request.media-type",
            (await Assert.ThrowsAsync<Problem>(() => ReadAsync("{}", "text/plain"))).Code
        );
        var endless = "{\"text\":\"" + new string('a', 2_000_000) + "\"}";
        Assert.Equal("request.too-large", (await Assert.ThrowsAsync<Problem>(() => ReadAsync(endless))).Code);
    }

    [Theory]
    [InlineData("\"7\"", 7)]
    [InlineData(" \"12\" ", 12)]
    public void A_version_is_an_integer_in_quotes(string header, int version) =>
        Assert.Equal(version, WithIfMatch(header).RequiredVersion());

    [Theory]
    [InlineData("*", "version.invalid")]
    [InlineData("7", "version.invalid")]
    [InlineData("W/\"7\"", "version.invalid")]
    [InlineData("\"-7\"", "version.invalid")]
    [InlineData("\"7\",\"8\"", "version.invalid")]
    [InlineData("", "version.required")]
    public void Anything_else_is_no_version(string header, string code) =>
        Assert.Equal(code, Assert.Throws<Problem>(() => WithIfMatch(header).RequiredVersion()).Code);

    [Theory]
    [InlineData("kk-KZ,ru;q=0.8", "kk")]
    [InlineData("de, en;q=0.5, kk;q=0.7", "kk")]
    [InlineData("de", "ru")]
    [InlineData("", "ru")]
    [InlineData("kk;q=0, en", "en")]
    public void The_language_is_the_first_that_we_speak(string header, string language)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.AcceptLanguage = header;

        Assert.Equal(language, Language.Of(http));
    }

    [Fact]
    public void A_cursor_comes_back_as_it_went_and_a_strange_one_is_refused()
    {
        var position = Tuple.Create(new DateTimeOffset(2026, 11, 22, 1, 2, 3, TimeSpan.Zero), Guid.NewGuid());

        Assert.Equal(position, Cursor.Decode<Tuple<DateTimeOffset, Guid>>(Cursor.Encode(position)));
        Assert.All(
            ["x", "!!", "bnVsbA", "W10"],
            strange =>
                Assert.Equal(
                    "cursor.invalid",
                    Assert.Throws<Problem>(() => Cursor.Decode<Tuple<string, Guid>>(strange)).Code
                )
        );
    }

    private static DefaultHttpContext WithIfMatch(string header)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.IfMatch = header;
        return http;
    }

    private static Task<Body> ReadAsync(string json, string type = "application/json")
    {
        var http = new DefaultHttpContext();
        http.Request.ContentType = type;
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return RequestBody.ReadAsync<Body>(http, CancellationToken.None);
    }
}
