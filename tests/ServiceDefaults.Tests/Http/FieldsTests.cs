namespace PedAtt.ServiceDefaults.Tests.Http;

public class FieldsTests
{
    private readonly Errors errors = new();

    [Theory]
    [InlineData("a@b.kz", true)]
    [InlineData("a.b+c@mail.example.kz", true)]
    [InlineData("x@пример.қаз", true)]
    [InlineData("x@xn--e1afmkfd.xn--80ao21a", true)]
    [InlineData("айгүл@mail.kz", false)]
    [InlineData("a..b@mail.kz", false)]
    [InlineData("a@b.c", false)]
    [InlineData("a@-b.kz", false)]
    [InlineData("a b@mail.kz", false)]
    [InlineData("a@b@mail.kz", false)]
    [InlineData("a@mail.kz\n", false)]
    public void One_idea_of_an_email_address(string email, bool good)
    {
        new Fields(errors).Email("email", email);
        Assert.Equal(good ? [] : ["email.invalid"], Codes("email"));
    }

    [Theory]
    [InlineData("+77011234567", true)]
    [InlineData("87011234567", false)]
    [InlineData("+7701123456", false)]
    [InlineData("+7701123456٣", false)]
    public void One_idea_of_a_phone_number(string phone, bool good)
    {
        new Fields(errors).Phone("phone", phone);
        Assert.Equal(good ? [] : ["phone.invalid"], Codes("phone"));
    }

    [Fact]
    public void A_text_is_counted_as_a_person_counts_it()
    {
        var fields = new Fields(errors);
        fields.Text("emoji", string.Concat(Enumerable.Repeat("😀", 200)), 2..200);
        fields.Text("long", new string('я', 201), 2..200);
        fields.Text("short", "я", 2..200);
        fields.Text("lines", "а\nб", 2..200);
        fields.LongText("about", "а\nб", 0..2000);
        fields.Text("missing", null, 2..200);
        fields.Text("optional", null, 2..200, required: false);
        Assert.Equal(
            [
                ("lines", "text.control-characters"),
                ("long", "field.too-long"),
                ("missing", "required"),
                ("short", "field.too-short"),
            ],
            errors.ToDictionary().OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value.Single()))
        );
        Assert.False(fields.Good);
    }

    [Fact]
    public void What_had_the_wrong_type_has_that_one_code()
    {
        errors.Add("email", "value.wrong-type");
        var fields = new Fields(errors);
        fields.Email("email", null);
        fields.Phone("phone", null);
        Assert.Equal(["value.wrong-type"], Codes("email"));
        Assert.Equal(["required"], Codes("phone"));
    }

    [Fact]
    public void A_name_has_a_letter_and_a_key_is_known()
    {
        var fields = new Fields(errors);
        fields.Name("familyName", "123");
        fields.Name("givenName", "Айгүл");
        fields.Key("category", "sorcerer", key => key == "expert");
        fields.Key("other", "expert", key => key == "expert");
        Assert.Equal(["name.invalid"], Codes("familyName"));
        Assert.Empty(Codes("givenName"));
        Assert.Equal(["unknown-key"], Codes("category"));
        Assert.Empty(Codes("other"));
    }

    private string[] Codes(string field) => errors.ToDictionary().GetValueOrDefault(field, []);
}
