namespace PedAtt.ServiceDefaults.Tests.Http;

public class TypedTextTests
{
    [Theory]
    [InlineData("  Айгүл ", "Айгүл")]
    [InlineData("один\r\nдва\rтри", "один\nдва\nтри")]
    [InlineData("из\fPDF\vи\u00A0Word", "из PDF и Word")]
    [InlineData("невидимые\u200B\u202E\uFEFF\u00AD знаки", "невидимые знаки")]
    [InlineData("Й", "Й")] // И with a breve becomes one letter
    public void A_text_is_kept_as_it_was_meant(string typed, string kept) => Assert.Equal(kept, TypedText.Clean(typed));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\r\n")]
    [InlineData("\u200B")]
    [InlineData("\u202E \u2066")]
    public void What_nobody_sees_is_nothing(string? typed) => Assert.Null(TypedText.Clean(typed));

    [Fact]
    public void A_new_line_counts_once_and_an_emoji_too()
    {
        Assert.Equal(
            2000,
            TypedText.Length(TypedText.Clean(string.Join("\r\n", Enumerable.Repeat(new string('ы', 49), 40)))!) + 1
        );
        Assert.Equal(1, TypedText.Length("😀"));
    }

    [Theory]
    [InlineData("одна строка", false, false)]
    [InlineData("две\nстроки", false, true)]
    [InlineData("две\n\tстроки", true, false)]
    [InlineData("звонок\u0007", true, true)]
    public void Controls_are_no_text(string text, bool lines, bool has) =>
        Assert.Equal(has, TypedText.HasControls(text, lines));
}
