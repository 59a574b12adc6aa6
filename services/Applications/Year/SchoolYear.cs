namespace PedAtt.Applications.Year;

/// <summary>School year Y runs from 1 September Y−1 to 31 August Y, in days of Asia/Almaty.</summary>
public static class SchoolYear
{
    public static int Of(DateOnly day) => day.Month >= 9 ? day.Year + 1 : day.Year;

    /// <summary>An application is for this school year or the next.</summary>
    public static bool IsOpen(int year, DateOnly today) => year == Of(today) || year == Of(today) + 1;
}
