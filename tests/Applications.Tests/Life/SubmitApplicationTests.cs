using PedAtt.Applications.Life;

namespace PedAtt.Applications.Tests.Life;

/// <summary>Of a submission what needs no portfolio and no statement; the whole of it walks in System.Tests.</summary>
public sealed class SubmitApplicationTests(ApplicationsService service)
{
    private readonly Given given = new();

    [Fact]
    public async Task A_draft_of_a_school_year_that_is_over_is_not_sent()
    {
        var draft = await service.SaveAsync(given.New(Given.Fields(year: 2025)));
        Assert.Equal(
            "409 attestation-year.over",
            await service.As(given.Teacher).PostJsonAsync(draft.Url("submit")).RefusalAsync()
        );
    }

    [Fact]
    public void What_was_sent_once_is_sent_again_after_its_year()
    {
        var later = new DateOnly(2027, 9, 1);
        Assert.Equal("attestation-year.over", Assert.Throws<Problem>(() => given.New().RequireYear(later)).Code);
        given.Returned().RequireYear(later);
        given.Refused().RequireYear(later);
        given.New().RequireYear(new DateOnly(2027, 8, 31));
    }

    [Fact]
    public void The_filing_date_is_the_day_of_the_first_submission_in_Almaty_and_today_until_then()
    {
        // 20:00 UTC is the next day in Almaty.
        var evening = new DateTimeOffset(2026, 11, 20, 20, 0, 0, TimeSpan.Zero);
        Assert.Equal(new DateOnly(2026, 11, 21), given.New().FilingDay(evening));
        var returned = given.Returned();
        Assert.Equal(Given.Today, returned.FilingDay(evening.AddMonths(1)));
        Assert.Equal(Given.Today, given.Submitted(returned).FilingDay(evening.AddMonths(2)));
    }
}
