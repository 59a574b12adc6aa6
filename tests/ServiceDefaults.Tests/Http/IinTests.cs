namespace PedAtt.ServiceDefaults.Tests.Http;

public sealed class IinTests
{
    [Theory]
    [InlineData("850615100017", true)]
    [InlineData("850615100018", false)]
    [InlineData("220740000019", true)]
    [InlineData("000000000000", false)]
    [InlineData("85061510001", false)]
    [InlineData("8506151000170", false)]
    [InlineData("85061510001a", false)]
    [InlineData("٨٥٠٦١٥١٠٠٠١٧", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_number_has_twelve_digits_a_right_control_digit_and_somebody(string? number, bool valid) =>
        Assert.Equal(valid, Iin.IsValid(number));
}
