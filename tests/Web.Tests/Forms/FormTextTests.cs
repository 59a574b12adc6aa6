using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using PedAtt.Web.Forms;

namespace PedAtt.Web.Tests.Forms;

/// <summary>What is typed or pasted is read in one way by all pages.</summary>
public class FormTextTests
{
    [Theory]
    [InlineData("бір\r\nекі\rүш\nтөрт", "бір\nекі\nүш\nтөрт")]
    [InlineData("кол.\tпункт\fбет", "кол. пункт бет")]
    [InlineData("\u200bАйгүл\u202e\ufeff", "Айгүл")]
    [InlineData("пере\u00adнос", "перенос")]
    [InlineData("ё\u0001", "ё\u0001")]
    public void A_text_is_cleaned(string typed, string read) => Assert.Equal(read, FormText.Clean(typed));

    [Fact]
    public void A_line_end_counts_once()
    {
        var note = string.Join("\r\n", Enumerable.Repeat(new string('а', 49), 40));
        Assert.Equal(1999, TypedText.Length(FormText.Clean(note)));
    }

    [Fact]
    public void A_password_stays_as_it_was_typed() =>
        Assert.Equal("a\tb", FormText.Clean(Form(("password", "a\tb")))["password"].ToString());

    [Theory]
    [InlineData("27.03.2026")]
    [InlineData("27/3/2026")]
    [InlineData("2026-03-27")]
    public void A_date_pasted_into_the_day_is_spread(string pasted)
    {
        var form = FormText.Clean(Form(("issuedOn.day", pasted), ("issuedOn.month", ""), ("issuedOn.year", "")));
        Assert.Equal(
            ("27", "3", "2026"),
            ($"{form["issuedOn.day"]}", $"{form["issuedOn.month"]}", $"{form["issuedOn.year"]}")
        );
        Assert.Equal("2026-03-27", DateInput.Read(form, "issuedOn"));
    }

    [Theory]
    [InlineData("31", "2", "2027", "31.02.2027")]
    [InlineData("1", "13", "2027", "01.13.2027")]
    [InlineData("x", "2", "2027", null)]
    [InlineData("31", "2", "27", null)]
    public void A_day_that_no_calendar_has_is_named(string day, string month, string year, string? absent) =>
        Assert.Equal(absent, DateInput.Absent(Form(("d.day", day), ("d.month", month), ("d.year", year)), "d"));

    private static FormCollection Form(params (string Key, string Value)[] fields) =>
        new(fields.ToDictionary(field => field.Key, field => new StringValues(field.Value)));
}
