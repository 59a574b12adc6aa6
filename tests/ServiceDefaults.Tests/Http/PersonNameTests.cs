namespace PedAtt.ServiceDefaults.Tests.Http;

public class PersonNameTests
{
    [Theory]
    [InlineData("Iзбасар", "Ізбасар")] // a Latin I before Cyrillic letters
    [InlineData("Cәуле", "Сәуле")]
    [InlineData("Сейтқали  Мұрат", "Сейтқали Мұрат")]
    [InlineData("O'Connor", "O'Connor")] // Latin all through stays Latin
    public void A_name_is_kept_as_it_was_meant(string typed, string kept) =>
        Assert.Equal(kept, PersonName.Clean(typed));

    [Theory]
    [InlineData("Әбдіқадырқызы")]
    [InlineData("Иванова-Петрова")]
    [InlineData("д’Артаньян")]
    [InlineData("Müller")]
    [InlineData("Салтыков Щ.")]
    public void These_are_names(string name) => Assert.True(PersonName.IsName(PersonName.Clean(name)!));

    [Theory]
    [InlineData("12345")]
    [InlineData("😀")]
    [InlineData("-")]
    [InlineData("Айгүл1")]
    [InlineData("Айгүл Sмит")] // mixed, and no look-alike
    [InlineData("<b>Айгүл")]
    public void These_are_none(string name) => Assert.False(PersonName.IsName(PersonName.Clean(name)!));
}
