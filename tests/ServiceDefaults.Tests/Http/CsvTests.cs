namespace PedAtt.ServiceDefaults.Tests.Http;

public sealed class CsvTests
{
    [Theory]
    [InlineData("a,b\nc,d", "a|b / c|d")]
    [InlineData("a;b\r\nc;d\r\n", "a|b / c|d")]
    [InlineData("sep=;\r\na;b,c\n", "a|b,c")]
    [InlineData("SEP=,\na,b;c\n", "a|b;c")]
    [InlineData("\"a \"\"b\"\"\",\"c\nd\"", "a \"b\"|c\nd")]
    [InlineData("a,,\n", "a||")]
    [InlineData("", "")]
    public void Cells_are_read_as_spreadsheets_write_them(string text, string cells) =>
        Assert.Equal(cells, string.Join(" / ", Csv.Parse(text).Select(row => string.Join('|', row))));

    [Theory]
    [InlineData("a,b", "a|b")]
    [InlineData("a,b,, ", "a|b")]
    [InlineData("a,b,,c", "a|b||c")]
    [InlineData("a,", "a|")]
    public void Empty_cells_behind_the_last_column_are_left_out(string text, string cells) =>
        Assert.Equal(cells, string.Join('|', Csv.WithoutEmptyEnd(Csv.Parse(text)[0], columns: 2)));
}
