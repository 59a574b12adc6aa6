using Microsoft.AspNetCore.Http;
using PedAtt.Web.Forms;

namespace PedAtt.Web.Tests.Forms;

public class PhoneInputTests
{
    [Theory]
    [InlineData("+7 701 234 56 78", "+77012345678")]
    [InlineData("8 (701) 234-56-78", "+77012345678")]
    [InlineData(" 7012345678 ", "+77012345678")]
    [InlineData("77012345678", "+77012345678")]
    public void A_phone_may_be_written_as_people_write_it(string typed, string read) => Assert.Equal(read, Read(typed));

    [Theory]
    [InlineData("701 234 56")]
    [InlineData("+1 701 234 56 78")]
    [InlineData("701 234 56 78 доб. 2")]
    [InlineData("")]
    public void What_is_no_phone_goes_on_as_it_was_typed(string typed) => Assert.Equal(typed, Read(typed));

    [Fact]
    public void A_phone_is_shown_in_groups() => Assert.Equal("+7 701 234 56 78", PhoneInput.Show("+77012345678"));

    private static string Read(string typed) =>
        PhoneInput.Read(new FormCollection(new() { ["phone"] = typed }), "phone");
}
